"""`content/data/*.yaml`: some files have a meaning of their own, the rest are free."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ssg.content import DataFile
from ssg.errors import Problem, problem
from ssg.fields import Text, Texts, WebAddress, Written, dotted, kind, pairs_of, validated
from ssg.images import PictureError
from ssg.model import Frozen, Image, LinkCard, Partner
from ssg.text import visible
from ssg.urls import slugify
from ssg.yamldoc import Map, YamlError, load, plain, position, unbearable

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
    sells: bool = False


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


class WrittenPlan(Written):
    """A plan of `plans.yaml`, as the `premium` layout shows it."""

    name: Text
    price: Text
    period: Text | None = None
    features: Texts = []
    note: Text | None = None
    url: WebAddress | None = None


_MODELS: dict[str, type[Written]] = {
    "partners": WrittenPartner,
    "companies": WrittenCompany,
    "cards": WrittenCard,
    "plans": WrittenPlan,
}
# What a seller by mail must say (特定商取引に関する法律, article 11, and the ordinance's
# articles 23 and following), in the order in which it is usually shown.
SELLER_ROWS = (
    "販売業者",
    "運営統括責任者",
    "所在地",
    "電話番号",
    "メールアドレス",
    "販売価格",
    "商品代金以外の必要料金",
    "支払方法",
    "支払時期",
    "引渡時期",
    "返品・キャンセルについて",
    "動作環境",
)


def load_data(files: list[DataFile], picture: Picture) -> tuple[Data, list[Problem]]:
    """Read all data files; `picture` finds the pictures that they name."""
    free: dict[str, Any] = {}
    partners: dict[str, Partner] = {}
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
        for where, got in unbearable(raw):
            place, key = position(raw, where), visible(dotted(where))
            problems.append(problem("data/number", file.path, *place, key=key, got=got))
        if file.name in free:
            problems.append(problem("data/same-name", file.path, 0, 0, name=file.name))
        free[file.name] = plain(raw)
        if file.name in _MODELS:
            if file.name == "partners":  # those with a mistake too: it is told there only
                partners = {k: Partner(id=k, name=k, url="", text=k) for k in raw}
            entries[file.name], wrong = _entries(file, raw)
            problems += wrong
            problems += _find_images(file, raw, entries[file.name], picture, images)
    paid = [key for key, plan in entries["plans"].items() if is_paid(plan.price)]
    if paid:
        problems += _missing_rows(free.get("tokushoho"))
    return Data(
        sells=bool(paid),
        free=free,
        partners=partners | {k: _partner(k, v, images) for k, v in entries["partners"].items()},
        companies=tuple(_company(k, v) for k, v in entries["companies"].items()),
        cards={k: _card(k, v, images) for k, v in entries["cards"].items()},
    ), problems


def is_paid(price: str) -> bool:
    """Whether a price such as `480円` or `無料` asks for money."""
    return re.search("[1-9１-９一二三四五六七八九十百千万]", price) is not None


def _missing_rows(rows: Any) -> list[Problem]:
    given = rows if isinstance(rows, dict) else {}
    missing = [row for row in SELLER_ROWS if not given.get(row)]
    if not missing:
        return []
    return [problem("legal/rows", "content/data/tokushoho.yaml", 0, 0, names="、".join(missing))]


def _entries(file: DataFile, raw: Map) -> tuple[dict[str, Any], list[Problem]]:
    good: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, value in raw.items():
        if not isinstance(value, Map):
            place = position(raw, (key,))
            blanks = {
                "key": visible(key),
                "expected": "mapping",
                "kind": kind(value),
                "pairs": pairs_of(_MODELS[file.name]),
            }
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
