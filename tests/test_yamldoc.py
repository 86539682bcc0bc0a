"""Strict YAML: what is kept, what is refused, and where it says so."""

from __future__ import annotations

import json
import time

import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

from ssg import yamldoc
from ssg.decoding import decode
from ssg.errors import Problem
from ssg.messages import CATALOGUE
from ssg.yamldoc import MAX_DEPTH, Map, Scalar, Seq, YamlError, load, plain, position, unbearable

# What `decode` lets through, with the signs that mean something in YAML more often than not.
SIGNS = st.sampled_from(list(":-#[]{}\"'\\|>&*!%@`,?~=<.\n\t \u3000\u00a0：　“”\u2028\u0085"))
CHARACTERS = SIGNS | st.sampled_from("aé太あ😀0") | st.characters(exclude_categories=["Cs", "Cc"])
TEXT = st.text(CHARACTERS, max_size=80)
PARTS = ("title", ": ", ":", "：", "- ", "\n", "\n  ", "\n\t", " #", '"', "'", "[a, b]", "{a: b}")
BROKEN = st.lists(
    st.sampled_from((*PARTS, "draft", "true", "|\n  あ\n", "---", "...", "!!str", "&a", "*a", "<<"))
).map("".join)


def readable(text: str) -> bool:
    return not decode(text.encode(), "a")[1]


def refused(text: str) -> list[tuple[int, int, str]]:
    with pytest.raises(YamlError) as caught:
        load(text, "a.md")
    return [(p.line, p.column, p.code) for p in caught.value.problems]


def value_of(text: str) -> object:
    return load(f"key: {text}", "a.md")[0]["key"]


# --- laws -------------------------------------------------------------------------------------


@given((TEXT | BROKEN).filter(readable))
def test_any_text_is_read_or_refused_at_a_place_in_it(text: str) -> None:
    lines = text.split("\n")
    try:
        root, found = load(text, "a.md", 1)
    except YamlError as e:
        found = list(e.problems)
        assert found
    else:
        assert inside(root, lines)
    for problem in found:
        assert problem.code in CATALOGUE
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1


def inside(node: object, lines: list[str]) -> bool:
    """Whether a node and all below it stand inside the text."""
    assert isinstance(node, Map | Seq | Scalar)
    below = node.values() if isinstance(node, Map) else node if isinstance(node, Seq) else ()
    at_home = node.line <= len(lines) and node.column <= len(lines[node.line - 1]) + 1
    return at_home and all(inside(n, lines) for n in below)


@given((TEXT | BROKEN).filter(readable))
def test_what_is_read_is_what_libyaml_reads(text: str) -> None:
    assume(not set("\x85\u2028\u2029") & set(text))  # no line ends here, see `_HIDE`
    try:
        root, _ = load(text, "a.md")
    except YamlError:
        return
    wanted = yaml.load(text, yaml.CBaseLoader)
    assert root == (wanted if isinstance(wanted, dict) else {})


@given((TEXT | BROKEN).filter(readable))
@example("a: b #c\nd: e")
@example("abc：d: e")
@example("a:\n  b\nd: e\n  fgh:i")
@example("abc:d: e")
@example("a: “b”")
def test_only_doubtful_lines_hold_mistakes_in_values(text: str) -> None:
    found = everything_told(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yamldoc, "_doubtful", lambda _, lines: frozenset(range(len(lines))))
        assert everything_told(text) == found


def everything_told(text: str) -> list[Problem]:
    try:
        return load(text, "a.md")[1]
    except YamlError as e:
        return list(e.problems)


@given(st.text(CHARACTERS).filter(readable))
def test_text_in_quotes_comes_back_as_it_was(text: str) -> None:
    got = value_of(json.dumps(text, ensure_ascii=False).replace("\x7f", "\\x7f"))
    assert got == text
    assert plain(got) == text


@given(st.text("abcあア漢0189._-/（）【】「」！？、。・ー～", min_size=1))
def test_a_plain_word_comes_back_as_it_was(text: str) -> None:
    if text.strip("-.") and not text.startswith("-"):
        assert value_of(text) == text


