"""What a layout is made of, from its own words."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ssg import closures as module
from ssg.cache import Cache
from ssg.closures import Closure, closures
from ssg.layouts import LayoutFiles

THEME = {
    "base.html": "{% include 'partials/head.html' %}{% block main %}{% endblock %}",
    "partials/head.html": "{{ asset('site.css') }}{{ asset('theme.js') }}",
    "partials/icons.html": "{% macro icon(name) %}<{{ name }}>{% endmacro %}",
    "partials/menu.html": "{{ data.menu }}",
    "post.html": "{% extends 'base.html' %}{% from 'partials/icons.html' import icon %}",
    "list.html": "{% extends 'base.html' %}{% import 'partials/icons.html' as icons %}"
    "{% include ['none.html', 'partials/menu.html'] ignore missing %}",
    "plain.html": "{% for data_of in [1] %}{{ t('data') }}{{ data_of }}{% endfor %}",
}


def put(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return folder


class Site:
    """A folder of layouts over that of a theme."""

    def __init__(self, root: Path) -> None:
        self.root = root
        put(root / "theme", THEME)
        (root / "own").mkdir()

    def closures(self, **changed: str) -> dict[str, Closure]:
        put(self.root / "own", {f"{n.replace('__', '/')}.html": t for n, t in changed.items()})
        layouts = LayoutFiles((self.root / "own", self.root / "theme"))
        with Cache(self.root / "cache") as cache:
            return closures(layouts, cache)

    def changed_by(self, **changed: str) -> set[str]:
        before, after = self.closures(), self.closures(**changed)
        return {name for name in before if before[name].digest != after[name].digest}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def everything(found: dict[str, Closure], name: str) -> bool:
    """Whether a layout may be made of all layouts, so that nothing may be left out."""
    return found[name].data and found[name].assets is None


def test_a_closure_is_all_that_a_layout_is_made_of(site: Site) -> None:
    assert site.changed_by(base="new") == {"base.html", "post.html", "list.html"}
    assert site.changed_by(partials__icons="new") == {
        "partials/icons.html",
        "post.html",
        "list.html",
    }


def test_a_file_of_the_site_stands_in_the_place_of_the_theme_s(site: Site) -> None:
    assert site.changed_by(partials__head=THEME["partials/head.html"]) == set()
    assert site.changed_by(partials__head="own") == {
        "partials/head.html",
        "base.html",
        "post.html",
        "list.html",
    }
    assert site.closures()["post.html"].assets == frozenset()
    put(site.root / "theme", {"partials/head.html": "hidden"})
    assert site.changed_by() == set()


def test_a_missing_layout_may_come(site: Site) -> None:
    assert site.changed_by(none="here") == {"list.html"}


def test_what_may_be_read(site: Site) -> None:
    found = site.closures()
    assert {name for name, closure in found.items() if closure.data} == {
        "list.html",
        "partials/menu.html",
    }
    assert found["post.html"].assets == {"site.css", "theme.js"}
    assert found["plain.html"].assets == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "{% include name %}",
        "{% include ['base.html', name] %}",
        "{% extends layout %}",
        "{% import 'a' ~ name as a %}",
        "{% if %}",
        "{{ self._TemplateReference__context }}",
        "{% include './base.html' %}",
        "{% include 'broken.html' %}",
        "\0",
    ],
)
def test_what_cannot_be_known_is_everything(site: Site, text: str) -> None:
    found = site.closures(odd=text, over="{% extends 'odd.html' %}", broken="{{")
    assert everything(found, "odd.html")
    assert everything(found, "over.html")
    assert not everything(found, "post.html")
    assert {"odd.html", "over.html"} <= site.changed_by(plain="new")


@pytest.mark.parametrize(
    "text",
    ["{{ asset(name) }}", "{% set a = asset %}{{ a('x') }}", "{{ m(asset) }}{{ asset('x') }}",
     "{{ names | map('upper') | map(asset) }}", "{{ asset(*names) }}", "{{ asset('a' ~ b) }}"],
)  # fmt: skip
def test_an_asset_may_be_any(site: Site, text: str) -> None:
    assert site.closures(odd=text)["odd.html"].assets is None


def test_layouts_that_include_each_other(site: Site) -> None:
    found = site.closures(a="{% include 'b.html' %}{{ data }}", b="{% include 'a.html' %}")
    assert [found[name].data for name in ("a.html", "b.html")] == [True, True]


def test_nothing_is_parsed_while_nothing_changes(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = site.closures()
    monkeypatch.setattr(module, "_facts", None)
    assert site.closures() == found


def test_a_damaged_cache_is_an_empty_one(site: Site) -> None:
    found = site.closures()
    with Cache(site.root / "cache") as cache:
        cache.put("closures", b"\xc1")
    assert site.closures() == found


def test_jinja_is_not_needed_to_look() -> None:
    code = "import sys, ssg.closures; assert 'jinja2' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[1])
