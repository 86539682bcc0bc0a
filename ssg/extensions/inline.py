"""Inline Markdown, found by its signs.

Python-Markdown searches every text of a document with each of its patterns. Most texts of an
article hold nothing to be found, and the others one or two kinds. So each pattern has a sign
here without which it cannot match, and a text is searched for what it has the signs of.

The rest is as in `markdown.treeprocessors.InlineProcessor`: the patterns are asked in the same
order about the same strings, what they find is put aside and leaves a placeholder in the text,
and in the end the placeholders become elements. That is why the result is the same, too.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor, Pattern
from markdown.treeprocessors import Treeprocessor
from markdown.util import (
    INLINE_PLACEHOLDER,
    INLINE_PLACEHOLDER_PREFIX,
    INLINE_PLACEHOLDER_RE,
    AtomicString,
)

SIGNS = {
    "backtick": "`",
    "escape": "\\",
    "footnote": "[^",
    "reference": "]",
    "link": "](",
    "image_link": "![",
    "image_reference": "![",
    "short_reference": "]",
    "short_image_ref": "![",
    "autolink": "://",
    "automail": "@",
    "linebreak": "  \n",
    "html": "<",
    "bare_address": "://",
    "entity": "&",
    "em_strong": "",  # one of several: the pattern looks for itself
}
# Two asterisks, text without delimiters, two asterisks: nothing to weigh up, and most of all there
# is. What Python-Markdown makes of it, it makes of it in many steps.
PLAIN_STRONG = re.compile(r"\*\*(?!\s)([^*_~]+)(?<!\s)\*\*(?!\*)")
# A character of each sign but one, the delimiters of emphasis, the beginning of a placeholder.
_sign = re.compile(r"[`\\\[\]:@<&*_~\x02]").search
_TO_REFERENCES = ("reference", "image_reference", "short_reference", "short_image_ref")
# What a match leaves behind is nothing to these: the text need not be made anew for each.
_FORWARD = frozenset((*_TO_REFERENCES, "image_link", "link"))


class _Step(NamedTuple):
    """One pattern, with what is asked of it for each text."""

    name: str
    sign: str
    in_links: bool
    pattern: InlineProcessor
    matches: Callable[[str, int], Iterator[re.Match[str]]]

    def find(self, text: str, start: int) -> tuple[Element | str | None, int, int] | None:
        """What the pattern finds from an index on, and the part of the text that it takes."""
        for match in self.matches(text, start):
            node, begin, end = self.pattern.handleMatch(match, text)
            if begin is not None and end is not None:  # -1 is before the last character
                return node, begin, end if end >= 0 else len(text) + end
        return None


class Inline(Treeprocessor):
    """Applies the inline patterns to a tree. Made when all of them are registered."""

    def __init__(self, md: Markdown, notes: Callable[[], Collection[str]]) -> None:
        super().__init__(md)
        self.notes = notes
        names = {md.inlinePatterns[name]: name for name in SIGNS}
        self.all_steps = [_step(names[pattern], pattern) for pattern in md.inlinePatterns]
        self.steps = self.all_steps
        self.stashed_nodes: dict[str, Element | str] = {}

    def run(self, root: Element) -> None:
        self.stashed_nodes = {}
        self.steps = self._needed_steps()
        queue = deque([(root, False)])
        while queue:
            element, in_link = queue.popleft()
            self._read(element, in_link or element.tag == "a", queue)

    def _needed_steps(self) -> list[_Step]:
        """The steps without those that look up what this document does not define."""
        idle: set[str] = set()
        if not self.md.references:
            idle.update(_TO_REFERENCES)
        if not self.notes():
            idle.add("footnote")
        return [step for step in self.all_steps if step.name not in idle]

    def _read(self, element: Element, in_link: bool, queue: deque[tuple[Element, bool]]) -> None:
        """Read the texts inside an element. Its new children are read as well: those behind a
        child at once, those inside it when their turn comes.
        """
        insides: list[tuple[Element, list[Element]]] = []
        for child in element:
            text, tail = child.text, child.tail
            if text and any_sign(text) and not isinstance(text, AtomicString):
                child.text = None
                inside = in_link or child.tag == "a"
                found = self._found(text, child, inside)
                queue += [(new, inside) for new in found if len(new)]
                insides.append((child, found))
            if tail and any_sign(tail):
                child.tail = None
                found = self._found(tail, child, in_link, in_tail=True)
                after = list(element).index(child) + 1
                element[after:after] = found
            if len(child) and not (child.tag == "table" and _is_bare(child)):
                queue.append((child, in_link))
        for child, found in insides:
            child[:0] = found

    def _found(
        self, text: str, parent: Element, in_link: bool, in_tail: bool = False
    ) -> list[Element]:
        """The elements that a text holds; what stands before them goes to `parent`."""
        if "**" in text and not isinstance(text, AtomicString):
            pieces = PLAIN_STRONG.split(text)
            if not any_sign("".join(pieces)):
                _append(pieces[0], [], parent, in_tail)
                return [_strong(*pair) for pair in zip(pieces[1::2], pieces[2::2], strict=True)]
        return self._elements(self._marked(text, 0, in_link), parent, in_tail)

    # --- from text to placeholders

    def _marked(self, text: str, first: int, in_link: bool) -> str:
        """Text with a placeholder for each thing that the steps from an index on find in it."""
        if isinstance(text, AtomicString) or not any_sign(text):
            return text
        for index in range(first, len(self.steps)):
            step = self.steps[index]
            if step.sign in text and (step.in_links or not in_link):
                text = self._applied(step, index, text, in_link)
        return text

    def _applied(self, step: _Step, index: int, text: str, in_link: bool) -> str:
        pieces: list[str] = []
        start = done = 0
        while found := step.find(text, start):
            node, begin, start = found
            if node is None:
                continue
            self._read_inside(node, index, in_link)
            placeholder = self._put_aside(node)
            if step.name in _FORWARD:
                pieces += text[done:begin], placeholder
                done = start
            else:
                text = f"{text[:begin]}{placeholder}{text[start:]}"
                start = begin + len(placeholder)
        return "".join((*pieces, text[done:])) if pieces else text

    def _read_inside(self, node: Element | str, index: int, in_link: bool) -> None:
        for child in _unread(node):
            if child.text:
                child.text = self._marked(child.text, index + 1, in_link or child.tag == "a")
            if child.tail:
                child.tail = self._marked(child.tail, index, in_link)

    def _put_aside(self, node: Element | str) -> str:
        name = f"{len(self.stashed_nodes):04}"
        self.stashed_nodes[name] = node
        return INLINE_PLACEHOLDER % name

    # --- from placeholders to elements

    def _elements(self, text: str, parent: Element, in_tail: bool = False) -> list[Element]:
        """What the placeholders of a text stand for. The text before the first becomes the text
        or the tail of `parent`, the rest the tails of the elements.
        """
        found: list[Element] = []
        end = 0
        while (begin := text.find(INLINE_PLACEHOLDER_PREFIX, end)) >= 0:
            _append(text[end:begin], found, parent, in_tail)
            node, end = self._taken_back(text, begin)
            if isinstance(node, str):
                _append(node, found, parent, in_tail)
            else:
                self._finish(node)
                found.append(node)
        rest = text[end:]
        if isinstance(text, AtomicString):
            rest = AtomicString(rest)
        _append(rest, found, parent, in_tail)
        return found

    def _taken_back(self, text: str, begin: int) -> tuple[Element | str, int]:
        """What was put aside for a placeholder, and the end of that."""
        match = INLINE_PLACEHOLDER_RE.search(text, begin)
        if match and (node := self.stashed_nodes.get(match[1])) is not None:
            return node, match.end()
        # Python-Markdown's emphasis may cut a placeholder in two.
        return INLINE_PLACEHOLDER_PREFIX, begin + len(INLINE_PLACEHOLDER_PREFIX)

    def _finish(self, node: Element) -> None:
        """Put the elements in place that stand in an element which was put aside."""
        for child in (node, *node):
            if child.tail and INLINE_PLACEHOLDER_PREFIX in child.tail:
                text, child.tail = child.tail, None
                after = 0 if child is node else list(node).index(child) + 1
                node[after:after] = self._elements(text, child, in_tail=True)
            if child.text and INLINE_PLACEHOLDER_PREFIX in child.text:
                text, child.text = child.text, None
                child[:0] = self._elements(text, child)


def any_sign(text: str) -> bool:
    """Whether there may be anything to do in a text."""
    return _sign(text) is not None or "  \n" in text


def _is_bare(element: Element) -> bool:
    """Whether there is nothing to do in an element and all that are in it."""
    return not any_sign("".join(element.itertext()))


def _step(name: str, pattern: Pattern) -> _Step:
    assert isinstance(pattern, InlineProcessor)
    matches = pattern.getCompiledRegExp().finditer
    return _Step(name, SIGNS[name], "a" not in pattern.ANCESTOR_EXCLUDES, pattern, matches)


def _unread(node: Element | str) -> tuple[Element, ...]:
    """The elements in something found whose texts are Markdown still."""
    if isinstance(node, str) or isinstance(node.text, AtomicString):
        return ()
    return (node, *node)


def _strong(text: str, tail: str) -> Element:
    strong = Element("strong")
    strong.text, strong.tail = text, tail or None
    return strong


def _append(text: str, found: list[Element], parent: Element, in_tail: bool) -> None:
    """Put a text behind the last of the elements found, else where their parent's text is."""
    if not text:
        return
    if found:
        found[-1].tail = found[-1].tail + text if found[-1].tail else text
    elif in_tail:
        parent.tail = parent.tail + text if parent.tail else text
    else:
        parent.text = parent.text + text if parent.text else text