@given(st.integers(-(10**18) + 1, 10**18 - 1) | st.floats(allow_nan=False, allow_infinity=False))
def test_plain_numbers_come_back(number: float) -> None:
    text = f"{number:.6f}" if isinstance(number, float) else str(number)
    got = plain(value_of(text))
    assert got == (float(text) if isinstance(number, float) else number)


@given(TEXT.filter(readable))
def test_a_block_keeps_its_lines(text: str) -> None:
    lines = [line.strip(" \t") or "あ" for line in text.split("\n")]
    block = "".join(f"\n  {line}" for line in lines)
    assert value_of(f"|-{block}") == "\n".join(lines)


# --- what is kept -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("true", True),
        ("false", False),
        ("~", None),
        ("", None),
        ("1", 1),
        ("-12", -12),
        ("1.50", 1.5),
        ("010", "010"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("no", "no"),
        ("True", "True"),
        ('"1"', "1"),
        ("2026-04-02", "2026-04-02"),
        ("[1, あ]", [1, "あ"]),
        ("{a: 1, b: [no]}", {"a": 1, "b": ["no"]}),
    ],
)
def test_plain(text: str, means: object) -> None:
    assert plain(value_of(text)) == means


@pytest.mark.parametrize("text", ["9" * 20, "-" + "9" * 19, ".inf", "-.INF", ".NaN", "1.0e999"])
def test_numbers_that_json_cannot_carry(text: str) -> None:
    root, _ = load(f"a:\n  - b: {text}", "a.md")
    assert [where for where, _ in unbearable(root)] == [("a", 0, "b")]
    assert plain(root) == {"a": [{"b": text}]}


def test_places_count_characters() -> None:
    root, _ = load("題: 値\ncover:\n  src: 絵.png\ntags: [😀, あ, {深: 底}]", "a.md", first_line=5)
    assert position(root, ("題",)) == (5, 4)
    assert position(root, ("題",), key=True) == (5, 1)
    assert position(root, ("cover", "src")) == (7, 8)
    assert position(root, ("cover", "src"), key=True) == (7, 3)
    assert position(root, ("cover", "alt")) == (7, 3)
    assert position(root, ("tags", 1)) == (8, 11)
    assert position(root, ("tags", 2, "深")) == (8, 18)
    assert position(root, ()) == (5, 1)


