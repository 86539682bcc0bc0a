"""The Jinja2 environment: finds layouts, renders contexts, names the place of a mistake."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from email.utils import format_datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

import jinja2
import jinja2.sandbox
from markupsafe import Markup, escape

from ssg import limits
from ssg.arithmetic import TooLargeError
from ssg.cache import Cache
from ssg.decoding import decode
from ssg.errors import ContentError, Problem
from ssg.inheritance import LostError, refuse_lost_blocks
from ssg.layouts import LayoutFiles
from ssg.limits import TooSlowError
from ssg.phrases import phrases
from ssg.rendering import Compiled, Environment
from ssg.runtime import Once
from ssg.slips import RAW_OPEN, LackingError, Layout
from ssg.text import line_and_column, nearest

_RAW_AT_THE_END = re.compile(r"\{%[-+]?\s*raw\s*[-+]?%\}\s*\Z")


class OutsideError(jinja2.TemplateError):
    """A layout asks for a file that does not lie in the folder of layouts."""


class EmptyError(Exception):
    """A layout makes a page without anything on it."""


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
        if last := _RAW_AT_THE_END.search(text):  # Jinja says nothing when nothing follows it
            line, _ = line_and_column(text, last.start())
            raise jinja2.TemplateSyntaxError(RAW_OPEN, line, template, f"layouts/{template}")
        return text, f"layouts/{template}", lambda: True


class Theme:
    """Renders layouts. Made once for a build; all it learns is which layouts need too much, and
    which have no block too many.
    """

    def __init__(
        self,
        layouts: Layouts,
        labels: Mapping[str, str],
        assets: Mapping[str, str],
        absolute: Callable[[str], str],
        cache: Cache | None = None,
        labelled: Callable[[str], str] = str,
    ) -> None:
        self.loader = layouts
        self.beyond: dict[str, ContentError] = {}
        self.sound: set[str] = set()
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
            "t": partial(text_of, "t", labels),
            "asset": partial(text_of, "asset", assets),
            "range": jinja2.sandbox.safe_range,
        }

        def day(date: datetime) -> str:
            return labels["date"].format(y=date.year, m=date.month, d=date.day)

        def month(date: datetime) -> str:
            return labels["month"].format(y=date.year, m=date.month)

        self.environment.filters |= {
            "day": day,
            "month": month,
            "clock": "{:%H:%M}".format,
            "phrases": _each_time(_phrases),
            "absolute": _each_time(absolute),
            "labelled": _each_time(lambda html: Markup(labelled(escape(html)))),  # noqa: S704
            "rfc822": format_datetime,
            "rfc3339": datetime.isoformat,
            "number": "{:,}".format,
        }

    def compile(self, layouts: Iterable[str] | None = None) -> None:
        """Compile these layouts, or all, so that processes forked later need not. A layout that
        cannot be compiled is reported when a page asks for it.
        """
        with limits.memory(limits.MEGABYTES):
            self.environment.fill(self.texts, self.loader.files() if layouts is None else layouts)

    def render(self, layout: str, variables: Mapping[str, Any], page: str) -> str:
        """The text of a page. `page` is named in the ContentError that a mistake raises."""
        if layout in self.beyond:  # the other pages of this layout need not be waited for
            raise self.beyond[layout]
        try:
            with limits.limits():
                if layout not in self.sound:
                    refuse_lost_blocks(self.environment, self.loader.text, layout)
                    self.sound.add(layout)
                text = self.environment.get_template(layout).render(variables)
            if layout.endswith(".html") and not text.strip():
                raise EmptyError
            return text
        except ContentError:
            raise
        except Exception as e:  # a layout is code: whatever it raises is shown at its line
            told = self._told(e, Layout(layout, page, self.loader.text), variables)
            if isinstance(e, TooSlowError | MemoryError):
                self.beyond[layout] = told
            raise told from e

    def _told(self, error: Exception, layout: Layout, variables: Mapping[str, Any]) -> ContentError:
        return ContentError([self._slip(error, layout, variables)])

    def _slip(self, error: Exception, layout: Layout, variables: Mapping[str, Any]) -> Problem:
        match error:
            case TooSlowError():
                return layout.at("layout/budget", error, seconds=limits.SECONDS)
            case MemoryError():
                return layout.at("layout/memory", error, megabytes=limits.MEGABYTES)
            case TooLargeError():
                return layout.at("layout/too-large", error, str(error))
            case LostError():
                meant = {"near": error.near} if error.near else {}
                file, name = f"layouts/{layout.name}", error.name
                return layout.on("layout/lost-block", file, error.line, name, name=name, **meant)
            case EmptyError():
                return layout.at("layout/empty", error)
            case OutsideError():
                return layout.at("layout/outside", error, str(error), name=error.message)
            case jinja2.TemplateSyntaxError():
                return layout.syntax(error, self._known())
            case jinja2.TemplateNotFound():
                name = str(error.name or layout.name)
                near = nearest(name, self.loader.files())
                blanks = {"near": near} if near else {"folder": "layouts"}
                return layout.at("layout/missing", error, name, name=name, **blanks)
            case jinja2.UndefinedError():
                return layout.undefined(error, variables)
            case jinja2.TemplateRuntimeError():
                return layout.unknown(error, self._known())
            case RecursionError():
                return layout.recursion(error)
        return layout.failed(error)

    def _known(self) -> dict[str, Iterable[str]]:
        return {"filter": self.environment.filters, "test": self.environment.tests}


def text_of(kind: str, texts: Mapping[str, str], key: str = "", **blanks: object) -> str:
    if key not in texts:
        raise LackingError(kind, key, nearest(key, texts))
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
