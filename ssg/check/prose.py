"""Where the prose of a Markdown body is: everything else is blotted out, offsets stay."""

from __future__ import annotations

import re
from collections.abc import Iterator

BLOT = "\ufffc"  # OBJECT REPLACEMENT CHARACTER: neither a letter nor a space nor punctuation
_FENCE = re.compile(r"(?:[ \t>]|[*+-] |\d{1,9}\. )*(`{3,}(?=[^`]*$)|~{3,})")
_DIRECTIVE = re.compile(r"[ \t]*:{3,}")
_DEFINED = re.compile(
    r"^[ ]{0,3}\[\^[^\]\n]+\]:"  # the name of a note
    r"|^[ ]{0,3}\[[^\]\n]+\]:[^\n]*",  # a link defined elsewhere
    re.MULTILINE,
)
_NOT_PROSE = re.compile(
    r"[<`(\[{h&](?:"  # a sign first: nine of ten characters are passed over at once
    r"(?<=<)!--.*?(?:-->|\Z)"  # a comment
    r"|(?<=`)(?<!\\`)(`*)(?!`)(?:(?!\n\s*\n).)*?(?<!`)`\1(?!`)"  # a code span
    r"|(?<=<)/?[A-Za-z][^<>]*>"  # a tag, or an address in angles
    r"|(?<=\]\()[^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)"  # the target of a link
    r"|(?<=\]\[)[^\]\n]*\]"  # or its name
    r"|(?<=\{)[#.:][^{}\n]*\}"  # attributes
    r"|(?<=h)ttps?://[!-~]+"  # an address
    r"|(?<=&)(?:#\d+|#[xX][0-9A-Fa-f]+|\w+);"  # an entity
    r")",
    re.DOTALL,
)


def masked(body: str) -> str:
    """The body with a `BLOT` for each character that is not prose; line ends stay."""
    text = without_blocks(body)
    if "]:" in text:
        text = _DEFINED.sub(_blot, text)
    return _NOT_PROSE.sub(_blot, text)


def _blot(match: re.Match[str]) -> str:
    return blotted(match[0])


def without_blocks(body: str) -> str:
    """The body with fenced code and the lines of directives blotted out."""
    return "\n".join(_without_blocks(body.split("\n")))


def _without_blocks(lines: list[str]) -> Iterator[str]:
    fence = ""
    for line in lines:
        opened = _FENCE.match(line)
        if fence:
            bare = line.strip(" \t>")
            closes = bare.startswith(fence) and not bare.strip(fence[0])
            fence = "" if closes else fence
            yield blotted(line)
        elif opened:
            fence = opened[1]
            yield blotted(line)
        elif _DIRECTIVE.match(line):
            yield blotted(line)
        else:
            yield line


def blotted(text: str) -> str:
    """As many `BLOT`s as there are characters; line ends stay."""
    return "\n".join(BLOT * len(line) for line in text.split("\n"))
