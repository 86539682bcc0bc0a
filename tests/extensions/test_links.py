"""Where links lead."""

from __future__ import annotations

import unicodedata

import pytest
from msgspec.structs import replace

from ssg.markdown import Renderer, Wording
from ssg.model import LinkCard
from tests.extensions.kit import html, problems, rendered, told

OTHER = "/blog/posts/%E6%A4%9C%E7%B4%A2/"


@pytest.mark.parametrize(
    ("address", "href"),
    [
        ("../2024/other-post.md", OTHER),
        ("../2024/other-post.md#節", f"{OTHER}#%E7%AF%80"),
        ("../2024/other-post.md?x=1#a", f"{OTHER}?x=1#a"),
        ("..%2F2024/other%2Dpost.md", OTHER),
        ("/content/posts/2024/other-post.md", OTHER),
        ("/posts/検索/", OTHER),
        ("/posts/検索", OTHER),
        ("/posts/%E6%A4%9C%E7%B4%A2/#a", f"{OTHER}#a"),
        ("/posts/検索/index.html", OTHER),
        (OTHER, OTHER),
        (unicodedata.normalize("NFC", "ガ.md"), "/blog/posts/ga/"),
        (unicodedata.normalize("NFD", "ガ.md"), "/blog/posts/ga/"),
        ("%E3%82%AB%E3%82%99.md", "/blog/posts/ga/"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("tel:03-1234-5678", "tel:03-1234-5678"),
        ("sms:090", "sms:090"),
        ("feed:x", "feed:x"),
        ("itms-apps://a.example/", "itms-apps://a.example/"),
        ("?q=1", "?q=1"),
    ],
)
def test_links_inside_the_site(address: str, href: str) -> None:
    assert html(f"[文]({address})") == f'<p><a href="{href}">文</a></p>'


@pytest.mark.parametrize(
    ("address", "href"),
    [
        ("https://a.example/検索?q=犬 猫", "https://a.example/%E6%A4%9C%E7%B4%A2?q=%E7%8A%AC%20%E7%8C%AB"),
        ("https://a.example/?a=1&copy=2", "https://a.example/?a=1&amp;copy=2"),
        ("https://a.example/?a=1&amp;b=2", "https://a.example/?a=1&amp;b=2"),
        ("https://a.example/x_(y)", "https://a.example/x_(y)"),
        ("https://日本語.example/", "https://xn--wgv71a119e.example/"),
        ("//a.example/x", "//a.example/x"),
    ],
)  # fmt: skip
def test_links_to_other_sites(address: str, href: str) -> None:
    assert html(f"文 [外]({address})") == f'<p>文 <a href="{href}" rel="noopener">外</a></p>'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[文](#節)", ["節"]),
        ("[文](#節)\n\n## 節", []),
        ("[文](#%E7%AF%80)\n\n## 節", []),
        ("[文](#ここ)\n\n段落\n{#ここ}", []),
        ('<a name="ここ"></a>[文](#ここ)', []),
        ("[文](#)と[文](#top)と[文](#_main)", []),
        ("[文][n]\n\n[n]: #節", ["節"]),
        ("文[^1]\n\n[^1]: 注", []),
    ],
)
def test_a_place_in_the_post_itself(text: str, told: list[str]) -> None:
    assert [dict(p.args)["name"] for p in problems(text)] == told


def test_links_in_every_form_are_resolved() -> None:
    link = f'<a href="{OTHER}">文</a>'
    assert html("[文][a]\n\n[a]: ../2024/other-post.md") == f"<p>{link}</p>"
    assert html("[文](<../2024/other-post.md>)") == f"<p>{link}</p>"
    assert html('[文](../2024/other-post.md "題")') == f'<p><a href="{OTHER}" title="題">文</a></p>'


@pytest.mark.parametrize("host", ["sponsor.example", "www.sponsor.example", "SPONSOR.example"])
def test_links_to_advertisers(host: str) -> None:
    body = rendered(f"[広告](https://{host}/x)を見る")
    assert 'rel="sponsored nofollow noopener"' in body.html
    assert body.sponsored


def test_other_links_are_no_advertisements() -> None:
    assert not rendered("[外](https://notsponsor.example/) [内](/posts/検索/)").sponsored


