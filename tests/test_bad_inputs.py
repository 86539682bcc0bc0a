"""Every mistake an author can make gets one clear answer, and costs nothing.

A folder `tests/bad/<number>-<name>/` is one mistake: `in/` holds the files that it adds to the
site in `tests/bad/base/` (or puts in the place of one there), `expected.toml` what the program
says, with the line and the mark. Inputs that an editor, git or another file system would spoil are made below, one function
each. Whatever the mistake, no source changes; and when there is an error, neither does the site
that was published before.
"""

from __future__ import annotations

import errno
import io
import json
import os
import re
import shutil
import signal
import socket
import stat
import struct
import subprocess
import sys
import time
import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import chdir
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from click.testing import CliRunner
from PIL import Image as Bitmap

from ssg import limits, press, reading
from ssg.cli import cli
from ssg.content import read_source
from ssg.output import Stage
from ssg.text import visible

BAD = Path(__file__).resolve().parent / "bad"
OWN_TEXT = Path(__file__).read_text("utf-8")
WRITE = os.environ.get("GOLDEN") == "write"
NOW = "2026-11-22"
ROWS = {*range(1, 113)}  # of the mistakes that we know
TESTED_BELOW = {27, 105, 106, 107, 109, 112}
# What takes processes that are killed or a disk that is full is tested where a build is written.
ELSEWHERE = {
    (106, "test_output"): ("test_a_full_disk_leaves_the_old_site", "test_every_step_can_be_the_last",
                           "test_a_limit_on_files_leaves_the_old_site"),
    (107, "test_output"): ("test_a_folder_that_cannot_be_written_is_told_in_a_line",),
    (109, "test_watch"): ("test_a_file_that_is_empty_for_a_moment_is_waited_for",),
    (110, "test_watch"): ("test_saves_that_change_nothing_and_files_of_editors",
                          "test_every_way_to_save"),
    (112, "test_output"): ("test_kill_at_random_moments", "test_builds_at_once_never_mix",
                           "test_leftovers_of_a_killed_build_are_removed"),
    (112, "test_server"): ("test_a_port_that_is_taken", "test_the_end_is_quick_and_quiet"),
}  # fmt: skip
DATE = "date: 2026-04-02"


# --- inputs that cannot lie in a repository ----------------------------------------------------

Maker = Callable[[Path], None]
MADE: dict[str, Maker] = {}


def made(name: str) -> Callable[[Maker], Maker]:
    """Registers a function that adds the files of fixture `name` to a site."""

    def register(maker: Maker) -> Maker:
        MADE[name] = maker
        return maker

    return register


def put(site: Path, path: str, data: bytes | str) -> None:
    file = site / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data.encode() if isinstance(data, str) else data)


def post(site: Path, name: str, *lines: str, body: str = "本文です。") -> None:
    put(site, f"content/posts/{name}.md", "\n".join(["---", *lines, "---", body, ""]))


TEXT = f"---\ntitle: 検索の今\n{DATE}\n---\n太郎です。調べる習慣の話をします。\n"


@made("001-byte-order-mark")
def byte_order_mark(site: Path) -> None:
    put(site, "content/posts/post.md", "\ufeff" + TEXT)
    put(site, "site.yaml", "\ufeff" + (site / "site.yaml").read_text("utf-8"))
    put(site, "layouts/page.html", "\ufeff<!doctype html>\n<p>{{ page.title }}</p>\n")
    put(site, "content/pages/profile.md", TEXT)


@made("002-utf-16")
def utf_16(site: Path) -> None:
    put(site, "content/posts/little.md", b"\xff\xfe" + TEXT.encode("utf-16-le"))
    put(site, "content/posts/big.md", b"\xfe\xff" + TEXT.encode("utf-16-be"))
    put(site, "content/posts/no-mark.md", TEXT.encode("utf-16-le"))


@made("003-shift-jis")
def shift_jis(site: Path) -> None:
    put(site, "content/posts/post.md", TEXT.encode("cp932"))


@made("004-euc-jp")
def euc_jp(site: Path) -> None:
    put(site, "content/posts/post.md", TEXT.encode("euc-jp"))


@made("005-iso-2022-jp")
def iso_2022_jp(site: Path) -> None:
    put(site, "content/posts/post.md", TEXT.encode("iso-2022-jp"))


@made("006-one-bad-byte")
def one_bad_byte(site: Path) -> None:
    put(site, "content/posts/post.md", TEXT.encode().replace("調".encode(), b"\x92\xb2"))


@made("007-crlf")
def crlf(site: Path) -> None:
    put(site, "content/posts/post.md", TEXT.replace("\n", "\r\n"))


@made("008-line-separators")
def line_separators(site: Path) -> None:
    put(site, "content/posts/lone-cr.md", TEXT.replace("\n", "\r"))
    text = f"---\ntitle: 一\u2028行\u0085です\n{DATE}\nmistake: x\n---\n本文\n"
    put(site, "content/posts/separators.md", text)


@made("009-control-characters")
def control_characters(site: Path) -> None:
    post(site, "nul", "title: 見出し", DATE, body="一行目\n二\0行目")
    post(site, "bell", "title: 見\a出し", DATE)
    post(site, "escape", "title: 見出し", DATE, 'tags: ["\\0", "\\e[31m"]')


