"""`content/data/*.yaml`: three files with a meaning of their own, the rest free."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ssg.content import DataFile
from ssg.errors import Problem, problem
from ssg.fields import Text, Texts, WebAddress, Written, validated
from ssg.images import PictureError
from ssg.model import Frozen, Image, LinkCard, Partner
from ssg.urls import slugify
from ssg.yamldoc import Map, YamlError, load, plain, position

Picture = Callable[[str, str], Image]


class Company(Frozen, frozen=True):
    """A company of `companies.yaml`; `aliases` are other names that mean the same one."""

    name: str
    slug: str
    url: str = ""
    description: str = ""
    aliases: tuple[str, ...] = ()


class Data(Frozen, frozen=True):
    """All data files; `free` holds each of them under its name, for the layouts."""

    free: dict[str, Any] = {}
    partners: dict[str, Partner] = {}
    companies: tuple[Company, ...] = ()
    cards: dict[str, LinkCard] = {}


class WrittenPartner(Written):
    name: Text
    url: WebAddress
    text: Text
    image: Text | None = None
    disclosure: Text | None = None


class WrittenCompany(Written):
    slug: Text | None = None
    url: WebAddress | None = None
    description: Text | None = None
    aliases: Texts = []


class WrittenCard(Written):
    title: Text
    description: Text | None = None
    image: Text | None = None
    site: Text | None = None


_MODELS: dict[str, type[Written]] = {
    "partners": WrittenPartner,
    "companies": WrittenCompany,
    "cards": WrittenCard,
}


def load_data(files: list[DataFile], picture: Picture) -> tuple[Data, list[Problem]]:
    """Read all data files; `picture` finds the pictures that they name."""
    free: dict[str, Any] = {}
    entries: dict[str, dict[str, Any]] = {name: {} for name in _MODELS}
    problems: list[Problem] = []
    images: dict[tuple[str, str], Image] = {}
    for file in files:
        try:
            raw, warnings = load(file.text, file.path)
        except YamlError as e:
            problems += e.problems
            continue
        problems += warnings
        try:
            free[file.name] = plain(raw)
        except ValueError as e:
            problems.append(problem("data/number", file.path, 0, 0, key="", got=e))
        if file.name in _MODELS:
            entries[file.name], wrong = _entries(file, raw)
            problems += wrong
            problems += _find_images(file, raw, entries[file.name], picture, images)
    return Data(
        free=free,
        partners={k: _partner(k, v, images) for k, v in entries["partners"].items()},
        companies=tuple(_company(k, v) for k, v in entries["companies"].items()),
        cards={k: _card(k, v, images) for k, v in entries["cards"].items()},
    ), problems


def _entries(file: DataFile, raw: Map) -> tuple[dict[str, Any], list[Problem]]:
    good: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, value in raw.items():
        if not isinstance(value, Map):
            place = position(raw, (key,))
            blanks = {"key": key, "expected": "mapping", "got": "text"}
            problems.append(problem("data/type", file.path, *place, **blanks))
            continue
        entry, wrong = validated(_MODELS[file.name], value, "data", file.path)
        problems += wrong
        if entry:
            good[key] = entry
    return good, problems


def _find_images(
    file: DataFile,
    raw: Map,
    entries: dict[str, Any],
    picture: Picture,
    images: dict[tuple[str, str], Image],
) -> list[Problem]:
    problems = []
    for key, entry in entries.items():
        reference = getattr(entry, "image", None)
        if reference:
            try:
                images[file.name, key] = picture(reference, file.path)
            except PictureError as e:
                place = position(raw, (key, "image"))
                problems.append(problem(e.code, file.path, *place, **e.blanks))
    return problems


def _partner(key: str, entry: WrittenPartner, images: dict[tuple[str, str], Image]) -> Partner:
    return Partner(
        id=key,
        name=entry.name,
        url=entry.url,
        text=entry.text,
        disclosure=entry.disclosure or "",
        image=images.get(("partners", key)),
    )


def _company(name: str, entry: WrittenCompany) -> Company:
    return Company(
        name=name,
        slug=slugify(entry.slug or name),
        url=entry.url or "",
        description=entry.description or "",
        aliases=tuple(entry.aliases),
    )


def _card(url: str, entry: WrittenCard, images: dict[tuple[str, str], Image]) -> LinkCard:
    return LinkCard(
        title=entry.title,
        url=url,
        description=entry.description or "",
        site=entry.site or "",
        image=images.get(("cards", url)),
    )
