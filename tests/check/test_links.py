"""Links that lead somewhere, and say where."""

from __future__ import annotations

import pytest

from ssg.check.pointers import pointers
from ssg.check.rules import links
from tests.conftest import SiteFactory
from tests.marked import as_marked, told

SITE = """\
-- site.yaml --
title: 帖
url: https://blog.example.com/base
-- content/posts/a.md --
---
title: 甲の話
date: 2026-01-01
---
[同じ](#結び) [違う](#結末) [番号](#結び-2)
[別](b.md#はじめ) [別](b.md#終わり) [別](/posts/b/#手順) [別](/posts/b/#名無し)
[全部](https://blog.example.com/base/posts/b/#はじめ) [全部](https://blog.example.com/base/posts/b/#無い)
[題](b.md#_sources) [字](b.md#:~:text=x) [上](#) [外](https://other.example/#x) [一覧](/tags/#x)
[符号](b.md#%E3%81%AF%E3%81%98%E3%82%81) [注](#fn:1)[^1] `[印](#無い)`

## 結び
## 結び

[^1]: 注です。
-- content/posts/b.md --
---
title: 乙の話
date: 2026-01-02
---
## はじめ
<p id="手順">手順です。</p>

#### 深い見出し

[深い](#深い見出し)
-- content/posts/c.md --
---
title: 丙の話
date: 2026-01-02
draft: true
---
[下書きの中](#ここ)

## そこ
"""


def test_anchors_that_no_page_has(site_factory: SiteFactory) -> None:
    assert told(site_factory(SITE), ("link", "links")) == [
        ("link/no-anchor", "content/posts/a.md", 5),
        ("links/no-anchor", "content/posts/a.md", 6),
        ("links/no-anchor", "content/posts/a.md", 6),
        ("links/no-anchor", "content/posts/a.md", 7),
        ("link/no-anchor", "content/posts/c.md", 6),
    ]


def test_one_bad_anchor_is_told_once(site_factory: SiteFactory) -> None:
    body = '[橋](#nai)\n\n<a href="#nai">川</a>\n\n## 橋\n'
    head = "-- site.yaml --\ntitle: 帖\nurl: https://b.example\n-- content/posts/a.md --\n"
    site = site_factory(f"{head}---\ntitle: 題\ndate: 2026-01-01\n---\n{body}")
    assert told(site, ("link", "links")) == [
        ("link/no-anchor", "content/posts/a.md", 5),
        ("links/no-anchor", "content/posts/a.md", 7),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "続きは⟦links/shortener⟧[調査の結果](https://x.gd/AbCdE)にあります。",
        "⟦links/shortener⟧https://bit.ly/3abc を見ました。",
        "<⟦links/shortener⟧https://t.co/abc>",
        '前に ⟦links/shortener⟧<a href="https://tinyurl.com/y">題</a>',
        "[題][ref]\n\n[ref]: ⟦links/shortener⟧https://is.gd/abc",
    ],
)
def test_addresses_that_hide_where_they_lead(body: str) -> None:
    as_marked(links, body)


def test_a_shortened_source() -> None:
    as_marked(links, "文", "sources:\n  - title: 調査\n    url: ⟦links/shortener⟧https://ow.ly/1\n")


@pytest.mark.parametrize(
    "body",
    [
        "`https://bit.ly/3abc` と書くと短くなります。",
        "```\nhttps://bit.ly/3abc\n```",
        "<!-- https://bit.ly/3abc -->",
        "[短縮の歴史](https://example.com/bit.ly)",
        "https://notbit.ly/ と https://bit.ly.example/",
    ],
)
def test_what_only_looks_like_it(body: str) -> None:
    as_marked(links, body)


@pytest.mark.parametrize(
    "text", ["こちら", "こちら。", "**ここ**", "詳しくはこちら", "→ こちら", "Click here", "リンク"]
)
def test_texts_that_say_nothing(text: str) -> None:
    as_marked(links, f"表は⟦links/vague-text⟧[{text}](https://a.example/)です。")


@pytest.mark.parametrize(
    "text",
    ["こちら側の事情", "総務省の調査はこちら", "リンク集", "ここだけの話", "here is Tokyo", ""],
)
def test_texts_that_say_something(text: str) -> None:
    as_marked(links, f"表は[{text}](https://a.example/)です。")


def test_one_description_for_several_pictures() -> None:
    as_marked(
        links,
        "![湯気の立つ鍋](a.png)\n![湯気の立つ鍋](a.png)\n\n"
        "⟦links/same-alt⟧![湯気の立つ鍋](b.png)\n\n![閉じた鍋](c.png)\n\n"
        '⟦links/same-alt⟧<img src="d.png" alt="閉じた鍋">\n\n[![別](e.png)](https://a.example/)',
    )


def test_every_kind_of_pointer() -> None:
    body = (
        "[甲](a.md) ![乙](b.png) [![丙](c.png)](d.md) <https://e.example/> https://f.example/x。\n"
        '@[card](https://g.example/)\n[名]: https://h.example/ "題"\n'
        '[丁](<i.md> "題") [戊](https://j.example/a_(b)) `[己](k.md)`\n'
        '<iframe src="https://l.example/?a=1&amp;b=2"></iframe><img alt="庚" src=m.png>\n'
        "~~~\n[辛](n.md)\n~~~\n"
    )
    assert [(p.kind, p.address, p.text) for p in pointers(body)] == [
        ("link", "a.md", "甲"),
        ("picture", "b.png", "乙"),
        ("picture", "c.png", "丙"),
        ("link", "d.md", ""),
        ("link", "https://e.example/", ""),
        ("link", "https://f.example/x", ""),
        ("embed", "https://g.example/", "card"),
        ("link", "https://h.example/", ""),
        ("link", "i.md", "丁"),
        ("link", "https://j.example/a_(b)", "戊"),
        ("embed", "https://l.example/?a=1&b=2", ""),
        ("picture", "m.png", "庚"),
    ]


@pytest.mark.parametrize("piece", ["[", "](", "<a ", "![", "`", "<!--", "(", "[a](", '<a "', "]:"])
def test_hostile_text_is_read_in_time(piece: str) -> None:
    assert pointers(piece * 30_000) is not None
