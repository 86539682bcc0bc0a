"""Links and pictures, whose brackets are matched once.

Python-Markdown looks for the end of each `[` by itself, to the end of the text when there is
none. Here what one look has learnt is kept for the brackets behind: a text may hold any number.
"""

from __future__ import annotations

import re

from markdown import Markdown
from markdown.inlinepatterns import (
    IMAGE_LINK_RE,
    IMAGE_REFERENCE_RE,
    LINK_RE,
    REFERENCE_RE,
    ImageInlineProcessor,
    ImageReferenceInlineProcessor,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
    ShortImageReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
)

_BRACKET = re.compile(r"[\[\]]")
_ENDS_OF_A_LINK = ")\"'"  # Python-Markdown takes a bracket in an open title for its end, too


class _Brackets(LinkInlineProcessor):
    text = ""
    # For each `[` that was looked at, by its distance from the end of `text`: that of its `]`, or
    # 0. It still holds when a pattern has replaced what stands before.
    closings: dict[int, int]

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:
        if data is not self.text and not self.text.endswith(data[index - 1 :]):
            self.text, self.closings = data, {}
        left = len(data) - index + 1
        if left not in self.closings:
            self._look(data, index - 1)
        closing = len(data) - self.closings[left]
        return data[index:closing], closing + 1, closing < len(data)

    def _look(self, text: str, start: int) -> None:
        """Match the bracket at an index, and those up to its end."""
        opened: list[int] = []
        for bracket in _BRACKET.finditer(text, start):
            left = len(text) - bracket.start()
            if bracket[0] == "[":
                opened.append(left)
                self.closings[left] = 0
            else:
                self.closings[opened.pop()] = left
                if not opened:
                    return

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:
        if all(data.find(sign, index) < 0 for sign in _ENDS_OF_A_LINK):
            return "", None, index, False
        return super().getLink(data, index)


class _Image(_Brackets, ImageInlineProcessor):
    pass


class _Reference(_Brackets, ReferenceInlineProcessor):
    pass


class _ShortReference(_Brackets, ShortReferenceInlineProcessor):
    pass


class _ImageReference(_Brackets, ImageReferenceInlineProcessor):
    pass


class _ShortImageReference(_Brackets, ShortImageReferenceInlineProcessor):
    pass


def register(md: Markdown) -> None:
    """Take the places of Python-Markdown's patterns for links and pictures."""
    patterns = md.inlinePatterns
    patterns.register(_Reference(REFERENCE_RE, md), "reference", 170)
    patterns.register(_Brackets(LINK_RE, md), "link", 160)
    patterns.register(_Image(IMAGE_LINK_RE, md), "image_link", 150)
    patterns.register(_ImageReference(IMAGE_REFERENCE_RE, md), "image_reference", 140)
    patterns.register(_ShortReference(REFERENCE_RE, md), "short_reference", 130)
    patterns.register(_ShortImageReference(IMAGE_REFERENCE_RE, md), "short_image_ref", 125)
