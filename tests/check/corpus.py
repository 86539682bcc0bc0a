"""Well-written posts and briefs, composed of the sentences in corpus.txt: the same in every run.

`⟨a/b⟩` in a text is one of the words. Names of companies, people and places are invented.
"""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

TEXTS = Path(__file__).with_name("corpus.txt")
POSTS = BRIEFS = 15  # of each topic
SITE = """title: 七つの棚
tagline: 一日に一つ、調べて書きます。
url: https://tana.example.jp
author: sato
categories: {家計: household, AI: ai, 健康: health, IT: it, エンタメ: culture, 経済: economy, 仮想通貨: crypto}
"""
AUTHOR = """---
name: 佐藤ひなた
icon: 🕵️‍♂️
tagline: 数字の出どころまで、歩いて調べます。
---

地域紙の記者を経て、暮らしと技術の話を書いています。取材で伺った話は、本人の了承を得て載せています。好きな本は『灯台守の夏!!』です。
"""

Topic = dict[str, list[str]]


def topics() -> dict[str, Topic]:
    """The blocks of each topic, by their kind."""
    found: dict[str, Topic] = {}
    for piece in re.split(r"^@", TEXTS.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        head, _, text = piece.partition("\n")
        kind, _, name = head.partition(" ")
        if kind == "topic":
            found[name] = topic = defaultdict(list)
        else:
            topic[kind].append(text.strip())
    return found


def write(root: Path) -> None:
    """The corpus as a site."""
    put(root, "site.yaml", SITE)
    put(root, "content/authors/sato.md", AUTHOR)
    for name, text in sources():
        put(root, f"content/{name}", text)


def put(root: Path, name: str, text: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, "utf-8")


def sources() -> Iterator[tuple[str, str]]:
    chance = random.Random(20260407)
    titles: set[str] = set()
    for shelf, (name, topic) in enumerate(topics().items()):
        day = date(2026, 1, 5) + timedelta(days=shelf)
        for number in range(POSTS):
            posted = day + timedelta(days=number * 14)
            title = fresh(topic["title"][0].split("\n"), titles, chance)
            yield f"posts/text-{shelf}-{number:02}.md", post(name, topic, title, posted, chance)
        for number in range(BRIEFS):
            posted = day + timedelta(days=number * 14 + 3)
            yield (
                f"news/text-{shelf}-{number:02}.md",
                brief(name, topic, number, posted, titles, chance),
            )


def fresh(lines: list[str], known: set[str], chance: random.Random) -> str:
    """A line with its words chosen so that it is not known yet."""
    for _ in range(1000):
        text = chosen(chance.choice(lines), chance)
        if text not in known:
            known.add(text)
            return text
    raise AssertionError(f"too few variants: {lines}")


def chosen(text: str, chance: random.Random) -> str:
    return re.sub("⟨([^⟩]*)⟩", lambda m: chance.choice(m[1].split("/")), text)


def post(name: str, topic: Topic, title: str, posted: date, chance: random.Random) -> str:
    def one(kind: str) -> str:
        return chance.choice(topic[kind][0].split("\n"))

    readers = chance.sample(topic["readers"][0].split("\n"), 4)
    opening = chance.sample(topic["open"][0].split("\n\n"), 2)
    parts = chance.sample(topic["section"], 3)
    head = {
        "title": title,
        "kicker": one("kicker"),
        "date": f"{posted} 07:30",
        "description": f"{chosen(one('description'), chance)}{posted.month}月{posted.day}日の稿です。",
        "summary": chosen(one("summary"), chance),
        "category": name,
        "tags": [f"{name}の話", "記録"],
        "recommended": readers,
        "sources": [source(name, posted)],
    }
    ending = chance.choice(topic["close"][0].split("\n\n"))
    body = "\n\n".join([*opening, *parts, "## おわりに", ending])
    return chosen(front(head) + body, chance) + "\n"


def source(name: str, posted: date) -> dict[str, str]:
    return {
        "title": f"{name}に関する年次の報告",
        "url": f"https://reports.example.org/{posted:%Y/%m}",
        "publisher": "見本総合調査",
        "lang": "ja",
        "published": str(posted - timedelta(days=40)),
        "accessed": str(posted - timedelta(days=2)),
    }


def brief(
    name: str, topic: Topic, number: int, posted: date, titles: set[str], chance: random.Random
) -> str:
    kind = number % len(topic["brief"])
    points = (line.split("｜") for line in topic["points"][kind].split("\n"))
    head = {
        "title": fresh([topic["brief"][kind]], titles, chance),
        "date": f"{posted} 12:10",
        "category": name,
        "tags": [f"{name}の話"],
        "source": {
            "name": "見本通信",
            "url": f"https://wire.example.org/{posted:%Y%m%d}",
            "published": str(posted - timedelta(days=1)),
        },
        "tldr": chosen(topic["tldr"][kind], chance),
        "key_points": [{"title": title, "text": text} for title, text in points],
    }
    return front(head) + chosen(topic["body"][kind], chance) + "\n"


def front(head: dict[str, object]) -> str:
    """Values in JSON are YAML too; texts are typed plain, as people do."""
    lines = (f"{key}: {shown(value)}" for key, value in head.items())
    return "---\n" + "\n".join(lines) + "\n---\n\n"


def shown(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
