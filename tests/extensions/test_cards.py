"""Addresses alone in a paragraph."""

from __future__ import annotations

import pytest

from tests.extensions.kit import html, rendered, told

POST = (
    '<a class="card-link" href="/blog/posts/%E6%A4%9C%E7%B4%A2/"><span class="card-link-text">'
    '<span class="card-link-title">検索の今</span>'
    '<span class="card-link-description">説明</span>'
    '<span class="card-link-site">太郎の帖</span></span></a>'
)
ID = "dQw4w9WgXcQ"
PLAYER = (
    f'<div class="player" data-title="YouTubeの動画" data-youtube="{ID}">'
    f'<a href="https://www.youtube.com/watch?v={ID}" rel="noopener">'
    '<span class="player-text">YouTubeで見る</span> '
    '<span class="player-notice">再生するとYouTubeに接続します</span></a></div>'
)


@pytest.mark.parametrize(
    "address", ["/posts/検索/", "../2024/other-post.md", "/blog/posts/%E6%A4%9C%E7%B4%A2/"]
)
def test_a_post_of_the_site(address: str) -> None:
    assert html(f"文\n\n{address}\n\n文") == f"<p>文</p>{POST}<p>文</p>"


@pytest.mark.parametrize("sign", ["{}", "<{}>", "@[card]({})"])
def test_a_page_that_the_site_knows(sign: str) -> None:
    assert html(sign.format("https://research.example/report?a=1&b=2")) == (
        '<a class="card-link" href="https://research.example/report?a=1&amp;b=2" rel="noopener">'
        '<span class="card-link-text">'
        '<span class="card-link-title">A&amp;amp;B &lt;調査&gt;</span>'
        '<span class="card-link-description">何を尋ねたか</span>'
        '<span class="card-link-site">調査</span></span>'
        '<img alt="" class="card-link-image" decoding="async" height="180" loading="lazy" '
        'src="/images/r.webp" width="320"></a>'
    )


def test_a_page_that_nobody_knows() -> None:
    assert html("https://a.example/x/y?z=1&w=2") == (
        '<p class="bare-link"><a href="https://a.example/x/y?z=1&amp;w=2" rel="noopener">'
        '<span class="bare-link-host">a.example</span>'
        '<span class="bare-link-path">/x/y?z=1&amp;w=2</span></a></p>'
    )
    assert html("https://a.example") == (
        '<p class="bare-link"><a href="https://a.example" rel="noopener">'
        '<span class="bare-link-host">a.example</span></a></p>'
    )


def test_an_advertiser_alone_is_marked() -> None:
    body = rendered("https://www.sponsor.example/x")
    assert 'rel="sponsored nofollow noopener"' in body.html
    assert body.sponsored


@pytest.mark.parametrize(
    "text",
    [
        "https://research.example/report?a=1&b=2 と",
        "[x](https://research.example/report?a=1&b=2)",
        "- https://research.example/report?a=1&b=2",
    ],
)
def test_in_running_text_it_is_a_link(text: str) -> None:
    assert "card-link" not in html(text)


@pytest.mark.parametrize(
    "text",
    [
        f"@[youtube]({ID})",
        f"@[youtube](https://youtu.be/{ID})",
        f"https://www.youtube.com/watch?v={ID}",
        f"https://www.youtube.com/watch?t=9&v={ID}&list=x",
        f"https://m.youtube.com/watch?v={ID}#t=1",
        f"https://youtu.be/{ID}?si=x",
        f"https://youtube.com/shorts/{ID}",
        f"<https://youtu.be/{ID}>",
    ],
)
def test_players(text: str) -> None:
    assert html(f"文\n\n{text}") == f"<p>文</p>{PLAYER}"
    assert rendered(text).players


def test_a_video_in_running_text_is_a_link() -> None:
    body = rendered(f"動画 https://youtu.be/{ID} を")
    assert not body.players
    assert "player" not in body.html


@pytest.mark.parametrize("video", ["", "short", "dQw4w9WgXcQx", "dQw4w9WgXc "])
def test_an_id_that_is_none(video: str) -> None:
    assert told(f"文\n\n@[youtube]({video})", 4) == [("player/bad-id", 6, 12)]


def test_an_address_without_a_video_is_a_link() -> None:
    assert "bare-link" in html("https://www.youtube.com/@someone")
    assert "bare-link" in html("https://youtu.be/tooshort")


def test_a_missing_post_alone_is_told() -> None:
    assert told("文\n\n../2024/nai.md", 4) == [("link/missing", 6, 1)]
    assert told("文\n\n../2024/draft.md", 4) == [("link/withheld", 6, 1)]
