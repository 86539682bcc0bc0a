"""Every mistake an author can make gets one clear answer, and costs nothing.

A folder `tests/bad/<number>-<name>/` is one mistake: `in/` holds the files that it adds to the
site in `tests/bad/base/` (or puts in the place of one there), `expected.toml` what the program
says. Inputs that an editor, git or another file system would spoil are made below, one function
each. Whatever the mistake, no source changes; and when there is an error, neither does the site
that was published before.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from ssg import limits, press
from ssg.cli import cli
from ssg.text import visible

BAD = Path(__file__).resolve().parent / "bad"
WRITE = os.environ.get("GOLDEN") == "write"
THEME = BAD.parents[1] / "layouts"
LAYOUTS = ", ".join(sorted(layout.stem for layout in THEME.glob("*.html")))
NOW = "2026-11-22"
ROWS = {*range(1, 69), *range(96, 106)}  # of the catalogue: encoding, YAML, layouts, site.yaml
TESTED_BELOW = {27, 105}
DATE = "date: 2026-04-02"


# --- inputs that cannot lie in a repository ----------------------------------------------------

Maker = Callable[[Path], None]
MADE: dict[str, Maker] = {}


def made(name: str) -> Callable[[Maker], Maker]:
    """Registers a function that adds the files of fixture `name` to a site."""

    def register(maker: Maker) -> Maker:
        MADE[name] = maker
        return maker

    return register


def put(site: Path, path: str, data: bytes | str) -> None:
    file = site / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data.encode() if isinstance(data, str) else data)


def post(site: Path, name: str, *lines: str, body: str = "本文です。") -> None:
    put(site, f"content/posts/{name}.md", "\n".join(["---", *lines, "---", body, ""]))


TEXT = f"---\ntitle: 検索の今\n{DATE}\n---\n太郎です。調べる習慣の話をします。\n"


@made("001-byte-order-mark")
def byte_order_mark(site: Path) -> None:
    put(site, "content/posts/post.md", "\ufeff" + TEXT)
    put(site, "site.yaml", "\ufeff" + (site / "site.yaml").read_text("utf-8"))
    put(site, "layouts/page.html", "\ufeff<!doctype html>\n<p>{{ page.title }}</p>\n")
    put(site, "content/pages/profile.md", TEXT)


@made("002-utf-16")
def utf_16(site: Path) -> None:
    put(site, "content/posts/little.md", b"\xff\xfe" + TEXT.encode("utf-16-le"))
    put(site, "content/posts/big.md", b"\xfe\xff" + TEXT.encode("utf-16-be"))
    put(site, "content/posts/no-mark.md", TEXT.encode("utf-16-le"))


@made("003-shift-jis")
def shift_jis(site: Path) -> None:
    put(site, "content/posts/post.md", TEXT.encode("cp932"))


@made("004-euc-jp")
def euc_jp(site: Path) -> None:
    put(site, "content/posts/post.md", TEXT.encode("euc-jp"))


@made("005-iso-2022-jp")
def iso_2022_jp(site: Path) -> None:
    put(site, "content/posts/post.md", TEXT.encode("iso-2022-jp"))


@made("006-one-bad-byte")
def one_bad_byte(site: Path) -> None:
    put(site, "content/posts/post.md", TEXT.encode().replace("調".encode(), b"\x92\xb2"))


@made("007-crlf")
def crlf(site: Path) -> None:
    put(site, "content/posts/post.md", TEXT.replace("\n", "\r\n"))


@made("008-line-separators")
def line_separators(site: Path) -> None:
    put(site, "content/posts/lone-cr.md", TEXT.replace("\n", "\r"))
    text = f"---\ntitle: 一\u2028行\u0085です\n{DATE}\nmistake: x\n---\n本文\n"
    put(site, "content/posts/separators.md", text)


@made("009-control-characters")
def control_characters(site: Path) -> None:
    post(site, "nul", "title: 見出し", DATE, body="一行目\n二\0行目")
    post(site, "bell", "title: 見\a出し", DATE)
    post(site, "escape", "title: 見出し", DATE, 'tags: ["\\0", "\\e[31m"]')


@made("011-zero-width-in-a-key")
def zero_width_in_a_key(site: Path) -> None:
    post(site, "post", "ti\u200btle: 見出し", DATE, "dra\u200bft: true")


@made("012-invisible-in-a-slug")
def invisible_in_a_slug(site: Path) -> None:
    post(site, "zero-width", "title: 見出し", DATE, "slug: ai\u200bnews")
    post(site, "bidi", "title: 見出し", DATE, "slug: \u202eexe-ok")
    post(site, "selector", "title: 見出し", DATE, "slug: 心\ufe0f臓")


@made("013-decomposed-file-name")
def decomposed_file_name(site: Path) -> None:
    post(site, unicodedata.normalize("NFD", "ガイド"), "title: 手引き", DATE)
    links = [f"[{n}]({unicodedata.normalize(n, 'ガイド')}.md)" for n in ("NFC", "NFD")]
    post(site, "links", "title: 両方の形で指す", DATE, body=" ".join(links))


@made("014-twins")
def twins(site: Path) -> None:
    for form in ("NFC", "NFD"):
        post(site, unicodedata.normalize(form, "ガイド"), "title: 双子", DATE)


@made("017-long-names")
def long_names(site: Path) -> None:
    for ending in "甲乙":
        post(site, "あ" * 83 + ending, f"title: とても長い名前 {ending}", DATE)
    post(site, "family", "title: 絵文字", DATE, "slug: " + "あ" * 62 + "が\u3099" * 20)


@made("018-long-tag")
def long_tag(site: Path) -> None:
    post(site, "post", "title: 見出し", DATE, f"tags: [{'長' * 85}, 日本語]")


@made("019-case-collision")
def case_collision(site: Path) -> None:
    post(site, "AI", "title: 大文字", DATE, "tags: [AI, 経済]")
    post(site, "ai", "title: 小文字", DATE, "tags: [ai, Ai]")


@made("022-windows-names")
def windows_names(site: Path) -> None:
    for name in ("con", "aux.txt", "nul", "a:b", "what?", "dot.", "space "):
        post(site, name, "title: 見出し", DATE)
    post(site, "slug", "title: 見出し", DATE, "slug: com1")


@made("023-file-name-not-utf-8")
def file_name_not_utf_8(site: Path) -> None:
    name = os.fsencode(site / "content/posts") + b"/" + "記事".encode("cp932") + b".md"
    Path(os.fsdecode(name)).write_text(TEXT, "utf-8")


@made("024-hostile-file-name")
def hostile_file_name(site: Path) -> None:
    post(site, 'two\nlines "<script>alert(1)<', "title: 見出し", "date: 昨日")


@made("024-hostile-file-name-published")
def hostile_file_name_published(site: Path) -> None:
    post(site, "two\nlines \"'<script>alert(1)<", "title: 見出し", DATE)


@made("036-tabs")
def tabs(site: Path) -> None:
    post(site, "indent", "title: 見出し", DATE, "cover:", "\tsrc: a.png", "\talt: 絵")
    post(site, "after-colon", "title:\t見出し", DATE)
    post(site, "after-dash", "title: 見出し", DATE, "tags:", "  -\tAI")


@made("037-no-break-space")
def no_break_space(site: Path) -> None:
    post(site, "indent", "title: 見出し", DATE, "cover:", "\u00a0\u00a0src: a.png")
    post(site, "after-colon", "title:\u00a0見出し", DATE)
    post(site, "before-key", "title: 見出し", DATE, "\u00a0draft: true")


@made("049-no-title")
def no_title(site: Path) -> None:
    for name, title in {
        "empty": "title: ''",
        "missing": "description: 題名のない記事",
        "null": "title:",
        "spaces": "title: '   '",
        "tilde": "title: ~",
        "wide-space": 'title: "\u3000"',
        "zero-width": "title: \u200b\u2060",
    }.items():
        post(site, name, title, DATE)


@made("062-nested-brackets")
def nested_brackets(site: Path) -> None:
    post(site, "brackets", "title: 見出し", DATE, "extra: {a: " + "[" * 500 + "]" * 500 + "}")
    post(site, "open", "title: 見出し", DATE, "tags: " + "[" * 500)


@made("063-numbers")
def numbers(site: Path) -> None:
    post(site, "digits", "title: 見出し", DATE, "extra: {n: " + "9" * 5000 + "}")
    post(site, "infinite", "title: 見出し", DATE, "extra: {n: .inf}")
    post(site, "nan", "title: 見出し", DATE, "extra:", "  deep:", "    - n: .NaN")
    put(site, "content/data/table.yaml", "rows:\n  - [1, .inf]\n")


@made("064-too-large")
def too_large(site: Path) -> None:
    post(site, "megabyte", "title: 見出し", DATE, "summary: " + "あ" * 350_000)
    post(site, "keys", "title: 見出し", DATE, *(f"key{n}: {n}" for n in range(100_000)))


@made("101-include-through-a-link")
def include_through_a_link(site: Path) -> None:
    put(site, "secret.txt", "外のファイル\n")
    put(site, "layouts/trend.html", "<p>\n{% include 'inner.html' %}\n</p>\n")
    (site / "layouts/inner.html").symlink_to("../secret.txt")


@made("101-layout-is-a-link")
def layout_is_a_link(site: Path) -> None:
    put(site, "secret.txt", "外のファイル\n")
    (site / "layouts").mkdir()
    (site / "layouts/trend.html").symlink_to("../secret.txt")


@made("102-site-yaml-missing")
def site_yaml_missing(site: Path) -> None:
    (site / "site.yaml").unlink()


# --- a site with the mistake, and what the program said ----------------------------------------


@dataclass(frozen=True)
class Expected:
    """`expected.toml`: the console's lines in both languages, and facts about the output.

    `files` exist in the output, `absent` do not; `pages` maps a file to texts that it holds
    (or, after `!`, does not hold).
    """

    exit: int
    ja: str = ""
    en: str = ""
    says: list[str] = field(default_factory=list)
    args: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    pages: dict[str, list[str]] = field(default_factory=dict)


def expected(name: str) -> Expected:
    return Expected(**tomllib.loads((BAD / name / "expected.toml").read_text("utf-8")))


def write(name: str, ja: str, en: str) -> None:
    """Take over what the program says now: `GOLDEN=write`, and read the difference."""
    file = BAD / name / "expected.toml"
    text = file.read_text("utf-8")
    text = re.sub(r"^(?:ja|en) = (\'{3}|\"{3}).*?\1\n", "", text, flags=re.M | re.S)
    head, exit_code, rest = re.split(r"^(exit = \d+\n)", text, maxsplit=1, flags=re.M)
    said = "".join(f"{key} = {quoted(words)}\n" for key, words in (("ja", ja), ("en", en)) if words)
    file.write_text(head + exit_code + said + rest, "utf-8")


def quoted(words: str) -> str:
    """As TOML; what an editor would hide or change is escaped."""
    if "'''" not in words and not HIDDEN.search(words):
        return f"'''\n{words}'''"
    safe = words.replace("\\", "\\\\").replace('"""', '\\"""')
    return '"""\n' + HIDDEN.sub(lambda m: f"\\U{ord(m[0]):08X}", safe) + '"""'


HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\xa0\u0300-\u036f\u200b-\u200f\u2028-\u202e\u3099\u309a\ufe00-\ufe0f\ufeff]"
)


FIXTURES = sorted(d.name for d in BAD.iterdir() if d.name != "base")


def tree(folder: Path, *without: str) -> dict[str, str]:
    """Everything below a folder: what files hold, where links lead, what else is."""
    found = {}
    for parent, folders, files in os.walk(folder):
        folders[:] = [f for f in folders if Path(parent) != folder or f not in without]
        for path in (Path(parent, name) for name in [*files, *folders]):
            found[str(path)] = fingerprint(path)
    return found


def fingerprint(path: Path) -> str:
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        return f"link to {path.readlink()}"
    if stat.S_ISREG(mode):
        return sha256(path.read_bytes()).hexdigest()
    return "folder" if stat.S_ISDIR(mode) else "special"


def sources(site: Path) -> dict[str, str]:
    return tree(site, "public", ".cache")


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The base site, built. Its drawings are the same in all tests and are made once."""
    site = tmp_path_factory.mktemp("published") / "site"
    shutil.copytree(BAD / "base", site)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(press, "draw_png", cache(press.draw_png))
        result = build(site)
        assert result.exit_code == 0, result.output
        yield site


