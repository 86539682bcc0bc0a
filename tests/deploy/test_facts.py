"""What is found in a page: as a browser finds it, in little time, and once."""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path

import pytest
from html5lib._tokenizer import HTMLTokenizer
from html5lib.constants import tokenTypes
from hypothesis import example, given
from hypothesis import strategies as st

from ssg.cache import Cache
from ssg.deploy.facts import Facts, css_facts, drawing_facts, facts_of, hashed, script_facts
from ssg.deploy.hostnames import is_local, source_of
from ssg.deploy.parcel import Parcel, digest
from ssg.deploy.survey import _READERS as READERS
from ssg.deploy.survey import KEY, survey
from ssg.deploy.tags import Tag, tags
from ssg.errors import ContentError
from ssg.limits import deadline

PIECES = st.sampled_from(
    """< > / = ! - " ' & ; a b svgless script style title textarea iframe xmp h1 src href onclick
    <a <p> </p> <!-- --> --!> <!--> <!doctype <script> </script> <style> </style </style> <title>
    </title> <textarea> </textarea> <IMG <b/> &amp; &lt &copy= &#x41; &#65 &notit; 甲 \t \n \f \u3000
    a=b a="b" a='b' a= b =b <script><!-- <template> </template>""".split(" ")
)
STATES = {
    "script": "scriptDataState",
    "style": "rawtextState",
    "xmp": "rawtextState",
    "iframe": "rawtextState",
    "noembed": "rawtextState",
    "noframes": "rawtextState",
    "title": "rcdataState",
    "textarea": "rcdataState",
}


