"""Our Jinja environment gives what Jinja's own gives, with less work."""

from __future__ import annotations

import re
import traceback
from functools import partial
from pathlib import Path
from typing import Any

import jinja2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup, escape

from ssg.cache import Cache
from ssg.rendering import FORM, Compiled, Environment
from ssg.runtime import Once, escaped
from ssg.templates import Layouts, Theme, text_of

TEXTS = st.text("ab<>&\"'あ", max_size=8)
LABELS = {"plain": "<本文>", "blank": "{name}さん", "two": "{a}/{b}"}
FILES = {"css": "/css/x-1.css", "js": "/js/x-2.js?a&b"}
FILLED = {"t": LABELS, "asset": FILES}
GLOBALS = {name: partial(text_of, name, texts) for name, texts in FILLED.items()}

# Anything a layout may hold, and what it may not.
RIGHT = [
    "{{ x }}", "{{ xs }}", "{{ site.name }}", "{{ site['name'] }}", "{{ no is defined }}", "\n", "<&>",
    "{{ x ~ t('plain') ~ 1 }}", "{{ n + 1 }}", "{{ x if n else site.name }}", "{{ t('plain') }}",
    "{{ t('blank', name=x) }}", "{{ t('two', a=n, b=x) }}", "{{ t('plain') | upper }}",
    "{{ t('blank', **{'name': x}) }}", "{{ t(*['plain']) }}", "{{ t('plain', class=1) }}",
    "{{ asset('css') }}\n", "{{ asset('js') }}", "{{ '{}'.format(x) }}", "{{ '%s' | format(x) }}",
    "{{ m(x) }}", "{{ m(x, z=n) }}", "{{ lib.m(z=x, x=1) }}", "{{ x | safe }}", "{{ xs | join(x) }}",
    "{{ ys.append(x) }}", "{{ ys }}", "{{ ctx() }}", "{{ self }}", "{% include 'part' %}",
    "{% include 'fixed' %}", "{% include ['no', 'part'] %}", "{% include 'no' ignore missing %}",
    "{% include x ignore missing %}", "{% from 'lib' import m with context %}", "{% set x = n %}",
    "{% from 'lib' import m as t %}", "{% set t = m %}", "{% set site = {'name': x} %}",
]  # fmt: skip
WRONG = [
    "{{ site.absent }}", "{{ no }}", "{{ x if none }}", "{{ 1 // n }}", "{{ t('blank') }}", "{{ t(x) }}",
    "{{ t('none') }}", "{{ asset('no') }}", "{{ asset(x) }}", "{{ m(x, 2, 3) }}", "{{ m() }}",
    "{{ m(x, y=1) }}", "{{ m(x, x=1) }}", "{{ lib.absent }}", "{{ own(1) }}", "{{ loop.index }}",
    "{{ super() }}", "{% include 'no' %}", "{% from 'lib' import absent %}{{ absent }}",
]  # fmt: skip
AROUND = [
    "{% for x in xs %}BODY{% endfor %}", "{% for t in xs if t %}BODY{% else %}BODY{% endfor %}",
    "{% for a in [1, 2] %}{{ loop.last }}BODY{% endfor %}", "{% if x %}BODY{% else %}\nBODY{% endif %}",
    "{% set y %}BODY{% endset %}{{ y }}", "{% filter upper %}BODY{% endfilter %}",
    "{% macro own(q, x=3) %}{{ q }}{{ varargs }}{{ kwargs }}BODY{% endmacro %}{{ own(x) }}",
    "{% macro own(t) %}{{ t }}{{ caller() }}BODY{% endmacro %}{% call own(1) %}BODY{% endcall %}",
    "{% with t = x %}BODY{% endwith %}", "{% with asset = n %}BODY{% endwith %}",
    "{% for x in xs recursive %}{{ x }}{% if n %}{{ loop([]) }}{% endif %}BODY{% endfor %}",
]  # fmt: skip


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda around, body: around.replace("BODY", body), st.sampled_from(AROUND), inner
    )


