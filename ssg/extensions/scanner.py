"""One walk over the lines of a source, before Python-Markdown sees it.

What has exact positions is found here: fenced code, `:::` directives, footnotes. Code and
verbatim HTML leave as finished HTML, directives as one line each, with their text kept apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property, partial
from html import unescape
from itertools import accumulate

from ssg.extensions import directives
from ssg.extensions.fences import code_block
from ssg.extensions.layout import ITEM, laid_out
from ssg.extensions.page import Desk, Directive

_FENCE = re.compile(r"((?:[ ]{0,3}>[ ]?)*)([ \t]*)(`{3,}(?=[^`]*$)|~{3,})(.*)")
_ITEM_FENCE = re.compile(r"()( *(?:[*+-]|\d{1,9}\.) +)(`{3,}(?=[^`]*$)|~{3,})(.*)")
_DIRECTIVE = re.compile(r"([ \t]*)(:{3,})[ \t\u3000]*(.*)")
_VERBATIM = re.compile(r" {0,3}<(?:(pre|script|style|textarea|svg|math)\b|!--)", re.IGNORECASE)
_NOTE = re.compile(r" {0,3}\[\^([^\]]*)\]:")
_NOTE_USE = re.compile(r"(?<!!)\[\^([^\]\s]+)\](?!:)")
_CODE_SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)|\\\[")
# How a line begins that holds no block, no item of a list, and has no indent.
# What a source has to hold for a line of it to be more than text here.
_SIGNS = ("```", "~~~", ":::", "：：：", "<", "[^", "\t")
_begins_text = re.compile(r"(?![ \t]|\s*(?:[>:：<*+\-\d]|$))").match


class Scanner:
    """Reads one source. `keep` stores finished HTML and returns what stands for it."""

    def __init__(self, desk: Desk, keep: Callable[[str], str], source: str) -> None:
        self.desk = desk
        self.page = desk.page
        self.keep = keep
        self.source = source
        self.lines = source.split("\n")
        self.offset = 0  # of the line being read
        self.open = [Directive("", "", 0, 0, 0, "")]
        self.in_list = False
        self.in_code = False
        self.after_blank = True
        self.uses: list[tuple[str, int]] = []

    def run(self) -> str:
        """The source laid out for Python-Markdown."""
        if not any(sign[:1] in self.source and sign in self.source for sign in _SIGNS):
            return laid_out(self.lines, lambda *row: self._uneven(self.starts, *row))
        at = 0
        while at < len(self.lines):
            self.offset = self.starts[at]
            at = self._line(at, self.lines[at])
        self._close_all(0)
        for name, offset in self.uses:
            if name not in self.page.notes:
                self.page.report("footnote/undefined", offset, name=name)
        for block in (*self.page.directives, self.open[0]):
            block.text = laid_out(block.lines, partial(self._uneven, block.offsets))
        return self.open[0].text

    @cached_property
    def starts(self) -> list[int]:
        """The offset of each line."""
        return list(accumulate((len(line) + 1 for line in self.lines), initial=0))

    def _uneven(self, offsets: list[int], index: int, found: int, expected: int) -> None:
        offset = offsets[index]
        self.page.report("table/columns", offset, found=str(found), expected=str(expected))

    def _line(self, at: int, line: str) -> int:
        """Read the block that begins at a line; the index of the line after it."""
        if not line or _is_text(line):
            self._paragraph(line)
            return at + 1
        bare = line.lstrip(" \t>")
        if bare.startswith(("```", "~~~")) and (match := _FENCE.match(line)):
            if self._is_block(len(match[2].expandtabs(4))):
                return self._fence(at, match)
        elif bare.startswith(":::"):
            match = _DIRECTIVE.match(line)
            if match and self._is_block(len(match[1].expandtabs(4))):
                return self._directive(at, match)
            if not match:
                self.page.report("directive/in-quote", self.offset + line.index(":"))
        elif bare.startswith("：：："):
            self.page.report("directive/full-width", self.offset + line.index("："))
        elif ("```" in bare or "~~~" in bare) and (match := _ITEM_FENCE.match(line)):
            self.in_list = True
            return self._fence(at, match)
        elif bare.startswith("<") and (end := self._verbatim_end(at)):
            self._emit(self.keep("\n".join(self.lines[at:end])))
            return end
        self._text(line)
        return at + 1

    def _is_block(self, indent: int) -> bool:
        """Whether a line at an indent is not inside indented code."""
        return self.in_list or indent - self.open[-1].indent < 4

    def _paragraph(self, line: str) -> None:
        """Take a line of text or an empty one as `_text` would."""
        if not line:
            self.after_blank = True
        elif self.after_blank:
            self.after_blank = self.in_list = False
        self.in_code = False
        block = self.open[-1]
        block.lines.append(line)
        block.offsets.append(self.offset)

    def _text(self, written: str) -> None:
        line = written.expandtabs(4)
        if not line.strip():
            self.after_blank = True
        else:
            bare = line.lstrip()
            is_block = self._is_block(len(line) - len(bare))
            self.in_code = not is_block and (self.after_blank or self.in_code)
            if ITEM.match(bare) and is_block:
                self.in_list = True
            elif self.after_blank and not line.startswith(" "):
                self.in_list = False
            self.after_blank = False
            if "[^" in line and "]" in line and not self.in_code:
                self._footnotes(written)
        self._emit(line)

    def _emit(self, line: str) -> None:
        block = self.open[-1]
        if block.indent:
            line = line[min(block.indent, len(line) - len(line.lstrip(" "))) :]
        block.lines.append(line)
        block.offsets.append(self.offset)

    # --- code

    def _fence(self, at: int, match: re.Match[str]) -> int:
        quote, indent, mark, info = match.groups()
        end = self._fence_end(at, quote, mark)
        if end == len(self.lines) and not quote:
            self.page.report("fence/unclosed", self.offset + match.start(3))
        code = "".join(_inner(line, quote, len(indent)) + "\n" for line in self.lines[at + 1 : end])
        html, unknown = code_block(unescape(info), code)
        if unknown:
            self.page.report("code/unknown-language", self.offset + match.start(4), name=unknown)
        self._emit(quote + indent.expandtabs(4) + self.keep(html))
        closed = end < len(self.lines) and _closes(self.lines[end], mark)
        return end + 1 if closed else end

    def _fence_end(self, at: int, quote: str, mark: str) -> int:
        """The line that closes a fence, or the first that its quote does not reach."""
        for index in range(at + 1, len(self.lines)):
            line = self.lines[index]
            if _closes(line, mark) or (quote and not line.lstrip().startswith(">")):
                return index
        return len(self.lines)

    def _verbatim_end(self, at: int) -> int:
        """The line after verbatim HTML that begins here; 0 when it does not begin, or does not
        end with a line.
        """
        match = _VERBATIM.match(self.lines[at])
        if not match:
            return 0
        closing = f"</{match[1]}" if match[1] else "-->"
        for index in range(at, len(self.lines)):
            _, found, rest = self.lines[index].lower().partition(closing.lower())
            if found:
                return 0 if rest.strip(" >") else index + 1
        return 0

    # --- footnotes

    def _footnotes(self, line: str) -> None:
        bare = _CODE_SPAN.sub(lambda m: " " * len(m[0]), line)
        if definition := _NOTE.match(bare):
            name = definition[1]
            offset = self.offset + definition.start(1) - 2
            if name in self.page.notes:
                self.page.report("footnote/duplicate", offset, name=name)
            self.page.notes.setdefault(name, offset)
            self.in_list = True  # what is indented below belongs to the note, and is no code
        self.uses += [
            (m[1], self.offset + m.start())
            for m in _NOTE_USE.finditer(bare, definition.end() if definition else 0)
        ]

    # --- directives

    def _directive(self, at: int, match: re.Match[str]) -> int:
        colons = len(match[2])
        if not match[3].strip():
            self._close(colons, self.offset + match.start(2))
            return at + 1
        self.after_blank = True
        directive = self._opened(match)
        directives.check(directive, self.desk, self.offset + match.start(3))
        self._emit(" " * directive.indent + directives.placeholder(len(self.page.directives)))
        self.page.directives.append(directive)
        if directive.name != "pr":
            self.in_list = False
            self.open.append(directive)
            return at + 1
        below = self.lines[at + 1] if at + 1 < len(self.lines) else ""
        return at + 2 if below.strip() == match[2] and self._may_close(at + 2) else at + 1

    def _opened(self, match: re.Match[str]) -> Directive:
        name, _, argument = re.sub(r"[\s\u3000]+", " ", match[3].strip()).partition(" ")
        return Directive(
            name=name,
            argument=argument,
            colons=len(match[2]),
            indent=len(match[1].expandtabs(4)),
            offset=self.offset + match.start(2),
            written=match[0],
        )

    def _close(self, colons: int, offset: int) -> None:
        """Close the innermost block with as many colons, else one with fewer."""
        counts = [d.colons for d in self.open]
        if colons in counts[1:]:
            self._close_all(len(counts) - counts[::-1].index(colons))
        elif not 0 < counts[-1] < colons:
            self.page.report("directive/stray", offset)
            return
        self.open.pop()
        self.in_list = False
        self.after_blank = True

    def _close_all(self, depth: int) -> None:
        """Close the blocks deeper than `depth`, which their authors left open."""
        for directive in self.open[max(depth, 1) :]:
            self.page.report("directive/unclosed", directive.offset, name=directive.name)
        del self.open[max(depth, 1) :]

    def _may_close(self, at: int) -> bool:
        """Whether the `:::` below a `:::pr` is its own: the blocks around it have theirs too."""
        return len(self.open) - 1 + self._still_wanted[at] <= 0

    @cached_property
    def _still_wanted(self) -> list[int]:
        """For each line, how many closing lines the lines from there on want and do not have."""
        counts = [0]
        for kind in reversed(list(directives.rough_kinds(self.lines))):
            counts.append(counts[-1] + {"open": 1, "": 0}.get(kind, -1))
        return counts[::-1]


def _is_text(line: str) -> bool:
    """Whether a line is text of a paragraph for sure, without code, links and notes."""
    return bool(_begins_text(line)) and not (
        "`" in line or "~" in line or "[" in line or "\t" in line
    )


def _closes(line: str, mark: str) -> bool:
    bare = line.strip(" \t>")
    return len(bare) >= len(mark) and not bare.strip(mark[0])


def _inner(line: str, quote: str, indent: int) -> str:
    """A line of code without the quote's marks and the fence's indent."""
    for _ in range(quote.count(">")):
        line = line.lstrip(" ").removeprefix(">").removeprefix(" ")
    return line[min(indent, len(line) - len(line.lstrip(" \t"))) :]
