"""`ssg check` itself: what it reads, what it tells and to whom, and what --fix may touch."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import ssg.check
from ssg.check import check
from ssg.check.article import Article, Edit, Remark
from ssg.check.fixing import Change, changes, write
from ssg.check.prose import BLOT, masked
from ssg.check.rules import shape
from ssg.check.rules.kinds import ArticleRule
from ssg.cli import cli
from ssg.config import Config
from ssg.fresh import Options
from ssg.limits import TooSlowError
from tests.conftest import RunSsg
from tests.small import tree

NOW = datetime(2026, 4, 1, tzinfo=UTC)
DOUBLED = "これは。。誤りです。\n"
SITE = "title: いち\nurl: https://blog.example.com\n"
Say = Callable[..., None]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    put(tmp_path, "site.yaml", SITE)
    return tmp_path


@pytest.fixture(autouse=True)
def _only_one_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """The texts here are short: of all that an editor would say, only the signs are wanted."""
    one = [rule for rule in ssg.check.ARTICLE_RULES if rule.name == "japanese"]
    monkeypatch.setattr(ssg.check, "ARTICLE_RULES", one)
    monkeypatch.setattr(ssg.check, "SITE_RULES", [])


def put(root: Path, name: str, text: str | bytes) -> Path:
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def post(root: Path, body: str = DOUBLED, more: str = "", name: str = "a") -> Path:
    text = f"---\ntitle: 題{name}\ndate: 2026-01-01\n{more}---\n{body}"
    return put(root, f"content/posts/{name}.md", text)


def told(root: Path, **options: object) -> list[tuple[str, int, int, str]]:
    chosen = Options(output=root / "public", now=NOW, **options)  # type: ignore[arg-type]
    problems = (finding.problem for finding in check(root, chosen).findings)
    return [(Path(p.path).stem, p.line, p.column, p.code) for p in problems]


def run(root: Path, *args: str, answer: str = "") -> Result:
    words = ["--lang", "en", "check", "--site", str(root), *args]
    return CliRunner().invoke(cli, words, input=answer)


# --- what it reads and tells -----------------------------------------------------------------------


def test_every_source_is_read(site: Path) -> None:
    post(site, name="a")
    post(site, more="draft: true\n", name="draft")
    post(site, more="expires: 2026-02-01\n", name="expired")
    put(site, "content/posts/later.md", f"---\ntitle: 後\ndate: 2099-01-01\n---\n{DOUBLED}")
    put(site, "content/pages/about.md", f"---\ntitle: 頁\ndate: 2026-01-01\n---\n{DOUBLED}")
    put(site, "content/authors/taro.md", f"---\nname: 太郎\n---\n{DOUBLED}")
    found = {(name, code) for name, _, _, code in told(site)}
    names = ("a", "draft", "expired", "later", "about", "taro")
    assert found == {(name, "japanese/doubled") for name in names}


def test_what_a_build_would_tell_is_told_too(site: Path) -> None:
    post(site, "太字**のまま。\n", "updated: 2025-01-01\n")
    post(site, "太字**のまま。\n", "draft: true\n", name="draft")
    codes = [(name, code) for name, _, _, code in told(site)]
    assert ("a", "text/leftover-asterisks") in codes
    assert ("a", "front-matter/updated-early") in codes
    assert ("draft", "text/leftover-asterisks") in codes
    assert len(codes) == len(set(codes)) == 3


def test_a_source_that_cannot_be_read_does_not_hide_the_others(site: Path) -> None:
    put(site, "content/posts/bad.md", "---\ntitle: [\n---\n本文。。\n")
    post(site)
    codes = {(name, code.partition("/")[0]) for name, _, _, code in told(site)}
    assert codes == {("bad", "yaml"), ("a", "japanese")}


@pytest.mark.parametrize(
    ("front", "body", "place"),
    [
        ("", "一。\n\n二。。\n", (7, 2)),
        ("", "> 引用\n\n- 項目。。\n", (7, 5)),
        ("kicker: これは。。\n", "", (4, 12)),
        ('kicker: "これは。。"\n', "", (4, 13)),
        ("kicker: 'これは。。'\n", "", (4, 13)),
        ("kicker:    これは。。 # 注\n", "", (4, 15)),
        ("recommended: [甲の方, 乙。。の方]\n", "", (4, 21)),
        ("recommended:\n  - 甲の方\n  - 乙。。の方\n", "", (6, 6)),
        ("subtitle: {text: 副。。題}\n", "", (4, 19)),
        ('kicker: "\\u3053れは。。"\n', "", (4, 9)),  # with an escape: where the value begins
        ("kicker: これは\n  続く。。\n", "", (4, 9)),
        ("summary: |\n  一行。\n  二行。。\n", "", (4, 10)),
    ],
)
def test_the_place_is_exact(site: Path, front: str, body: str, place: tuple[int, int]) -> None:
    post(site, body, front)
    found = [(line, column) for _, line, column, code in told(site) if code == "japanese/doubled"]
    assert found == [place]


# --- what an author does not want to hear ------------------------------------------------------------


@pytest.mark.parametrize(
    ("front", "body"),
    [
        ("", "これは。。 <!-- check: ignore japanese/doubled -->\n"),
        ("", "<!-- check: ignore japanese/doubled -->\nこれは。。\n"),
        ("", "<!--check: ignore japanese/ellipsis, japanese/doubled-->\nこれは。。\n"),
        ("kicker: これは。。 # check: ignore japanese/doubled\n", ""),
        ("# check: ignore japanese/doubled\nkicker: これは。。\n", ""),
        (
            "",
            "<!-- check: ignore japanese/doubled -->\n<!-- check: ignore japanese/blank -->\nこれは。。\n",
        ),
        (
            "",
            "<!-- check: ignore japanese/blank --><!-- check: ignore japanese/doubled -->\nこれは。。\n",
        ),
        ("", "<!-- Check: Ignore Japanese/Doubled -->\nこれは。。\n"),
        ("", "<!-- check: ignore japanese/* -->\nこれは。。\n"),
        ("check: {ignore: [japanese/*]}\n", DOUBLED),
        ("check: {ignore: [japanese/doubled]}\n", DOUBLED),
    ],
)
def test_a_wish_is_respected(site: Path, front: str, body: str) -> None:
    post(site, body, front)
    assert told(site) == []


@pytest.mark.parametrize(
    "body",
    [
        "<!-- check: ignore japanese/doubled -->\n\nこれは。。\n",
        "これは。。\n<!-- check: ignore japanese/doubled -->\n",
        "これは。。 <!-- check: ignore japanese/ellipsis -->\n",
        "これは。。 <!-- check: ignore format/* -->\n",
        "これは。。 `<!-- check: ignore japanese/doubled -->`\n",
    ],
)
def test_a_wish_is_for_its_line_and_code_only(site: Path, body: str) -> None:
    post(site, body)
    assert [code for *_, code in told(site)] == ["japanese/doubled"]


def test_a_wish_that_is_shown_as_code_is_none(site: Path) -> None:
    post(site, "```html\n<!-- check: ignore some/code -->\n```\n")
    assert told(site) == []


def test_a_wish_without_a_code_is_told(site: Path) -> None:
    post(site, "一。\n\n<!-- check: ignore -->\nこれは。。\n")
    assert told(site) == [("a", 7, 1, "check/no-code"), ("a", 8, 4, "japanese/doubled")]


def test_a_family_without_its_star_is_told(site: Path) -> None:
    post(site, "これは。。 <!-- check: ignore japanese -->\n")
    assert [code for *_, code in told(site)] == ["japanese/doubled", "check/unknown-code"]
    assert "Did you mean “japanese/*”?" in run(site).stdout


def test_a_family_of_the_site(site: Path) -> None:
    put(site, "site.yaml", SITE + "check: {ignore: [japanese/*]}\n")
    post(site)
    assert told(site) == []


def test_a_wish_above_a_long_paragraph(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ssg.check, "ARTICLE_RULES", [ArticleRule("shape", shape.remarks)])
    long = "湯気が立つ。" * 80
    post(site, f"{long}\n\n<!-- check: ignore format/long-paragraph -->\n{long}\n")
    lines = [line for _, line, _, code in told(site) if code == "format/long-paragraph"]
    assert lines == [5]


def test_no_wish_is_published(site: Path, run_ssg: RunSsg) -> None:
    post(site, "川です。<!-- Check: Ignore japanese/doubled -->\n")
    assert run_ssg("build", cwd=site).code == 0
    assert "Ignore" not in (site / "public/posts/a/index.html").read_text("utf-8")


def test_a_wish_of_one_post_is_not_one_of_the_site(site: Path) -> None:
    post(site, more="check: {ignore: [japanese/doubled]}\n")
    post(site, name="b")
    assert told(site) == [("b", 5, 4, "japanese/doubled")]
    put(site, "site.yaml", SITE + "check: {ignore: [japanese/doubled]}\n")
    assert told(site) == []


@pytest.mark.parametrize(
    ("front", "body", "place"),
    [
        ("", "文 <!-- check: ignore japanese/dobled -->\n", (5, 3)),
        ("", "<!-- check: ignore japanese/dobled -->\n文\n", (5, 1)),
        ("# check: ignore japanese/dobled\nkicker: 話\n", "", (4, 1)),
        ("check:\n  ignore: [japanese/ellipsis, japanese/dobled]\n", "", (5, 31)),
    ],
)
def test_an_unknown_code_is_told_where_it_stands(
    site: Path, front: str, body: str, place: tuple[int, int]
) -> None:
    post(site, body, front)
    assert told(site) == [("a", *place, "check/unknown-code")]
    assert "Did you mean “japanese/doubled”?" in run(site).stdout


def test_an_unknown_code_of_the_site(site: Path) -> None:
    put(site, "site.yaml", SITE + "check: {ignore: [japanese/dobled]}\n")
    post(site, "文。\n")
    assert told(site) == [("site", 0, 0, "check/unknown-code")]


def test_errors_are_never_silenced(site: Path) -> None:
    put(site, "site.yaml", SITE + "check: {ignore: [text/leftover-asterisks]}\n")
    wish = "check: {ignore: [text/leftover-asterisks, front-matter/updated-early]}\n"
    post(site, "太字**のまま。\n", f"updated: 2025-01-01\n{wish}")
    assert [code for *_, code in told(site)] == ["text/leftover-asterisks"]


# --- what is known is not read again -------------------------------------------------------------------


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the sources that a rule looked at."""
    seen: list[str] = []

    def look(article: Article, config: Config) -> Iterator[Remark]:
        seen.append(Path(article.path).stem)
        yield from ()

    rules = [*ssg.check.ARTICLE_RULES, ArticleRule("look", look)]
    monkeypatch.setattr(ssg.check, "ARTICLE_RULES", rules)
    return seen