# Jinja itself loses the place of an include without context in a macro or a block of text.
BODIES = st.lists(
    st.one_of(
        st.recursive(st.sampled_from(RIGHT * 9 + WRONG), nested, max_leaves=4),
        st.just("{% include 'part' without context %}"),
    ),
    min_size=1,
    max_size=5,
).map("".join)
LEAVES = BODIES.map(lambda body: re.sub("'(part|fixed|lib)'", "'leaf'", body))
MACROS = "{% macro m(x, z=5) %}{{ x }}-{{ z }}{{ t('plain') }}{% endmacro %}"
IMPORTS = "{% import 'lib' as lib %}{% from 'lib' import m %}"
SITES = st.fixed_dictionaries(
    {
        "page": st.one_of(
            BODIES.map(IMPORTS.__add__),
            st.builds(
                "{{% extends 'base' %}}{}{{% block a %}}{}{{% endblock %}}".format, BODIES, BODIES
            ),
        ),
        "base": st.builds(
            (
                IMPORTS.replace("{", "{{").replace("}", "}}")
                + "{}{{% block a %}}{}{{% endblock %}}{}"
            ).format,
            *[BODIES] * 3,
        ),
        "part": LEAVES,
        "fixed": st.sampled_from(["<{{ site.name }}{% from 'lib' import m %}{{ m(1) }}>", "<>"]),
        "lib": st.one_of(st.just(MACROS), LEAVES.map(MACROS.__add__)),
        "leaf": st.just("{{ x }}{% macro m(x) %}{% endmacro %}"),
    }
)


@jinja2.pass_context
def ctx(context: Any) -> str:
    return str(context.name)


def environment(kind: type[jinja2.Environment], pages: dict[str, str], **options: Any) -> Any:
    def load(name: str) -> tuple[str, str, None] | None:
        return (pages[name], f"layouts/{name}", None) if name in pages else None

    loader = jinja2.FunctionLoader(load)
    made = kind(loader=loader, undefined=jinja2.StrictUndefined, **options)
    made.globals |= {**GLOBALS, "ctx": ctx}
    return made


def stock(pages: dict[str, str]) -> jinja2.Environment:
    return environment(jinja2.Environment, pages, autoescape=True)  # type: ignore[no-any-return]


def ours(pages: dict[str, str], cache: Cache | None = None) -> Environment:
    made = environment(Environment, pages, bytecode_cache=Compiled(cache) if cache else None)
    made.lasting = frozenset({"site", "t", "asset"})
    made.fill(FILLED, pages)
    return made  # type: ignore[no-any-return]


def outcome(environment: jinja2.Environment, **variables: Any) -> object:
    """The text of `page`, or what is wrong with it, and where."""
    try:
        return environment.get_template("page").render(**variables)
    except jinja2.TemplateSyntaxError as e:
        return type(e), e.message, e.filename, e.lineno
    except RecursionError as e:
        return type(e)
    except Exception as e:
        trace = traceback.extract_tb(e.__traceback__)
        lines = [(f.filename, f.lineno) for f in trace if f.filename.startswith("layouts/")]
        return type(e), str(e), lines[-1:]


@settings(deadline=None, max_examples=100)
@given(SITES, TEXTS, st.lists(st.one_of(TEXTS, TEXTS.map(Markup)), max_size=2), st.integers(0, 2))
def test_every_site_is_that_of_jinja(pages: dict[str, str], x: str, xs: list[str], n: int) -> None:
    """Pages, messages, and the lines of mistakes; the second page with another site's name."""
    mine, theirs = ours(pages), stock(pages)
    for name in "ab":
        given_each = [{"x": x, "xs": xs, "ys": [], "n": n, "site": {"name": name}} for _ in "12"]
        assert outcome(mine, **given_each[0]) == outcome(theirs, **given_each[1])


@given(st.one_of(TEXTS, TEXTS.map(Markup), st.integers(), st.booleans(), st.none(), st.floats()))
def test_escaped_is_escape(value: object) -> None:
    assert escaped(value) == escape(value)


