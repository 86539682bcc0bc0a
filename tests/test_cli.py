"""Each command as somebody meets it who has never seen the program."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from gettext import GNUTranslations
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from click.testing import CliRunner

from ssg import __version__
from ssg.cli import cli
from ssg.console import spoken
from ssg.marks import width
from tests.conftest import REPO, RunSsg, SiteFactory, clean_environment
from tests.small import tree

JAPANESE = {"LANG": "ja_JP.UTF-8", "LC_ALL": "ja_JP.UTF-8"}
COMMANDS = sorted(cli.commands)
KANA = re.compile("[ぁ-んァ-ヶ]")


def test_from_nothing_to_a_site(tmp_path: Path, run_ssg: RunSsg) -> None:
    """The three commands that the help names, and a first post."""
    done = run_ssg("init", "blog", cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[1] == "Next: cd blog && ssg build"
    blog = tmp_path / "blog"
    done = run_ssg("build", cwd=blog)
    assert (done.code, done.err) == (0, "")
    assert re.fullmatch(
        r"\d+ pages in public \(posts: 1, changed files: \d+; \d+\.\d s\)\.\n", done.out
    )
    assert (blog / "public/index.html").is_file()
    done = run_ssg("new", "最初の記事: 何を書くか", "--category", "AI", cwd=blog)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[0] == "Made content/posts/最初の記事-何を書くか.md."
    assert "--slug" in done.out
    done = run_ssg("build", cwd=blog)
    assert done.out.splitlines()[1] == (
        "Left out – drafts: 1 (content/posts/最初の記事-何を書くか.md)"
    )
    done = run_ssg("build", "--drafts", cwd=blog)
    assert done.code == 0, done.err
    assert (blog / "public/posts/最初の記事-何を書くか/index.html").is_file()


def test_check_does_not_speak_of_publishing(tmp_path: Path, run_ssg: RunSsg) -> None:
    done = run_ssg("check", cwd=tmp_path, env=JAPANESE)
    assert done.err.splitlines()[-1] == (
        "調べられませんでした。誤り1件、注意0件。くわしくは ssg explain コード。"
    )


def test_the_same_in_japanese(tmp_path: Path, run_ssg: RunSsg) -> None:
    done = run_ssg("init", "blog", cwd=tmp_path, env=JAPANESE)
    assert done.code == 0
    assert "次は: cd blog && ssg build" in done.out
    done = run_ssg("build", cwd=tmp_path / "blog", env=JAPANESE)
    assert "ページを書き出しました（記事1本" in done.out
    done = run_ssg("new", "はじめに", "--slug", "hajime", cwd=tmp_path / "blog", env=JAPANESE)
    assert done.out == "content/posts/hajime.md を作りました。\n"


@pytest.fixture
def blog(tmp_path: Path, run_ssg: RunSsg) -> Path:
    run_ssg("init", "blog", cwd=tmp_path)
    return tmp_path / "blog"


def test_the_wrong_folder(tmp_path: Path, run_ssg: RunSsg) -> None:
    for command in (["build"], ["new", "題"]):
        done = run_ssg(*command, cwd=tmp_path)
        assert done.code == 3
        assert done.err.startswith("site.yaml: config/outside")
        assert "ssg init" in done.err
    assert list(tmp_path.iterdir()) == []


def test_init_twice(tmp_path: Path, run_ssg: RunSsg) -> None:
    run_ssg("init", "blog", cwd=tmp_path)
    before = tree(tmp_path)
    done = run_ssg("init", "blog", cwd=tmp_path)
    assert done.code == 1
    assert "init/not-empty" in done.err
    assert tree(tmp_path) == before


def test_init_at_a_file(run_ssg: RunSsg, tmp_path: Path) -> None:
    (tmp_path / "memo.txt").write_text("メモ")
    done = run_ssg("init", "memo.txt", cwd=tmp_path)
    assert done.code == 1
    assert done.err.startswith("memo.txt: new/exists There is already a file of that name.")
    assert (tmp_path / "memo.txt").read_text() == "メモ"


def test_init_where_nothing_can_be_made(run_ssg: RunSsg, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run_ssg("init", "file/blog", cwd=tmp_path)
    assert done.code == 4
    assert "disk/failed" in done.err
    assert "Traceback" not in done.err


def said_into(stdout: int, command: str, blog: Path) -> tuple[int, str]:
    """The exit code and the errors of a command whose output goes to a file descriptor."""
    done = subprocess.run(
        [sys.executable, "-m", "ssg", *command.split()],
        cwd=blog,
        env=clean_environment() | {"PYTHONPATH": str(REPO)},
        stdout=stdout,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    return done.returncode, done.stderr


SAYING = pytest.mark.parametrize(
    "command", ["build", "build --format json", "check", "schema", "explain"]
)


@SAYING
def test_what_cannot_be_said_is_a_line_and_an_exit_code(command: str, blog: Path) -> None:
    with Path("/dev/full").open("w") as full:
        code, errors = said_into(full.fileno(), command, blog)
    assert errors.startswith(".: disk/full The disk is full.\n")
    assert code == 4


@SAYING
def test_whoever_stops_reading_is_no_mistake(command: str, blog: Path) -> None:
    """As in `ssg check | head -1`."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        assert said_into(writing, command, blog) == (1, "")
    finally:
        os.close(writing)