@made("011-zero-width-in-a-key")
def zero_width_in_a_key(site: Path) -> None:
    post(site, "post", "ti\u200btle: 見出し", DATE, "dra\u200bft: true")


@made("012-invisible-in-a-slug")
def invisible_in_a_slug(site: Path) -> None:
    post(site, "zero-width", "title: 見出し", DATE, "slug: ai\u200bnews")
    post(site, "bidi", "title: 見出し", DATE, "slug: \u202eexe-ok")
    post(site, "selector", "title: 見出し", DATE, "slug: 心\ufe0f臓")
    post(site, "in-the\u200bname", "title: 見出し", DATE)


@made("012-direction-in-the-text")
def direction_in_the_text(site: Path) -> None:
    post(site, "post", "title: 見出し", DATE, body="一行目\n資料は \u202etxt.exe です。")


@made("013-decomposed-file-name")
def decomposed_file_name(site: Path) -> None:
    post(site, unicodedata.normalize("NFD", "ガイド"), "title: 手引き", DATE)
    links = [f"[{n}]({unicodedata.normalize(n, 'ガイド')}.md)" for n in ("NFC", "NFD")]
    post(site, "links", "title: 両方の形で指す", DATE, body=" ".join(links))


@made("014-twins")
def twins(site: Path) -> None:
    for form in ("NFC", "NFD"):
        post(site, unicodedata.normalize(form, "ガイド"), "title: 双子", DATE)


@made("017-long-names")
def long_names(site: Path) -> None:
    for ending in "甲乙":
        post(site, "あ" * 83 + ending, f"title: とても長い名前 {ending}", DATE)
    post(site, "family", "title: 絵文字", DATE, "slug: " + "あ" * 62 + "が\u3099" * 20)


@made("018-long-tag")
def long_tag(site: Path) -> None:
    post(site, "post", "title: 見出し", DATE, f"tags: [{'長' * 85}, 日本語]")


@made("019-case-collision")
def case_collision(site: Path) -> None:
    post(site, "AI", "title: 大文字", DATE, "tags: [AI, 経済]")
    post(site, "ai", "title: 小文字", DATE, "tags: [ai, Ai]")


@made("022-windows-names")
def windows_names(site: Path) -> None:
    for name in ("con", "aux.txt", "nul", "a:b", "what?", "dot.", "space "):
        post(site, name, "title: 見出し", DATE)
    post(site, "slug", "title: 見出し", DATE, "slug: com1")


@made("023-file-name-not-utf-8")
def file_name_not_utf_8(site: Path) -> None:
    name = os.fsencode(site / "content/posts") + b"/" + "記事".encode("cp932") + b".md"
    Path(os.fsdecode(name)).write_text(TEXT, "utf-8")


@made("024-hostile-file-name")
def hostile_file_name(site: Path) -> None:
    post(site, 'two\nlines "<script>alert(1)<', "title: 見出し", "date: 昨日")


@made("024-hostile-file-name-published")
def hostile_file_name_published(site: Path) -> None:
    post(site, "two\nlines \"'<script>alert(1)<", "title: 見出し", DATE)


@made("036-tabs")
def tabs(site: Path) -> None:
    post(site, "indent", "title: 見出し", DATE, "cover:", "\tsrc: a.png", "\talt: 絵")
    post(site, "after-colon", "title:\t見出し", DATE)
    post(site, "after-dash", "title: 見出し", DATE, "tags:", "  -\tAI")


@made("037-no-break-space")
def no_break_space(site: Path) -> None:
    post(site, "indent", "title: 見出し", DATE, "cover:", "\u00a0\u00a0src: a.png")
    post(site, "after-colon", "title:\u00a0見出し", DATE)
    post(site, "before-key", "title: 見出し", DATE, "\u00a0draft: true")


@made("049-no-title")
def no_title(site: Path) -> None:
    for name, title in {
        "empty": "title: ''",
        "missing": "description: 題名のない記事",
        "null": "title:",
        "spaces": "title: '   '",
        "tilde": "title: ~",
        "wide-space": 'title: "\u3000"',
        "zero-width": "title: \u200b\u2060",
    }.items():
        post(site, name, title, DATE)


@made("062-nested-brackets")
def nested_brackets(site: Path) -> None:
    post(site, "brackets", "title: 見出し", DATE, "extra: {a: " + "[" * 500 + "]" * 500 + "}")
    post(site, "open", "title: 見出し", DATE, "tags: " + "[" * 500)


@made("063-numbers")
def numbers(site: Path) -> None:
    post(site, "digits", "title: 見出し", DATE, "extra: {n: " + "9" * 5000 + "}")
    post(site, "infinite", "title: 見出し", DATE, "extra: {n: .inf}")
    post(site, "nan", "title: 見出し", DATE, "extra:", "  deep:", "    - n: .NaN")
    put(site, "content/data/table.yaml", "rows:\n  - [1, .inf]\n")


@made("064-too-large")
def too_large(site: Path) -> None:
    post(site, "megabyte", "title: 見出し", DATE, "summary: " + "あ" * 350_000)
    post(site, "keys", "title: 見出し", DATE, *(f"key{n}: {n}" for n in range(100_000)))


