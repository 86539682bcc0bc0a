"""Japanese as a careful editor sets it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssg.check.article import Article, Remark
from ssg.config import Config

_DOUBLED = re.compile(r"([。、])\1+")


def remarks(article: Article, config: Config) -> Iterator[Remark]:
    for at, text in article.texts():
        for match in _DOUBLED.finditer(text):
            blanks = {"got": match[0], "better": match[1]}
            yield article.remark("japanese/doubled", at, match.start(), blanks, match[0], match[1])
