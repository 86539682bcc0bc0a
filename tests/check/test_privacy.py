"""What a site tells about its author and its readers without meaning to."""

from __future__ import annotations

import json
import os

import pytest
from PIL import Image

from ssg.check.embeds import of_article, service
from ssg.check.rules import privacy
from tests.conftest import RunSsg, SiteFactory
from tests.marked import CONFIG, article, as_marked, post, told

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
        f"自宅は{PHONE}03-2468-1357です。",
        f"連絡は{EMAIL}ｔａｒｏ＠ｐｒｏｖｉｄｅｒ．ｊｐ まで。",
        f"連絡は{EMAIL}taro[at]provider.jp まで。",
        f"連絡は{EMAIL}taro（アット）provider.jp まで。",
        f"電話は{PHONE}090 2345 1789です。",
        f"電話は{PHONE}+81-90-2345-1789です。",
        f"電話は{PHONE}+81 90 2345 1789です。",
        f"電話は{PHONE}090（2345）1789です。",
    ],
)
def test_addresses_and_numbers_of_people(body: str) -> None:
    as_marked(privacy, body)
    for mark in (EMAIL, PHONE):
        body = body.replace(mark, "")
    as_marked(privacy, body, section="pages")
    as_marked(privacy, f"`{body}`" if "mailto" not in body else "文")


def test_an_address_in_angles() -> None:
    as_marked(privacy, f"連絡は[{EMAIL}taro@provider.jp](mailto:taro@provider.jp)まで。")
    as_marked(privacy, f"連絡は{EMAIL}<taro@provider.jp>まで。<taro@example.com>")


@pytest.mark.parametrize(
    ("body", "got"),
    [
        ("携帯は 080-3344-9182 です。", "080-3344-9182"),
        ("実家は03-2468-1357です。", "03-2468-1357"),
        ("０９０－２４６８－１３５７です。", "０９０－２４６８－１３５７"),
        ("連絡はｔａｒｏ＠ｐｒｏｖｉｄｅｒ．ｊｐへ。", "ｔａｒｏ＠ｐｒｏｖｉｄｅｒ．ｊｐ"),
    ],
)
def test_only_the_address_or_number_is_quoted(body: str, got: str) -> None:
    (remark,) = privacy.remarks(article(post(body)), CONFIG)
    assert remark.blanks == {"got": got}