def layouts(site: Path, texts: dict[str, str]) -> None:
    """One layout for each text, and a post that asks for it."""
    for name, text in texts.items():
        put(site, f"layouts/{name}.html", f"<!doctype html>\n{text}\n")
        post(site, f"p-{name}", "title: 見出し", DATE, f"layout: {name}")


@made("097-layout-happenings")
def layout_happenings(site: Path) -> None:
    put(site, "layouts/partials/inner.html", "<p>\n  {{ page.no }}\n</p>\n")
    put(site, "layouts/partials/outer.html", "\n{% include 'partials/inner.html' %}\n")
    put(
        site, "layouts/partials/kit.html", "{% macro show(one) %}\n{{ one.nmae }}\n{% endmacro %}\n"
    )
    layouts(
        site,
        {
            "arguments": "{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}",
            "asset": "{{ asset('css/base.css') }}",
            "element": "{{ share[9] }}",
            "include": "<main>\n{% include 'partials/outer.html' %}\n</main>",
            "keyword": "{% macro m(a) %}{% endmacro %}{{ m(b=1) }}",
            "kind": "{% for a in 5 %}{% endfor %}",
            "label": "{{ t('hoome') }}",
            "loop": "{% for link in share %}{{ lnik }}{% endfor %}",
            "macro": "{% from 'partials/kit.html' import show %}{{ show(author) }}",
            "missing": "{% include 'partials/otuer.html' %}",
            "nothing": '<img src="{{ page.cover.src }}">',
            "parameter": "{% macro m(a) %}{{ a }}{% endmacro %}{{ m() }}",
            "variable": "{{ stie.title }}",
        },
    )


@made("097-layout-values")
def layout_values(site: Path) -> None:
    """What is told where the values do not fit, at their place in the line."""
    put(site, "layouts/kit.html", "{% macro head() %}<h1>{{ page.title }}</h1>{% endmacro %}\n")
    layouts(
        site,
        {
            "add": "日本 {{ page.title + 1 }}",
            "arguments": "日本 {{ page.date | day(1, 2, 3) }}",
            "compare": "日本 {% if page.title < 3 %}{% endif %}",
            "element": "日本 {{ page.title }} {{ page.sources[3].title }}",
            "extra": "{{ page.extra.rating }}",
            "filter": "{{ page.title | zzzzz }}",
            "function": "日本 {{ t() }}",
            "memory": "日本 {{ page.title.ljust(10 ** 12) }}",
            "lost": "{% extends 'base.html' %}\n日本 {% block mian %}a{% endblock %}",
            "method": "日本 {{ page.title.replace('a') }}",
            "missing": "日本 {% include 'zzzzz' %}",
            "power": "{% set x = 7 ** (2 * 10 ** 7) %}{{ x % 10 }}",
            "repeated": "{{ 'a' * 10 ** 10 }}",
            "tag": "日本 {% zzzzz %}",
            "unseen": "{% from 'kit.html' import head %}{{ head() }}",
            "updated": "日本 {{ page.updated | day }}",
            "variable": "日本 {{ zzzzz }}",
        },
    )


@made("097-layout-empty")
def layout_empty(site: Path) -> None:
    put(site, "layouts/trend.html", "{% if false %}<p>{{ page.title }}</p>{% endif %}\n")
    put(site, "layouts/home.html", "")


@made("098-layout-words")
def layout_words(site: Path) -> None:
    layouts(
        site,
        {
            "assigned": "{% if a = 1 %}{% endif %}",
            "braces": "{{ page.title }\n",
            "comment": "{# 説明",
            "else": "{% else %}",
            "filter": "{{ page.title|uper }}",
            "full-width": "{{ page.title｜upper }}",
            "of": "{% for x of page.tags %}{% endfor %}",
            "open": "<p>{{ page.title",
            "quote": "{{ 'x }}",
            "tag": "{% inclde 'a.html' %}",
            "expression": "日本 {{ }}",
            "loop": "日本 {% for tag in %}{% endfor %}",
            "raw": "日本 {% raw %}",
            "raw-text": "日本 {% raw %}\n<p>",
            "statement": "日本 {% if page.title",
            "test": "{% if page.title is nones %}{% endif %}",
            "twice": "{% block a %}{% endblock a %}{% block a %}{% endblock a %}",
            "unclosed": "{% if page.title %}\n{% for t in page.tags %}\n{% endfor %}\n<p>\n",
            "wrong-end": "{% for t in page.tags %}\n{% endif %}",
        },
    )


@made("101-include-through-a-link")
def include_through_a_link(site: Path) -> None:
    put(site, "secret.txt", "外のファイル\n")
    put(site, "layouts/trend.html", "<p>\n{% include 'inner.html' %}\n</p>\n")
    (site / "layouts/inner.html").symlink_to("../secret.txt")


@made("101-layout-is-a-link")
def layout_is_a_link(site: Path) -> None:
    put(site, "secret.txt", "外のファイル\n")
    (site / "layouts").mkdir()
    (site / "layouts/trend.html").symlink_to("../secret.txt")


@made("102-site-yaml-missing")
def site_yaml_missing(site: Path) -> None:
    (site / "site.yaml").unlink()


# --- Markdown that is large or strange


