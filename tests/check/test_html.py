"""What `ssg check` says of HTML in a text."""

from __future__ import annotations

import pytest
from PIL import Image

from ssg.check.rules import html
from tests.conftest import SiteFactory
from tests.marked import as_marked, told

SITE = """\
-- site.yaml --
title: 帖
url: https://blog.example.com/base
-- assets/static/files/a.pdf --
PDF
-- content/posts/a.md --
---
title: 甲の話
date: 2026-01-01
aliases: [/old/]
---
<a href="/base/posts/b/">乙</a> <a href="../b/#x">乙</a> <a href="#y">上</a> <a href="/base/">表紙</a>
<a href="/base/files/a.pdf">表</a> <a href="/base/old/">前</a> <a href="/base/feed.xml">新着</a>
<a href="/other/">同じホストの別のもの</a> <a href="https://blog.example.com/base/nai/">全部</a>
<a href="mailto:a@blog.example.com">便り</a> <a name="z">印</a> `<a href="nai/">` <a href="//x.example/">外</a>

<a href="/base/posts/nai/">なし</a>
<a href="b.md">乙</a>
<img src="river.png" alt="川">
<img src="/images/river.png" alt="川">
<img src="/base/images/river.png" alt="川">
<iframe src="/base/nai.html"></iframe>
-- content/posts/b.md --
---
title: 乙の話
date: 2026-01-02
---
文
-- content/posts/c.md --
---
title: 丙の話
date: 2026-01-02
draft: true
---
<a href="/base/posts/nai/">なし</a>
"""


def test_addresses_that_the_site_does_not_have(site_factory: SiteFactory) -> None:
    root = site_factory(SITE)
    (root / "assets/images").mkdir()
    Image.new("RGB", (4, 4)).save(root / "assets/images/river.png")
    expected = [("html/address", "content/posts/a.md", line) for line in (11, 12, 13, 15, 16)]
    assert told(root, ("html",)) == expected


@pytest.mark.parametrize(
    "body",
    [
        "⟦html/active⟧<script>var a = '<b onclick=x>';</script>",
        "文\n\n⟦html/active⟧<script src='https://a.example/a.js' async></script>",
        '文⟦html/active⟧<b onclick="own()">字</b>',
        "<div>\n⟦html/active⟧<img src=https://a.example/a.png alt=川 ONERROR = 'own()'>\n</div>",
    ],
)
def test_what_runs_is_listed(body: str) -> None:
    as_marked(html, body)


@pytest.mark.parametrize(
    "body",
    [
        "`<script>` と書くと動きます。",
        "```html\n<script>own()</script>\n```",
        "<!-- <script>own()</script> -->",
        '<b title="see onclick=x">字</b>',
        "onclick= は HTML の書き方です。",
    ],
)
def test_what_only_speaks_of_it_is_not(body: str) -> None:
    as_marked(html, body)


@pytest.mark.parametrize(
    "body",
    [
        '⟦html/no-alt⟧<img src="https://a.example/a.png">',
        '<img src="https://a.example/a.png" alt="">',
        '<img alt src="https://a.example/a.png">',
        "![川](https://a.example/a.png)",
    ],
)
def test_pictures_without_a_description(body: str) -> None:
    as_marked(html, body)
