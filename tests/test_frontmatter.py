"""Front matter: taken apart, checked, and never the way for a draft to slip out."""

from __future__ import annotations

import json
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg import foreign
from ssg.decoding import decode
from ssg.errors import Problem
from ssg.frontmatter import MAX_BYTES, read
from ssg.messages import CATALOGUE, severity, tell
from ssg.written import KEYS as KNOWN
from ssg.written import MODELS, FrontMatter, PageMeta, TrendMeta

PATH = "content/posts/a.md"
VALUES = st.sampled_from(
    ["", "true", "false", "あ", "'", "[a, b]", "[{a: b}, [c]]", "{a: b}", "{src: a, alt: b}", "2026",
     "2026-04-02", "2026-02-30", "1e9", ".inf", "https://a.example/", "https://[", "\n  - a\n  - b: c",
     "\n  a: b\n  title: c", "|\n  長い文", "~", '"\u200b"', "{text: [a]}", "[{title: x, url: y}]"]
)  # fmt: skip
KEYS = st.sampled_from(sorted(KNOWN | {"Draft", "x"}))


def parsed(
    *lines: str, body: str = "本文", section: str = "posts", own: tuple[str, ...] = ()
) -> tuple[FrontMatter | None, list[Problem]]:
    return read(PATH, "\n".join(["---", *lines, "---", body]), section, own)


def told(*lines: str, **options: str) -> list[tuple[int, int, str]]:
    _, problems = parsed(*lines, **options)  # type: ignore[arg-type]
    return sorted((p.line, p.column, p.code) for p in problems)


def written(*lines: str, body: str = "本文") -> FrontMatter:
    source, problems = parsed(*lines, body=body)
    assert problems == []
    assert source
    return source


# --- laws -------------------------------------------------------------------------------------


@given(
    st.text().filter(lambda t: not decode(t.encode("utf-8", "replace"), PATH)[1]),
    st.sampled_from(sorted(MODELS)),
)
def test_any_text_is_a_source_or_a_list_of_errors(text: str, section: str) -> None:
    for whole in (text, f"---\n{text}", f"---\n{text}\n---\n{text}"):
        source, problems = read(PATH, decode(whole.encode(), PATH)[0], section)
        stops = any(severity(p.code) == "error" for p in problems)
        assert stops or source
        inside(problems, whole)


@given(
    st.lists(st.tuples(KEYS, VALUES), max_size=6, unique_by=lambda pair: pair[0]),
    st.sampled_from(sorted(MODELS)),
)
def test_whatever_the_values_are_each_problem_has_words_and_a_place(
    pairs: list[tuple[str, str]], section: str
) -> None:
    text = "\n".join(["---", *(f"{key}: {value}" for key, value in pairs), "---", "本文"])
    source, problems = read(PATH, text, section, ("own",))
    inside(problems, text)
    if source is None:
        assert any(severity(p.code) == "error" for p in problems)


def inside(problems: list[Problem], text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in problems:
        assert problem.code in CATALOGUE
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1).filter(str.strip))
def test_a_title_in_quotes_comes_back_as_it_was(text: str) -> None:
    title = f"題{text}名"
    source, problems = parsed(f"title: {json.dumps(title, ensure_ascii=False)}", "date: 2026-04-02")
    assert source
    assert source.meta.title == title
    assert {p.code for p in problems} <= {"front-matter/long-title"}


@given(st.text("あ\n -#>|`*:", max_size=200))
def test_a_body_comes_back_as_it_was(body: str) -> None:
    source, _ = parsed("title: 題", "date: 2026-04-02", body=body)
    assert source
    assert (source.body, source.body_line) == (body, 5)


@given(VALUES | st.text("truefalsno1'\" 真偽", max_size=6))
def test_only_true_and_false_decide_about_a_draft(value: str) -> None:
    source, problems = parsed("title: 題", "date: 2026-04-02", f"draft: {value}")
    if source is None or any(severity(p.code) == "error" for p in problems):
        return
    assert value.strip() in ("true", "false")
    assert source.meta.draft is (value.strip() == "true")


# --- taken apart --------------------------------------------------------------------------------


def test_a_source() -> None:
    source = written(
        "title: ' 題 '",
        "subtitle: {kicker: 今, text: 副題}",
        "date: 2026-04-02 7:30",
        "updated: 2026-04-03T10:00:00Z",
        "cover: /images/a.webp",
        "sources: [{title: 元, url: https://a.example/, accessed: 2026-04-01}]",
        "draft: true",
        "toc:",
        "extra: {n: 1, deep: [あ, {b: false}]}",
        body="一行目\n\n---\n\n二行目",
    )
    meta = source.meta
    assert isinstance(meta, TrendMeta)
    assert (meta.title, meta.draft, meta.toc) == ("題", True, None)
    assert meta.subtitle
    assert (meta.subtitle.text, meta.subtitle.kicker) == ("副題", "今")
    assert meta.date == datetime.fromisoformat("2026-04-02T07:30")
    assert meta.updated == datetime.fromisoformat("2026-04-03T10:00:00+00:00")
    assert meta.cover
    assert (meta.cover.src, meta.cover.alt) == ("/images/a.webp", "")
    assert meta.sources[0].accessed == date(2026, 4, 1)
    assert meta.extra == {"n": 1, "deep": ["あ", {"b": False}]}
    assert (source.body, source.body_line) == ("一行目\n\n---\n\n二行目", 12)


