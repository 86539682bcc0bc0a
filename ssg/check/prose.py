"""Where the prose of a Markdown body is: everything else is blotted out, offsets stay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

BLOT = "\ufffc"  # OBJECT REPLACEMENT CHARACTER: neither a letter nor a space nor punctuation
_FENCE = re.compile(r"(?:[ \t>]|[*+-] |\d{1,9}\. )*(`{3,}(?=[^`]*$)|~{3,})")
_DIRECTIVE = re.compile(r"[ \t]*:{3,}")
_ITEM = re.compile(r" *(?:[-*+]|\d{1,9}[.)]|:|\[\^[^\]]+\]:) +")
_DEFINED = re.compile(
    r"^[ ]{0,3}\[(?=([^\]\n]+))(?:\^[^\]\n]+\]:"  # the name of a note
    r"|[^\]\n]+\]:[^\n]*)",  # a link defined elsewhere
    re.MULTILINE,
)
_NAME = re.compile(r"\[([^\[\]\n]+)\](?!\()")
_ALONE = re.compile(r"^[ ]{0,3}(?:/\S+|\S+\.md)[ \t]*$", re.MULTILINE)  # becomes a card
_RAW = "pre|script|style|code|kbd|samp|textarea"
_PIECES = (
    r"(?<=<)!--.*?(?:-->|\Z)",  # a comment
    r"(?<=`)(?<!\\`)(`*)(?!`)(?:(?!\n\s*\n).)*?(?<!`)`\1(?!`)",  # a code span
    rf"(?<=<)({_RAW})(?:\s[^<>]*)?>.*?(?:</\2\s*>|\Z)",  # what HTML shows as it is
    r"(?<=<)/?[A-Za-z][^<>]*>",  # a tag, or an address in angles
    r"(?<=\]\()[^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)",  # the target of a link
    r"(?<=\]\[)[^\]\n]*\]",  # or its name
    r"(?<=\{)[#.:][^{}\n]*\}",  # attributes
    r"(?<=h)ttps?://(?:(?!\*\*)[^\s<>\"`|、。「」『』（）【】])+",  # an address at its longest
    r"(?<=&)(?:#\d+|#[xX][0-9A-Fa-f]+|\w+);",  # an entity
)
_QUOTED = r"(?<=<)blockquote(?:\s[^<>]*)?>.*?(?:</blockquote\s*>|\Z)"
_CODE_SPAN = re.compile("[<`](?:" + "|".join(_PIECES[:2]) + ")", re.DOTALL)


def _first_sign_first(pieces: Iterable[str]) -> re.Pattern[str]:
    """Nine of ten characters are passed over at once."""
    return re.compile(rf"[<`(\[{{h&](?:{'|'.join(pieces)})", re.DOTALL | re.IGNORECASE)


_NOT_PROSE = _first_sign_first(_PIECES)
_NOT_OWN = _first_sign_first((*_PIECES[:2], _QUOTED, *_PIECES[2:]))


def masked(body: str, *, quoted: bool = True) -> str:
    """The body with a `BLOT` for each character that is not prose; line ends stay. Where it is not
    `quoted`, what HTML marks as a quotation is left out, too.
    """
    text = without_blocks(body)
    if "]:" in text:
        text = _without_names(text)
    if ".md" in text or "/" in text:
        text = _ALONE.sub(_blot, text)
    return (_NOT_PROSE if quoted else _NOT_OWN).sub(_blot, text)


def _without_names(text: str) -> str:
    """The text without what is defined elsewhere, and without the names that mean it."""
    names = {match[1] for match in _DEFINED.finditer(text)}
    text = _DEFINED.sub(_blot, text)
    return _NAME.sub(lambda match: _blot(match) if match[1] in names else match[0], text)


def _blot(match: re.Match[str]) -> str:
    return blotted(match[0])


def without_code(body: str, *, comments: bool = True) -> str:
    """The body with its code blotted out, as blocks and within the text."""
    text = "\n".join(_without_blocks(body.split("\n"), directives=True))
    return _CODE_SPAN.sub(lambda m: m[0] if comments and m[0][0] == "<" else _blot(m), text)


def without_blocks(body: str) -> str:
    """The body with code blocks and the lines of directives blotted out."""
    return "\n".join(_without_blocks(body.split("\n"), directives=False))


def _without_blocks(lines: list[str], *, directives: bool) -> Iterator[str]:
    fence, margin, open_ = "", 0, False  # `margin` of the list item, `open_` a paragraph before
    for line in lines:
        opened = None if fence else _FENCE.match(line)
        if fence:
            bare = line.strip(" \t>")
            closes = bare.startswith(fence) and not bare.strip(fence[0])
            fence = "" if closes else fence
            yield blotted(line)
        elif opened:
            fence, open_ = opened[1], False
            yield blotted(line)
        elif not open_ and _indent(line) >= margin + 4:
            yield blotted(line)
        elif _DIRECTIVE.match(line):
            margin, open_ = 0, False
            yield line if directives else blotted(line)
        else:
            margin = _margin(line, margin, open_)
            open_ = bool(line.strip()) and not line.startswith("#")
            yield line


def _indent(line: str) -> int:
    """How far a text is indented; that of an empty line is none."""
    if line[:1] not in " \t" or not line.strip(" \t"):
        return 0
    wide = line.expandtabs(4)
    return len(wide) - len(wide.lstrip(" "))


def _margin(line: str, margin: int, open_: bool) -> int:
    """Where the text of the list item begins that the line is in."""
    if item := _ITEM.match(line):
        return item.end() if item[0].strip()[:1] not in ":[" else 4
    if open_ or not line.strip():
        return margin
    return min(margin, _indent(line))


def blotted(text: str) -> str:
    """As many `BLOT`s as there are characters; line ends stay."""
    return "\n".join(BLOT * len(line) for line in text.split("\n"))
