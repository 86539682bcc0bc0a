"""What is wrong in site.yaml beyond the shape of its values, with the place of each mistake."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from string import Formatter

from ssg.errors import Problem, problem
from ssg.frontmatter import KEYS
from ssg.labels import LABELS
from ssg.nodes import Map, Scalar, Seq, position
from ssg.text import nearest, visible
from ssg.theme import NAME
from ssg.urls import is_reserved

_SECRET = re.compile(
    r"(?:.*_)?(?:pass(?:word|wd|phrase)|secret)|(?:secret|api|private|access)_?key", re.I
)


def bad_labels(raw: Map) -> list[Problem]:
    known = LABELS.get(str(raw.get("language")), LABELS["ja"])
    found = []
    for key, text in _mapping(raw, "labels"):
        place = position(raw, ("labels", key), key=key not in known)
        if key not in known:
            near = {"near": n} if (n := nearest(key, known)) else {}
            found.append(problem("config/unknown-key", NAME, *place, key=f"labels.{key}", **near))
        elif bad := _bad_blanks(text, known[key]):
            shown = {"known": names} if (names := _shown_blanks(_blanks(known[key]))) else {}
            found.append(problem("config/label-blank", NAME, *place, key=key, got=bad, **shown))
    return found


def _mapping(raw: Map, key: str) -> Iterable[tuple[str, str]]:
    """The pairs of a mapping in site.yaml whose values are text."""
    value = raw.get(key)
    pairs = value.items() if isinstance(value, Map) else ()
    return [(k, v) for k, v in pairs if isinstance(v, Scalar)]


def _bad_blanks(text: str, model: str) -> str:
    """The blanks of a label's text that its default does not have."""
    try:
        return _shown_blanks(_blanks(text) - _blanks(model))
    except ValueError:
        return visible(text)


def _shown_blanks(names: Iterable[str]) -> str:
    return ", ".join(sorted("{" + name + "}" for name in names))


def _blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def bad_names(raw: Map) -> list[Problem]:
    """Names that are taken: by another entry, or by a page of ours."""
    found = []
    seen: dict[str, str] = {}
    for name, slug in _mapping(raw, "categories"):
        if slug in seen:
            place = position(raw, ("categories", name))
            found.append(problem("config/same-slug", NAME, *place, got=slug, first=seen[slug]))
        seen.setdefault(slug, name)
    found += [*_repeated(raw, "taxonomies", "name"), *_repeated(raw, "digests", "slug")]
    for index, taxonomy in enumerate(raw.get("taxonomies", [])):
        own = str(taxonomy.get("name")) if isinstance(taxonomy, Map) else ""
        if own not in ("tags", "companies") and (is_reserved(own) or own in KEYS):
            place = position(raw, ("taxonomies", index, "name"))
            found.append(problem("config/reserved", NAME, *place, got=visible(own)))
    return [*found, *_reserved_digests(raw)]


def _reserved_digests(raw: Map) -> Iterator[Problem]:
    entries = raw.get("digests")
    for index, entry in enumerate(entries if isinstance(entries, Seq) else ()):
        slug = entry.get("slug") if isinstance(entry, Map) else None
        if isinstance(slug, Scalar) and is_reserved(slug):
            place = position(raw, ("digests", index, "slug"))
            yield problem("config/reserved", NAME, *place, got=visible(slug))


def _repeated(raw: Map, key: str, name: str) -> Iterator[Problem]:
    """Entries of a list whose name another one has already."""
    entries = raw.get(key)
    seen: set[str] = set()
    for index, entry in enumerate(entries if isinstance(entries, Seq) else ()):
        own = entry.get(name) if isinstance(entry, Map) else None
        if not isinstance(own, Scalar):
            continue
        if own in seen:
            place = position(raw, (key, index, name))
            yield problem("config/same-slug", NAME, *place, got=visible(own), first=visible(own))
        seen.add(own)


def open_secrets(raw: Map) -> Iterator[Problem]:
    """Keys of `extra` that look as if nobody should see their values."""
    for key, _ in _mapping(raw, "extra"):
        if _SECRET.fullmatch(key):
            place = position(raw, ("extra", key), key=True)
            yield problem("config/secret-extra", NAME, *place, key=f"extra.{visible(key)}")
