"""What compiled layouts run with, in the place of Jinja's own classes of the same names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, MutableMapping
from contextlib import suppress
from functools import cached_property, partial
from operator import is_
from types import CodeType
from typing import Any

import jinja2
import markupsafe
from jinja2 import runtime
from jinja2.environment import TemplateModule
from jinja2.utils import missing
from markupsafe import Markup, escape

from ssg.compiling import FACTS, Filled

# The text alone, without a `Markup` around it; not every version of MarkupSafe has this.
escape_text: Callable[[str], str] = getattr(
    markupsafe, "_escape_inner", lambda text: str(escape(text))
)
_marked: Callable[[str], Markup] = partial(str.__new__, Markup)


def escaped(value: Any) -> str:
    """The text that `markupsafe.escape` gives."""
    kind = type(value)
    if kind is str:
        return escape_text(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    return str(value) if kind is int else escape(value)


class Macro(runtime.Macro):
    """A macro that takes its values as they come, if it wants nothing but values."""

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        special = self.catch_kwargs or self.catch_varargs or self.caller
        self.most = -1 if special else self._argument_count
        self.absent = (missing,) * self._argument_count

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        given = len(args)
        if given <= self.most:
            if not kwargs:
                return _marked(self._func(*args, *self.absent[given:]))
            rest = self.arguments[given:]
            if kwargs.keys() <= set(rest):
                return _marked(self._func(*args, *(kwargs.get(n, missing) for n in rest)))
        made: str = super().__call__(*args, **kwargs)
        return made


class Once:
    """`once(macro, value, …)` in a layout: what the macro makes of the value, made only once.

    For macros that depend on their arguments alone, and arguments that live as long as the
    build, such as the card of a post.
    """

    def __init__(self) -> None:
        self.made: dict[tuple[Any, ...], tuple[Any, Markup]] = {}

    def __call__(self, macro: Any, *values: Any) -> Markup:
        key = (macro, *map(id, values))
        if key not in self.made:
            self.made[key] = values, macro(*values)  # the values are kept, so no id comes again
        return self.made[key][1]


class Context(runtime.Context):
    def __init__(
        self,
        environment: jinja2.Environment,
        parent: dict[str, Any],
        name: str | None,
        blocks: dict[str, Callable[[runtime.Context], Iterator[str]]],
        globals: MutableMapping[str, Any] | None = None,
    ) -> None:
        assert isinstance(environment, Filled)
        self.environment = environment
        self.parent = parent
        self.name = name
        self.vars = {}
        self.exported_vars = set()
        self.eval_ctx = environment.everywhere
        self.blocks = {name: [block] for name, block in blocks.items()}

    @cached_property
    def globals_keys(self) -> set[str]:  # type: ignore[override]
        return {*self.environment.globals}

    def calling(self, function: Any, **around: Any) -> Callable[..., Any]:
        return partial(self.call, function, **around)


class Template(jinja2.Template):
    """A compiled layout. `Generator` tells what is known of it."""

    environment: Filled
    redefined: list[str]
    reads: list[str]
    includes: list[str]
    imports: list[str]
    steady: bool
    kept: tuple[list[Any], list[str]] | None = None

    @classmethod
    def from_code(
        cls,
        environment: jinja2.Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],
        uptodate: Callable[[], bool] | None = None,
    ) -> jinja2.Template:
        template = super().from_code(environment, code, globals, uptodate)
        namespace = template.root_render_func.__globals__
        for fact in FACTS:
            setattr(template, fact, namespace[fact])
        namespace |= _RUNTIME
        return template

    def _get_default_module(self, ctx: runtime.Context | None = None) -> TemplateModule:
        if self._module is None:
            self._module = self.make_module()
        return self._module

    def inside(self, context: Context, own: dict[str, Any]) -> Iterable[str]:
        """The text of this layout inside another one, whose variables it sees."""
        if self.needs is None:
            given = {name: value for name, value in own.items() if value is not missing}
            return self._text(context.get_all() | given)
        seen = self._seen(self.needs, context, own)
        if not self.lasting:
            return self._text(seen)
        values = [*seen.values()]
        if self.kept is None or not _same(values, self.kept[0]):
            self.kept = values, [*self._text(seen)]
        return self.kept[1]

    def _seen(self, names: list[str], context: Context, own: dict[str, Any]) -> dict[str, Any]:
        seen = {}
        for name in names:
            value = own.get(name, missing)
            if value is missing:
                value = context.resolve_or_missing(name)
            if value is not missing:
                seen[name] = value
        return seen

    def _text(self, variables: dict[str, Any]) -> Iterator[str]:
        return self.root_render_func(Context(self.environment, variables, self.name, self.blocks))

    @cached_property
    def needs(self) -> list[str] | None:
        """The variables that this layout and those inside it may read; None is any."""
        with suppress(Exception):
            return sorted({name for t in self._reach(imports=False) for name in t.reads})
        return None

    @cached_property
    def lasting(self) -> bool:
        """Whether it shows nothing that is another on other pages."""
        with suppress(Exception):
            return all(
                t.steady and self.environment.lasting.issuperset(t.reads)
                for t in self._reach(imports=True)
            )
        return False

    def _reach(self, *, imports: bool) -> list[Template]:
        """This layout and all that it includes or extends. Fails if one is not known before."""
        found = [self]
        for layout in found:
            for name in layout.includes + (layout.imports if imports else []):
                part = self.environment.get_template(name)
                if isinstance(part, Template) and part not in found:
                    found.append(part)
        return found


def _same(left: list[Any], right: list[Any]) -> bool:
    return len(left) == len(right) and all(map(is_, left, right))


_RUNTIME = {
    "escape": escaped,
    "escape_text": escape_text,
    "Macro": Macro,
    "DIRECT": {Macro, Once},  # called without looking whether they want to be given more
}
