"""Where the prose of a Markdown body is: everything else is blotted out, offsets stay."""

from __future__ import annotations

import re
from collections.abc import Iterator

BLOT = "\ufffc"  # OBJECT REPLACEMENT CHARACTER: neither a letter nor a space nor punctuation
_FENCE = re.compile(r"(?:[ \t>]|[*+-] |\d{1,9}\. )*(`{3,}(?=[^`]*$)|~{3,})")
_DIRECTIVE = re.compile(r"[ \t]*:{3,}")
_NOT_PROSE = re.compile(
    r"<!--.*?(?:-->|\Z)"  # a comment
    r"|(?<!\\)(`+)(?!`)(?:(?!\n\s*\n).)*?(?<!`)\1(?!`)"  # a code span
    r"|</?[A-Za-z][^<>]*>"  # a tag, or an address in angles
    r"|(?<=\])\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)"  # the target of a link
    r"|(?<=\])\[[^\]\n]*\]"  # or its name
    r"|^[ ]{0,3}\[[^\]\n]+\]:[^\n]*"  # a link or note defined elsewhere
    r"|\{[#.:][^{}\n]*\}"  # attributes
    r"|https?://[!-~]+"  # an address
    r"|&(?:#\d+|#[xX][0-9A-Fa-f]+|\w+);",  # an entity
    re.DOTALL | re.MULTILINE,
)


def masked(body: str) -> str:
    """The body with a `BLOT` for each character that is not prose; line ends stay."""
    text = "\n".join(without_blocks(body.split("\n")))
    return _NOT_PROSE.sub(lambda match: _blotted(match[0]), text)


def without_blocks(lines: list[str]) -> Iterator[str]:
    """The lines, with fenced code and the lines of directives blotted out."""
    fence = ""
    for line in lines:
        opened = _FENCE.match(line)
        if fence:
            bare = line.strip(" \t>")
            closes = bare.startswith(fence) and not bare.strip(fence[0])
            fence = "" if closes else fence
            yield _blotted(line)
        elif opened:
            fence = opened[1]
            yield _blotted(line)
        elif _DIRECTIVE.match(line):
            yield _blotted(line)
        else:
            yield line


def _blotted(text: str) -> str:
    return "\n".join(BLOT * len(line) for line in text.split("\n"))