def test_the_second_time_no_rule_reads_anything(site: Path, read: list[str]) -> None:
    for name in ("a", "b", "c"):
        post(site, name=name, body=f"{name}です。。\n")
    first = told(site)
    assert sorted(read) == ["a", "b", "c"]
    read.clear()
    assert told(site) == first
    assert read == []


def test_only_what_has_changed_is_read_again(site: Path, read: list[str]) -> None:
    for name in ("a", "b"):
        post(site, name=name)
    told(site)
    read.clear()
    post(site, "直しました。\n", name="b")
    assert told(site) == [("a", 5, 4, "japanese/doubled")]
    assert read == ["b"]
    read.clear()
    put(site, "site.yaml", SITE.replace("いち", "に"))
    told(site)
    assert sorted(read) == ["a", "b"]


def test_what_was_too_slow_is_tried_again(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(article: Article, config: Config) -> Iterator[Remark]:
        raise TooSlowError

    post(site)
    good = ssg.check.ARTICLE_RULES
    monkeypatch.setattr(ssg.check, "ARTICLE_RULES", [ArticleRule("slow", slow)])
    assert told(site) == [("a", 0, 0, "post/slow")]
    monkeypatch.setattr(ssg.check, "ARTICLE_RULES", good)
    assert told(site) == [("a", 5, 4, "japanese/doubled")]


def test_many_processes_tell_the_same_as_one(site: Path) -> None:
    for number in range(220):
        post(site, f"{number}番です。。\n", name=f"p{number}")
    one = told(site)
    assert len(one) == 220
    (site / ".cache/build.sqlite3").unlink()
    assert told(site, jobs=2) == one


def test_a_build_after_a_check_makes_all(site: Path, run_ssg: RunSsg) -> None:
    """What a check leaves in the cache must not make a build believe that it is done."""
    post(site, "本文です。\n")
    assert told(site) == []
    assert run_ssg("build", cwd=site).code == 0
    assert (site / "public/posts/a/index.html").is_file()


# --- how it says it ----------------------------------------------------------------------------------


def test_words_and_exit_codes(site: Path, run_ssg: RunSsg) -> None:
    post(site, "本文です。\n", "check: {ignore: [format/short-body]}\n")
    put(
        site,
        "site.yaml",
        SITE + "check:\n  ignore: [format/short-body, format/no-summary,"
        " format/no-description, format/no-recommended]\n",
    )
    done = run_ssg("check", cwd=site)
    assert (done.code, done.out, done.err) == (0, "Read 1 files. Nothing to mend.\n", "")
    post(site)
    done = run_ssg("--lang", "ja", "check", cwd=site)
    assert done.code == 1
    assert done.out.startswith("content/posts/a.md:5:4: 注意 japanese/doubled")
    assert done.out.endswith("\n1個のファイルを読み、1個に1件の指摘があります。\n")
    assert done.err == ""
    annotated = run_ssg("check", "--format", "github", cwd=site)
    assert annotated.code == 1
    assert annotated.out.startswith("::warning file=content/posts/a.md,line=5,")
    put(site, "site.yaml", "title: [\n")
    assert run_ssg("check", cwd=site).code == 3


def test_json(site: Path) -> None:
    post(site)
    done = run(site, "--format", "json")
    assert done.exit_code == 1
    shown = json.loads(done.stdout)
    assert shown["ok"] is False
    (row,) = shown["problems"]
    assert (row["path"], row["line"], row["column"]) == ("content/posts/a.md", 5, 4)
    assert (row["code"], row["severity"]) == ("japanese/doubled", "warning")
    assert row["message"]
    assert row["hint"]
    done = run(site, "--format", "json", "--fix", "--yes")
    assert done.exit_code == 0
    assert json.loads(done.stdout) == {"ok": True, "problems": []}
    assert "+ これは。誤りです。" in done.stderr


# --- mending ---------------------------------------------------------------------------------------------


def test_without_fix_nothing_is_written(site: Path) -> None:
    post(site)
    before = tree(site)
    run(site)
    run(site, "--format", "json")
    assert {k: v for k, v in tree(site).items() if not k.startswith(".cache")} == before


def test_the_lines_are_shown_and_an_answer_is_asked_for(site: Path) -> None:
    file = post(site, "一行め。\nこれは。。誤りです。\n三行め。\n")
    before = file.read_bytes()
    done = run(site, "--fix", answer="n\n")
    assert done.exit_code == 1
    assert "content/posts/a.md:6\n- これは。。誤りです。\n+ これは。誤りです。\n" in done.stdout
    assert "一行め" not in done.stdout
    assert file.read_bytes() == before
    done = run(site, "--fix", answer="y\n")
    assert (done.exit_code, file.read_bytes()) == (
        0,
        before.replace("。。".encode(), "。".encode()),
    )


def test_each_file_is_asked_for(site: Path) -> None:
    files = [post(site, name=name) for name in ("a", "b")]
    run(site, "--fix", answer="n\ny\n")
    assert ["。。" in file.read_text("utf-8") for file in files] == [True, False]


def test_nobody_there_to_answer(site: Path, run_ssg: RunSsg) -> None:
    file = post(site)
    before = file.read_bytes()
    done = run_ssg("check", "--fix", cwd=site)
    assert (done.code, file.read_bytes()) == (1, before)
    assert "defect" not in done.err


BOM = b"\xef\xbb\xbf"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"---\r\ntitle: T\r\ndate: 2026-01-01\r\n---\r\nA\xe3\x80\x82\xe3\x80\x82\r\n\tB", None),
        (b"---\rtitle: T\rdate: 2026-01-01\r---\rA\xe3\x80\x82\xe3\x80\x82\rB", None),
        (BOM + "---\ntitle: 題\ndate: 2026-01-01\n---\n最後の行。。".encode(), None),
        (BOM + "---\r\ntitle: 題。。\r\ndate: 2026-01-01\r\n---\r\n\x20\x20か\u3099\t。。 \n".encode(),
         BOM + "---\r\ntitle: 題。\r\ndate: 2026-01-01\r\n---\r\n\x20\x20が\t。 \n".encode()),
        ("---\ntitle: '題。。'\ndate: 2026-01-01\n---\n\u2028一。。\x85二、、三。。🕵️♂️。。\n".encode(), None),
    ],
)  # fmt: skip
def test_only_what_is_wrong_changes(site: Path, before: bytes, after: bytes | None) -> None:
    file = put(site, "content/posts/a.md", before)
    if after is None:
        pairs = (("。。", "。"), ("、、", "、"), ("🕵️♂️", "🕵️\u200d♂️"))
        text = before.decode()
        for old, new in pairs:
            text = text.replace(old, new)
        after = text.encode()
    assert before != after
    run(site, "--fix", "--yes")
    assert file.read_bytes() == after


