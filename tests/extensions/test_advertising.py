"""Advertising says that it is: at each link, and for the page."""

from __future__ import annotations

import pytest

from ssg.extensions.advertising import Labels, is_advertising
from ssg.sponsors import ADVERTISERS, Sponsors
from tests.extensions.kit import html, rendered

LABEL = '<span class="pr-label">広告</span> '
REL = 'rel="sponsored nofollow noopener"'
AD = "https://sponsor.example/?a=1"
LABELS = Labels(frozenset(ADVERTISERS), "広告")


@pytest.mark.parametrize(
    "address",
    [
        "https://px.a8.net/svt/ejp?a8mat=1",
        "//af.moshimo.com/af/c/click?a_id=1",
        "https://ck.jp.ap.valuecommerce.com/servlet/referral?sid=1",
        "https://hb.afl.rakuten.co.jp/ichiba/1/?pc=https%3A%2F%2Fitem.example%2F",
        "https://amzn.to/3abcdef",
        "https://www.amazon.co.jp/dp/B000000000?th=1&tag=mine-22",
        "https://www.amazon.co.jp/dp/B000000000/?tag=mine-22#reviews",
        "HTTPS://WWW.AMAZON.CO.JP./dp/B0?TAG=mine-22",
        "https://h.accesstrade.net/sp/cc?rk=1",
        "https://click.linksynergy.com/fs-bin/click?id=1",
        "https://t.afi-b.com/visit.php?a=1",
        "https://t.felmat.net/fmcl?ak=1",
        "https://click.j-a-net.jp/1/2/",
        "https://user@px.a8.net:443/x",
    ],
)
def test_a_link_that_earns_something(address: str) -> None:
    assert address in Sponsors(ADVERTISERS)
    tag = LABELS.put(f'<a href="{address}">品</a>')
    assert tag == f'{LABEL}<a {REL} href="{address}">品</a>'


@pytest.mark.parametrize(
    "address",
    [
        "https://www.amazon.co.jp/dp/B000000000",
        "https://www.amazon.co.jp/dp/B000000000?th=1&ref=tag",
        "https://www.amazon.co.jp/s?k=tag",
        "https://www.amazon.co.jp/dp/B0#?tag=x",
        "https://www.a8.net/",
        "https://notpx.a8.net/",
        "https://px.a8.net.example/",
        "https://example.com/?u=https://px.a8.net/",
        "https://www.rakuten.co.jp/",
        "/posts/px.a8.net/",
        "mailto:a@px.a8.net",
        "",
    ],
)
def test_a_link_that_does_not(address: str) -> None:
    tag = f'<a href="{address}">品</a>'
    assert LABELS.put(tag) == tag


@pytest.mark.parametrize(
    ("text", "made"),
    [
        (f"買うなら[店]({AD})で。", f'<p>買うなら{LABEL}<a href="{AD}" {REL}>店</a>で。</p>'),
        (
            f'<p><a href="{AD}" rel="me nofollow">店</a></p>',
            f'<p>{LABEL}<a href="{AD}" rel="sponsored nofollow noopener">店</a></p>',
        ),
        (
            f'<map name="m"><area href="{AD}" alt="店"></map>',
            f'<map name="m">{LABEL}<area {REL} href="{AD}" alt="店"></map>',
        ),
        (f"<A HREF='{AD}'>店</A>", f"<p>{LABEL}<A {REL} HREF='{AD}'>店</A></p>"),
        (
            '<a rel="sponsored" href="https://a.example/">店</a>',
            f'<p>{LABEL}<a {REL} href="https://a.example/">店</a></p>',
        ),
        (
            f'<iframe src="{AD}" title="品"></iframe>',
            f'{LABEL}<iframe src="{AD}" title="品"></iframe>',
        ),
        (
            '<p><img src="https://sponsor.example/0.gif" alt=""></p>',
            '<p><!--pr--><img src="https://sponsor.example/0.gif" alt=""></p>',
        ),
        (
            f'<script>var a = ["<a href=x>", "{AD}"];</script>',
            f'<!--pr--><script>var a = ["<a href=x>", "{AD}"];</script>',
        ),
    ],
)
def test_each_link_has_its_label(text: str, made: str) -> None:
    assert html(text) == made
    assert rendered(text).sponsored


def test_a_link_with_an_entity_in_its_address() -> None:
    body = rendered("[品](https://sponsor.example/?a=1&b=2)")
    assert f'{LABEL}<a href="https://sponsor.example/?a=1&amp;b=2" {REL}>品</a>' in body.html


def test_a_label_is_no_part_of_headings_and_excerpts() -> None:
    body = rendered(f"買うなら[店]({AD})で。\n\n## [店]({AD})\n\n## 次\n")
    assert body.excerpt == "買うなら店で。"
    assert [(h.id, h.text) for h in body.toc] == [("店", "店"), ("次", "次")]
    assert body.html[body.slot :].startswith("<h2")


@pytest.mark.parametrize(
    "text",
    [
        f"`<a href={AD}>`",
        f'```html\n<a href="{AD}">店</a>\n```',
        f'<!-- <a href="{AD}">店</a> -->',
        "[外](https://a.example/)",
        "<script>var a = 1;</script>",
        f"{AD[8:]} は文字です。",
    ],
)
def test_what_is_only_shown_or_hidden_is_no_advertising(text: str) -> None:
    body = rendered(text)
    assert not body.sponsored
    assert "pr-label" not in body.html


def test_labels_are_put_once() -> None:
    once = LABELS.put('<a href="https://px.a8.net/x">品</a>')
    assert is_advertising(once)
    assert LABELS.put("文だけ") == "文だけ"
    assert not is_advertising("文だけ")


@pytest.mark.parametrize("piece", ["<!--", "<script ", "<a ", '<a "', "<a '", "<img src=", "<"])
def test_hostile_text_takes_no_time(piece: str) -> None:
    text = piece * 40_000
    assert LABELS.put(text) == text
