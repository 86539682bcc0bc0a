"""Task lists: `- [ ]` and `- [x]`."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from ssg.extensions.elements import literal
from ssg.extensions.page import Wording

_MARK = re.compile(r"\[([ xX])\](?:\s+|$)")


def make_tasks(items: Element, wording: Wording) -> None:
    """Give the items of a list that begin with a box a checkbox that says what it means."""
    for item in items:
        holder = item[0] if len(item) and item[0].tag == "p" and not _text(item) else item
        match = _MARK.match(_text(holder))
        if not match:
            continue
        done = match[1] != " "
        label = literal(wording.task_done if done else wording.task_open)
        box = Element("input", {"type": "checkbox", "disabled": "disabled", "aria-label": label})
        if done:
            box.set("checked", "checked")
        box.tail = " " + _text(holder)[match.end() :]
        holder.text = None
        holder.insert(0, box)
        if "task-list" not in items.get("class", ""):
            items.set("class", f"{items.get('class', '')} task-list".strip())


def _text(element: Element) -> str:
    return (element.text or "").lstrip()