def test_mending_twice_is_mending_once(site: Path) -> None:
    file = post(
        site, "曜日(火)は。。ﾃｽﾄ、、２０２４年!\n\nすごい！！！ そう・・・。\n", "kicker: 一。。\n"
    )
    run(site, "--fix", "--yes")
    once = file.read_bytes()
    stamp = file.stat().st_mtime_ns
    done = run(site, "--fix", "--yes")
    assert (done.exit_code, done.stdout) == (0, "Read 1 files. Nothing to mend.\n")
    assert (file.read_bytes(), file.stat().st_mtime_ns) == (once, stamp)


@pytest.mark.parametrize(
    ("body", "better"),
    [
        ("（川!)です\n", "（川！）です\n"),
        ("川(ｶﾜ!)です\n", "川（カワ！）です\n"),
        ("です。。。、、。\n", "です……。\n"),
        ("儲かります!!!。\n", "儲かります！\n"),
    ],
)
def test_one_correction_makes_room_for_another(site: Path, body: str, better: str) -> None:
    file = post(site, body)
    done = run(site, "--fix", "--yes")
    assert (done.exit_code, file.read_text("utf-8").split("---\n")[-1]) == (0, better)


def test_what_was_not_wanted_is_not_mended_after_another(site: Path) -> None:
    file = post(site, "（川!)です <!-- check: ignore japanese/mixed-brackets -->\n")
    run(site, "--fix", "--yes")
    assert "（川！)です" in file.read_text("utf-8")


