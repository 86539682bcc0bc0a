"""Soft line breaks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.extensions.japanese import closes_up
from tests.extensions.kit import html, rendered

WIDE = "日本語かなカナー々。、」）！？【０Ａ㈱ｶ🍢"
NARROW = "abcXYZ0189"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("日本\n語", "日本語"),
        ("日本  \n語", "日本<br>語"),
        ("日本 \n 語", "日本語"),
        ("です。\nAI", "です。AI"),
        ("AI\n「本」", "AI「本」"),
        ("日本\nAI", "日本\nAI"),
        ("AI\nAI", "AI\nAI"),
        ("そして…\n夜", "そして…夜"),
        ("said…\n“yes”", "said…\n“yes”"),
        ("한국\n한국", "한국\n한국"),
        ("**太字**\nです", "<strong>太字</strong>です"),
        ("これは\n**太字**", "これは<strong>太字</strong>"),
        ("**太\n字**", "<strong>太字</strong>"),
        ("***あ***\n~~い~~", "<strong><em>あ</em></strong><del>い</del>"),
        ("です。\n`x`", "です。<code>x</code>"),
        ("日本\n`x`", "日本\n<code>x</code>"),
        ("`あ`\n`い`", "<code>あ</code><code>い</code>"),
        ("`あ\nい`", "<code>あ\nい</code>"),
        ("一\n二\n三\nx\n四", "一二三\nx\n四"),
        ("<ruby>漢<rt>かん</rt></ruby>\n字", "<ruby>漢<rt>かん</rt></ruby>字"),
        ("強い\\*\n次", "強い*\n次"),
    ],
)
def test_line_breaks(written: str, shown: str) -> None:
    assert rendered(written).html.replace("<br>\n", "<br>") == f"<p>{shown}</p>"


def test_line_breaks_in_items_and_quotes() -> None:
    assert html("- 一\n  二\n\n> 三\n> 四") == (
        "<ul><li>一二</li></ul><blockquote><p>三四</p></blockquote>"
    )


def test_line_breaks_in_code_stay() -> None:
    assert "日\n本\n" in rendered("```\n日\n本\n```").html
    assert "<code>日\n本\n</code>" in rendered("段落\n\n    日\n    本").html
    assert "<pre>日\n本</pre>" in rendered("<pre>日\n本</pre>").html


@given(st.sampled_from(WIDE), st.sampled_from(WIDE))
def test_between_wide_characters_a_break_disappears(before: str, after: str) -> None:
    assert html(f"字{before}\n{after}字") == f"<p>字{before}{after}字</p>"


@given(st.sampled_from(NARROW), st.sampled_from(NARROW + WIDE))
def test_beside_a_narrow_letter_it_stays_unless_punctuation_follows(narrow: str, any_: str) -> None:
    gone = any_ in "。、」）！？【"
    assert closes_up(narrow, any_) is gone
    assert closes_up(any_, narrow) is gone


@given(st.text("日本あ、。a 1\n*`", max_size=40))
def test_nothing_but_space_is_lost(text: str) -> None:
    from ssg.extensions.japanese import without_breaks

    assert "".join(without_breaks(text).split()) == "".join(text.split())


def test_what_is_meant_for_the_check_is_not_published() -> None:
    assert html("文。。<!-- check: ignore japanese/doubled -->") == "<p>文。。</p>"
    assert html("<!-- check: ignore japanese/doubled -->\n\n文。。") == "<p>文。。</p>"
    assert "check: ignore" in html("`<!-- check: ignore japanese/doubled -->` と書きます。")
    assert html("文<!-- 覚え書き -->") == "<p>文<!-- 覚え書き --></p>"