def reference(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Tags, attributes and the texts of elements that hold nothing else, as html5lib has them."""
    tokenizer = HTMLTokenizer(text)
    found: list[tuple[str, dict[str, str], str]] = []
    raw = ""
    for token in tokenizer:
        kind = token["type"]
        if kind == tokenTypes["StartTag"]:
            name = token["name"]
            raw = name if name in STATES else ""
            if raw:
                tokenizer.state = getattr(tokenizer, STATES[name])
            found.append((name, dict(reversed(list(token["data"].items()))), ""))
        elif kind == tokenTypes["EndTag"]:
            raw = ""
        elif raw and kind in (tokenTypes["Characters"], tokenTypes["SpaceCharacters"]):
            name, attributes, before = found[-1]
            found[-1] = (name, attributes, before + token["data"])
    return found


@given(st.lists(PIECES, max_size=25).map("".join))
@example("<script><!--<script></script>--></script><p>")
@example("<script><!--><script></script>")
@example("<script><!----><script></script>")
@example("<img src=>")
@example("<a b='1' b='2' C=&copy=1&copy>")
@example("<img alt='>' src=x/>")
@example("<title>&amp;</title><textarea>&lt;p></textarea>")
def test_tags_are_those_of_a_browser(text: str) -> None:
    found = [(t.name, t.attributes, t.text) for t in tags(text) if isinstance(t, Tag)]
    assert found == reference(text)


@given(st.binary(max_size=300))
def test_any_bytes_have_facts(data: bytes) -> None:
    assert facts_of(data) == facts_of(data)
    css_facts(data)
    script_facts(data)
    drawing_facts(data)


HOSTILE = [
    "<", "<!--", "<a ", "<a b", '<a b="', "<a b='\"", "<script>", "<script><!--", "<style>", "</",
    "<svg>", "<title>", "<textarea>", "<h1>", "<iframe srcdoc='", "<a\n/", "&", "<a b=&amp", "<![CDATA[",
    "<style>url(", "<style>@import ", "<style>@font-face{", "<script>'//a", "<script>fetch(", "<h1><",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_page_takes_long(piece: str) -> None:
    """Were the time to grow with the square of the page, these would take minutes each."""
    with deadline(30):
        facts_of(piece.encode() * (600_000 // len(piece)))


@pytest.mark.parametrize(("depth", "found"), [(1, True), (4, True), (200, False)])
def test_pages_within_pages_are_read_so_deep(depth: int, found: bool) -> None:
    html = "<img/src=//deep.jp>"
    for _ in range(depth):
        html = "<iframe/srcdoc=" + html.replace("&", "&amp;").replace(">", "&gt;") + ">"
    assert bool(facts_of(html.encode()).loads) is found


LOADS = """
<link rel=stylesheet href=//css.tarou.jp/a.css><link rel="shortcut icon" href=https://icon.tarou.jp/i>
<link rel=alternate href=https://no.tarou.jp/feed><link rel=preload as=font href=https://font.tarou.jp/f>
<link rel=manifest href=https://app.tarou.jp/m>
<script src="https://js.tarou.jp:8443/a.js" data-api="https://count.tarou.jp/api"></script>
<script type=text/template src=https://no.tarou.jp/x></script>
<img src=/own.png srcset="https://small.tarou.jp/a,b.png 1x, https://large.tarou.jp/c.png 2x">
<img src="data:image/png;base64,AAAA"><img src=" HTTPS:\\\\slash.tarou.jp\\x ">
<video src=https://film.tarou.jp/v poster=https://poster.tarou.jp/p><source src=https://more.tarou.jp/s></video>
<iframe src=https://frame.tarou.jp/></iframe><iframe srcdoc="<img src=https://inner.tarou.jp/i>"></iframe>
<object data=/paper.pdf></object><form action=https://form.tarou.jp/f><button formaction=//b.tarou.jp/></form>
<p style="background:url(https://back.tarou.jp/b)"><a href=https://no.tarou.jp/ ping=https://ping.tarou.jp/p>
<style>@import "https://import.tarou.jp/i.css"; @font-face{src:url('https://type.tarou.jp/t.woff2')}
a{background:url(https://picture.tarou.jp/p)}</style>
<!-- <img src=https://no.tarou.jp/> --><textarea><img src=https://no.tarou.jp/></textarea>
<img src=https://食.jp/寿司>
"""


def test_what_a_page_loads() -> None:
    expected = {
        ("style-src", "//css.tarou.jp"),
        ("img-src", "https://icon.tarou.jp"),
        ("font-src", "https://font.tarou.jp"),
        ("manifest-src", "https://app.tarou.jp"),
        ("script-src", "https://js.tarou.jp:8443"),
        ("connect-src", "https://count.tarou.jp"),
        ("img-src", "https://count.tarou.jp"),
        ("img-src", "https://small.tarou.jp"),
        ("img-src", "https://large.tarou.jp"),
        ("img-src", "data:"),
        ("img-src", "https://slash.tarou.jp"),
        ("media-src", "https://film.tarou.jp"),
        ("img-src", "https://poster.tarou.jp"),
        ("media-src", "https://more.tarou.jp"),
        ("frame-src", "https://frame.tarou.jp"),
        ("img-src", "https://inner.tarou.jp"),
        ("object-src", "'self'"),
        ("form-action", "https://form.tarou.jp"),
        ("form-action", "//b.tarou.jp"),
        ("img-src", "https://back.tarou.jp"),
        ("connect-src", "https://ping.tarou.jp"),
        ("style-src", "https://import.tarou.jp"),
        ("font-src", "https://type.tarou.jp"),
        ("img-src", "https://picture.tarou.jp"),
        ("img-src", "https://xn--90w.jp"),
    }
    found = {load for load in facts_of(LOADS.encode()).loads if load[1] != "https://xn--90w.jp"}
    assert found == {load for load in expected if load[1] != "https://xn--90w.jp"} | {
        ("img-src", f"https://{'食'.encode('idna').decode()}.jp")
    }


def test_pieces_of_script_and_style_are_hashed_as_a_browser_does() -> None:
    html = (
        "<script>a &amp;&amp; b\r\n</script><script type=application/ld+json>{}</script>"
        "<style>a > b {}</style><p style='a:b&amp;' onclick=\"f('&lt;')\">"
        "<svg><style>c &gt; d {}</style><title>図</title></svg>"
    )
    found = facts_of(html.encode())
    assert found.scripts == (hashed("a &amp;&amp; b\n"),)
    assert set(found.styles) == {hashed("a > b {}"), hashed("c > d {}")}
    assert found.style_attributes == (hashed("a:b&"),)
    assert found.handlers == (hashed("f('<')"),)
    assert found.names == ()
    assert hashed("") == "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"


def test_names_and_addresses() -> None:
    html = (
        "<title>題 &amp; 名</title><h1>一<wbr>つ<b>目</b></h1><h1>二つ目</h1>"
        "<link rel=canonical href=https://tarou.jp/a/><meta property=og:url content=https://tarou.jp/b/>"
        "<a rel='nofollow Sponsored' href=https://ad.tarou.jp/>"
    )
    found = facts_of(html.encode())
    assert found.names == ("題 & 名", "一つ目")
    assert found.addresses == ("https://tarou.jp/a/", "https://tarou.jp/b/")
    assert (found.sponsored, found.moved_to, found.preview) == (True, "", False)


def test_a_page_that_has_moved() -> None:
    html = '<meta http-equiv="refresh" content="0; url={}"><link rel="canonical" href="{}">'
    here, there = "https://tarou.jp/a/", "https://tarou.jp/b/"
    assert facts_of(html.format(here, here).encode()).moved_to == here
    assert facts_of(html.format(here, there).encode()).moved_to == ""
    slow = html.replace("0;", "30;").format(here, here)
    assert facts_of(slow.encode()).moved_to == ""


def test_what_scripts_do_later() -> None:
    player = b"const f = document.createElement('iframe'); f.src = `https://film.tarou.jp/${id}`"
    assert script_facts(player).loads == (("frame-src", "https://film.tarou.jp"),)
    loader = b"<script>(function(d,s){})(document,'script','//ad.tarou.jp/a.js')</script>"
    assert facts_of(loader).loads == (("script-src", "//ad.tarou.jp"),)
    assert script_facts(b"const ns = 'http://www.w3.org/2000/svg'").loads == ()


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("/a", ""),
        ("a//b", ""),
        ("mailto:a@b", ""),
        ("javascript://x", ""),
        ("https://a.jp", "https://a.jp"),
        ("https://me:secret@A.jp:1/x", "https://a.jp:1"),
        ("ht\ntps://a.jp/", "https://a.jp"),
        ("https://a.jp; script-src *", ""),
        ("https://a'b.jp/", ""),
        ("data:text/html,x", "data:"),
    ],
)
def test_sources(url: str, source: str) -> None:
    assert source_of(url) == source


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("localhost", True),
        ("blog.localhost", True),
        ("http://localhost:8000", True),
        ("//192.168.0.1", True),
        ("https://[::1]:1", True),
        ("[fd00::1]", True),
        ("172.20.0.1", True),
        ("172.32.0.1", False),
        ("10.tarou.jp", False),
        ("fc-tokyo.jp", False),
        ("https://8.8.8.8", False),
        ("tarou.jp", False),
        ("", False),
    ],
)
def test_local_hosts(host: str, local: bool) -> None:
    assert is_local(host) is local


# --- facts of a site ------------------------------------------------------------------------


def parcel(folder: Path, files: dict[str, bytes]) -> Parcel:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return Parcel(folder, {name: digest(data) for name, data in files.items()})


def test_only_what_changed_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {f"p{n}.html": f"<title>{n}</title>".encode() for n in range(20)} | {"a.webp": b""}
    read: list[str] = []
    monkeypatch.setattr(Parcel, "read", lambda p, name: (read.append(name), files[name])[1])
    with Cache(tmp_path / "cache") as cache:
        before = survey(parcel(tmp_path, files), cache)
    assert before["p7.html"].names == ("7",)
    assert sorted(read) == sorted(files.keys() - {"a.webp"})
    read.clear()
    files["p7.html"] = b"<title>new</title>"
    with Cache(tmp_path / "cache") as cache:
        after = survey(parcel(tmp_path, files), cache)
        assert after == before | {"p7.html": Facts(names=("new",))}
    assert read == ["p7.html"]


def test_a_damaged_or_older_memory_is_not_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = parcel(tmp_path, {"a.html": b"<title>a</title>"})
    with Cache(tmp_path / "cache") as cache:
        cache.put(KEY, b"\xc1")
        assert survey(files, cache)["a.html"].names == ("a",)
        monkeypatch.setattr(sys.modules["ssg.deploy.survey"], "_code", lambda: sha256().hexdigest())
        monkeypatch.setitem(READERS, "html", lambda data: Facts(names=("another",)))
        assert survey(files, cache)["a.html"].names == ("another",)


def test_a_page_that_someone_changed_is_told_from_another_process(tmp_path: Path) -> None:
    files = parcel(tmp_path, {f"p{n}.html": str(n).encode() for n in range(300)})
    (tmp_path / "p299.html").write_bytes(b"299 and more")
    with Cache(tmp_path / "cache") as cache, pytest.raises(ContentError) as e:
        survey(files, cache, jobs=2)
    assert [p.code for p in e.value.problems] == ["deploy/not-the-output"]


def test_many_pages_are_spread(tmp_path: Path) -> None:
    files = {f"p{n}.html": f"<title>{n}</title>".encode() for n in range(300)}
    with Cache(tmp_path / "cache") as cache:
        found = survey(parcel(tmp_path, files), cache, jobs=2)
    assert {name: facts.names for name, facts in found.items()} == {
        f"p{n}.html": (str(n),) for n in range(300)
    }
