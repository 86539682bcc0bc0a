"""Fenced code: ```` ```python ````, and the forms of Zenn and Qiita with a file's name."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pygments.formatters import HtmlFormatter
    from pygments.lexer import Lexer

PLAIN = frozenset(("", "text", "txt", "plain", "plaintext", "none"))
_INFO = re.compile(r"\s*(?:\{\s*\.?|\.)?([\w#.+-]*)(?:[ \t]+([\w#.+-]+)(?=:))?(?::(\S+))?")


def language_and_name(info: str) -> tuple[str, str]:
    """`js:app.js` and `diff js:app.js` name a file after the language."""
    match = _INFO.match(info)
    return (match[1], match[3] or "") if match else ("", "")


def code_block(info: str, code: str) -> tuple[str, str]:
    """The HTML of a code block, and its language when Pygments does not know that."""
    language, name = language_and_name(info)
    lexer = None if language.lower() in PLAIN else _lexer(language)
    body = _highlighted(code, lexer) if lexer else escape(code, quote=False)
    mark = f' class="language-{escape(language)}"' if language else ""
    caption = f'<p class="code-name">{escape(name)}</p>' if name else ""
    html = (
        f'<div class="codehilite">{caption}<pre tabindex="0"><code{mark}>{body}</code></pre></div>'
    )
    return html, "" if lexer or language.lower() in PLAIN else language


@cache
def _lexer(language: str) -> Lexer | None:
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


def _highlighted(code: str, lexer: Lexer) -> str:
    from pygments import highlight

    return highlight(code, lexer, _formatter())


@cache
def _formatter() -> HtmlFormatter[str]:
    from pygments.formatters import HtmlFormatter

    return HtmlFormatter(nowrap=True)
