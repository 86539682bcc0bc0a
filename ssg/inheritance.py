"""Blocks of a layout that no page shows, since what it extends has none of their names."""

from __future__ import annotations

import re
from collections.abc import Callable

import jinja2
from jinja2 import nodes

from ssg.text import nearest

_EXTENDS = re.compile(r"\{%[-+]?\s*extends\s*(['\"])([^'\"\n]+)\1")


class LostError(Exception):
    """A layout fills a block that nothing shows."""

    def __init__(self, name: str, line: int, near: str) -> None:
        super().__init__(name)
        self.name = name
        self.line = line
        self.near = near


def refuse_lost_blocks(
    environment: jinja2.Environment, text_of: Callable[[str], str], layout: str
) -> None:
    """Raises LostError for the first block of a layout that is in none of those it extends."""
    inherited: set[str] = set()
    seen = [layout]
    while (match := _EXTENDS.search(text_of(seen[-1]))) and match[2] not in seen:
        seen.append(match[2])
        inherited.update(environment.get_template(match[2]).blocks)
    own = set(environment.get_template(layout).blocks)
    if len(seen) > 1 and own - inherited:
        for block in environment.parse(text_of(layout)).body:
            if isinstance(block, nodes.Block) and block.name not in inherited:
                raise LostError(block.name, block.lineno, nearest(block.name, inherited))