def test_an_author_may_add_to_rel() -> None:
    assert 'rel="noopener me"' in html("文[私](https://a.example/){rel=me}")


@pytest.mark.parametrize("address", ["../2024/draft.md", "../2024/draft.md#x"])
def test_a_withheld_post_is_not_linked(address: str) -> None:
    text = f"一行目\n\n二行目の[下書き]({address})です"
    assert told(text, 21) == [("link/withheld", 23, 11)]
    assert dict(problems(text)[0].args) == {"target": address}


def test_what_is_withheld_leaves_no_trace() -> None:
    from tests.extensions.kit import SOURCE, renderer

    text = "[題](../2024/draft.md)です。\n\n../2024/draft.md\n\n![図](a.png)"
    body, _ = renderer().body(SOURCE, text)
    assert "draft" not in body.html
    assert "<span>題</span>です。" in body.html


def test_missing_pages() -> None:
    text = "[一](nai.md) と [二](/posts/nai/) と `[x](nai.md)` と [三](nai.md)"
    assert told(text) == [("link/missing", 1, 5), ("link/missing", 1, 19), ("link/missing", 1, 54)]


def test_an_unknown_path_stays_a_link_and_an_unknown_file_does_not() -> None:
    from tests.extensions.kit import SOURCE, renderer

    body, _ = renderer().body(SOURCE, "[一](/files/a 100%.pdf)と[二](nai.md)")
    assert body.html == '<p><a href="/files/a%20100%25.pdf">一</a>と<span>二</span></p>'


@pytest.mark.parametrize(
    ("address", "blanks"),
    [
        ("about.html", {}),
        ("ガ.htm", {"near": "ガ.md"}),
        ("資料 一.pdf", {"file": "/資料 一.pdf"}),
        ("sub/", {}),
    ],
)
def test_a_file_beside_a_post_is_not_published(address: str, blanks: dict[str, str]) -> None:
    (found,) = problems(f"文\n\n[文]({address})")
    assert (found.code, found.line, found.column) == ("link/missing", 3, 5)
    assert dict(found.args) == {"target": address} | blanks


@pytest.mark.parametrize("small", ["b.md", "/posts/b/"])
def test_a_page_in_another_case_is_offered(small: str) -> None:
    from tests.extensions.kit import OTHER as CARD
    from tests.extensions.kit import REFERENCES, SOURCE, picture

    known = {"content/posts/2025/b.md": CARD, "/posts/b/": CARD}
    one = Renderer(replace(REFERENCES, page=known.get), Wording(), picture)
    _, (found,) = one.body(SOURCE, f"[乙]({small.replace('b', 'B')})")
    assert (found.code, dict(found.args)["near"]) == ("link/missing", small)


def test_an_address_is_read_as_seen_from_that_of_the_post() -> None:
    from tests.extensions.kit import OTHER as CARD
    from tests.extensions.kit import REFERENCES, SOURCE, picture

    known = {SOURCE: LinkCard(title="甲", url="/posts/a/"), "/posts/b/": CARD}
    one = Renderer(replace(REFERENCES, page=known.get), Wording(), picture)
    body, found = one.body(SOURCE, "[乙](../b/#x)と[丙](../c/)")
    assert body.html == f'<p><a href="{OTHER}#x">乙</a>と<a href="../c/">丙</a></p>'
    assert [(p.code, p.column) for p in found] == [("link/missing", 18)]
    assert problems("[乙](../b/)") == []  # where the address of the post is not known


@pytest.mark.parametrize(
    ("address", "better"),
    [
        ("htps://a.jp/x", "https://a.jp/x"),
        ("htttp://a.jp", "http://a.jp"),
        ("https:/a.jp", "https://a.jp"),
        ("https:a.jp", "https://a.jp"),
        ("https//a.jp", "https://a.jp"),
        ("https://https://a.jp", "https://a.jp"),
        ("https：//a.jp", "https://a.jp"),
        ("www.a.jp", "https://www.a.jp"),
        ("a.co.jp/x", "https://a.co.jp/x"),
        ("taro@a.jp", "mailto:taro@a.jp"),
        ("maito:taro@a.jp", "mailto:taro@a.jp"),
        ("tel：03", "tel:03"),
    ],
)
def test_addresses_that_cannot_work(address: str, better: str) -> None:
    for text in (f"[文]({address})", f"[文][n]\n\n[n]: {address}"):
        (found,) = problems(text)
        assert (found.code, dict(found.args)) == (
            "link/address",
            {"target": address, "better": better},
        )
    assert told(f"文\n\nまた[文]({address})") == [("link/address", 3, 7)]


