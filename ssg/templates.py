"""The Jinja2 environment: finds layouts, renders contexts, names the place of a mistake."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from email.utils import format_datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

import jinja2
import jinja2.sandbox
from markupsafe import Markup

from ssg import limits
from ssg.cache import Cache
from ssg.decoding import decode
from ssg.errors import ContentError, Problem, problem
from ssg.layouts import LayoutFiles
from ssg.limits import TooSlowError, deadline
from ssg.phrases import phrases
from ssg.rendering import Compiled, Environment
from ssg.runtime import Once
from ssg.text import nearest

_UNDEFINED_ATTRIBUTE = re.compile(r"'([\w. ]+) object' has no attribute '(\w+)'")


class OutsideError(jinja2.TemplateError):
    """A layout asks for a file that does not lie in the folder of layouts."""


class Layouts(LayoutFiles, jinja2.BaseLoader):
    """Reads layouts. A name stays inside its folder: `..` is refused, and so is a link that
    leads out.
    """

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        place = self.find(template)
        if place is None:
            raise jinja2.TemplateNotFound(template)
        file, folder = place
        if ".." in Path(template).parts or not file.resolve().is_relative_to(folder):
            raise OutsideError(template)
        text, problems = decode(file.read_bytes(), f"layouts/{template}")
        if problems:
            raise ContentError(problems)
        return text, f"layouts/{template}", lambda: True


class Theme:
    """Renders layouts. Made once for a build; all it learns is which layouts are too slow."""

    def __init__(
        self,
        layouts: Layouts,
        labels: Mapping[str, str],
        assets: Mapping[str, str],
        absolute: Callable[[str], str],
        cache: Cache | None = None,
    ) -> None:
        self.loader = layouts
        self.too_slow: dict[str, ContentError] = {}
        self.environment = Environment(
            loader=self.loader,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=Compiled(cache) if cache else None,
        )
        self.texts = {"t": labels, "asset": assets}
        self.environment.lasting = frozenset({"site", "t", "asset", "range"})
        self.environment.globals |= {
            "once": Once(),
            "t": partial(text_of, "label", labels),
            "asset": partial(text_of, "asset", assets),
            "range": jinja2.sandbox.safe_range,
        }
        self.environment.filters |= {
            "day": lambda d: labels["date"].format(y=d.year, m=d.month, d=d.day),
            "month": lambda d: labels["month"].format(y=d.year, m=d.month),
            "clock": "{:%H:%M}".format,
            "phrases": _each_time(_phrases),
            "absolute": _each_time(absolute),
            "rfc822": format_datetime,
            "rfc3339": datetime.isoformat,
            "number": "{:,}".format,
        }

    def compile(self, layouts: Iterable[str] | None = None) -> None:
        """Compile these layouts, or all, so that processes forked later need not. A layout that
        cannot be compiled is reported when a page asks for it.
        """
        self.environment.fill(self.texts, self.loader.files() if layouts is None else layouts)

    def render(self, layout: str, variables: Mapping[str, Any], page: str) -> str:
        """The text of a page. `page` is named in the ContentError that a mistake raises."""
        if layout in self.too_slow:  # the other pages of this layout need not be waited for
            raise self.too_slow[layout]
        try:
            with deadline(limits.SECONDS):
                return self.environment.get_template(layout).render(variables)
        except TooSlowError as e:
            place = _place(e, layout)
            self.too_slow[layout] = ContentError(
                [_at("layout/budget", *place, page, seconds=limits.SECONDS)]
            )
            raise self.too_slow[layout] from e
        except OutsideError as e:
            place = _place(e, layout)
            raise ContentError([_at("layout/outside", *place, page, name=e.message)]) from e
        except ContentError:
            raise
        except jinja2.TemplateSyntaxError as e:
            where = e.filename or f"layouts/{e.name or layout}"
            raise ContentError([_at("layout/syntax", where, e.lineno, page, why=e.message)]) from e
        except jinja2.TemplateNotFound as e:
            raise ContentError([self._missing(e, layout, page)]) from e
        except RecursionError as e:
            raise ContentError([_recursion(e, layout, page)]) from e
        except Exception as e:  # a layout is code: whatever it raises is shown at its line
            raise ContentError([_mistake(e, layout, page, variables)]) from e

    def _missing(self, error: jinja2.TemplateNotFound, layout: str, page: str) -> Problem:
        name = str(error.name or layout)
        blanks = {"near": near} if (near := nearest(name, self.loader.files())) else {}
        return _at("layout/missing", *_place(error, layout), page, name=name, **blanks)


def text_of(kind: str, texts: Mapping[str, str], key: str, **blanks: object) -> str:
    if key not in texts:
        near = nearest(key, texts)
        raise LookupError(f"{kind} {key!r}" + (f" → {near!r}" if near else ""))
    return texts[key].format(**blanks)


def _each_time(function: Callable[[str], str]) -> Callable[[Any, str], str]:
    """A filter that is never called while a layout is compiled, since what it gives is another
    for the next version or address of the site.
    """

    @jinja2.pass_context
    def called(_context: Any, text: str) -> str:
        return function(text)

    return called


@cache
def _phrases(text: str) -> Markup:
    return Markup(phrases(text))  # noqa: S704 – phrases() escapes


# --- mistakes in layouts ----------------------------------------------------------------


def _mistake(error: Exception, layout: str, page: str, variables: Mapping[str, Any]) -> Problem:
    where, line = _place(error, layout)
    if not isinstance(error, jinja2.UndefinedError):
        return _at("layout/failed", where, line, page, why=f"{type(error).__name__}: {error}")
    message = str(error)
    known: list[str] = list(variables)
    if match := _UNDEFINED_ATTRIBUTE.search(message):
        wanted = match[2]
        kind = match[1].rpartition(".")[2]
        holders = [v for v in variables.values() if type(v).__name__ == kind]
        known = [f for h in holders for f in getattr(h, "__struct_fields__", ())]
    else:
        wanted = (re.findall(r"'(\w+)'", message) or [""])[-1]
    blanks = {"near": near} if (near := nearest(wanted, known)) else {}
    return _at("layout/undefined", where, line, page, name=wanted, **blanks)


def _at(code: str, where: str, line: int, page: str, /, **blanks: object) -> Problem:
    return problem(code, where, line, 1, page=page, **blanks)


def _place(error: Exception, layout: str) -> tuple[str, int]:
    """The layout and line of the innermost frame that belongs to a layout."""
    trace = traceback.extract_tb(error.__traceback__)
    frames = [f for f in trace if f.filename.startswith("layouts/")]
    if not frames:
        return f"layouts/{layout}", 0
    return frames[-1].filename, frames[-1].lineno or 0


def _recursion(error: RecursionError, layout: str, page: str) -> Problem:
    """Layouts that call each other, each once, with the place from which the circle closes."""
    trace = traceback.extract_tb(error.__traceback__)
    lines: dict[str, int] = {}
    for frame in trace:
        if frame.filename.startswith("layouts/"):
            lines[frame.filename] = frame.lineno or 0
    where, line = [*lines.items()][-1] if lines else _place(error, layout)
    return _at("layout/recursion", where, line, page, chain=" → ".join(lines))
