"""Pictures and figures."""

from __future__ import annotations

import pytest

from tests.extensions.kit import SOURCE, html, problems, rendered, renderer, told

SET = 'srcset="/images/a-480.webp 480w, /images/a-960.webp 960w"'
IMG = (
    '<img alt="夜の街" decoding="async" height="900" loading="lazy" '
    f'sizes="(min-width: 760px) 720px, 100vw" src="/images/a-960.webp" {SET} width="1600">'
)


def test_a_picture_alone_is_a_figure() -> None:
    assert html("文\n\n![夜の街](a.png)\n\n文") == f"<p>文</p><figure>{IMG}</figure><p>文</p>"


def test_its_title_is_the_caption() -> None:
    assert html('![夜の街](a.png "撮影 & 編集 <筆者>")') == (
        f"<figure>{IMG}<figcaption>撮影 &amp; 編集 &lt;筆者&gt;</figcaption></figure>"
    )


def test_a_width_by_hand() -> None:
    page = html('![夜の街](a.png "題"){width=480 .wide}')
    assert 'class="wide" decoding="async" height="270" loading="lazy"' in page
    assert f'sizes="(min-width: 480px) 480px, 100vw" src="/images/a-960.webp" {SET}' in page
    assert 'width="480"><figcaption>題' in page


@pytest.mark.parametrize("size", ["width=480px", "width=４８０", "width=0480PX", "height=270"])
def test_pixels_however_they_are_written(size: str) -> None:
    page = html(f"![夜の街](a.png){{{size}}}")
    assert page == html("![夜の街](a.png){width=480}")
    assert 'height="270"' in page


@pytest.mark.parametrize("size", ["width=50%", "width=20em", "height=auto", "width=0"])
@pytest.mark.parametrize("address", ["a.png", "data:image/png;base64,AA=="])
def test_what_is_no_number_of_pixels_is_left_out(size: str, address: str) -> None:
    text = f"![夜の街]({address})"
    body, (found,) = renderer().body(SOURCE, f"文\n\n{text}{{{size}}}")
    assert (found.code, found.line) == ("image/size", 3)
    assert body.html == rendered(f"文\n\n{text}").html


def test_a_picture_in_running_text_stays_there() -> None:
    assert html("文![夜の街](a.png)文") == f"<p>文{IMG}文</p>"
    assert html("- ![夜の街](a.png)") == f"<ul><li>{IMG}</li></ul>"


def test_a_linked_picture_is_a_figure() -> None:
    assert html("[![夜の街](a.png)](https://a.example/)") == (
        f'<figure><a href="https://a.example/" rel="noopener">{IMG}</a></figure>'
    )


def test_the_sources_of_pictures_are_known() -> None:
    body = rendered("![一枚](a.png)\n\n![二枚](b.png)と![また](a.png)")
    assert body.images == (f"{SOURCE}:a.png", f"{SOURCE}:b.png")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("![](a.png)", "image/no-alt"),
        ("![ ](a.png)", "image/no-alt"),
        ("![画像](a.png)", "image/weak-alt"),
        ("![Image](a.png)", "image/weak-alt"),
        ("![ＩＭＧ](a.png)", "image/weak-alt"),
        ("![写真](a.png)", "image/weak-alt"),
        ("![a.png](dir/a.png)", "image/weak-alt"),
        ("![a](dir/a.png)", "image/weak-alt"),
        ("![夜景.png](%E5%A4%9C%E6%99%AF.png)", "image/weak-alt"),
    ],
)
def test_pictures_are_described_in_words(text: str, code: str) -> None:
    assert told(f"`![](a.png)`\n\n文\n{text}", 5) == [(code, 8, text.index("](") + 3)]


def test_a_japanese_name_may_describe_the_picture() -> None:
    assert told("![夜の駅](夜の駅.png)") == []


def test_a_picture_that_is_not_there() -> None:
    text = "![夜](a.png)\n\n![夜](missing.png)"
    assert told(text, 3) == [("image/missing", 5, 6)]
    assert dict(problems(text)[0].args) == {"name": "missing.png", "near": "Missing.png"}


def test_pictures_of_other_sites() -> None:
    body, found = renderer().body(SOURCE, "![夜](https://a.example/夜.png)")
    assert [(p.code, p.line, p.column) for p in found] == [("image/remote", 1, 6)]
    assert 'loading="lazy" src="https://a.example/%E5%A4%9C.png"' in body.html
    assert body.images == ()


def test_pictures_inside_their_address() -> None:
    assert 'src="data:image/png;base64,AA=="' in html("![点](data:image/png;base64,AA==)")


@pytest.mark.parametrize(
    "address", ["data:image/svg+xml,<svg>", "data:text/html,x", "javascript:x"]
)
def test_dangerous_pictures_become_their_description(address: str) -> None:
    body, found = renderer().body(SOURCE, f"文![点]({address})")
    assert body.html == "<p>文<span>点</span></p>"
    assert [(p.code, p.column) for p in found] == [("image/dangerous", 7)]