@pytest.fixture
def site(published: Path, tmp_path: Path) -> Path:
    """A copy of the base site with its output."""
    return Path(shutil.copytree(published, tmp_path / "site"))


def with_mistake(site: Path, name: str) -> Path:
    if (BAD / name / "in").is_dir():
        shutil.copytree(BAD / name / "in", site, dirs_exist_ok=True)
    if name in MADE:
        MADE[name](site)
    return site


def build(site: Path, *args: str, lang: str = "ja") -> Any:
    command = ["--lang", lang, "build", "--site", str(site), "--now", NOW, "--jobs", "1"]
    return CliRunner().invoke(cli, [*command, *args], catch_exceptions=False)


def transcript(answer: str) -> str:
    """The lines of a console for an answer in JSON."""
    lines = []
    for row in json.loads(answer)["problems"]:
        path = visible(row["path"], 400)
        place = f"{path}:{row['line']}:{row['column']}" if row["line"] else path
        mark = "warning " if row["severity"] == "warning" else ""
        lines.append(f"{place}: {mark}{row['code']} {row['message']}\n")
        lines += [f"  hint: {row['hint']}\n"] if row["hint"] else []
    return "".join(lines)


# --- the tests ------------------------------------------------------------------------------------


def test_every_entry_of_the_catalogue_has_a_fixture() -> None:
    assert {int(name[:3]) for name in FIXTURES} >= ROWS - TESTED_BELOW