@pytest.mark.parametrize("address", ["C:\\書類\\a.pdf", "file:///C:/a.pdf", "C:/a.pdf"])
def test_files_of_the_own_machine(address: str) -> None:
    (found,) = problems(f"[文]({address})")
    assert (found.code, dict(found.args)["file"]) == ("link/address", "/a.pdf")


@pytest.mark.parametrize("text", ["文[空]()", "文[空](<>)", "文[空](https://)"])
def test_an_empty_address(text: str) -> None:
    assert [code for code, *_ in told(text)] == ["link/empty"]


@pytest.mark.parametrize(
    ("address", "scheme"),
    [
        ("javascript:alert(1)", "javascript"),
        ("JavaScript:alert(1)", "javascript"),
        ("jav&#x09;ascript:alert(1)", "javascript"),
        ("java\tscript:alert(1)", "javascript"),
        ("&#106;avascript:alert(1)", "javascript"),
        ("\u200bjavascript:alert(1)", "javascript"),
        ("vbscript:x", "vbscript"),
        ("data:text/html,x", "data"),
    ],
)
def test_dangerous_links_are_dropped(address: str, scheme: str) -> None:
    from tests.extensions.kit import SOURCE, renderer

    body, found = renderer().body(SOURCE, f"文[x]({address})")
    assert "<span>x</span>" in body.html
    assert "script:" not in body.html
    assert [(p.code, p.line, p.column) for p in found] == [("link/dangerous", 1, 6)]
    assert dict(found[0].args) == {"scheme": scheme}


def test_half_an_entity_is_no_entity() -> None:
    page = html("文[x](https://a.example/&#106avascript:1)")
    assert "&amp;#106avascript" in page


@pytest.mark.parametrize(
    ("text", "linked", "rest"),
    [
        ("詳細はhttps://a.example/x。", "https://a.example/x", "。"),
        ("「https://a.example/x」", "https://a.example/x", "」"),
        ("（https://a.example/x）", "https://a.example/x", "）"),
        ("(https://a.example/x)", "https://a.example/x", ")"),
        ("https://a.example/x_(y) を", "https://a.example/x_(y)", " を"),
        ("https://a.example/x, が", "https://a.example/x", ", が"),
        ("https://a.example/xを", "https://a.example/x", "を"),
        ("https://a.example/a_b_c と", "https://a.example/a_b_c", " と"),
        ("http://a.example/?a=1&b=2。", "http://a.example/?a=1&amp;b=2", "。"),
        ("<https://a.example/x> を", "https://a.example/x", " を"),
    ],
)
def test_bare_addresses_end_where_the_sentence_goes_on(text: str, linked: str, rest: str) -> None:
    assert f'<a href="{linked}" rel="noopener">{linked}</a>{rest}' in html(text)


def test_bare_addresses_in_emphasis_and_cells() -> None:
    link = '<a href="https://a.example/x" rel="noopener">https://a.example/x</a>'
    assert html("**https://a.example/x**を") == f"<p><strong>{link}</strong>を</p>"
    assert f"<td>{link}</td>" in html("| 一 | 二 |\n|---|---|\n| https://a.example/x | 三 |")


def test_addresses_that_are_no_links() -> None:
    for text in ("`https://a.example/x`", "https://", "xhttps://a.example"):
        assert "<a " not in html(text)
    assert html("[https://a.example/x](https://b.example/)").count("<a ") == 1
    assert html('文<a href="/x">https://a.example/x</a>').count("<a ") == 1
    assert html('文<img alt="https://a.example/x" src="/a.png">').count("<a ") == 0


def test_mail_addresses_stay_disguised() -> None:
    assert 'href="&#109;' in html("<me@a.example>")
