"""Addresses alone in a paragraph."""

from __future__ import annotations

import pytest

from tests.extensions.kit import SOURCE, html, problems, rendered, renderer, told

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
        f"https://www.youtube.com/watch?a=9&v={ID}&list=x",
        f"https://m.youtube.com/watch?v={ID}#x",
        f"https://youtu.be/{ID}?t=x",
        f"https://youtu.be/{ID}?si=x",
        f"https://youtube.com/shorts/{ID}",
        f"<https://youtu.be/{ID}>",
    ],
)
def test_players(text: str) -> None:
    assert html(f"文\n\n{text}") == f"<p>文</p>{PLAYER}"
    assert rendered(text).players


@pytest.mark.parametrize(
    ("address", "start"),
    [
        (f"https://youtu.be/{ID}?t=30", 30),
        (f"https://youtu.be/{ID}?si=x&t=1m20s", 80),
        (f"https://www.youtube.com/watch?t=1h2m3s&v={ID}&list=x", 3723),
        (f"https://www.youtube.com/embed/{ID}?start=30", 30),
        (f"https://m.youtube.com/watch?v={ID}#t=2m", 120),
    ],
)
def test_a_video_begins_where_its_address_says(address: str, start: int) -> None:
    player = PLAYER.replace('class="player"', f'class="player" data-start="{start}"')
    player = player.replace(f"v={ID}", f"v={ID}&amp;t={start}s")
    assert html(address) == html(f"@[youtube]({address})") == player


def test_a_video_by_its_id_may_have_a_start() -> None:
    assert 'data-start="90"' in html(f"@[youtube]({ID}?t=90)")


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


def test_a_missing_page_alone_is_told() -> None:
    assert told("文\n\n/nai/", 4) == [("link/missing", 6, 1)]
    assert html("/etc/hosts") == "<p>/etc/hosts</p>"


@pytest.mark.parametrize("address", ["htps://a.jp/x", "www.a.jp", "https：//a.jp"])
def test_an_address_alone_that_cannot_work(address: str) -> None:
    assert told(f"文\n\n{address}") == [("link/address", 3, 1)]


# --- @[…](…) ------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["../2024/other-post.md", "/posts/検索/"])
def test_a_card_by_name_of_a_post_of_the_site(address: str) -> None:
    assert html(f"@[card]({address})") == POST


@pytest.mark.parametrize(
    ("address", "code", "page"),
    [
        ("nai.md", "link/missing", "<span></span>"),
        ("../2024/draft.md", "link/withheld", "<span></span>"),
        ("javascript:x", "link/dangerous", "<span></span>"),
        ("/nai/", "link/missing", '<p><a href="/nai/">/nai/</a></p>'),
        ("www.a.jp", "link/address", '<p><a href="www.a.jp">www.a.jp</a></p>'),
        ("", "link/empty", "<span></span>"),
    ],
)
def test_a_card_of_nothing(address: str, code: str, page: str) -> None:
    assert told(f"文\n\n@[card]({address})") == [(code, 3, 9)]
    assert renderer().body(SOURCE, f"@[card]({address})")[0].html == page


@pytest.mark.parametrize(
    ("name", "address", "near"),
    [
        ("twitter", "123", None),
        ("tweet", "https://x.com/a/status/1", None),
        ("youtub", ID, "youtube"),
        ("movie", f"https://youtu.be/{ID}", "youtube"),
        ("crad", "/posts/検索/", "card"),
    ],
)
def test_nothing_is_embedded_by_another_name(name: str, address: str, near: str | None) -> None:
    (found,) = problems(f"文\n\n@[{name}]({address})")
    assert (found.code, found.line, found.column) == ("embed/unknown", 3, len(name) + 5)
    assert dict(found.args).get("near") == near


def test_somebody_may_be_mentioned() -> None:
    assert told("@[taro](https://x.com/taro)") == []
    assert told("@taro さんと@[花](/posts/検索/)") == []


@pytest.mark.parametrize(
    "text",
    [
        f"@[youtube]{ID}",
        f"@[youtube]（{ID}）",
        f"＠[youtube]({ID})",
        "@[card] https://a.example/",
        "@[card]",
        "- @[card](https://a.example/)",
        "動画は@[youtube](x)です",
        "前\n@[card](https://a.example/)\n後",
        "**文**@[Card](https://a.example/)",
    ],
)
def test_what_embeds_has_its_form_and_its_own_line(text: str) -> None:
    assert [(code, line) for code, line, _ in told(f"文\n\n{text}")] == [
        ("embed/form", 4 if text.startswith("前") else 3)
    ]


@pytest.mark.parametrize("text", ["`@[card]`です", "@[card] は書き方です", "[card](https://a.jp/)"])
def test_what_is_about_embedding_is_text(text: str) -> None:
    assert told(text) == []