def test_every_fixture_adds_something() -> None:
    idle = [n for n in FIXTURES if n not in MADE and not (BAD / n / "in").is_dir()]
    assert (idle, MADE.keys() - set(FIXTURES)) == ([], set())


@pytest.mark.parametrize("name", FIXTURES)
def test_bad_input(name: str, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS", 1)
    wanted = expected(name)
    with_mistake(site, name)
    before, output = sources(site), tree(site / "public")

    japanese = build(site, *wanted.args)
    english = build(site, *wanted.args, "--format", "json", lang="en")

    if WRITE:
        write(name, told(japanese.stderr, site), told(transcript(english.stdout), site))
    assert told(japanese.stderr, site) == wanted.ja
    assert told(transcript(english.stdout), site) == wanted.en
    assert (japanese.exit_code, english.exit_code) == (wanted.exit, wanted.exit)
    assert sources(site) == before
    if wanted.exit:
        assert japanese.stdout == ""
        assert tree(site / "public") == output
    check_output(site / "public", wanted, japanese.stdout)


def told(text: str, site: Path) -> str:
    """The lines of a console but the last, which counts the problems; `SITE` and `LAYOUTS`
    stand for what depends on the machine and on the theme.
    """
    lines = text.replace(str(site), "SITE").replace(LAYOUTS, "LAYOUTS").splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith("公開していません"))