def test_a_heading_keeps_its_address(site: Path) -> None:
    file = post(site, "## ｻｰﾊﾞｰの話\n\n文。\n\n## ﾒﾓﾘｰの話 {#memory}\n\n文。\n")
    done = run(site, "--fix", "--yes")
    assert done.exit_code == 1
    assert "## ｻｰﾊﾞｰの話\n" in file.read_text("utf-8")
    assert "## メモリーの話 {#memory}\n" in file.read_text("utf-8")


def test_a_file_that_may_not_be_written_is_left_and_told(site: Path) -> None:
    file = post(site)
    before = file.read_bytes()
    file.chmod(0o444)
    done = run(site, "--fix", "--yes")
    assert (done.exit_code, file.read_bytes()) == (1, before)
    assert "content/posts/a.md may not be written to and was left as it is." in done.stderr
    assert file.stat().st_mode & 0o777 == 0o444


def test_the_file_keeps_its_mode_and_nothing_stays_beside_it(site: Path) -> None:
    file = post(site)
    file.chmod(0o640)
    put(site, "content/posts/.a.md.part", "left by a crash")
    run(site, "--fix", "--yes")
    assert file.stat().st_mode & 0o777 == 0o640
    assert [f.name for f in file.parent.iterdir()] == ["a.md"]