def test_what_stands_in_one_line_is_known_as_typed() -> None:
    root, _ = load("a: [x, {y: z}] # あ\nb:\n  - c: d\n  - [e,\n     f]", "a.md")
    assert root["a"].typed == "[x, {y: z}]"
    assert root["a"][1].typed == "{y: z}"
    assert root["b"].typed == ""
    assert root["b"][0].typed == "c: d"
    assert root["b"][1].typed == ""


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("title： 速報\ndate: x", (1, 6, "yaml/wide-colon")),
        ("a: b\n速報：\n", (2, 3, "yaml/wide-colon")),
        ("title:　速報\ndate: x", (1, 7, "yaml/wide-space")),
        ("title:速報\ndate: x", (1, 7, "yaml/no-space")),
        ("a: b\ndraft:true", (2, 7, "yaml/no-space")),
        ("a: b\n  draft:true", (2, 9, "yaml/no-space")),
        ("a: b\n  draft： true", (2, 8, "yaml/wide-colon")),
        ("a: b\n  draft: true", (2, 3, "yaml/misaligned")),
        ("- a\nb: c", (2, 1, "yaml/misaligned")),
        ("a:\n- b\n  - c", (3, 3, "yaml/list-indent")),
        ("a: b: c", (1, 4, "yaml/needs-quotes")),
        ("a: [b] c", (1, 4, "yaml/needs-quotes")),
        ("a: 'b' c", (1, 4, "yaml/needs-quotes")),
        ("a: |b", (1, 4, "yaml/needs-quotes")),
        ("a: - b", (1, 4, "yaml/needs-quotes")),
        ('a: "b\nc: d', (1, 4, "yaml/quote")),
        ("a: [b\nc: d", (1, 4, "yaml/bracket")),
        ("a: {b: c\nd: e", (1, 4, "yaml/bracket")),
        ("a: [b, #c]\nd: e", (1, 8, "yaml/hash-value")),
        ("a: #b", (1, 4, "yaml/hash-value")),
        (r'a: "\q"', (1, 5, "yaml/escape")),
        (r'a: "\ud83d"', (1, 5, "yaml/escape")),
        (r'a: "\x"', (1, 5, "yaml/escape")),
        ("!%!", (1, 2, "yaml/syntax")),
        (r'a: "\0"', (1, 4, "encoding/control")),
        ("a: b\nただの文", (2, 1, "yaml/no-colon")),
        ("a: b\na: c", (2, 1, "yaml/duplicate")),
        ("a: {b: 1, b: 2}", (1, 11, "yaml/duplicate")),
        ("a: b\n---\nc: d", (2, 1, "yaml/two-documents")),
        ("a: b\n...\nc: d", (3, 1, "yaml/two-documents")),
        ("a: &b c", (1, 4, "yaml/anchor")),
        ("a: {<<: {b: c}}", (1, 5, "yaml/anchor")),
        ("a: !b c", (1, 4, "yaml/tag")),
        ("[a, b]: c", (1, 1, "yaml/key")),
        ("\ta: b", (1, 1, "yaml/indent")),
        ("a:\n  -\tb", (2, 4, "yaml/indent")),
        ("ただの文", (1, 1, "yaml/not-a-mapping")),
        ("[a]", (1, 1, "yaml/not-a-mapping")),
        ("a: b]]\nc: [d]]", (2, 7, "yaml/syntax")),
    ],
)
def test_each_mistake_has_its_name_and_place(text: str, found: tuple[int, int, str]) -> None:
    assert refused(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "a: b  # 覚え書き",
        "a: https://example.com/#x",
        "description:\n  https://example.com/ を読む",
        "a: |\n  　字下げした段落\n  \tタブ\n  draft： true\n  - b\nc: d",
        "a: |2-\n    　字下げ\n",
        "a: >-\n  一行目\n\n  二行目\nb: c",
        "a:\n  - 朝：五分だけ\n  - Re：ゼロ",
        "title: 【速報】「新機能」：その後",
        "a: 'it''s'\nb: \"say \\\"x\\\"\"",
        "a: [b,\n  c]\nd: {e: f,\n  g: h}",
    ],
)
def test_what_only_looks_like_a_mistake_is_taken(text: str) -> None:
    assert load(text, "a.md")[1] == []


def test_every_problem_of_a_block_is_told() -> None:
    assert refused("a: &x b\na: c\nd: #e\nf: !!int 1") == [
        (1, 4, "yaml/anchor"),
        (2, 1, "yaml/duplicate"),
        (3, 4, "yaml/hash-value"),
        (4, 4, "yaml/tag"),
    ]


@pytest.mark.parametrize(
    "bomb",
    [
        "a: &a [x,x]\n" + "".join(f"b{n}: &b{n} [*a,*a,*a,*a]\n" for n in range(50)),
        "a: &a {b: c}\nd: {<<: [*a, *a, *a, *a]}",
        "a: &a [*a]",
        "a: " + "[" * 20_000,
        "a: " + "{b: " * 20_000,
        "".join("  " * n + f"a{n}:\n" for n in range(200)),
    ],
    ids=["laughs", "merge", "itself", "brackets", "braces", "indent"],
)
def test_bombs_are_refused_at_once(bomb: str) -> None:
    start = time.perf_counter()
    assert refused(bomb)
    assert time.perf_counter() - start < 1


def test_depth_has_a_limit() -> None:
    fine = "a: " + "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1)
    assert isinstance(load(fine, "a.md")[0]["a"], Seq)
    assert refused("a: " + "[" * MAX_DEPTH + "]" * MAX_DEPTH)[0][2] == "yaml/too-deep"


@pytest.mark.parametrize("text", ["", "\n\n", "# まだ何もない", "~", "null"])
def test_nothing_is_an_empty_mapping(text: str) -> None:
    root, found = load(text, "a.md", 3)
    assert (root, found) == ({}, [])
    assert position(root, ("title",)) == (3, 1)
