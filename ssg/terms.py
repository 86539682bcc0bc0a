"""Taxonomies: one term for all the ways in which authors spell it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from ssg.config import Config
from ssg.errors import Problem
from ssg.kept import digest
from ssg.model import Term
from ssg.text import fold, visible
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
    spelling (on a tie, the first in code point order). `written` are the names of each source
    as typed, and whether it counts: what is not published leaves no trace in spellings.
    `aliases` maps other names to one, per taxonomy; `slugs` gives addresses that data files
    chose.
    """

    def __init__(
        self,
        written: Iterable[tuple[Mapping[str, list[str]], bool]],
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
        typed: dict[str, Counter[str]] = {}
        lists: dict[tuple[str, bool], list[str]] = defaultdict(list)
        for names_of, counts in written:
            for taxonomy, names in names_of.items():
                lists[taxonomy, counts] += names
        for (taxonomy, counts), names in lists.items():
            counter = typed.setdefault(taxonomy, Counter())
            counter.update(names if counts else dict.fromkeys(names, 0))
        for taxonomy, counter in typed.items():
            self._settle(taxonomy, self._joined(taxonomy, counter))
        self.spellings = {
            (t, name): self.terms[t, fold(self._canonical(t, name))]
            for t, counter in typed.items()
            for name in counter
        }

    @property
    def digest(self) -> bytes:
        """Equal books give every spelling the same term."""
        return digest(sorted((t, name, term) for (t, name), term in self.spellings.items()))

    def _joined(self, taxonomy: str, typed: Counter[str]) -> Counter[str]:
        spellings: Counter[str] = Counter()
        for name, count in typed.items():
            spellings[self._canonical(taxonomy, name)] += count
        return spellings

    def _canonical(self, taxonomy: str, name: str) -> str:
        aliases = self.aliases.get(taxonomy)
        return aliases.get(fold(name), name) if aliases else name

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

    def named(self, names_of: Mapping[str, list[str]]) -> dict[str, tuple[Term, ...]]:
        """The terms that names as typed mean, by taxonomy, each once."""
        return {
            taxonomy: tuple(dict.fromkeys(self.spellings[taxonomy, name] for name in names))
            for taxonomy, names in names_of.items()
            if names
        }

    def of(self, source: FrontMatter) -> tuple[dict[str, tuple[Term, ...]], list[Problem]]:
        """The terms of one source, with a warning for each spelling that was merged."""
        names_of = written_terms(source, self.taxonomies)
        problems: list[Problem] = []
        for taxonomy, names in names_of.items():
            terms = [self.spellings[taxonomy, name] for name in names]
            problems += self._merged(source, taxonomy, names, terms)
        return self.named(names_of), problems

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
                yield source.at(
                    "front-matter/merged", *where, got=visible(name), name=visible(term.name)
                )
            seen.add(term)


def term_slug(name: str) -> str:
    """The slug of a term: `C#` and `C++` stay apart from `C`, symbols alone get a hash."""
    spoken = name.replace("#", "-sharp").replace("＃", "-sharp").replace("+", "-plus")
    return slugify(spoken.replace("＋", "-plus")) or short_hash(name)
