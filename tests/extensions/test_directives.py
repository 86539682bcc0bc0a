"""`:::` blocks."""

from __future__ import annotations

import pytest

from tests.extensions.kit import html, problems, rendered, told

NOTE = '<aside class="note" role="note"><p class="note-title">補足</p>'
ALERT = '<aside class="note note-alert" role="note"><p class="note-title">注意</p>'


def test_notes() -> None:
    assert html("前\n:::message\n**太字**\n- 一\n:::\n後") == (
        f"<p>前</p>{NOTE}<p><strong>太字</strong></p><ul><li>一</li></ul></aside><p>後</p>"
    )
    assert html(":::message alert\n文\n:::") == f"{ALERT}<p>文</p></aside>"
    assert html("::: message　alert\n文\n:::") == f"{ALERT}<p>文</p></aside>"


def test_a_fold() -> None:
    assert html(":::details 続きを**読む**\n文\n:::") == (
        '<details class="fold"><summary>続きを<strong>読む</strong></summary><p>文</p></details>'
    )
    assert "<summary>詳しく見る</summary>" in html(":::details\n文\n:::")


def test_a_speech_bubble() -> None:
    assert html(":::balloon taro\nこんにちは。\n:::") == (
        '<div class="balloon"><div class="balloon-who">'
        '<span aria-hidden="true" class="balloon-icon">🍢</span>'
        '<span class="balloon-name">🍢太郎</span></div>'
        '<div class="balloon-says"><p>こんにちは。</p></div></div>'
    )


def test_a_speech_bubble_with_a_picture() -> None:
    assert (
        '<div class="balloon-who"><img alt="" class="balloon-icon" decoding="async" height="96"'
        ' loading="lazy" src="/images/h.webp" width="96"><span class="balloon-name">花子</span>'
    ) in html(":::balloon hanako\nはい\n:::")


def test_the_box_of_recommendations() -> None:
    assert html(":::recommended\n- 朝が早い方\n- 夜が遅い方\n:::") == (
        '<section class="box recommended">'
        '<p class="box-title">【この記事は、下記の方に特にお勧めです】</p>'
        '<ul class="checks"><li>朝が早い方</li><li>夜が遅い方</li></ul></section>'
    )
    assert "【こんな方に】" in html(":::recommended こんな方に\n- 方\n:::")


def test_a_timeline() -> None:
    assert html(":::timeline\n1. 2022年\n2. 2023年\n:::") == (
        '<div class="timeline"><ol><li>2022年</li><li>2023年</li></ol></div>'
    )


PR = (
    '<div class="pr"><p class="pr-line"><span class="pr-label">広告</span> '
    '<a href="https://ad.example/?a=1&amp;b=2" rel="sponsored nofollow noopener">'
    "AIを学ぶなら&lt;まなび&gt;</a></p>"
    '<p class="pr-note">架空の広告です。</p></div>'
)


@pytest.mark.parametrize("text", ["前\n:::pr aidemy\n後", "前\n\n:::pr aidemy\n:::\n\n後"])
def test_an_advertisement(text: str) -> None:
    assert html(text) == f"<p>前</p>{PR}<p>後</p>"
    body = rendered(text)
    assert body.partners == ("aidemy",)
    assert body.sponsored


def test_a_banner_shows_its_picture() -> None:
    assert (
        '<div class="pr pr-banner"><p class="pr-line"><span class="pr-label">広告</span> '
        '<a href="https://box.example/" rel="sponsored nofollow noopener">'
        '<img alt="しまう箱" decoding="async" height="90" loading="lazy" src="/images/box.webp"'
        ' width="728"></a></p></div>'
    ) in html(":::pr banner")


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (":::message\n:::pr aidemy\n:::", ""),
        (":::message\n:::pr aidemy\n:::\n:::", ""),
        (":::message\n:::pr aidemy\n:::\n文\n:::", "<p>文</p>"),
    ],
)
def test_an_advertisement_in_a_note(text: str, after: str) -> None:
    assert html(text) == f"{NOTE}{PR}{after}</aside>"


