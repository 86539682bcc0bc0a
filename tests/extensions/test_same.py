"""Our faster parts give what Python-Markdown's own would give, to the byte."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ssg.extensions import blocks, inline
from tests.bench.generate import post
from tests.extensions.kit import renderer
from tests.extensions.stock import Both
from tests.test_markdown import PIECES

TESTS = Path(__file__).parent
CONTENT = TESTS.parents[1] / "content"

TRICKY = (
    # emphasis
    "*a **b** c*", "**a *b* c**", "***a***", "***a** b*", "***a* b**", "*a**b*", "**a*b**",
    "*a*b*c*", "**a**b**c**", "****a****", "*あ**い**う*", "**あ*い*う**", "*a _b_ c*", "_a *b* c_",
    "~~a **b** c~~", "**a ~~b~~ c**", "~~a *b~~ c*", "*a __b* c__", "**a\nb**", "**a\n\nb**",
    "** a**", "**a **", "**　a**", "**a*", "*a**", "**a***", "***a**", "**a** **b** **c**",
    "**「あ」**と**「い」**、**う**。", "あ__い__う", "_あ_い", "あ_い_う", "__あ__い__", "_ あ _", "a_b_c",
    "*あ*_い_~~う~~", "~あ~", "~~~あ~~~", "~~あ~", "*a\\*b*", "**a\\**b**", "*`a*`*", "**`a`**",
    "**[a](b)**", "[**a**](b)", "*[a*](b)", "**a [b** c](d)", "***[a](b)* c**", "*a ~~b `c` d~~ e*",
    "**a** b\n **c**", "**a**  \n**b**", "a **b** `c`", "**a** * b", "**a** **", "**a** **b", "**`**`**",
    "_\\_あ*__* 。。* _「\\_ x_あ。\\\\*ax*x\\。\\~", "**x *y ~~`c`~~* z**", "~~a *b* **c** *d*", "**a**\\*\\*b**c**",
    # code
    "`a`", "``a`b``", "`a``b`", "`` ` ``", "`a", "``a`", "\\`a`", "`a\\`", "\\\\`a`", "`<b>`",
    "`&amp;`", "`[a](b)`", "[`a`](b)", "`a\nb`", "`*a*`", "`a` `b`", "```a```", "`a`*b*`c`",
    # escapes, entities, line breaks
    r"\*a\*", r"\\*a\\*", r"\[a](b)", r"[a\](b)", r"[a](b\)c)", r"\<b>", r"\&amp;", r"\あ", "\\",
    "&amp; &copy; &#35; &#x23; &x; & &amp", "AT&T", "a &lt;b&gt;", "a  \nb", "a  \n  b", "*a  \nb*",
    "a  ", "あ  \nい", "[a  \nb](c)",
    # links and pictures
    "[a](b)", "[a]( b )", "[a](<b c>)", '[a](b "c")', "[a](b 'c')", '[a](b "c" d")', "[a](b(c)d)",
    "[a](b(c)", "[a](b", "[a]", "[a](", "[]()", "[a]()", "[a](b)[c](d)", "[[a](b)](c)", "[a [b] c](d)",
    "[a](b\nc)", '[a](<b> "c")', '[AI](\\*: "あ"\n(い', "[a](b'(c)", '[](c="1")](d', "[ [a](b) [ [c](d)",
    "![a](b.png)", "![](b.png)", "![a](b.png 'c')", "[![a](b.png)](c)", "![a [b] c](d.png)",
    "![*a*](b.png)", "![a\\*](b.png)", "![`a`](b.png)", "!\\[a](b)", "a![b](c.png)d",
    "[a][b]\n\n[b]: c", "[a] [b]\n\n[b]: c 'd'", "[b][]\n\n[b]: c", "[b]\n\n[B]: <c> (d)",
    "![a][b]\n\n[b]: c.png", "![b]\n\n[b]: c.png 'd'", "[a][b]", "[*a*][b]\n\n[b]: c", "[a\nb]\n\n[a b]: c",
    "[a][b][c]\n\n[b]: x\n[c]: y", "[[a]][b]\n\n[b]: x", "[a](b)[a]\n\n[a]: c", "[x [a] y]\n\n[a]: c",
    # addresses and HTML in a line
    "<https://a.example/?a=1&b=2>", "<a@b.example>", "<mailto:a@b.example>", "https://a.example/あ",
    "https://a.example/_b_*c*", "[https://a.example/](b)", "<https://a.example/ あ>", "<a@あ>",
    "<https://a.example/\\*b>", "<https://a.example/`b`c*d*e>", "<a href='x'>https://b.example/</a>", "<a>https://b.example/</a> https://c.example",
    "*https://a.example/*", "**https://a.example/**あ", "<b>*a*</b>", "<b class='*a*'>c</b>", "a <br> b",
    "<b", "<b>", "< b>", "a < b > c", "<!-- *a* -->", "a <!-- b -- c --> d", "a <!-- b", "<?x *a* ?>",
    "a <![CDATA[ *b* ]]> c", "<kbd>`a`</kbd>", "<b title='\\*'>a</b>", "<span>[a](b)</span>", "a<b>c",
    # footnotes, attributes, abbreviations
    "a[^1]\n\n[^1]: b", "a[^1][^1][^1]\n\n[^1]: b", "a[^2]b[^1]\n\n[^1]: *c*[^2]\n[^2]: d", "a[^x]",
    "- a[^1]\n\n  b[^2]\n\nc[^3]\n\n[^1]: x\n[^2]: y\n[^3]: z", "[a[^1]](b)\n\n[^1]: c", "*a[^1]*\n\n[^1]: b",
    "[^a b]: x\n[^a-b]: y\n\nz[^a b][^a-b][^a b]", "[^1]: a\n\n    b\n\n        c\n\nd[^1]",
    "*a*{.b}", "[a](b){#c .d}", "**a**{k=v}b", "a\n{.b}", "# a {#b}", "- a\n{.b}", "| a {.b} |\n|---|\n| c |",
    "**a**{x==y}", "HTMLのHTML\n\n*[HTML]: Hyper", "*HTML* `HTML`\n\n*[HTML]: Hyper",
    # blocks
    "a\n===", "a\n---", "a\n=", "#a", "# a #", "#　a", "\\# a", "- a\n- b", "- a\n\n  b", "1. a\n2. b",
    "１．a", "١. a", "2. a", "- a\n  - b\n    - c", "- *a*\n  - **b**\n\n  c", "> a\nb", "> - a", "- > a",
    "> > a\n> b", "    a", "a\n    b", "\ta", "　a", "　- a", "　", "- - -", "* * *", "_ _ _", "***",
    "a\n***\nb", "a\n: b", "a\n:b", ": a", "a\n\n: b\n\n    c", "| a | b |\n|---|---|\n| `|` | \\| |",
    "a|b\n-|-\n1|2", "|a|\n|-|\n|b|", "| a | b |\n|---|", "| a |\n| b |", "a | b", "|", "| `a | b |\n|---|---|",
    "| a | b |\n|---|---|\n| c | *d* |", "| a |\n|---|\n| <b>c</b> |", "|\n|---|\n|", "||\n|-|\n||", "a|b|\n-|-|\n|1|2",
    "## a | b", "## a|b\n-|-", "# a\nb", "##", "## ", "# a #  ", "###### a\n# b\n---", "####### a", "#\u3000a",
    "[a]: b\n[c]: d\n\n[a] [c]", "a\n[b]: c\nd", "```\na\n```", "- a\n  ```\n  b\n  ```", "- a\n\n      b",
    "<div>\n*a*\n</div>", "<div>*a*</div>\nb", "a\n<div>\nb\n</div>\nc", "<!-- a -->\n\nb", "- a\n\n  > q\n\n  [\n。](u)",
    ":::message\n*a*\n:::", ":::details *a*\nb\n:::", ":::details\n- a\n  *b*\n:::", "*a*\n:::", "：：：note",
)  # fmt: skip


@pytest.fixture(scope="module")
def both() -> Both:
    return Both()


def literals() -> Iterator[str]:
    """The texts that stand in these tests."""
    for file in TESTS.glob("test_*.py"):
        for node in ast.walk(ast.parse(file.read_bytes())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
    yield from (TESTS / "emphasis.txt").read_text("utf-8").split("\n")


def test_each_pattern_and_processor_has_its_sign() -> None:
    md = renderer()._engine.md
    assert {md.inlinePatterns[name] for name in inline.SIGNS} == set(md.inlinePatterns)
    assert all(inline.any_sign(sign) for sign in inline.SIGNS.values() if sign)
    assert all(map(inline.any_sign, (*"*_~", "\x02klzzwxh:0000\x03")))
    assert all(name in md.parser.blockprocessors for name in blocks.SIGNS)


def test_tricky_texts(both: Both) -> None:
    for text in TRICKY:
        for frame in ("{}", "前{}後", "前 {} 後", "- {}", "## {}", "**{}**", "[{}](u)", "{0}\n{0}"):
            both.check(frame.format(text))


def test_the_texts_of_these_tests(both: Both) -> None:
    for text in sorted(set(literals())):
        both.check(text)


def test_the_sample_site(both: Both) -> None:
    for file in sorted(CONTENT.rglob("*.md")):
        both.check(file.read_text("utf-8").split("\n---\n", 1)[-1])


def test_generated_posts(both: Both) -> None:
    for number in range(50):
        both.check(post(number).split("\n---\n", 1)[1])


MORE = (
    "_", "~", "***", "``", "]", "(", "<", ">", '"', "'", "[a]", "[a][b]", "\n\n[a]: u\n\n", "\\*", "\\\\",
    "\\`", "\\[", "&copy;", "<https://a.example/>", "<a@b.example>", "</b>", "<br>", "  \n", "{.x}", "[^2]",
    "\n\n[^2]: 二\n\n", "http://", "://", "@", "\n: ", "    - ", "１．", "\x02", "# *x*",
)  # fmt: skip
TAGS = (
    "<b>", "</b>", "<br>", "<br/>", "<br />", "</br>", "<wbr>", "<ruby>", "</rt>", "<span>", "<code>",
    "<https://a.example/>", "<http://a.example/b?c=d>", "<https://あ>", "< ", "<1", "<\n", ">", "/>",
    "\n", "\n\n", "   ", "    ", "`", "a", "あ", '"', "'", "- ", "=", "<div ", "<div>", "</div>", "&amp;",
)  # fmt: skip
tags = st.lists(st.sampled_from(TAGS), max_size=20).map("".join)
pieces = st.lists(st.sampled_from((*PIECES, *MORE)), max_size=30).map("".join)
signs = st.text("*_~`[]()!<>&\\ \n#-|:^aあ。「」\"1.'@/{}=+", max_size=30)
emphasis = st.text("***__~ aあ。「x`\\", max_size=30)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=300)
@given(st.one_of(pieces, signs, emphasis, tags))
def test_any_text(both: Both, text: str) -> None:
    both.check(text)