def test_a_macro_runs_once_for_a_value() -> None:
    once, runs = Once(), []

    class Macro:
        def __call__(self, *values: object) -> Markup:
            runs.append(values)
            return Markup(len(runs))

    card, other_card, one, other = Macro(), Macro(), ["a"], ["a"]
    for _ in "12":
        made = [once(card, one), once(card, one, 3), once(card, other), once(other_card, one)]
        assert made == ["1", "2", "3", "4"]


def test_what_shows_nothing_of_a_page_is_made_once() -> None:
    pages = {
        "page": "{% include 'foot' %}{% include 'other' %}",
        "foot": "{{ site | seen }}{% from 'lib' import m %}{{ m(t('plain')) }}",
        "other": "{{ (site ~ x) | seen }}",
        "lib": "{% macro m(x) %}<{{ x | seen }}>{% endmacro %}",
    }
    seen: list[str] = []
    mine = ours(pages)
    mine.filters["seen"] = lambda value: seen.append(value) or value
    page = mine.get_template("page")
    for site in ("a", "a", "b"):
        assert page.render(site=site, x=1) == f"{site}<&lt;本文&gt;>{site}1"
    assert seen == ["a", "<本文>", "a1", "a1", "b", "<本文>", "b1"]


@pytest.mark.parametrize(
    "part",
    [
        "{% set l = site.split('/') %}{{ l }}",
        "{{ [site, site] | random }}",
        "{% include no ~ 'leaf' %}",
        "{% import no ~ 'leaf' as l %}",
        "{% from 'list' import add %}{{ add(1) }}",
    ],
)
def test_what_may_change_is_not_kept(part: str) -> None:
    pages = {
        "part": part,
        "leaf": "",
        "list": "{% set xs = [] %}{% macro add(x) %}{% set _ = xs.append(x) %}{{ xs }}{% endmacro %}",
    }
    assert not ours(pages).get_template("part").lasting


def test_a_layout_that_looks_at_itself_sees_all() -> None:
    pages = {
        "page": "{% for y in [2] %}{% include 'part' %}{% include 'over' %}{% endfor %}",
        "part": "{% set all = self._TemplateReference__context.get_all() %}{{ all.x }}{{ all.y }}",
        "over": "{% include 'part' %}",
    }
    assert outcome(ours(pages), x=1) == outcome(stock(pages), x=1) == "1212"


def test_a_damaged_cache_is_an_empty_one(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        ours({"page": "{{ x }}"}, cache)
        place = f"layout:{FORM}:asset t:page"
        assert cache.get(place)
        cache.put(place, b"\xc1")
        assert outcome(ours({"page": "{{ x }}"}, cache), x=1) == "1"


def test_a_layout_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = {"page": "{{ t('plain') }}", "broken": "{% if %}"}
    with Cache(tmp_path) as cache:
        assert outcome(ours(pages, cache)) == "&lt;本文&gt;"
        with monkeypatch.context() as patch:
            patch.setattr(Environment, "compile", None)
            assert outcome(ours(pages, cache)) == "&lt;本文&gt;"
            patch.setitem(FILLED["t"], "blank", "a label that stands on no page")
            assert outcome(ours(pages, cache)) == "&lt;本文&gt;"
        monkeypatch.setitem(LABELS, "plain", "another")
        assert outcome(ours(pages, cache)) == "another"
        pages["other"] = "{% set t = site %}"
        monkeypatch.setitem(GLOBALS, "t", lambda key: f"called with {key}")
        assert outcome(ours(pages, cache)) == "called with plain"
        pages["page"] = "new"
        assert outcome(ours(pages, cache)) == "new"


def test_no_filter_of_ours_is_used_up_while_compiling(tmp_path: Path) -> None:
    """What they give depends on the site's address and on how phrases are found."""
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts/page").write_text(
        "{{ '/a' | absolute }}{{ ['/b'] | map('absolute') | first }}"
    )
    with Cache(tmp_path) as cache:
        for address in ("https://a.jp", "https://b.jp"):
            theme = Theme(Layouts((tmp_path / "layouts",)), {}, {}, address.__add__, cache)
            theme.compile()
            assert theme.render("page", {}, "") == f"{address}/a{address}/b"
