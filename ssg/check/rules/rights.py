"""Quotation: the smaller part of a post, and with its source (article 32 of the Copyright Act)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssg.check.article import Article, Remark
from ssg.check.prose import BLOT
from ssg.config import Config
from ssg.extensions.addresses import host
from ssg.written import NewsMeta, PageMeta

_QUOTE = re.compile(r"^[ ]{0,3}>.*(?:\n[ ]{0,3}>.*)*", re.MULTILINE)
_LONG = 80  # characters that are no epigraph
_MUCH = 200
_CREDIT = re.compile(
    r"出典|引用(?:元|:|：)|参照元?|参考|より[)）]?\s*$|――|——|—\s?\S|Source:|via ", re.M
)
_CC = re.compile(
    r"CC[- ]BY|クリエイティブ・?コモンズ|パブリックドメイン|public domain", re.IGNORECASE
)


def remarks(article: Article, config: Config) -> Iterator[Remark]:
    if isinstance(article.meta, PageMeta) and article.section != "pages":
        quotes = list(_QUOTE.finditer(article.prose))
        yield from _much_quoted(article, quotes)
        yield from _without_source(article, quotes)


def _much_quoted(article: Article, quotes: list[re.Match[str]]) -> Iterator[Remark]:
    meta = article.meta
    original = ""
    own = sum(_length(text) for _, text in article.texts())
    quoted = sum(_length(quote[0]) for quote in quotes)
    if isinstance(meta, NewsMeta) and meta.original and (original := meta.original.text or ""):
        own -= _length(original)
        quoted += _length(original)
    own -= sum(_length(quote[0]) for quote in quotes)
    if quoted < _MUCH or quoted <= own or _CC.search(article.front.block + article.body):
        return
    share = round(100 * quoted / (quoted + max(own, 0)))
    at = ("original",) if original else quotes[0].start()
    yield Remark("rights/mostly-quoted", at, blanks={"share": share})


def _without_source(article: Article, quotes: list[re.Match[str]]) -> Iterator[Remark]:
    """Long quotations in posts that name no source at all."""
    meta: PageMeta = article.meta
    if meta.sources or isinstance(meta, NewsMeta) or any(host(p.address) for p in article.pointers):
        return
    for quote in quotes:
        near = article.body[max(0, quote.start() - 200) : quote.end() + 120]
        if _length(quote[0]) >= _LONG and not _CREDIT.search(near):
            yield Remark("rights/no-source", quote.start())


def _length(text: str) -> int:
    bare = "".join(text.split())
    return len(bare) - bare.count(BLOT) - bare.count(">")