def test_a_folder_that_is_gone_is_no_reason_to_fail(blog: Path, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    line = f"rmdir {gone}; exec {sys.executable} -m ssg build --clean --site {blog}"
    done = subprocess.run(
        ["sh", "-c", line],
        cwd=gone,
        env=clean_environment() | {"PYTHONPATH": str(REPO)},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert str(blog / "public") in done.stdout


# --- help --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_in_both_languages(command: str, run_ssg: RunSsg, tmp_path: Path) -> None:
    words = [command] if command else []
    english = run_ssg(*words, "--help", cwd=tmp_path)
    japanese = run_ssg(*words, "--help", cwd=tmp_path, env=JAPANESE)
    assert english.code == japanese.code == 0
    assert english.out.startswith("Usage: ssg")
    assert not KANA.search(english.out)
    assert KANA.search(japanese.out)
    assert max(map(len, english.out.splitlines())) <= 100
    options = [set(re.findall(r"--[a-z-]+", done.out)) for done in (english, japanese)]
    assert options[0] == options[1]
    short = run_ssg(*words, "-h", cwd=tmp_path)
    assert short.out == english.out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_explained(command: str) -> None:
    for parameter in cli.commands[command].params:
        if parameter.param_type_name == "option":
            assert getattr(parameter, "help", ""), f"{command} {parameter.name}"


def test_without_a_command_there_is_help(run_ssg: RunSsg, tmp_path: Path) -> None:
    done = run_ssg(cwd=tmp_path)
    for command in COMMANDS:
        assert re.search(rf"^  {command} ", done.out + done.err, re.MULTILINE)


def test_version(run_ssg: RunSsg, tmp_path: Path) -> None:
    assert run_ssg("--version", cwd=tmp_path).out == f"ssg {__version__}\n"


@pytest.mark.parametrize(
    ("env", "language"),
    [
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "ja_JP.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "ja_JP"}, "ja"),
        ({"LANG": "ja_JP.UTF-8", "SSG_LANG": "en"}, "en"),
        ({"LANG": "C", "SSG_LANG": "ja"}, "ja"),
    ],
)
def test_the_language_of_the_machine(
    env: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANG", "LC_ALL", "LC_MESSAGES", "SSG_LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert spoken() == language


# --- new ------------------------------------------------------------------------------------------------


SITE = (
    "-- site.yaml --\ntitle: 帖\nurl: https://blog.example.com\ncategories: {AI: ai, 経済: eco}\n"
)


@pytest.mark.parametrize(
    "options",
    [
        ["--slug", "A b"],
        ["--slug", "../x"],
        ["--slug", "/etc/x"],
        ["--category", "ない"],
        ["--layout", "none"],
    ],
)
def test_wrong_options_of_new(
    options: list[str], site_factory: SiteFactory, run_ssg: RunSsg
) -> None:
    root = site_factory(SITE)
    before = tree(root)
    done = run_ssg("new", "題", *options, cwd=root)
    assert done.code == 2, done.out
    assert options[0] in done.err
    assert tree(root) == before


def test_a_slug_that_is_wrong_names_a_right_one(site_factory: SiteFactory, run_ssg: RunSsg) -> None:
    done = run_ssg("new", "題", "--slug", "AI 検索", cwd=site_factory(SITE))
    assert "ai-検索" in done.err


def test_new_from_a_folder_inside(site_factory: SiteFactory, run_ssg: RunSsg) -> None:
    root = site_factory(SITE + "-- content/posts/a.md --\n---\ntitle: 甲\ndate: 2026-01-01\n---\n")
    assert run_ssg("new", "題", "--slug", "b", cwd=root / "content/posts").code == 0
    assert run_ssg("new", "題", "--slug", "c", "--site", root, cwd=root.parent).code == 0
    names = sorted(p.name for p in (root / "content/posts").iterdir())
    assert names == ["a.md", "b.md", "c.md"]


def test_a_very_long_title(site_factory: SiteFactory, run_ssg: RunSsg) -> None:
    root = site_factory(SITE)
    title = "検索の主役は入れ替わるのか" * 40
    done = run_ssg("new", title, cwd=root)
    assert done.code == 0, done.err
    [file] = (root / "content/posts").iterdir()
    assert len(file.name.encode()) <= 210
    done = run_ssg("build", "--drafts", cwd=root)
    assert done.code == 0, done.err
    assert title in (root / f"public/posts/{file.stem}/index.html").read_text("utf-8").replace(
        "<wbr>", ""
    )


def test_new_never_overwrites(site_factory: SiteFactory, run_ssg: RunSsg) -> None:
    root = site_factory(SITE)
    assert run_ssg("new", "題", cwd=root).code == 0
    before = tree(root)
    done = run_ssg("new", "題", cwd=root)
    assert done.code == 1
    assert "new/exists" in done.err
    assert tree(root) == before


# --- failures -----------------------------------------------------------------------------------------------


def test_a_defect_of_ours_is_called_one(
    site_factory: SiteFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise RuntimeError("壊れた")

    monkeypatch.setattr("ssg.edition.assemble", break_down)
    root = site_factory(SITE + "-- content/posts/a.md --\n---\ntitle: 甲\ndate: 2026-01-01\n---\n")
    done = CliRunner().invoke(cli, ["--lang", "en", "build", "--site", str(root)])
    assert done.exit_code == 70
    assert "RuntimeError: 壊れた" in done.stderr
    assert "--debug" in done.stderr
    assert "Traceback" not in done.stderr
    done = CliRunner().invoke(cli, ["--lang", "en", "build", "--debug", "--site", str(root)])
    assert "Traceback" in done.stderr


def test_a_console_of_another_encoding(site_factory: SiteFactory) -> None:
    root = site_factory(SITE + "-- content/posts/下書き.md --\n何もない\n")
    for encoding in ("ascii", "cp932"):
        done = subprocess.run(
            [sys.executable, "-m", "ssg", "--lang", "ja", "build"],
            cwd=root,
            env=clean_environment() | {"PYTHONIOENCODING": encoding},
            capture_output=True,
            check=False,
        )
        assert done.returncode == 1
        assert b"Traceback" not in done.stderr
        assert b"front-matter/none" in done.stderr


def test_a_reader_that_goes_away(site_factory: SiteFactory) -> None:
    """`ssg build | head -0` leaves no traceback."""
    root = site_factory(SITE + "-- content/posts/a.md --\n---\ntitle: 甲\ndate: 2026-01-01\n---\n")
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "ssg", "build"],
        cwd=root,
        env=clean_environment(),
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writer)
    assert b"Traceback" not in done.stderr
    assert (root / "public/index.html").is_file()


# --- the words of the command line itself ---------------------------------------------------------------

WRONG = {
    "buid": "誤り: 「buid」というコマンドはありません。 'build' のことですか。",
    "build --drafst": "誤り: 「--drafst」というオプションはありません。 '--drafts' のことですか。",
    "build --base-url": "誤り: オプション「--base-url」には値が要ります。",
    "build --drafts=3": "誤り: オプション「--drafts」に値は付けられません。",
    "build --jobs 0": "誤り: '--jobs' の値が正しくありません: "
    "0 は使えません。使えるのは 1<=x<=64 です。",
    "build --jobs many": "誤り: '--jobs' の値が正しくありません: 「many」は数として読めません。",
    "build --now today": "誤り: '--now' の値が正しくありません: 「today」は日付や日時として読めません。"
    "書き方の例: 2026-04-07、2026-04-07T18:00:00",
    "build --site site.yaml": "誤り: '--site' の値が正しくありません: 「site.yaml」はファイルです。"
    "フォルダーを指定してください。",
    "build --site nai": "誤り: '--site' の値が正しくありません: 「nai」がありません。",
    "check --format xml": "誤り: '--format' の値が正しくありません: "
    "「xml」は選べません。選べるのは 'text', 'json', 'github' です。",
    "new": "誤り: 足りないものがあります: 'TITLE'.",
    "build --base-url yoake": "誤り: --base-url の値が正しくありません: "
    "https:// から始まるアドレスを書きます。",
    "new walk.md": "誤り: TITLE の値が正しくありません: ファイル名ではなく、記事の題名を書きます。"
    "ファイル名は --slug で決められます。",
    "new 夏の 終わり": "誤り: 余分なものがあります（終わり）。空白を含むものは引用符で囲みます。",
}


def in_a_process(*arguments: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ssg", *arguments],
        cwd=cwd,
        env=clean_environment() | {"LANG": "C", "COLUMNS": "80", "PYTHONPATH": str(REPO)} | env,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("line", WRONG)
def test_a_wrong_command_line_in_japanese(line: str, tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("title: 帖\nurl: https://blog.tarou.jp\n", "utf-8")
    done = in_a_process("--lang", "ja", *line.split(), cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == WRONG[line]


def test_a_language_that_there_is_not_leaves_the_machines(tmp_path: Path) -> None:
    done = in_a_process("--lang", "fr", "build", cwd=tmp_path, **JAPANESE)
    assert done.returncode == 2
    assert "「fr」は選べません。選べるのは 'ja', 'en' です。" in done.stderr


def test_the_option_wins_over_the_machines_language(tmp_path: Path) -> None:
    for arguments, env in ((["--lang", "ja"], "en_GB.UTF-8"), (["--lang=en"], "ja_JP.UTF-8")):
        done = in_a_process(*arguments, "build", "--help", cwd=tmp_path, LANG=env)
        assert bool(KANA.search(done.stdout)) == ("ja" in "".join(arguments))


@pytest.mark.parametrize("command", COMMANDS)
def test_japanese_help_is_japanese_and_fits_the_terminal(command: str, tmp_path: Path) -> None:
    for arguments in ((command, "--help"), ("--help",)):
        done = in_a_process("--lang", "ja", *arguments, cwd=tmp_path)
        lines = done.stdout.splitlines()
        assert lines[0].startswith("使い方: ssg")
        assert not re.search("Usage|Options|Commands|Show|default:", done.stdout)
        for line in lines:
            assert sum(map(width, line)) <= 80, line
            assert not re.match(r" +[、。」）]", line), line


WORDS = REPO / "ssg/locale/ja/LC_MESSAGES"


def words() -> list[Message]:
    with (WORDS / "click.po").open("rb") as stream:
        return [message for message in read_po(stream) if message.id]


def test_the_compiled_words_are_those_that_are_written() -> None:
    with (WORDS / "click.mo").open("rb") as stream:
        compiled = GNUTranslations(stream)
    for message in words():
        if isinstance(message.id, tuple):
            assert (compiled.ngettext(*message.id, 2),) == message.string, "make words"
        else:
            assert compiled.gettext(message.id) == message.string, "make words"


def test_click_still_says_what_is_put_into_japanese() -> None:
    """Words that click no longer says would be dead; a new version may have changed them."""
    said = "".join(file.read_text("utf-8") for file in Path(click.__file__).parent.glob("*.py"))
    for message in words():
        for text in message.id if isinstance(message.id, tuple) else (message.id,):
            assert text.encode("unicode_escape").decode() in said