def test_a_page_has_fewer_keys() -> None:
    source, problems = parsed("title: 題", "date: 2026-04-02", "summary: 要約", section="pages")
    assert source is None
    assert [p.code for p in problems] == ["front-matter/unknown-key"]
    assert not hasattr(PageMeta, "summary")


def test_taxonomies_of_the_site() -> None:
    lines = ("title: 題", "date: 2026-04-02", "genres: [小説, no]", "places:")
    source, problems = parsed(*lines, own=("genres", "places"))
    assert source
    assert source.terms == {"genres": ["小説", "no"], "places": []}
    assert [p.code for p in problems] == ["front-matter/looks-boolean"]
    _, problems = parsed("title: 題", "date: 2026-04-02", "genres: 小説", own=("genres",))
    assert [dict(p.args)["key"] for p in problems] == ["genres"]


def test_the_block_has_a_limit() -> None:
    long = "あ" * (MAX_BYTES // 3)
    assert told("title: 題", "date: 2026-04-02", f"extra: {{a: {long}}}") == [
        (1, 1, "front-matter/too-large")
    ]


# --- problems and their places ----------------------------------------------------------------------


def test_problems_of_nested_values_stand_at_the_key_or_the_value() -> None:
    assert told(
        "title: 題",
        "date: 2026-04-02",
        "cover: {src: a.png, captoin: 説明}",
        "sources:",
        "  - title: 元",
        "    url: example.com",
        "  - title: [元]",
        "    ulr: https://a.example/",
        "  - ただの文",
        "subtitle: [副題]",
        "recommended: [{a: b}, [c], '']",
        "numbering: romans",
        "toc: no",
    ) == [
        (4, 8, "front-matter/missing"),
        (4, 21, "front-matter/unknown-key"),
        (7, 10, "front-matter/url"),
        (8, 5, "front-matter/missing"),
        (8, 12, "front-matter/type"),
        (9, 5, "front-matter/unknown-key"),
        (10, 5, "front-matter/type"),
        (11, 11, "front-matter/type"),
        (12, 15, "front-matter/type"),
        (12, 23, "front-matter/type"),
        (12, 28, "front-matter/blank"),
        (13, 12, "front-matter/choice"),
        (14, 6, "front-matter/flag"),
    ]


def test_warnings_are_told_beside_errors() -> None:
    assert told("title: C# 入門 #1", "tags: [no]", "description: “短い”") == [
        (2, 1, "front-matter/missing"),
        (2, 14, "yaml/hash-comment"),
        (3, 8, "front-matter/looks-boolean"),
        (4, 14, "yaml/curly-quotes"),
    ]


def test_the_sign_that_was_typed_is_the_one_that_is_named() -> None:
    entries = "recommended: [☑ 川が好きな方, 橋が好きな方, 山が好きな方]"
    _, problems = parsed("title: 題", "date: 2026-01-01", entries)
    assert [(p.code, p.args) for p in problems] == [("front-matter/typed-check", (("got", "☑"),))]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (("draft:",), (4, 7, "front-matter/blank")),
        (("draft: ~",), (4, 8, "front-matter/blank")),
        (("extra:", "  draft: true"), (5, 3, "front-matter/misplaced")),
        (("extra:", "  expires: 2026-05-01"), (5, 3, "front-matter/misplaced")),
        (("drfat: true",), (4, 1, "front-matter/unknown-key")),
        (("drfat:",), (4, 1, "front-matter/unknown-key")),
        (("published: false",), (4, 1, "front-matter/unknown-key")),
        (("description: あ", "  draft： true"), (5, 8, "yaml/wide-colon")),
        (("...", "draft: true"), (5, 1, "yaml/two-documents")),
        (("", "## 見出し"), (5, 1, "front-matter/heading")),
        (("－－－", "本文"), (4, 1, "front-matter/closing")),
    ],
)
def test_nothing_that_may_hold_a_post_back_is_overlooked(
    lines: tuple[str, ...], found: tuple[int, int, str]
) -> None:
    assert told("title: 題", "date: 2026-04-02", *lines) == [found]


def test_comments_and_rules_that_are_meant() -> None:
    source = written(
        "# 題名は60文字まで",
        "title: 題",
        "",
        "# 日付",
        "date: 2026-04-02",
        "",
        "# updated: 2026-04-03",
        "# cover:",
        "#   src: a.png",
        body="---\n\n区切り線で始まる本文",
    )
    assert source.body.startswith("---\n")


