"""Defects that were found on real pages, each in a text of ours: every one is told."""

from __future__ import annotations

import pytest

from tests.check.reading import codes, look, source

DEFECTS = [
    # the text, its front matter, its section, what is told of it
    ("A社 vs B社の争い。\n\nA社 vs. B社の行方。\n", "", "posts", "japanese/spelling"),
    ("この夏の【**「豚」**】の話。\n\nＡＩの詐欺(さぎ)を知る。\n", "", "posts", "japanese/half-width"),
    ("人工知能は人を超えるか?\n", "", "posts", "japanese/half-width"),
    ("## 二社の溝:その背景\n\n文。\n", "", "posts", "japanese/half-width"),
    ("## I. 二社の溝\n\n文。\n\n### 1.1 解任\n\n文。\n\n## II. 台頭\n\n文。\n", "", "posts", "format/typed-number"),
    ("2024年の最新トレンドを、独自の視点で解説します。\n", "", "authors", "japanese/stale-year"),
    ("総合情報ブロガー🕵️♂️\n", "", "authors", "japanese/lost-joiner"),
    ("", "tagline: ニュースに詳しいブロガー🕵️♂️\n", "authors", "japanese/lost-joiner"),
    ("◆所在地: 見本市在住 ◆家庭: 既婚👫\n◆出身地: 見本県 ◆趣味: 釣り\n", "", "authors", "format/typed-list"),
    ("2022年1月      AIを学ぶ\n\n2023年7月\n      本を出す\n", "", "authors", "japanese/layout-blanks"),
    ("🍡   次郎  \n\nJIROU\n", "", "authors", "japanese/layout-blanks"),
    ("Chat GPTを学び、ChatGPTで書く。\n", "", "authors", "japanese/spelling"),
    ("🌟 こんな方にピッタリ🌟\n\n重要な話を知りたい方\n専門の話を学びたい方\n", "", "authors", "format/typed-recommended"),
    ("【この記事は、下記の方に特にお勧めです】\n\n✅ 話題を追いたい方\n✅ 詐欺が心配な方\n", "", "posts", "format/typed-recommended"),
    ("【要約】\n\n二社の仲が変わった。\n", "", "posts", "format/typed-summary"),
    ("", "title: 【AIの未来】二社の行方\n", "posts", "format/typed-kicker"),
    ("", "title: 2026年4月1日 代行AIの点検\n", "news", "japanese/dated-title"),
    ("", "tldr: 題名\n", "news", "format/tldr-repeats"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "front", "section", "code"), DEFECTS)
def test_each_defect_is_told(body: str, front: str, section: str, code: str) -> None:
    assert code in codes(body, front, section, family="")


def test_a_name_is_not_spelled_in_two_ways_across_the_site() -> None:
    files = {
        f"content/posts/p{n:02}.md": source("ChatGPTの話。\n", f"title: 題{n}\n") for n in range(11)
    }
    files["content/authors/jiro.md"] = source("Chat GPTを独学。\n", "", "authors")
    told = [f.problem for f in look(files) if f.problem.code == "japanese/site-spelling"]
    assert [p.path for p in told] == ["content/authors/jiro.md"]
