"""Quotation: the smaller part of a post, and with its source (article 32 of the Copyright Act)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ssg.check.article import Article, Remark
from ssg.check.prose import BLOT
from ssg.config import Config
from ssg.extensions.addresses import host
from ssg.written import NewsMeta, PageMeta

_LONG = 80  # characters that are no epigraph
_MUCH = 200
_QUOTE = re.compile(
    r"^[ ]{0,3}>.*(?:\n[ ]{0,3}>.*)*"
    r"|<blockquote\b[^<>]*>[\s\S]*?(?:</blockquote>|\Z)"
    rf"|^「[^「」\n]{{{_MUCH},}}」。?$",  # a shorter one is what somebody says
    re.MULTILINE,
)
_CREDIT = re.compile(
    r"<cite|\scite=|さん[はがの]|氏[はがの]"
    r"|出典|引用(?:元|:|：)|参照元?|参考|より[)）]?\s*$|――|——|—\s?\S|Source:|via ",
    re.M,
)
_OWN = re.compile(  # what the author made, or had made
    "プロンプト|指示|入力|出力|回答|返答|返事|例文|文例|見本|サンプル|テンプレ|たとえば|下書き|書き直|before|after",
    re.IGNORECASE,
)
_CC = re.compile(
    r"CC[- ]BY|クリエイティブ・?コモンズ|パブリックドメイン|public domain", re.IGNORECASE
)


class Quote(NamedTuple):
    """Where a quotation stands in the body, and how many characters it has."""

    begin: int
    end: int
    length: int


def remarks(article: Article, config: Config) -> Iterator[Remark]:
    if isinstance(article.meta, PageMeta) and article.section != "pages":
        quotes = list(_quotes(article))
        yield from _much_quoted(article, quotes)
        yield from _without_source(article, quotes)


def _quotes(article: Article) -> Iterator[Quote]:
    for match in _QUOTE.finditer(article.body):
        if length := _length(article.prose[slice(*match.span())]):
            yield Quote(*match.span(), length)


def _much_quoted(article: Article, quotes: list[Quote]) -> Iterator[Remark]:
    meta = article.meta
    original = ""
    own = sum(_length(text) for _, text in article.texts())
    quoted = sum(quote.length for quote in quotes)
    if isinstance(meta, NewsMeta) and meta.original and (original := meta.original.text or ""):
        own -= _length(original)
        quoted += _length(original)
    own -= sum(quote.length for quote in quotes)
    if quoted < _MUCH or quoted <= own or _CC.search(article.front.block + article.body):
        return
    share = round(100 * quoted / (quoted + max(own, 0)))
    at = ("original",) if original else quotes[0].begin
    yield Remark("rights/mostly-quoted", at, blanks={"share": share})


def _without_source(article: Article, quotes: list[Quote]) -> Iterator[Remark]:
    """Long quotations with no source beside them, in posts that name none in front."""
    meta: PageMeta = article.meta
    if meta.sources or isinstance(meta, NewsMeta):
        return
    links = [p.at for p in article.pointers if host(p.address)]
    for quote in quotes:
        begin, end = max(0, quote.begin - 200), quote.end + 120
        named = _CREDIT.search(article.body, begin, end) or any(begin <= at < end for at in links)
        own = _OWN.search(article.body, begin, quote.begin)
        if quote.length >= _LONG and not named and not own:
            yield Remark("rights/no-source", quote.begin)


def _length(text: str) -> int:
    bare = "".join(text.split())
    return len(bare) - bare.count(BLOT) - bare.count(">")
