"""Quotation: how much of a text, and from where."""

from __future__ import annotations

import pytest

from ssg.check.rules import rights
from tests.marked import as_marked

QUOTED = (
    "町の小さな劇場が満席になる理由を、支配人は席の数ではなく客の顔を覚えていることだと話した。" * 3
)
OWN = "支配人の話を聞いて、わたしは近くの銭湯を思い出しました。番台の人も顔を覚えています。" * 5
SOURCE = "sources:\n  - {title: 劇場の話, url: 'https://a.example/'}\n"
MUCH = "⟦rights/mostly-quoted⟧"


def test_a_brief_that_is_mostly_the_original() -> None:
    long = "It keeps the whole of what others wrote. " * 30
    as_marked(rights, "短い感想です。", f"original: {MUCH}{long}\n", "news")
    as_marked(rights, OWN * 4, f"original: {'It keeps a part. ' * 12}\n", "news")


def test_a_post_that_is_mostly_quotation() -> None:
    as_marked(rights, f"{MUCH}> {QUOTED}\n> {QUOTED}\n\n同感です。", SOURCE)
    as_marked(rights, f"{OWN}\n\n> {QUOTED}\n\n{OWN}", SOURCE)
    as_marked(rights, f"> {QUOTED}\n> {QUOTED}\n\nこの文章は CC BY 4.0 です。", SOURCE)
    as_marked(rights, "> 短い題辞\n\n同感です。", SOURCE)
    as_marked(rights, f"{MUCH}<blockquote>\n{QUOTED * 2}\n</blockquote>\n\n同感です。", SOURCE)
    as_marked(rights, f"{MUCH}「{QUOTED * 2}」\n\n同感です。", SOURCE)
    as_marked(rights, f"「{QUOTED[:60]}」\n\n" * 4 + "同感です。", SOURCE)
    as_marked(rights, f"```html\n<blockquote>{QUOTED * 2}</blockquote>\n```\n\n同感です。", SOURCE)
    as_marked(rights, f"> {QUOTED}\n> {QUOTED}\n", SOURCE, "pages")


def test_a_quotation_without_a_source() -> None:
    as_marked(rights, f"{OWN}\n\n⟦rights/no-source⟧> {QUOTED}\n\n{OWN}")
    far = "[駅の話](https://a.example/)です。"
    as_marked(rights, f"{far}\n\n{OWN}\n\n⟦rights/no-source⟧> {QUOTED}\n\n{OWN}\n\n{far}")
    html = f"<blockquote>{QUOTED}</blockquote>"
    as_marked(rights, f"{OWN}\n\n⟦rights/no-source⟧{html}\n\n{OWN}")
    as_marked(rights, f"{OWN * 2}\n\n⟦rights/no-source⟧「{QUOTED * 2}」\n\n{OWN}")


@pytest.mark.parametrize(
    "quote",
    [
        f"> {QUOTED}\n\n出典: 劇場年報",
        f"> {QUOTED}\n> —— 支配人",
        f"[劇場年報](https://a.example/)から。\n\n> {QUOTED}",
        f'<blockquote cite="https://a.example/">{QUOTED}</blockquote>',
        f"> {QUOTED}\n>\n> <https://a.example/>",
        f"「{QUOTED * 2}」\n\n支配人の佐藤さんはこう話します。",
        f"> {QUOTED}\n\n<cite><a href='https://a.example/'>年報</a></cite>",
        f"```\n> {QUOTED}\n```",
        "> 題辞のような短い言葉",
        f"次のプロンプトを渡しました。\n\n> {QUOTED}",
        f"## Before\n\n> {QUOTED}",
    ],
)
def test_a_quotation_with_one_and_what_is_no_quotation(quote: str) -> None:
    as_marked(rights, f"{OWN}\n\n{quote}\n\n{OWN}")