def test_a_second_block_is_not_text() -> None:
    lines = ("title: 題", "date: 2026-04-02")
    assert told(*lines, body="\n---\ndraft: true\n---\n本文") == [(6, 1, "yaml/two-documents")]


@pytest.mark.parametrize(
    ("typed", "better"),
    [
        ("2026/4/2", "2026-04-02"),
        ("2026.4.2", "2026-04-02"),
        ("2026年4月2日（木）", "2026-04-02"),
        ("２０２６年４月２日", "2026-04-02"),
        ("令和8年4月2日", "2026-04-02"),
        ("令和元年5月1日", "2019-05-01"),
        ("平成31年4月30日", "2019-04-30"),
        ("昭和64.1.7", "1989-01-07"),
        ("R8/4/2", "2026-04-02"),
        ("20260402", "2026-04-02"),
        ("4/2/2026", "2026-04-02"),
        ("22/4/2026", "2026-04-22"),
        ("2026-4-2", "2026-04-02"),
        ("2026/02/30", "2026-11-22"),
        ("昭和99年1月1日", "2026-11-22"),
        ("きのう", "2026-11-22"),
    ],
)
def test_a_date_in_another_form_is_told_in_ours(typed: str, better: str) -> None:
    _, problems = parsed("title: 題", f"date: {typed}")
    assert [(p.code, dict(p.args)["better"]) for p in problems] == [("front-matter/date", better)]


@pytest.mark.parametrize(
    ("typed", "exact"),
    [
        ("2026/4/2 7:30", "2026-04-02 07:30"),
        ("2026-04-02 10:15 JST", "2026-04-02 10:15+09:00"),
        ("2026-04-02 10:15+09", "2026-04-02 10:15+09:00"),
        ("2026年4月2日 9時5分", "2026-04-02 09:05"),
        ("2026年4月2日 午後3時", "2026-04-02 15:00"),
        ("2026年4月2日（木）午前9時30分", "2026-04-02 09:30"),
        ("2026-4-2T23:59:59", "2026-04-02 23:59"),
    ],
)
def test_the_time_of_a_date_in_another_form_is_kept(typed: str, exact: str) -> None:
    _, problems = parsed("title: 題", f"date: {typed}")
    assert [(p.code, dict(p.args)["exact"]) for p in problems] == [("front-matter/date", exact)]


def test_a_month_in_another_form() -> None:
    line = "career: [{date: 2022年1月, text: 始める}]"
    _, problems = parsed("name: 花", line, section="authors")
    assert [dict(p.args)["exact"] for p in problems] == ["2022-01"]


@pytest.mark.parametrize(
    "moment",
    ["2026-04-02", "2026-04-02 07:30", "2026-04-02T7:30:15", "2026-04-02 07:30 +09:00",
     "2026-04-02T07:30Z", "2026-04-02 07:30-0500", '"2026-04-02"'],
)  # fmt: skip
def test_dates_that_are_read(moment: str) -> None:
    assert written("title: 題", f"date: {moment}").meta.date.date() == date(2026, 4, 2)


# --- keys from elsewhere --------------------------------------------------------------------


@pytest.mark.parametrize("key", foreign._WORDS)
def test_each_word_from_elsewhere_leads_to_a_key(key: str) -> None:
    assert key in KNOWN
    for word in foreign._WORDS[key].split():
        sections = [name for name, model in MODELS.items() if key in model.__struct_fields__]
        told = [unknown(word, section) for section in sections]
        assert f"「{key}」のことですか。" in " ".join(told)


def unknown(key: str, section: str) -> str:
    """The hint for a key with a value in a file of a section, or nothing where it is known."""
    _, problems = read(f"content/{section}/a.md", f"---\n{key}: 1\n---\n", section)
    hints = [tell(p, "ja").hint for p in problems if p.code == "front-matter/unknown-key"]
    return "".join(hints)


@pytest.mark.parametrize(
    ("line", "section", "hint"),
    [
        ("status: publish", "posts", "下書きなら draft: true と書きます。"),
        ("published: false", "posts", "下書きなら draft: true と書きます。"),
        ("published: 2026-04-02", "posts", "「date」のことですか。"),
        ("scores: {depth: 1}", "posts", "これは content/news に置くファイルの項目です。"),
        ("tags: [a]", "authors", "content/posts, content/news, content/pages に置く"),
        ("featured_image: a", "posts", "「cover」のことですか。"),
        ("Featured-Image: a", "posts", "「cover」のことですか。"),
        ("ＬａｓｔＭｏｄ: a", "posts", "「updated」のことですか。"),
        ("summary: a", "news", "「tldr」のことですか。"),
    ],
)
def test_keys_from_elsewhere(line: str, section: str, hint: str) -> None:
    key, _, value = line.partition(": ")
    _, problems = read(f"content/{section}/a.md", f"---\n{key}: {value}\n---\n", section)
    (found,) = [p for p in problems if p.code == "front-matter/unknown-key"]
    told = tell(found, "ja").hint
    assert hint in told
