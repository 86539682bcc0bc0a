"""Our Jinja environment gives what Jinja's own gives, with less work."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from ssg.cache import Cache
from ssg.rendering import Compiled, Environment, Once, escaped

TEXTS = st.text("ab<>&\"'あ", max_size=8)
PAGES = {
    "card": "{% macro card(x, level=2) %}<h{{ level }}>{{ x }}</h{{ level }}>{% endmacro %}",
    "page": "{% from 'card' import card %}{% set y %}{{ x }}{% endset %}{{ card(x) }}{{ y }}"
    "{% for z in xs %}{{ z ~ x }}{{ z|upper }}{{ card(z, level=3) }}{% endfor %}"
    "{% include 'part' %}{{ x if xs else none }}{{ xs|join(x) }}",
    "part": "[{{ x|safe }}{{ x|length }}{{ xs }}]",
}


def environment(kind: type[jinja2.Environment], **more: Any) -> jinja2.Environment:
    return kind(loader=jinja2.DictLoader(PAGES), autoescape=True, **more)


@given(st.one_of(TEXTS, TEXTS.map(Markup), st.integers(), st.none(), st.floats()))
def test_escaped_is_escape(value: object) -> None:
    assert escaped(value) == escape(value)


@given(TEXTS, st.lists(st.one_of(TEXTS, TEXTS.map(Markup)), max_size=3))
def test_pages_are_those_of_jinja(x: str, xs: list[str]) -> None:
    ours, stock = environment(Environment), environment(jinja2.Environment)
    assert ours.get_template("page").render(x=x, xs=xs) == stock.get_template("page").render(
        x=x, xs=xs
    )


def test_a_macro_runs_once_for_a_value() -> None:
    once, runs = Once(), []

    class Macro:
        name = "card"

        def __call__(self, *values: object) -> Markup:
            runs.append(values)
            return Markup(len(runs))

    card, one, other = Macro(), ["a"], ["a"]
    assert [once(card, one), once(card, one, 3), once(card, other)] == ["1", "2", "3"]
    assert [once(card, one), once(card, one, 3), once(card, other)] == ["1", "2", "3"]


def test_a_layout_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Cache(tmp_path) as cache:
        first = environment(Environment, bytecode_cache=Compiled(cache))
        assert first.get_template("part").render(x="<", xs=[]) == "[<1[]]"
        again = environment(Environment, bytecode_cache=Compiled(cache))
        monkeypatch.setattr(again, "compile", None)
        assert again.get_template("part").render(x="<", xs=[]) == "[<1[]]"
        monkeypatch.setitem(PAGES, "part", "{{ x }}")
        changed = environment(Environment, bytecode_cache=Compiled(cache))
        assert changed.get_template("part").render(x="<") == "&lt;"
