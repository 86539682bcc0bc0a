"""Footnotes."""

from __future__ import annotations

import re

import pytest

from tests.extensions.kit import SOURCE, html, problems, renderer, told


def test_footnotes_are_numbered_as_they_are_referred_to() -> None:
    assert html("一[^b]と二[^注]\n\n[^注]: 後の**注**\n[^b]: 先の注") == (
        '<p>一<sup id="fnref:b"><a class="footnote-ref" href="#fn:b">1</a></sup>と二'
        '<sup id="fnref:注"><a class="footnote-ref" href="#fn:%E6%B3%A8">2</a></sup></p>'
        '<div aria-label="脚注" class="footnote" role="doc-endnotes"><hr><ol>'
        '<li id="fn:b"><p>先の注&#160;<a class="footnote-backref" href="#fnref:b"'
        ' title="脚注1の参照元へ戻る">&#8617;&#xFE0E;</a></p></li>'
        '<li id="fn:注"><p>後の<strong>注</strong>&#160;<a class="footnote-backref"'
        ' href="#fnref:%E6%B3%A8" title="脚注2の参照元へ戻る">&#8617;&#xFE0E;</a></p></li>'
        "</ol></div>"
    )


def test_a_footnote_of_several_blocks() -> None:
    page = html("一[^1]\n\n[^1]: 注\n\n    - 項目\n    - 項目\n\n    ```\n    x\n    ```\n\n文")
    assert "<li>項目</li>" in page
    assert "<code>x</code>" in page
    assert page.index("<p>文</p>") < page.index('class="footnote"')


def test_empty_footnotes() -> None:
    page = html("一[^2][^1]\n\n[^1]:\n[^2]: :\n")
    assert 'href="#fnref:1" title="脚注2の参照元へ戻る"' in page


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("文[^x]です", [("footnote/undefined", 3, 2)]),
        ("文[^1]\n\n[^1]: 注[^2]", [("footnote/undefined", 5, 8)]),
        ("文[^1]\n\n[^1]: 一\n[^1]: 二", [("footnote/duplicate", 6, 1)]),
        ("文[^1]\n\n[^1]: 一\n\n:::message\n[^1]: 二\n:::", [("footnote/duplicate", 8, 1)]),
        ("文\t[^x]\t[^y]", [("footnote/undefined", 3, 3), ("footnote/undefined", 3, 8)]),
        ("\t[^x]\n\t[^y]", []),
        ("文\n\n    [^x]\n\n    [^y]\n\n文[^z]", [("footnote/undefined", 9, 2)]),
        ("文\n    続き[^x]", [("footnote/undefined", 4, 7)]),
        ("- 項\n\n    [^x]", [("footnote/undefined", 5, 5)]),
        ("`[^x]` と ``[^y]`` と \\[^z]\n\n```\n[^w]\n```", []),
    ],
)
def test_mistakes(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert told(text, 3) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("文\n\n[^3]: 使われない", [("footnote/unused", 5, 1)]),
        ("文[^1]\n\n[^1]: 注\n[^2]: 二", [("footnote/unused", 6, 1)]),
        ("`[^1]`\n\n[^1]: 注\n\n    - 項", [("footnote/unused", 5, 1)]),
        ("文\n\n:::message\n[^注]:\n:::", [("footnote/unused", 6, 1)]),
        ("文[^1]\n\n[^1]: 注[^2]\n[^2]: 注の注", []),
    ],
)
def test_notes_that_nothing_refers_to(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert told(text, 3) == expected
    body, _ = renderer().body(SOURCE, text)
    assert body.html.count("footnote-backref") == body.html.count('class="footnote-ref"')


def test_the_name_is_told() -> None:
    assert problems("文[^x]")[0].args == (("name", "x"),)


def test_an_advertisement_ends_a_footnote() -> None:
    notes = html("文[^1]\n\n[^1]: 注\n\n    :::pr aidemy")
    assert re.search(
        '<li id="fn:1"><p>注</p><div class="pr">.*</div><p><a class="footnote-b', notes
    )