def test_an_advertisement_ends_a_note_before_another() -> None:
    text = ":::message\n:::pr aidemy\n:::\n\n:::message\n文\n:::"
    assert html(text) == f"{NOTE}{PR}</aside>{NOTE}<p>文</p></aside>"


def test_nesting() -> None:
    inner = f'<details class="fold"><summary>開く</summary>{NOTE}<p>文</p></aside></details>'
    same = ":::details 開く\n:::message\n文\n:::\n:::"
    more = "::::details 開く\n:::message\n文\n:::\n::::"
    deep = ":::::message\n::::details 開く\n:::message\n文\n:::\n::::\n:::::"
    assert html(same) == html(more) == inner
    assert html(deep) == f"{NOTE}{inner}</aside>"


def test_inside_an_item_of_a_list() -> None:
    assert html("- 一\n\n  :::message\n  文\n\n  - 内\n  :::\n- 二") == (
        f"<ul><li><p>一</p>{NOTE}<p>文</p><ul><li>内</li></ul></aside></li><li><p>二</p></li></ul>"
    )


def test_inside_html() -> None:
    assert html('<div class="g">\n\n:::message\n**文**\n:::\n\n</div>') == (
        f'<div class="g">{NOTE}<p><strong>文</strong></p></aside></div>'
    )


def test_code_is_no_directive() -> None:
    assert ":::message" in html("```\n:::message\n```")
    assert ":::nothing" in html("文\n\n    :::nothing")
    assert html(":::message\n```\n:::\n```\n:::").count("</aside>") == 1
    assert rendered("<pre>\n:::x\n</pre>").html == "<pre>\n:::x\n</pre>"


def test_an_escaped_directive_is_text() -> None:
    assert html("\\:::message") == "<p>:::message</p>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (":::mesage\n文\n:::", [("directive/unknown", 11, 4)]),
        ("文\n\n:::note warn\n文\n:::", [("directive/unknown", 13, 4)]),
        (":::message red\n:::", [("directive/unknown", 11, 4)]),
        ("文\n:::message\n文", [("directive/unclosed", 12, 1)]),
        ("::::details\n:::message\n文\n::::", [("directive/unclosed", 12, 1)]),
        ("文\n:::", [("directive/stray", 12, 1)]),
        (":::message\n:::\n:::\n", [("directive/stray", 13, 1)]),
        ("::::message\n:::\n::::", [("directive/stray", 12, 1)]),
        ("- 一\n\n  :::balloon tarou\n  文\n  :::", [("directive/unknown-author", 13, 14)]),
        (":::balloon\n文\n:::", [("directive/no-name", 11, 4)]),
        ("文\n\n:::pr", [("directive/no-name", 13, 4)]),
        (":::pr  aidem", [("directive/unknown-partner", 11, 8)]),
        ("文\n> :::message\n> 文", [("directive/in-quote", 12, 3)]),
        ("：：：message\n文", [("directive/full-width", 11, 1)]),
        (":::message\n```\n:::\n", [("directive/unclosed", 11, 1), ("fence/unclosed", 12, 1)]),
    ],
)
def test_mistakes_are_told_where_they_are(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert told(text, 11) == expected


@pytest.mark.parametrize(
    ("text", "blanks"),
    [
        (":::mesage\n:::", {"name": "mesage", "near": "message"}),
        (":::note\n:::", {"name": "note", "near": "message"}),
        (":::warning\n:::", {"name": "warning", "near": "message alert"}),
        (":::見出し\n:::", {"name": "見出し"}),
        (":::balloon tarou\n:::", {"name": "tarou", "near": "taro"}),
        (":::pr aidem", {"name": "aidem", "near": "aidemy"}),
        (":::details", {"name": "details"}),
    ],
)
def test_the_nearest_name_is_offered(text: str, blanks: dict[str, str]) -> None:
    assert dict(problems(text)[0].args) == blanks


@pytest.mark.parametrize("name", ["timeline", "recommended"])
def test_a_box_for_a_list_holds_one(name: str) -> None:
    for inside in ("文", "", "- 項目", "<ul><li>項目</li></ul>", "前の文\n\n1. 項目"):
        found = told(f"文\n\n:::{name}\n{inside}\n:::")
        assert found == ([] if "項目" in inside else [("directive/no-list", 3, 1)])