def check_output(public: Path, wanted: Expected, stdout: str) -> None:
    assert [s for s in wanted.says if s not in stdout] == []
    assert [f for f in wanted.files if not (public / f).is_file()] == []
    assert [f for f in wanted.absent if (public / f).exists()] == []
    for file, texts in wanted.pages.items():
        page = (public / file).read_text("utf-8")
        for text in texts:
            assert (text.removeprefix("!") in page) is not text.startswith("!"), (file, text)


# --- what takes more than one build ---------------------------------------------------------------


def test_012_direction_marks_do_not_reach_the_address(site: Path) -> None:
    with_mistake(site, "012-invisible-in-a-slug")
    assert build(site).exit_code == 0
    names = "".join(tree(site / "public"))
    assert [c for c in names if unicodedata.category(c) == "Cf"] == []


def test_017_new_makes_a_name_that_fits(site: Path) -> None:
    made = []
    for title in ("あ" * 86, "あ" * 87, "！？★", "家族" * 30 + "👨‍👩‍👧‍👦" * 20):
        command = ["--lang", "en", "new", "--site", str(site), title]
        result = CliRunner().invoke(cli, command, catch_exceptions=False)
        assert result.exit_code == 0, result.output
        made.append(result.stdout.split()[1].removesuffix("."))
    assert len(set(made)) == len(made)
    assert all(len(os.fsencode(Path(path).name)) <= 255 for path in made)