@pytest.mark.parametrize(
    "body",
    [
        "連絡は hanako@example.com や a@sub.example.jp.example まで。",
        "連絡は info@blog.example.com か web@mail.example.co.jp まで。",
        "@youtube や user@host、価格は3@500円です。",
        "電話は 0120-246-813、03-2468-1357、090-0000-0000、090-1234-5678 です。",
        "番号は 2090-2468-1357、ISBN 978-4-08-123456-7、090-23-45 です。",
        "`a@provider.jp` と書きます。",
        "git@code-host.jp:owner/repo.git を写します。foo@bar.service と getty@tty1.service です。",
        "[書く](mailto:) と [書く](mailto:?subject=x) です。",
        "logo@2x.png と lib@latest.js を使います。",
        "型番は070-1111-2222X、A090-2468-1357です。",
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


def test_the_table_for_a_tool(site_factory: SiteFactory, run_ssg: RunSsg) -> None:
    done = run_ssg("check", "--embeds", "--format", "json", cwd=site_factory(SITE))
    found = json.loads(done.out)["embeds"]
    assert {
        "name": "widgets.provider.jp",
        "sent": "",
        "receiver": "",
        "purpose": "",
        "about": "",
    } in found
    assert "YouTube" in {one["name"] for one in found}


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
    [
        (
            "ja",
            "外へ送るものは見つかりませんでした。"
            "調べたのは記事、site.yaml、assets/、layouts/ です。"
            "スクリプトが動いてから送るものは、ここからは分かりません。",
        ),
        (
            "en",
            "Nothing that is sent to others was found in the articles, site.yaml, assets/ and "
            "layouts/. What a script sends once it runs cannot be seen here.",
        ),
    ],
)
def test_where_nothing_is_sent_there_is_no_table(
    lang: str, text: str, site_factory: SiteFactory, run_ssg: RunSsg
) -> None:
    site = site_factory("-- site.yaml --\ntitle: 帖\nurl: https://b.example\n")
    assert run_ssg("--lang", lang, "check", "--embeds", cwd=site).out == f"{text}\n"


@pytest.mark.parametrize(
    "body",
    [
        "![川](https://far.provider.jp/a.png)",
        '<link rel="stylesheet" href="https://far.provider.jp/a.css">',
        '<object data="https://far.provider.jp/a.svg"></object>',
        '<img src="a.png" srcset="a.png 1x, https://far.provider.jp/a.png 2x" alt="川">',
        '<iframe data-src="//far.provider.jp/a" title="川"></iframe>',
        "<iframe srcdoc=\"<img src='https://far.provider.jp/a.png'>\" title='川'></iframe>",
        '<form action="https://far.provider.jp/f"><button>送る</button></form>',
        '<div style="background: url(https://far.provider.jp/a.png)">川</div>',
        "<style>@import 'https://far.provider.jp/a.css';</style>",
        "<script>\nfetch('https://far.provider.jp/a')\n</script>",
        "<script>new WebSocket('wss://far.provider.jp/a')</script>",
        '<video poster="https://far.provider.jp/a.png" src="a.mp4"></video>',
    ],
)
def test_every_way_to_load_something_is_seen(body: str) -> None:
    (embed,) = of_article(article(post(body)))
    assert service(embed.address).name == "far.provider.jp"


def test_what_the_front_matter_loads_is_seen() -> None:
    front = 'summary: \'<img src="https://far.provider.jp/a.png" alt="川">\'\n'
    (embed,) = of_article(article(post("文", front)))
    assert embed.at == ("summary",)


@pytest.mark.parametrize(
    "body",
    [
        "@[card](https://far.provider.jp/)",
        '<a href="https://far.provider.jp/">川</a> <https://far.provider.jp/>',
        '<blockquote cite="https://far.provider.jp/">川</blockquote>',
        '<img src="a.png" alt="https://far.provider.jp/">',
        '<svg xmlns="http://www.w3.org/2000/svg"></svg>',
        '<script type="application/ld+json">{"@context": "https://schema.provider.jp"}</script>',
        "<iframe srcdoc=\"<a href='https://far.provider.jp/'>川</a>\" title='川'></iframe>",
        "<script>\n// https://far.provider.jp/\n</script>",
        "`<img src=https://far.provider.jp/a.png>`",
    ],
)
def test_what_only_names_an_address_loads_nothing(body: str) -> None:
    assert [*of_article(article(post(body)))] == []


def test_style_sheets_layouts_and_scripts_of_the_site(
    site_factory: SiteFactory, run_ssg: RunSsg
) -> None:
    site = site_factory(
        "-- site.yaml --\ntitle: 帖\nurl: https://b.example\n"
        "-- assets/css/own.css --\n@import url(https://fonts.googleapis.com/css2?family=A);\n"
        "-- assets/js/own.js --\nfetch('https://far.provider.jp/a');\n"
        '-- layouts/partials/own.html --\n<img src="https://near.provider.jp/a.png" alt="">\n'
    )
    out = run_ssg("check", "--embeds", cwd=site).out
    names = [line.split("|")[1].strip() for line in out.splitlines()[2:]]
    assert names == ["Google Fonts", "far.provider.jp", "near.provider.jp"]
    assert told(site, ("privacy",)) == [
        ("privacy/embed", "assets/css/own.css", 0),
        ("privacy/embed", "layouts/partials/own.html", 0),
    ]


def test_photos_that_tell_where_they_were_taken(site_factory: SiteFactory) -> None:
    site = site_factory(
        "-- site.yaml --\ntitle: 帖\nurl: https://b.example\n"
        "-- content/posts/a.md --\n---\ntitle: 甲\ndate: 2026-01-01\n---\n![鍋](here.jpg)\n"
    )
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (35.0, 1.0, 2.0)
    exif[0x8825] = 0  # without it, no TIFF gets the block
    other = Image.Exif()
    other[0x010F] = "カメラ"
    nowhere = Image.Exif()
    nowhere.get_ifd(0x8825)[0] = b"\2\3\0\0"
    (site / "assets/images").mkdir(parents=True)
    (site / "assets/static").mkdir()
    for name, tags in (
        ("content/posts/here.jpg", exif),
        ("content/posts/there.tiff", exif),
        ("content/posts/b.jpg", other),
        ("content/posts/c.jpg", nowhere),
        ("assets/static/d.jpg", exif),
    ):
        Image.new("RGB", (20, 20)).save(site / name, exif=tags)
    packet = b'<x:xmpmeta><rdf:Description exif:GPSLatitude="35,1.5N"/></x:xmpmeta>'
    with (site / "content/posts/xmp.jfif").open("wb") as file:
        Image.new("RGB", (20, 20)).save(file, "JPEG", xmp=packet)
    Image.new("RGB", (20, 20)).save(site / "assets/images/here.webp", exif=exif)
    (site / "assets/images/no.png").write_bytes(b"no picture")
    os.mkfifo(site / "assets/images/pipe.png")
    assert told(site, ("privacy",)) == [
        ("privacy/gps", "assets/images/here.webp", 0),
        ("privacy/gps-published", "assets/static/d.jpg", 0),
        ("privacy/gps", "content/posts/here.jpg", 0),
        ("privacy/gps", "content/posts/there.tiff", 0),
        ("privacy/gps", "content/posts/xmp.jfif", 0),
    ]
