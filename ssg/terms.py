"""Taxonomies: one term for all the ways in which authors spell it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from ssg.config import Config
from ssg.errors import Problem
from ssg.model import Term
from ssg.text import fold
from ssg.urls import Addresses, short_hash, slugify
from ssg.written import FrontMatter, NewsMeta

_PLACES: dict[str, tuple[str | int, ...]] = {"series": ("series",), "sources": ("source", "name")}


def written_terms(source: FrontMatter, taxonomies: Iterable[str]) -> dict[str, list[str]]:
    """Taxonomy → the names in one source, as typed."""
    meta = source.meta
    found = {name: source.terms.get(name) or getattr(meta, name, []) for name in taxonomies}
    found["series"] = [meta.series] if meta.series else []
    if isinstance(meta, NewsMeta):
        found["sources"] = [meta.source.name]
    return found


class TermBook:
    """Finds the `Term` for a spelling.

    Spellings that differ only in width, case or blanks are one term, named by the commonest
    spelling (on a tie, the first in code point order); `hidden` sources do not count.
    `aliases` maps other names to one,
    per taxonomy; `slugs` gives addresses that data files chose.
    """

    def __init__(
        self,
        sources: Iterable[FrontMatter],
        hidden: frozenset[str],
        config: Config,
        addresses: Addresses,
        aliases: Mapping[str, Mapping[str, str]],
        slugs: Mapping[str, Mapping[str, str]],
    ) -> None:
        self.taxonomies = tuple(t.name for t in config.taxonomies)
        self.addresses = addresses
        self.aliases = {t: {fold(k): v for k, v in names.items()} for t, names in aliases.items()}
        self.slugs = slugs
        self.terms: dict[tuple[str, str], Term] = {}
        spellings: dict[str, Counter[str]] = {}
        for source in sources:
            for taxonomy, names in written_terms(source, self.taxonomies).items():
                counter = spellings.setdefault(taxonomy, Counter())
                for name in names:
                    counter[self._canonical(taxonomy, name)] += source.path not in hidden
        for taxonomy, counter in spellings.items():
            self._settle(taxonomy, counter)

    def _canonical(self, taxonomy: str, name: str) -> str:
        return self.aliases.get(taxonomy, {}).get(fold(name), name)

    def _settle(self, taxonomy: str, spellings: Counter[str]) -> None:
        best: dict[str, str] = {}
        for name in sorted(spellings, key=lambda n: (-spellings[n], n)):
            best.setdefault(fold(name), name)
        taken: set[str] = set()
        for key, name in sorted(best.items()):
            slug = self.slugs.get(taxonomy, {}).get(name) or term_slug(name)
            if slug in taken:
                slug = f"{slug}-{short_hash(key)}"
            taken.add(slug)
            self.terms[taxonomy, key] = self._term(taxonomy, name, slug)

    def _term(self, taxonomy: str, name: str, slug: str) -> Term:
        path = f"/{taxonomy}/{slug}/"
        url = self.addresses.href(path)
        return Term(taxonomy=taxonomy, name=name, slug=slug, path=path, url=url)

    def of(self, source: FrontMatter) -> tuple[dict[str, tuple[Term, ...]], list[Problem]]:
        """The terms of one source, each once, with a warning for each spelling that was merged."""
        found: dict[str, tuple[Term, ...]] = {}
        problems: list[Problem] = []
        for taxonomy, names in written_terms(source, self.taxonomies).items():
            terms = [self.terms[taxonomy, fold(self._canonical(taxonomy, n))] for n in names]
            found[taxonomy] = tuple(dict.fromkeys(terms))
            problems += self._merged(source, taxonomy, names, terms)
        return {k: v for k, v in found.items() if v}, problems

    def _merged(
        self, source: FrontMatter, taxonomy: str, names: list[str], terms: list[Term]
    ) -> Iterator[Problem]:
        seen: set[Term] = set()
        for index, (name, term) in enumerate(zip(names, terms, strict=True)):
            where = _PLACES.get(taxonomy, (taxonomy, index))
            spelled_otherwise = name != term.name and name == self._canonical(taxonomy, name)
            if name in names[:index]:
                yield source.at("front-matter/repeated", *where, got=name)
            elif term in seen or spelled_otherwise:
                yield source.at("front-matter/merged", *where, got=name, name=term.name)
            seen.add(term)


def term_slug(name: str) -> str:
    """The slug of a term: `C#` and `C++` stay apart from `C`, symbols alone get a hash."""
    spoken = name.replace("#", "-sharp").replace("＃", "-sharp").replace("+", "-plus")
    return slugify(spoken.replace("＋", "-plus")) or short_hash(name)