CONSOLES = {
    "C": {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "cp932": {"PYTHONIOENCODING": "cp932"},
    "ascii": {"PYTHONIOENCODING": "ascii"},
}


@pytest.mark.parametrize("console", CONSOLES)
@pytest.mark.parametrize("name", ["028-full-width-colon", "023-file-name-not-utf-8"])
def test_027_any_console_gets_the_message(console: str, name: str, site: Path) -> None:
    with_mistake(site, name)
    command = [sys.executable, "-m", "ssg", "--lang", "ja", "build", "--site", str(site)]
    kept = {"PATH": os.environ["PATH"], "PYTHONPATH": str(BAD.parents[1])}
    done = subprocess.run(command, env=kept | CONSOLES[console], capture_output=True, check=False)
    wanted = expected(name)
    codes = {line.split()[1] for line in wanted.ja.splitlines() if not line.startswith("  ")}
    assert done.returncode == wanted.exit
    assert all(code.encode() in done.stderr for code in codes)
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles"])
def test_044_the_machine_s_zone_makes_no_difference(
    zone: str, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_mistake(site, "044-date-without-zone")
    assert build(site).exit_code == 0
    here = tree(site / "public")
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert build(site).exit_code == 0
    finally:
        monkeypatch.undo()
        time.tzset()
    assert tree(site / "public") == here


def test_100_a_slow_layout_is_waited_for_once(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS", 1)
    with_mistake(site, "100-nested-loops")
    for number in range(20):
        post(site, f"p{number}", "title: 見出し", DATE)
    start = time.monotonic()
    assert build(site).exit_code == 1
    assert time.monotonic() - start < 10


def test_100_no_alarm_is_left_behind() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with limits.deadline(60):
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 0
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) == before


# --- where a build must not write -----------------------------------------------------------------


def elsewhere(site: Path) -> Path:
    """A folder with something in it that no build made."""
    folder = site.parent / "elsewhere"
    put(folder, "letter.txt", "大切な手紙\n")
    return folder


def linked(site: Path) -> str:
    link = site.parent / "link"
    link.symlink_to(elsewhere(site))
    return str(link)


def through_a_link(site: Path) -> str:
    link = site.parent / "link"
    link.symlink_to(site / "content")
    return str(link / "public")


def git_work_tree(site: Path) -> str:
    folder = site.parent / "repository"
    put(folder, ".git/HEAD", "ref: refs/heads/main\n")
    put(folder, "README.md", "# 大切な文書\n")
    return str(folder)


def home(site: Path) -> str:
    return str(Path.home())


OUTPUTS: dict[str, tuple[Callable[[Path], str], str]] = {
    "content": (lambda site: "content", "output/inside-source"),
    "inside content": (lambda site: "content/posts/public", "output/inside-source"),
    "around corners": (lambda site: "public/../content/posts", "output/inside-source"),
    "layouts": (lambda site: "layouts", "output/inside-source"),
    "assets": (lambda site: "assets/images", "output/inside-source"),
    "cache": (lambda site: ".cache/x", "output/inside-source"),
    "git": (lambda site: ".git", "output/inside-source"),
    "project": (lambda site: ".", "output/dangerous"),
    "project by its name": (str, "output/dangerous"),
    "empty": (lambda site: "", "output/dangerous"),
    "parent": (lambda site: "..", "output/dangerous"),
    "root": (lambda site: "/", "output/dangerous"),
    "home": (home, "output/dangerous"),
    "link": (linked, "output/symlink"),
    "through a link": (through_a_link, "output/inside-source"),
    "foreign": (lambda site: str(elsewhere(site)), "output/foreign"),
    "file": (lambda site: str(elsewhere(site) / "letter.txt"), "output/not-a-folder"),
    "git work tree": (git_work_tree, "output/foreign"),
}


@pytest.mark.parametrize("where", OUTPUTS)
def test_105_a_dangerous_output_is_refused(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    put(tmp_path / "home", "diary.txt", "日記\n")
    site = Path(shutil.copytree(BAD / "base", tmp_path / "site"))
    place, code = OUTPUTS[where]
    output = place(site)
    before = tree(tmp_path)

    result = build(site, "--output", output)

    assert result.exit_code == 3
    first, hint, _ = result.stderr.splitlines()
    assert first.startswith(f"{site / output}: {code} ")
    assert hint.startswith("  ヒント: ")
    assert result.stdout == ""
    assert tree(tmp_path) == before
