"""Generate a blog of N trend posts of about 3,300 characters: the same for the same N."""

from __future__ import annotations

import random
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

CATEGORIES = {"AI": "ai", "経済": "economy", "IT": "it", "健康": "health"}
TAGS = 400
STEP = timedelta(hours=9)
SPAN = 10_000 * STEP  # ten years: a larger blog writes more often, none in the future
NOUNS = "検索 家計簿 劇場 睡眠 弁当 鍵 議事録 散歩 配信 財布 地図 手紙 台所 駅 図書館 時計".split()
VERBS = "変える 選ぶ 比べる 試す 続ける 減らす 残す 確かめる 数える 見直す".split()
OPENINGS = "ところが まず たとえば 一方で そのため 実際に とはいえ さらに".split()
ENDINGS = "といえます。 と分かりました。 かもしれません。 のが実情です。 ことが増えました。".split()

SITE = """title: 計測のトレンド帖
tagline: 同じ数なら、いつも同じ記事。
url: https://bench.example.com
author: taro
categories:
"""
AUTHOR = "---\nname: 太郎\nicon: 🍢\ntagline: 計測用の書き手\n---\n\n計測用の書き手です。\n"


def sentence(chance: random.Random) -> str:
    a, b, c = chance.choice(NOUNS), chance.choice(NOUNS), chance.choice(VERBS)
    share = chance.randint(10, 90)
    bold = f"**「{a}」**と" if chance.random() < 0.15 else f"{a}と"
    return (
        f"{chance.choice(OPENINGS)}、{bold}{b}を{c}人は全体の{share}%にのぼり、"
        f"その理由は一つではない{chance.choice(ENDINGS)}"
    )


def paragraph(chance: random.Random) -> str:
    return "".join(sentence(chance) for _ in range(4))


def plain(text: str) -> str:
    return text.replace("**", "")


def section(chance: random.Random, number: int) -> str:
    rows = "\n".join(f"| {chance.choice(NOUNS)} | {chance.randint(1, 99)}% |" for _ in range(3))
    items = "\n".join(f"- {sentence(chance)}" for _ in range(3))
    middle = f"| 項目 | 割合 |\n|---|---:|\n{rows}\n" if number % 2 else f"{items}\n"
    return (
        f"## {chance.choice(NOUNS)}を{chance.choice(VERBS)}\n\n{paragraph(chance)}\n\n"
        f"### {chance.choice(NOUNS)}の場合\n\n{paragraph(chance)}\n\n{middle}\n{paragraph(chance)}\n"
    )


def post(number: int, step: timedelta = STEP) -> str:
    chance = random.Random(number)
    date = datetime(2016, 1, 1, 6, tzinfo=UTC) + number * step
    title = f"{chance.choice(NOUNS)}を{chance.choice(VERBS)}、{chance.choice(NOUNS)}の{number}日"
    tags = ", ".join(f"話題{t}" for t in sorted(chance.sample(range(TAGS), 4)))
    head = (
        f"---\ntitle: {title}\nkicker: 計測\nsubtitle: {chance.choice(NOUNS)}から見た毎日\n"
        f"date: {date:%Y-%m-%d %H:%M:%S}\ndescription: {plain(sentence(chance))[:100]}\n"
        f"category: {chance.choice(list(CATEGORIES))}\ntags: [{tags}]\nsummary: {plain(paragraph(chance))[:150]}\n"
        f"recommended:\n  - {chance.choice(NOUNS)}を知りたい方\n  - {chance.choice(NOUNS)}が気になる方\n"
        f"  - {chance.choice(NOUNS)}を見直したい方\n"
        "sources:\n  - {title: How people live, url: 'https://example.com/report', lang: en}\n"
        "numbering: roman\n---\n\n"
    )
    return head + paragraph(chance) + "\n\n" + "\n".join(section(chance, n) for n in range(4))


def generate(folder: Path, count: int) -> None:
    (folder / "content/posts").mkdir(parents=True, exist_ok=True)
    (folder / "content/authors").mkdir(parents=True, exist_ok=True)
    site = SITE + "".join(f"  {name}: {slug}\n" for name, slug in CATEGORIES.items())
    (folder / "site.yaml").write_text(site, "utf-8")
    (folder / "content/authors/taro.md").write_text(AUTHOR, "utf-8")
    step = min(STEP, SPAN / count)
    for number in range(count):
        (folder / f"content/posts/post-{number:05}.md").write_text(post(number, step), "utf-8")


if __name__ == "__main__":
    generate(Path(sys.argv[1]), int(sys.argv[2]))
