"""More about every code: what it means, and an example of wrong and of right."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

ORIGINS = {"front-matter": "post", "config": "config", "data": "content/data/partners.yaml"}
# The files of this folder, and where their examples stand when they do not say.
FAMILIES = {
    "yaml": "post",
    "front-matter": "post",
    "fields": "",
    "config": "config",
    "files": "words",
    "pictures": "words",
    "markdown": "body",
    "format": "post",
    "japanese": "body",
    "layouts": "layout",
    "machine": "words",
    "publishing": "words",
    "built": "words",
    "care": "body",
}


class Lesson(NamedTuple):
    """`where` the example stands: the front matter of a `post` or `news`, a `whole` post, its
    `body`, the `config`, a `layout`, a file by its path; or `words`: a command or a situation.
    A `bare` one is all that there is, and not lines among others. An example that is not its
    `own` is of another place where the same rule holds.
    """

    code: str
    family: str
    meaning: dict[str, str]
    wrong: dict[str, str]
    right: dict[str, str]
    where: str
    bare: bool = False
    own: bool = True


@cache
def lessons() -> dict[str, Lesson]:
    """Every lesson by its code, family after family."""
    return {lesson.code: lesson for family in FAMILIES for lesson in _family(family)}


def _family(family: str) -> Iterator[Lesson]:
    read = tomllib.loads((files("ssg.lessons") / f"{family}.toml").read_text("utf-8"))
    for name, entry in read.items():
        if family == "fields":
            yield from _of_each_origin(name, entry)
        else:
            yield _lesson(name, family, entry, FAMILIES[family], entry)


def _of_each_origin(rule: str, entry: dict[str, Any]) -> Iterator[Lesson]:
    """A rule of fields has an example where it can be broken; elsewhere that of another place."""
    known = next(origin for origin in ORIGINS if origin in entry)
    for origin in ORIGINS:
        shown = origin if origin in entry else known
        lesson = _lesson(f"{origin}/{rule}", origin, entry, ORIGINS[shown], entry[shown])
        yield lesson._replace(own=shown == origin)


def _lesson(
    code: str, family: str, entry: dict[str, Any], where: str, example: dict[str, Any]
) -> Lesson:
    def both(key: str) -> dict[str, str]:
        text = example[key].strip("\n")
        return {"ja": text, "en": example.get(f"{key}_en", text)}

    return Lesson(
        code=code,
        family=family,
        meaning={"ja": entry["ja"], "en": entry["en"]},
        wrong=both("wrong"),
        right=both("right"),
        where=example.get("where", where),
        bare=example.get("bare", False),
    )
