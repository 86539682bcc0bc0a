"""A Jinja2 environment for thousands of pages: the same output, less work for each.

Everything here is escaped, layouts share one map of globals and do not change while a build
runs. So much that Jinja does again and again for each value, call, include and page need not be.
"""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from contextlib import suppress
from typing import Any

import jinja2
import msgspec
from jinja2 import nodes
from jinja2.bccache import Bucket

from ssg.arithmetic import OPERATORS
from ssg.cache import Cache
from ssg.compiling import Filled, Generator, Texts, Used
from ssg.runtime import Context, Template

FORM = 2  # counts up when layouts are compiled in another way


class Environment(Filled):
    """Its layouts share one map of globals, escape everything and stay as they are."""

    template_class = Template
    code_generator_class = Generator
    context_class = Context

    def __init__(self, **options: Any) -> None:
        super().__init__(autoescape=True, cache_size=0, **options)
        self.everywhere = nodes.EvalContext(self)
        self.filters |= OPERATORS
        self.texts = {}
        self.used = {}
        self.lasting = frozenset()
        self.found: dict[Any, Template] = {}

    def get_template(
        self,
        name: str | jinja2.Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        if name not in self.found:
            template = super().get_template(name, parent, globals)
            assert isinstance(template, Template)
            self.found[name] = template
        return self.found[name]

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return self.globals if not d else {**self.globals, **d}

    def fill(self, texts: Texts, layouts: Iterable[str]) -> None:
        """Compile these layouts, with the texts in them that functions would give on each page.

        A function that any of them gives another meaning is left as it is in all of them, for
        one layout sees what another defines. A layout that cannot be compiled is passed over.
        """
        self.texts = texts
        if redefined := self._load(layouts):
            self.texts = {name: texts[name] for name in texts.keys() - redefined}
            self.found.clear()
            self._load(layouts)

    def _load(self, layouts: Iterable[str]) -> set[str]:
        """Load them all, and tell what they redefine."""
        redefined: set[str] = set()
        for name in layouts:
            with suppress(Exception):
                redefined.update(self.get_template(name).redefined)
        return redefined


class Compiled(jinja2.BytecodeCache):
    """Keeps compiled layouts in the build's cache; Jinja checks each against its source, and
    here the texts are checked that were put in.
    """

    def __init__(self, cache: Cache) -> None:
        self.cache = cache

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return name

    def load_bytecode(self, bucket: Bucket) -> None:
        found = self.cache.get(_place(bucket))
        if found is None:
            return
        with suppress(msgspec.MsgspecError):
            used, code = msgspec.msgpack.decode(found, type=tuple[list[Used], bytes])
            texts = _filled(bucket).texts
            if all(texts[name].get(key) == text for name, key, text in used):
                bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        used = _filled(bucket).used[bucket.key]
        self.cache.put(_place(bucket), msgspec.msgpack.encode((used, bucket.bytecode_to_string())))


def _filled(bucket: Bucket) -> Environment:
    assert isinstance(bucket.environment, Environment)
    return bucket.environment


def _place(bucket: Bucket) -> str:
    """Where the cache keeps a compiled layout, apart from those filled with other functions."""
    return f"layout:{FORM}:{' '.join(sorted(_filled(bucket).texts))}:{bucket.key}"
