"""A Jinja2 environment for thousands of pages: the same output, less work for each.

Three things cost much of Jinja's time on small pages: `escape` makes a `Markup` of every value
although only the joined text is wanted, every import of macros compares two chained maps of
globals, and a macro that shows the same value runs again on every page (see `Once`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping
from types import CodeType
from typing import Any

import jinja2
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from ssg.cache import Cache

_UNSAFE = re.compile("[&<>'\"]")


def escaped(value: Any) -> str:
    """What `markupsafe.escape` gives; a text without special characters is itself."""
    if type(value) is str and not _UNSAFE.search(value):
        return value
    return escape(value)


class Template(jinja2.Template):
    """A compiled layout whose values are escaped by `escaped`."""

    @classmethod
    def from_code(
        cls,
        environment: jinja2.Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],
        uptodate: Callable[[], bool] | None = None,
    ) -> jinja2.Template:
        template = super().from_code(environment, code, globals, uptodate)
        template.root_render_func.__globals__["escape"] = escaped
        return template


class Environment(jinja2.Environment):
    """Layouts share one map of globals; no layout is given more."""

    template_class = Template

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return self.globals if not d else {**self.globals, **d}


class Compiled(jinja2.BytecodeCache):
    """Keeps compiled layouts in the build's cache; Jinja checks each against its source."""

    def __init__(self, cache: Cache) -> None:
        self.cache = cache

    def load_bytecode(self, bucket: Bucket) -> None:
        if found := self.cache.get(f"layout:{bucket.key}"):
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.cache.put(f"layout:{bucket.key}", bucket.bytecode_to_string())


class Once:
    """`once(macro, value, …)` in a layout: what the macro makes of the value, made only once.

    For macros that depend on their arguments alone, and arguments that live as long as the
    build, such as the card of a post.
    """

    def __init__(self) -> None:
        self.made: dict[tuple[str, tuple[int, ...]], tuple[Any, Markup]] = {}

    def __call__(self, macro: Any, *values: Any) -> Markup:
        key = (macro.name, tuple(map(id, values)))
        if key not in self.made:
            self.made[key] = values, macro(*values)  # the values are kept, so no id comes again
        return self.made[key][1]