@made("070-ten-megabytes")
def ten_megabytes(site: Path) -> None:
    text = "これは**太字**と[リンク](https://example.com/)のある段落です。\n\n"
    post(
        site, "post", "title: とても長い記事", DATE, body=text * (10_000_000 // len(text.encode()))
    )


@made("071-open-brackets")
def open_brackets(site: Path) -> None:
    for name, body in {
        "links": "[" * 100_000,
        "pictures": "![" * 20_000,
        "wiki": "[[" * 8_000,
    }.items():
        post(site, name, "title: 開いた括弧", DATE, body=body + "終わり")


@made("072-deep-nesting")
def deep_nesting(site: Path) -> None:
    post(site, "quotes", "title: 深い引用", DATE, body=">" * 100_000 + " 奥")
    items = "\n".join(f"{'  ' * depth}- 段{depth}" for depth in range(1000))
    post(site, "lists", "title: 深い一覧", DATE, body=items)


@made("073-half-html")
def half_html(site: Path) -> None:
    for name, body in {
        "section": "<![",
        "comments": "<!--" * 20_000,
        "ends": "</" * 20_000,
        "starts": "<a " * 4_000,
    }.items():
        post(site, name, "title: 途中で終わるHTML", DATE, body=body + "終わり")


@made("085-placeholders")
def placeholders(site: Path) -> None:
    post(site, "post", "title: 見出し", DATE, body="<b>太字</b> \x02wzxhzdk:0\x03")


@made("086-very-many")
def very_many(site: Path) -> None:
    notes = "\n".join(f"文[^{n}]。\n\n[^{n}]: 注{n}\n" for n in range(3_000))
    post(site, "notes", "title: 脚注三千", DATE, body=notes)
    table = "\n".join(f"|{sign * 5_000}" for sign in ("甲|", "-|", "乙|"))
    post(site, "table", "title: 五千列", DATE, body=table)
    links = "\n".join(f"[r{n}]: https://a.example/{n}" for n in range(10_000))
    post(site, "links", "title: 一万の定義", DATE, body=f"[最後][r9999]\n\n{links}")


# --- pictures


def picture(
    kind: str, size: tuple[int, int] = (64, 48), mode: str = "RGB", **options: Any
) -> bytes:
    out = io.BytesIO()
    Bitmap.effect_noise(size, 60).convert(mode).save(out, kind, **options)
    return out.getvalue()


def png_header(width: int, height: int) -> bytes:
    """A PNG that says how large it is, and hardly more."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"x") + chunk(b"IEND", b"")


def pictures(site: Path, files: dict[str, bytes]) -> None:
    """One post for each picture, named like it."""
    for name, data in files.items():
        put(site, f"content/posts/{name}", data)
        post(site, name.partition(".")[0], "title: 画像", DATE, body=f"![絵の説明]({name})")


@made("088-truncated-picture")
def truncated_picture(site: Path) -> None:
    data = picture("JPEG", (640, 480))
    pictures(site, {"head.jpg": data[:30]})


@made("088-truncated-pictures-told-late")
def truncated_late(site: Path) -> None:
    data = picture("WEBP", lossless=True)
    pictures(site, {"half.webp": data[:60] + bytes(len(data) - 60)})


@made("088-half-pictures")
def half_pictures(site: Path) -> None:
    kinds = {"a.jpg": "JPEG", "b.png": "PNG", "c.webp": "WEBP"}
    whole = {name: picture(kind, (640, 480)) for name, kind in kinds.items()}
    halves = {name: data[: len(data) // 2] for name, data in whole.items()}
    drawings = {
        "d.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="5',
        "e.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><g></svg>',
    }
    pictures(site, halves | drawings)


@made("091-drawings-that-load")
def drawings_that_load(site: Path) -> None:
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink">{}</svg>'
    )
    parts = {
        "font": "<style>@import url(https://font.example/a.css);</style>",
        "image": '<image href="https://photo.example/a.jpg"/>',
        "paint": '<path fill="url( //paint.example/a.svg#b )"/>',
        "use": '<use x:href="http://part.example/a.svg#b"/>',
    }
    pictures(site, {f"{name}.svg": drawing.format(part).encode() for name, part in parts.items()})


@made("095-no-pictures")
def no_pictures(site: Path) -> None:
    """What has the name of a picture and is none."""
    here = site / "content/posts"
    pictures(site, dict.fromkeys(("a.png", "b.png", "c.png", "d.png"), b""))
    put(site, "content/posts/.hidden.png", picture("PNG"))
    post(site, "hidden", "title: 画像", DATE, body="![絵の説明](.hidden.png)")
    for name in "abcd":
        (here / f"{name}.png").unlink()
    (here / "a.png").mkdir()
    os.mkfifo(here / "b.png")
    (here / "c.png").symlink_to("c.png")
    (here / "d.png").symlink_to("nowhere.png")


@made("089-picture-bomb")
def picture_bomb(site: Path) -> None:
    pictures(site, {"a.png": png_header(60_000, 60_000), "b.png": png_header(20_000, 20_000)})


@made("090-over-the-limit")
def over_the_limit(site: Path) -> None:
    pictures(site, {"a.png": png_header(10_000, 10_000)})


@made("091-active-drawings")
def active_drawings(site: Path) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{}</svg>'.format
    entity = '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + drawing("&x;")
    parts = {
        "event": '<path onload="alert(1)"/>',
        "foreign": "<foreignObject><p>x</p></foreignObject>",
        "link": '<a href="javascript:alert(1)">x</a>',
        "script": "<script>alert(1)</script>",
    }
    drawings = {f"{name}.svg": drawing(part).encode() for name, part in parts.items()}
    pictures(site, drawings | {"entity.svg": entity.encode(), "none.svg": b"<html></html>"})


@made("092-wrong-suffix")
def wrong_suffix(site: Path) -> None:
    pictures(site, {"a.jpg": picture("PNG"), "b.png": b"<!doctype html><p>x</p>"})


@made("093-kinds-of-pictures")
def kinds_of_pictures(site: Path) -> None:
    frames = [Bitmap.new("RGB", (2, 2), (n % 256, n // 256, 0)) for n in range(5_000)]
    more = {"save_all": True, "append_images": frames}
    deep = io.BytesIO()
    Bitmap.new("I;16", (64, 48), 30_000).save(deep, "PNG")
    good = {
        "moving.gif": picture("GIF", (2, 2), **more),
        "moving2.webp": picture("WEBP", (2, 2), **more),
        "print.jpg": picture("JPEG", mode="CMYK"),
        "deep.png": deep.getvalue(),
    }
    heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
    pictures(site, good | {"phone.heic": heic, "renamed.jpg": heic})


@made("094-photo-with-secrets")
def photo_with_secrets(site: Path) -> None:
    exif = Bitmap.Exif()
    exif[0x0112] = 6  # it lies on its side
    exif[0x010E] = "SECRET PLACE"
    exif.get_ifd(0x8825)[2] = (35.0, 41.0, 22.0)
    pictures(site, {"photo.jpg": picture("JPEG", (640, 480), exif=exif)})


@made("095-empty-pictures")
def empty_pictures(site: Path) -> None:
    (site / "content/posts/folder.png").mkdir()


# --- what a file system can hold


@made("108-special-files")
def special_files(site: Path) -> None:
    posts = site / "content/posts"
    os.mkfifo(posts / "pipe.md")
    (posts / "round.md").symlink_to("round.md")
    (posts / "up").symlink_to("..")
    with socket.socket(socket.AF_UNIX) as server, chdir(posts):
        server.bind("socket.md")


@made("108-special-files-elsewhere")
def special_files_elsewhere(site: Path) -> None:
    put(site, "secret.txt", "外のファイル\n")
    put(site, "assets/static/own.txt", "あ\n")
    put(site, "content/data", "フォルダーのはず\n")
    put(site, "layouts", "フォルダーのはず\n")
    os.mkfifo(site / "assets/pipe.js")
    (site / "assets/static/ads.txt").symlink_to("../../secret.txt")
    (site / "assets/images").symlink_to("..")


@made("110-litter-of-editors")
def litter_of_editors(site: Path) -> None:
    for name in ("4913", ".post.md.swp", "good.md~", "#good.md#", "sedAb12Cd", ".good.md.kate-swp"):
        put(site, f"content/posts/{name}", "---\ntitle: 書きかけ\n")
    (site / "content/posts/.#good.md").symlink_to("taro@home.1234:5678")


# --- a site with the mistake, and what the program said ----------------------------------------


@dataclass(frozen=True)
class Expected:
    """`expected.toml`: the console's lines in both languages, and facts about the output.

    A post may take so many `seconds`. `files` exist in the output, `absent` do not; `pages` maps a file to texts that it holds
    (or, after `!`, does not hold).
    """

    exit: int
    seconds: int = 1
    ja: str = ""
    en: str = ""
    says: list[str] = field(default_factory=list)
    args: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    pages: dict[str, list[str]] = field(default_factory=dict)


def expected(name: str) -> Expected:
    return Expected(**tomllib.loads((BAD / name / "expected.toml").read_text("utf-8")))


def write(name: str, ja: str, en: str) -> None:
    """Take over what the program says now: `GOLDEN=write`, and read the difference."""
    file = BAD / name / "expected.toml"
    text = file.read_text("utf-8")
    text = re.sub(r"^(?:ja|en) = (\'{3}|\"{3}).*?\1\n", "", text, flags=re.M | re.S)
    head, exit_code, rest = re.split(r"^(exit = \d+\n)", text, maxsplit=1, flags=re.M)
    said = "".join(f"{key} = {quoted(words)}\n" for key, words in (("ja", ja), ("en", en)) if words)
    file.write_text(head + exit_code + said + rest, "utf-8")


def quoted(words: str) -> str:
    """As TOML; what an editor would hide or change is escaped."""
    if "'''" not in words and not HIDDEN.search(words):
        return f"'''\n{words}'''"
    safe = words.replace("\\", "\\\\").replace('"""', '\\"""')
    return '"""\n' + HIDDEN.sub(lambda m: f"\\U{ord(m[0]):08X}", safe) + '"""'


HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\xa0\u0300-\u036f\u200b-\u200f\u2028-\u202e\u3099\u309a\ufe00-\ufe0f\ufeff]"
)


FIXTURES = sorted(d.name for d in BAD.iterdir() if d.name != "base")


def tree(folder: Path, *without: str) -> dict[str, str]:
    """Everything below a folder: what files hold, where links lead, what else is."""
    found = {}
    for parent, folders, files in os.walk(folder):
        folders[:] = [f for f in folders if Path(parent) != folder or f not in without]
        for path in (Path(parent, name) for name in [*files, *folders]):
            found[str(path)] = fingerprint(path)
    return found


def fingerprint(path: Path) -> str:
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        return f"link to {path.readlink()}"
    if stat.S_ISREG(mode):
        return sha256(path.read_bytes()).hexdigest()
    return "folder" if stat.S_ISDIR(mode) else "special"


def sources(site: Path) -> dict[str, str]:
    return tree(site, "public", ".cache")


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The base site, built. Its drawings are the same in all tests and are made once."""
    site = tmp_path_factory.mktemp("published") / "site"
    shutil.copytree(BAD / "base", site)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(press, "draw_png", cache(press.draw_png))
        result = build(site)
        assert result.exit_code == 0, result.output
        yield site


@pytest.fixture
def site(published: Path, tmp_path: Path) -> Path:
    """A copy of the base site with its output."""
    return Path(shutil.copytree(published, tmp_path / "site"))


def with_mistake(site: Path, name: str) -> Path:
    if (BAD / name / "in").is_dir():
        shutil.copytree(BAD / name / "in", site, dirs_exist_ok=True)
    if name in MADE:
        MADE[name](site)
    return site


def build(site: Path, *args: str, lang: str = "ja") -> Any:
    command = ["--lang", lang, "build", "--site", str(site), "--now", NOW, "--jobs", "1"]
    return CliRunner().invoke(cli, [*command, *args], catch_exceptions=False)


def transcript(answer: str) -> str:
    """The lines of a console for an answer in JSON."""
    lines = []
    for row in json.loads(answer)["problems"]:
        path = visible(row["path"], 400)
        place = f"{path}:{row['line']}:{row['column']}" if row["line"] else path
        mark = "warning " if row["severity"] == "warning" else ""
        lines.append(f"{place}: {mark}{row['code']} {row['message']}\n")
        lines += [f"  hint: {row['hint']}\n"] if row["hint"] else []
    return "".join(lines)


# --- the tests ------------------------------------------------------------------------------------


def test_every_entry_of_the_catalogue_has_a_fixture() -> None:
    assert {int(name[:3]) for name in FIXTURES} >= ROWS - TESTED_BELOW
    own = {int(number) for number in re.findall(r"^def test_(\d{3})_", OWN_TEXT, re.M)}
    assert own >= TESTED_BELOW


@pytest.mark.parametrize(("row", "module"), ELSEWHERE)
def test_what_is_tested_elsewhere_is_there(row: int, module: str) -> None:
    text = (BAD.parent / f"{module}.py").read_text("utf-8")
    names = ELSEWHERE[row, module]
    assert [name for name in names if f"\ndef {name}(" not in text] == []


def test_every_fixture_adds_something() -> None:
    idle = [n for n in FIXTURES if n not in MADE and not (BAD / n / "in").is_dir()]
    assert (idle, MADE.keys() - set(FIXTURES)) == ([], set())


@pytest.mark.parametrize("name", FIXTURES)
def test_bad_input(name: str, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = expected(name)
    monkeypatch.setattr(limits, "SECONDS", wanted.seconds)
    with_mistake(site, name)
    before, output = sources(site), tree(site / "public")

    japanese = build(site, *wanted.args)
    english = build(site, *wanted.args, "--format", "json", lang="en")

    if WRITE:
        write(name, told(japanese.stderr, site), told(transcript(english.stdout), site))
    assert told(japanese.stderr, site) == wanted.ja
    assert told(transcript(english.stdout), site) == wanted.en
    assert (japanese.exit_code, english.exit_code) == (wanted.exit, wanted.exit)
    assert sources(site) == before
    if wanted.exit:
        assert japanese.stdout == ""
        assert tree(site / "public") == output
    check_output(site / "public", wanted, japanese.stdout)


def told(text: str, site: Path) -> str:
    """The lines of a console but the last, which counts the problems; `SITE` stands for what
    depends on the machine.
    """
    lines = text.replace(str(site), "SITE").splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith("公開していません"))


def check_output(public: Path, wanted: Expected, stdout: str) -> None:
    assert [s for s in wanted.says if s not in stdout] == []
    assert [f for f in wanted.files if not (public / f).is_file()] == []
    assert [f for f in wanted.absent if (public / f).exists()] == []
    for file, texts in wanted.pages.items():
        page = (public / file).read_text("utf-8")
        for text in texts:
            assert (text.removeprefix("!") in page) is not text.startswith("!"), (file, text)


# --- what takes more than one build ---------------------------------------------------------------


def test_012_direction_marks_do_not_reach_the_address(site: Path) -> None:
    with_mistake(site, "012-invisible-in-a-slug")
    assert build(site).exit_code == 0
    names = "".join(tree(site / "public"))
    assert [c for c in names if unicodedata.category(c) == "Cf"] == []


def test_017_new_makes_a_name_that_fits(site: Path) -> None:
    made = []
    for title in ("あ" * 86, "あ" * 87, "！？★", "家族" * 30 + "👨‍👩‍👧‍👦" * 20):
        command = ["--lang", "en", "new", "--site", str(site), title]
        result = CliRunner().invoke(cli, command, catch_exceptions=False)
        assert result.exit_code == 0, result.output
        made.append(result.stdout.split()[1].removesuffix("."))
    assert len(set(made)) == len(made)
    assert all(len(os.fsencode(Path(path).name)) <= 255 for path in made)


CONSOLES = {
    "C": {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "cp932": {"PYTHONIOENCODING": "cp932"},
    "ascii": {"PYTHONIOENCODING": "ascii"},
}


@pytest.mark.parametrize("console", CONSOLES)
@pytest.mark.parametrize("name", ["028-full-width-colon", "023-file-name-not-utf-8"])
def test_027_any_console_gets_the_message(console: str, name: str, site: Path) -> None:
    with_mistake(site, name)
    command = [sys.executable, "-m", "ssg", "--lang", "ja", "build", "--site", str(site)]
    kept = {"PATH": os.environ["PATH"], "PYTHONPATH": str(BAD.parents[1])}
    done = subprocess.run(command, env=kept | CONSOLES[console], capture_output=True, check=False)
    wanted = expected(name)
    codes = {line.split()[1] for line in wanted.ja.splitlines() if not line.startswith("  ")}
    assert done.returncode == wanted.exit
    assert all(code.encode() in done.stderr for code in codes)
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles"])
def test_044_the_machine_s_zone_makes_no_difference(
    zone: str, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_mistake(site, "044-date-without-zone")
    assert build(site).exit_code == 0
    here = tree(site / "public")
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert build(site).exit_code == 0
    finally:
        monkeypatch.undo()
        time.tzset()
    assert tree(site / "public") == here


def test_100_a_slow_layout_is_waited_for_once(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS", 1)
    with_mistake(site, "100-nested-loops")
    for number in range(20):
        post(site, f"p{number}", "title: 見出し", DATE)
    start = time.monotonic()
    assert build(site).exit_code == 1
    assert time.monotonic() - start < 10


def test_100_no_alarm_is_left_behind() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with limits.deadline(60):
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 0
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) == before


# --- what the machine does meanwhile ---------------------------------------------------------------


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_106_what_the_disk_refuses_is_told(
    number: int, lang: str, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Stage, name: str, data: bytes) -> Any:
        raise OSError(number, os.strerror(number), name)

    post(site, "more", "title: 見出し", DATE)
    before, output = sources(site), tree(site / "public")
    monkeypatch.setattr(Stage, "write", refuse)
    result = build(site, lang=lang)
    code = "disk/full" if number in (errno.ENOSPC, errno.EDQUOT) else "disk/failed"
    assert result.exit_code == 4
    assert f" {code} " in result.stderr
    assert "Traceback" not in result.stderr
    assert (sources(site), tree(site / "public")) == (before, output)
    assert [p.name for p in site.iterdir() if "stage" in p.name] == []


def as_nobody(site: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """A build without the superuser's right to read everything."""
    rights = "-dac_override,-dac_read_search"
    drop = ["setpriv", f"--bounding-set={rights}", f"--inh-caps={rights}", "--"]
    command = [sys.executable, "-B", "-m", "ssg", "--lang", "ja", "build", "--site", str(site)]
    return subprocess.run(
        [*(drop if os.geteuid() == 0 else []), *command, "--now", NOW, *args],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(BAD.parents[1]), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    ("file", "code", "exit_code"),
    [
        ("content/posts/good.md", "content/unreadable", 1),
        ("content/authors/taro.md", "content/unreadable", 1),
        ("content/posts", "content/unreadable", 1),
        ("site.yaml", "config/unreadable", 3),
        ("layouts/trend.html", "disk/failed", 4),
    ],
)
def test_107_what_cannot_be_read_is_named(file: str, code: str, exit_code: int, site: Path) -> None:
    put(site, "layouts/trend.html", "<p>{{ page.title }}</p>\n")
    output, place = tree(site / "public"), site / file
    mode = place.stat().st_mode
    place.chmod(0)
    try:
        done = as_nobody(site)
    finally:
        place.chmod(mode)
    assert done.returncode == exit_code, done.stderr
    assert f"{file}: {code} " in done.stderr or f"{file}:1:1: {code} " in done.stderr
    assert "開く許可がありません" in done.stderr
    assert tree(site / "public") == output


def test_109_a_file_that_vanishes_is_told(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    post(site, "gone", "title: 見出し", DATE)
    output = tree(site / "public")

    def vanishing(root: Path, path: str) -> Any:
        if path.endswith("gone.md"):
            (root / path).unlink()
        return read_source(root, path)

    monkeypatch.setattr(reading, "read_source", vanishing)
    result = build(site)
    assert result.exit_code == 1
    assert "content/posts/gone.md: content/unreadable 読めません（見つかりません）" in result.stderr
    assert tree(site / "public") == output


def test_109_a_half_saved_file_publishes_nothing(site: Path) -> None:
    post(site, "half", "title: 見出し", DATE)
    assert build(site).exit_code == 0
    output = tree(site / "public")
    put(site, "content/posts/half.md", "")
    result = build(site)
    assert result.exit_code == 1
    assert "content/posts/half.md:1:1: front-matter/none " in result.stderr
    assert tree(site / "public") == output


@pytest.mark.parametrize("year", [1970, 2100])
def test_111_the_clock_and_the_age_of_files_make_no_difference(year: int, site: Path) -> None:
    then = datetime(year, 1, 2, tzinfo=UTC).timestamp()
    for file in (site / "content").rglob("*.md"):
        os.utime(file, (then, then))
    output = {name: mark for name, mark in tree(site / "public").items() if "/." not in name}
    assert build(site, "--clean").exit_code == 0
    assert {n: m for n, m in tree(site / "public").items() if "/." not in n} == output


def test_112_a_folder_that_is_gone(site: Path) -> None:
    gone = site.parent / "gone"
    gone.mkdir()
    script = 'cd "$1" && rmdir "$1" && exec "$2" -m ssg --lang ja build'
    done = subprocess.run(
        ["sh", "-c", script, "-", str(gone), sys.executable],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(BAD.parents[1]), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 4, done.stderr
    first, hint, _ = done.stderr.splitlines()
    assert first == ".: disk/no-folder いまいるフォルダーは、もうありません。"
    assert hint.startswith("  ヒント: ")


@pytest.mark.parametrize("env", [{}, {"HOME": "/nowhere", "TMPDIR": "/nowhere"}])
def test_112_neither_home_nor_a_folder_for_temporary_files_is_needed(
    env: dict[str, str], site: Path
) -> None:
    kept = {"PATH": os.environ["PATH"], "PYTHONPATH": str(BAD.parents[1])}
    command = [sys.executable, "-m", "ssg", "build", "--site", str(site), "--clean"]
    done = subprocess.run(command, env=kept | env, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM), (signal.SIGHUP, -signal.SIGHUP)],
)
def test_112_a_build_that_is_ended_leaves_the_old_site(
    number: signal.Signals, code: int, site: Path
) -> None:
    put(site, "layouts/trend.html", LONG_LAYOUT)
    output = tree(site / "public")
    command = [sys.executable, "-m", "ssg", "build", "--site", str(site), "--jobs", "1"]
    kept = {"PATH": os.environ["PATH"], "PYTHONPATH": str(BAD.parents[1])}
    child = subprocess.Popen(command, env=kept, stderr=subprocess.PIPE)
    while child.poll() is None and not any((site / ".cache").glob("stage-*")):
        time.sleep(0.01)
    child.send_signal(number)
    _, said = child.communicate(timeout=60)
    assert child.returncode == code
    assert b"Traceback" not in said
    assert tree(site / "public") == output


LONG_LAYOUT = (
    "{% for a in range(90000) %}{% for b in range(90000) %}{{ a }}{{ b }}{% endfor %}{% endfor %}"
)


# --- where a build must not write -----------------------------------------------------------------


def elsewhere(site: Path) -> Path:
    """A folder with something in it that no build made."""
    folder = site.parent / "elsewhere"
    put(folder, "letter.txt", "大切な手紙\n")
    return folder


def linked(site: Path) -> str:
    link = site.parent / "link"
    link.symlink_to(elsewhere(site))
    return str(link)


def through_a_link(site: Path) -> str:
    link = site.parent / "link"
    link.symlink_to(site / "content")
    return str(link / "public")


def git_work_tree(site: Path) -> str:
    folder = site.parent / "repository"
    put(folder, ".git/HEAD", "ref: refs/heads/main\n")
    put(folder, "README.md", "# 大切な文書\n")
    return str(folder)


def home(site: Path) -> str:
    return str(Path.home())


OUTPUTS: dict[str, tuple[Callable[[Path], str], str]] = {
    "content": (lambda site: "content", "output/inside-source"),
    "inside content": (lambda site: "content/posts/public", "output/inside-source"),
    "around corners": (lambda site: "public/../content/posts", "output/inside-source"),
    "layouts": (lambda site: "layouts", "output/inside-source"),
    "assets": (lambda site: "assets/images", "output/inside-source"),
    "cache": (lambda site: ".cache/x", "output/inside-source"),
    "git": (lambda site: ".git", "output/inside-source"),
    "project": (lambda site: ".", "output/dangerous"),
    "project by its name": (str, "output/dangerous"),
    "empty": (lambda site: "", "output/dangerous"),
    "parent": (lambda site: "..", "output/dangerous"),
    "root": (lambda site: "/", "output/dangerous"),
    "home": (home, "output/dangerous"),
    "link": (linked, "output/symlink"),
    "through a link": (through_a_link, "output/inside-source"),
    "foreign": (lambda site: str(elsewhere(site)), "output/foreign"),
    "file": (lambda site: str(elsewhere(site) / "letter.txt"), "output/not-a-folder"),
    "git work tree": (git_work_tree, "output/foreign"),
    "another disk": (lambda site: "/proc", "output/mounted"),
}


@pytest.mark.parametrize("where", OUTPUTS)
def test_105_a_dangerous_output_is_refused(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    put(tmp_path / "home", "diary.txt", "日記\n")
    site = Path(shutil.copytree(BAD / "base", tmp_path / "site"))
    place, code = OUTPUTS[where]
    output = place(site)
    before = tree(tmp_path)

    result = build(site, "--output", output)

    assert result.exit_code == 3
    first, hint, _ = result.stderr.splitlines()
    assert first.startswith(f"{site / output}: {code} ")
    assert hint.startswith("  ヒント: ")
    assert result.stdout == ""
    assert tree(tmp_path) == before
