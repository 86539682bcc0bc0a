"""The two edits that are measured: a sentence more in the text, and another title."""

from __future__ import annotations

import random
from pathlib import Path


def pick(posts: Path, chance: random.Random) -> Path:
    return chance.choice(sorted(posts.glob("post-*.md")))


def append(post: Path, chance: random.Random) -> str:
    """Write a sentence that no post has, at the end, and give its mark back."""
    mark = f"加筆{chance.getrandbits(48):012x}"
    with post.open("a", encoding="utf-8") as file:
        file.write(f"\n{mark}の一文を足しました。\n")
    return mark


def retitle(post: Path, chance: random.Random) -> str:
    mark = f"改題{chance.getrandbits(48):012x}"
    head, rest = post.read_text("utf-8").split("\n", 2)[1:]
    post.write_text(f"---\ntitle: {mark} {head.removeprefix('title: ')}\n{rest}", "utf-8")
    return mark