def test_a_file_that_changed_meanwhile_is_left_alone(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = post(site)

    def type_on(*_: object, **__: object) -> bool:
        file.write_text(file.read_text("utf-8") + "続き。\n", "utf-8")
        return True

    monkeypatch.setattr(click, "confirm", type_on)
    done = run(site, "--fix")
    assert file.read_text("utf-8").endswith("これは。。誤りです。\n続き。\n")
    assert "has changed since it was read" in done.stderr
    assert [f.name for f in file.parent.iterdir()] == ["a.md"]


def test_a_file_that_is_gone_is_not_made_again(tmp_path: Path) -> None:
    assert write(tmp_path, Change("a.md", b"1", b"2")) == "changed"
    assert list(tmp_path.iterdir()) == []


# --- of any text -------------------------------------------------------------------------------------------

SIGNS = [*"あ。(`~<>[]{}:!*#-/ \n\t", "http://", "<!--", "-->", "```"]
LINES = st.lists(st.sampled_from(SIGNS)).map("".join)


@given(LINES)
def test_what_is_blotted_out_keeps_its_place(text: str) -> None:
    prose = masked(text)
    assert len(prose) == len(text)
    assert all(new in (old, BLOT) for old, new in zip(text, prose, strict=True))
    assert [i for i, c in enumerate(prose) if c == "\n"] == [
        i for i, c in enumerate(text) if c == "\n"
    ]


EDITS = st.lists(
    st.tuples(
        st.integers(1, 6),
        st.integers(1, 6),
        st.text("あいab", min_size=1, max_size=2),
        st.text("あ。", max_size=2),
    ),
    max_size=5,
)


@given(
    st.lists(st.text("あいab", max_size=6), min_size=1, max_size=5),
    st.sampled_from(["\n", "\r\n", "\r"]),
    EDITS,
)
def test_edits_change_their_own_lines_only(
    tmp_path_factory: pytest.TempPathFactory,
    lines: list[str],
    end: str,
    edits: list[tuple[int, int, str, str]],
) -> None:
    root = tmp_path_factory.getbasetemp()
    text = end.join(lines)
    (root / "a.md").write_bytes(text.encode())
    wanted = [Edit("a.md", *edit) for edit in edits]
    fitting = {e.line for e in wanted if e.line <= len(lines)
               and lines[e.line - 1][e.column - 1 :].startswith(e.old)}  # fmt: skip
    made = next(changes(root, wanted, lambda *_: ()), None)
    after = made.after.decode().split(end) if made else lines
    assert len(after) == len(lines)
    changed = {n for n, (old, new) in enumerate(zip(lines, after, strict=True), 1) if old != new}
    assert changed <= fitting
