"""The schemas that editors use say what the build says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from ssg.config import load_config
from ssg.schema import KINDS, schema
from tests.conftest import REPO, RunSsg

SAMPLES = sorted(p for p in (REPO / "content").rglob("*.md") if "drafts" not in p.parts)


class Texts(yaml.SafeLoader):
    """YAML 1.2 as editors read it: a date is text."""


Texts.yaml_implicit_resolvers = {
    sign: [(tag, rule) for tag, rule in rules if tag != "tag:yaml.org,2002:timestamp"]
    for sign, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(text: str) -> Any:
    return yaml.load(text, Texts)  # type: ignore[no-any-return]


def faults(kind: str, data: Any) -> list[str]:
    validator = Draft7Validator(schema(kind, "ja", load_config(REPO)))
    return [error.message for error in validator.iter_errors(data)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_one(kind: str) -> None:
    Draft7Validator.check_schema(schema(kind, "ja", load_config(REPO)))


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.stem)
def test_every_sample_fits(file: Path) -> None:
    _, block, _ = file.read_text("utf-8").split("---\n", 2)
    section = file.relative_to(REPO / "content").parts[0]
    assert faults(section, read(block)) == []


def test_the_settings_of_the_sample_fit() -> None:
    assert faults("site", read((REPO / "site.yaml").read_text("utf-8"))) == []


POST = {"title": "題", "date": "2026-01-01"}
SITE = {"title": "題", "url": "https://blog.tarou.jp"}


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("posts", {"title": "題"}),
        ("posts", POST | {"titel": "題"}),
        ("posts", POST | {"draft": "no"}),
        ("posts", POST | {"date": "1月1日"}),
        ("posts", POST | {"tags": "散歩, 習慣"}),
        ("posts", POST | {"category": "ない分類"}),
        ("posts", POST | {"cover": {"src": "/images/a.webp"}}),
        ("news", POST),
        ("authors", {"romaji": "TARO"}),
        ("site", SITE | {"page_size": "たくさん"}),
        ("site", SITE | {"deploy": {"web": {"type": "gti"}}}),
        ("site", SITE | {"deploy": {"web": {"type": "dir", "path": "a", "password": "x"}}}),
    ],
)
def test_a_slip_is_marked(kind: str, data: Any) -> None:
    assert len(faults(kind, data)) == 1


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("posts", POST | {"title": 2026, "subtitle": "副題", "cover": "/images/a.webp"}),
        ("posts", POST | {"subtitle": {"text": "副題"}, "extra": {"何": ["でも"]}}),
        ("site", SITE | {"deploy": {"web": {"type": "git", "remote": "git@tarou.jp:a.git"}}}),
        ("site", SITE | {"digests": [{"slug": "d", "label": "日報", "every": "day", "from": {}}]}),
    ],
)
def test_what_the_build_takes_is_not_marked(kind: str, data: Any) -> None:
    assert faults(kind, data) == []


def test_a_taxonomy_of_the_site_is_known(run_ssg: RunSsg, tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text(
        "title: 一\nurl: https://blog.tarou.jp\ncategories: {暮らし: life}\n"
        "taxonomies: [{name: places, label: 場所}]\n"
    )
    told = run_ssg("schema", "posts", cwd=tmp_path)
    known = json.loads(told.out)["properties"]
    assert known["places"] == known["tags"] | {"description": "場所"}
    assert known["category"]["enum"] == ["暮らし"]


def test_the_schema_of_the_settings_needs_no_site(run_ssg: RunSsg, tmp_path: Path) -> None:
    assert json.loads(run_ssg("schema", cwd=tmp_path).out) == schema("site", "en")


def unexplained(known: dict[str, Any]) -> list[str]:
    """The keys that have neither a meaning nor only members with one."""
    return [
        name
        for name, shape in known.items()
        if "description" not in shape
        and ("properties" not in shape or unexplained(shape["properties"]))
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_tells_what_it_means(kind: str) -> None:
    made = schema(kind, "ja")["properties"]
    assert unexplained(made) == []
    for target in made.get("deploy", {}).get("additionalProperties", {}).get("oneOf", ()):
        assert unexplained(target["properties"]) == []


def test_what_a_key_means_is_told_in_the_language_asked_for(
    run_ssg: RunSsg, tmp_path: Path
) -> None:
    for lang, told in ("ja", "アドレス。公開する場所"), ("en", "address. Where the site will be"):
        made = json.loads(run_ssg("--lang", lang, "schema", cwd=tmp_path).out)["properties"]
        assert made["url"]["description"].startswith(told)


def test_the_labels_of_the_theme_are_listed_with_their_texts() -> None:
    assert faults("site", SITE | {"labels": {"home": "家"}}) == []
    assert faults("site", SITE | {"labels": {"hom": "家"}}) != []
    labels = schema("site", "ja")["properties"]["labels"]["properties"]
    assert labels["home"]["description"] == "ホーム"
