"""What a site tells about its author and its readers without meaning to."""

from __future__ import annotations

import os

import pytest
from PIL import Image

from ssg.check.rules import privacy
from tests.conftest import RunSsg, SiteFactory
from tests.marked import as_marked, told

EMAIL, PHONE = "⟦privacy/email⟧", "⟦privacy/phone⟧"


@pytest.mark.parametrize(
    "body",
    [
        f"連絡は{EMAIL}hanako@mail-provider.jp まで。",
        f"連絡は{EMAIL}hanako＠provider.jp まで。",
        f"{EMAIL}[書く](mailto:hanako@mail-provider.jp?subject=x)",
        f"電話は{PHONE}090-2468-1357です。",
        f"電話は{PHONE}０９０－２４６８－１３５７です。",
        f"{PHONE}08024681357に電話します。",
        f"{PHONE}自宅は03-2468-1357です。",
    ],
)
def test_addresses_and_numbers_of_people(body: str) -> None:
    as_marked(privacy, body)
    for mark in (EMAIL, PHONE):
        body = body.replace(mark, "")
    as_marked(privacy, body, section="pages")
    as_marked(privacy, f"`{body}`" if "mailto" not in body else "文")


@pytest.mark.parametrize(
    "body",
    [
        "連絡は hanako@example.com や a@sub.example.jp.example まで。",
        "連絡は info@blog.example.com まで。",
        "@youtube や user@host、価格は3@500円です。",
        "電話は 0120-246-813、03-2468-1357、090-0000-0000、090-1234-5678 です。",
        "番号は 2090-2468-1357、ISBN 978-4-08-123456-7、090-23-45 です。",
        "`a@provider.jp` と書きます。",
    ],
)
def test_examples_and_what_is_no_address(body: str) -> None:
    as_marked(privacy, body)


SITE = """\
-- site.yaml --
title: 帖
url: https://blog.example.com
analytics: {src: 'https://www.googletagmanager.com/gtag/js?id=G-1'}
comments:
  action: https://forms.provider.jp/f/1
  captcha: {provider: turnstile, site_key: k}
-- content/posts/a.md --
---
title: 甲の話
date: 2026-01-01
---
@[youtube](dQw4w9WgXcQ)

<iframe src="https://www.google.com/maps/embed?pb=1" title="地図"></iframe>
-- content/posts/b.md --
---
title: 乙の話
date: 2026-01-01
---
https://youtu.be/dQw4w9WgXcQ

<script src="https://widgets.provider.jp/w.js"></script>
<script src="https://blog.example.com/own.js"></script>
<iframe src="https://box.example/x" title="見本"></iframe>

`<iframe src="https://player.vimeo.com/1">`
-- content/pages/privacy.md --
---
title: 外部送信
date: 2026-01-01
---
動画は YouTube から届きます。Turnstile も使います。
"""


def test_services_that_no_page_names(site_factory: SiteFactory) -> None:
    assert told(site_factory(SITE), ("privacy",)) == [
        ("privacy/embed", "content/posts/a.md", 7),
        ("privacy/embed", "content/posts/b.md", 7),
        ("privacy/embed", "site.yaml", 0),
        ("privacy/embed", "site.yaml", 0),
    ]


def test_the_table_for_the_page(site_factory: SiteFactory, run_ssg: RunSsg) -> None:
    site = site_factory(SITE)
    done = run_ssg("check", "--embeds", cwd=site)
    assert done.code == 0, done.err
    names = [line.split("|")[1].strip() for line in done.out.splitlines()[2:]]
    assert names == [
        "Google アナリティクス",
        "Google マップ",
        "Turnstile",
        "YouTube",
        "forms.provider.jp",
        "widgets.provider.jp",
    ]
    youtube = next(line for line in done.out.splitlines() if "YouTube" in line)
    assert youtube == (
        "| YouTube | Google LLC | IPアドレス、ブラウザの種類、見ているページの住所、"
        "再生した動画、Cookie | 動画の再生 | <https://policies.google.com/privacy> |"
    )
    with (site / "content/pages/privacy.md").open("a", encoding="utf-8") as page:
        page.write(f"\n{done.out}")
    assert told(site, ("privacy",)) == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [("ja", "外へ送るものはありません。"), ("en", "Nothing is sent to others.")],
)
def test_where_nothing_is_sent_there_is_no_table(
    lang: str, text: str, site_factory: SiteFactory, run_ssg: RunSsg
) -> None:
    site = site_factory("-- site.yaml --\ntitle: 帖\nurl: https://b.example\n")
    assert run_ssg("--lang", lang, "check", "--embeds", cwd=site).out == f"{text}\n"


def test_photos_that_tell_where_they_were_taken(site_factory: SiteFactory) -> None:
    site = site_factory(
        "-- site.yaml --\ntitle: 帖\nurl: https://b.example\n"
        "-- content/posts/a.md --\n---\ntitle: 甲\ndate: 2026-01-01\n---\n![鍋](here.jpg)\n"
    )
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    other = Image.Exif()
    other[0x010F] = "カメラ"
    (site / "assets/images").mkdir(parents=True)
    for name, tags in (("content/posts/here.jpg", exif), ("content/posts/b.jpg", other)):
        Image.new("RGB", (20, 20)).save(site / name, exif=tags)
    Image.new("RGB", (20, 20)).save(site / "assets/images/here.webp", exif=exif)
    (site / "assets/images/no.png").write_bytes(b"no picture")
    os.mkfifo(site / "assets/images/pipe.png")
    assert told(site, ("privacy",)) == [
        ("privacy/gps", "assets/images/here.webp", 0),
        ("privacy/gps", "content/posts/here.jpg", 0),
    ]
