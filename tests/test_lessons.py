"""`ssg explain`: every code has a lesson, and its examples do what they say.

Examples that stand in a file are tried: built with the wrong one the code appears at that file,
with the right one it does not. Many stand in one site, each in a file of its own. What only
`ssg check` tells is tried with that.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from ssg.check import check
from ssg.cli import cli
from ssg.config import load_config
from ssg.errors import ConfigError
from ssg.fresh import Options
from ssg.lessons import FAMILIES, Lesson, lessons
from ssg.messages import LANGUAGES
from ssg.sentences import CATALOGUE
from ssg.sentences.checking import CHECKING

NOW = datetime(2026, 11, 22, tzinfo=UTC)
SITE = """\
title: 散歩の帖
url: https://blog.example.com
author: hana
categories: {暮らし: life, AI: ai}
"""
FILES = {
    "content/authors/hana.md": "---\nname: 花\n---\n",
    "content/posts/good.md": "---\ntitle: 良い記事\ndate: 2026-04-01\n---\n本文\n",
    "content/posts/draft.md": "---\ntitle: 続き\ndate: 2026-04-01\ndraft: true\n---\n本文\n",
    "content/news/brief.md": "---\ntitle: 速報\ndate: 2026-05-01\ntags: [散歩]\n"
    "source: {name: 例の新聞, url: https://paper.example.com/}\n---\n本文\n",
    "content/data/partners.yaml": "shoes:\n  name: 靴屋\n  url: https://shoes.example.com\n"
    "  text: 歩きやすい靴です\n",
}
HEADS = {
    "post": ("title: 朝の道", "date: 2026-04-02"),
    "news": (
        "title: 朝の道",
        "date: 2026-04-02",
        "source: {name: 例の新聞, url: https://paper.example.com/}",
    ),
    "config": ("title: 散歩の帖", "url: https://blog.example.com"),
}
TRIED = [lesson for lesson in lessons().values() if lesson.where != "words" and lesson.own]
CARE = [lesson for lesson in TRIED if lesson.family == "care"]
CHECKED = [lesson for lesson in TRIED if lesson.code in CHECKING and lesson not in CARE]
BUILT = [lesson for lesson in TRIED if lesson.code not in CHECKING]


def put(site: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    put(tmp_path, FILES | {"site.yaml": SITE})
    pictures = tmp_path / "assets/images"
    pictures.mkdir(parents=True)
    Image.new("RGB", (64, 48), "teal").save(pictures / "cover.jpg")
    (pictures / "empty.png").touch()
    (pictures / "walk.heic").write_bytes(b"heic")
    Image.new("RGB", (4, 4)).save(tmp_path / "outside.png")
    return tmp_path


def with_head(text: str, where: str, bare: bool) -> str:
    """The lines of an example below those that every such file needs."""
    keys = re.findall(r"^(\w+)\s*[:：]", text, re.MULTILINE)
    head = [] if bare else [line for line in HEADS[where] if line.split(":")[0] not in keys]
    return "\n".join([*head, text])


def example(lesson: Lesson, text: str) -> dict[str, str]:
    """The files that an example adds; the first is the one at which its mistake is told."""
    name = lesson.code.replace("/", "-")
    match lesson.where:
        case "post":
            front = with_head(text, "post", lesson.bare)
            return {f"content/posts/{name}.md": f"---\n{front}\n---\n本文\n"}
        case "news":
            front = with_head(text, "news", lesson.bare)
            return {f"content/news/{name}.md": f"---\n{front}\n---\n本文\n"}
        case "whole":
            return {f"content/posts/{name}.md": text}
        case "body":
            numbering = "numbering: roman\n" if lesson.code == "text/typed-number" else ""
            front = f"---\ntitle: 朝の道\ndate: 2026-04-02\n{numbering}---\n"
            return {f"content/posts/{name}.md": f"{front}{text}\n"}
        case "layout":
            post = f"---\ntitle: 朝の道\ndate: 2026-04-02\nlayout: {name}\n---\n本文\n"
            return {f"layouts/{name}.html": text, f"content/posts/{name}.md": post}
        case "config":
            return {"site.yaml": with_head(text, "config", lesson.bare)}
    return {lesson.where: text}


def told(site: Path) -> list[tuple[str, str]]:
    """Every problem of a build: file and code."""
    command = ["build", "--site", str(site), "--format", "json", "--jobs", "1"]
    result = CliRunner().invoke(cli, [*command, "--now", "2026-11-22"], catch_exceptions=False)
    return [(row["path"], row["code"]) for row in json.loads(result.stdout)["problems"]]


def tried(site: Path, some: Iterable[Lesson], text: Callable[[Lesson], str]) -> set[str]:
    """The codes of those examples, put into one site, that are told at their own file."""
    place = {}
    for lesson in some:
        files = example(lesson, text(lesson))
        put(site, files)
        place[lesson.code] = next(iter(files))
    found = told(site)
    return {code for code, path in place.items() if (path, code) in found}


def wrong(lesson: Lesson) -> str:
    return lesson.wrong["ja"]


def right(lesson: Lesson) -> str:
    return lesson.right["ja"]


def group(*places: str) -> list[Lesson]:
    return [lesson for lesson in BUILT if lesson.where in places]


GROUPS = {
    "front matter": group("post", "news", "whole"),
    "text": group("body"),
    "layouts": group("layout"),
}


@pytest.mark.parametrize("name", GROUPS)
def test_the_wrong_examples_are_wrong_and_the_right_ones_right(name: str, site: Path) -> None:
    some = GROUPS[name]
    codes = {lesson.code for lesson in some}
    assert codes - tried(site, some, wrong) == set()
    assert tried(site, some, right) == set()


def settings(site: Path, lesson: Lesson, text: str) -> set[str]:
    """The codes that a site.yaml gets, or a data file: alone, for there is only one."""
    put(site, example(lesson, text))
    try:
        load_config(site)
    except ConfigError as e:
        return {problem.code for problem in e.problems}
    return {code for _, code in told(site)}


ALONE = [lesson for lesson in BUILT if lesson.where == "config" or "/" in lesson.where]


@pytest.mark.parametrize("lesson", ALONE, ids=lambda lesson: lesson.code)
def test_examples_of_settings_and_data(lesson: Lesson, site: Path) -> None:
    assert lesson.code in settings(site, lesson, wrong(lesson))
    assert lesson.code not in settings(site, lesson, right(lesson))


# --- what the check tells -------------------------------------------------------------------


def unseen(text: str) -> str:
    """The text that an example means, which names what cannot be seen: U+FE0F."""
    return re.sub(r"U\+([0-9A-F]{4})", lambda match: chr(int(match[1], 16)), text)


def checked(site: Path, text: Callable[[Lesson], str]) -> dict[str, set[str]]:
    """What the check tells of each example, all put into one site."""
    place = {}
    for lesson in CHECKED:
        files = example(lesson, unseen(text(lesson)))
        put(site, files)
        place[next(iter(files))] = lesson.code
    found: dict[str, set[str]] = {code: set() for code in place.values()}
    options = Options(output=site / "public", now=datetime(2026, 11, 22, tzinfo=UTC))
    for problem in (finding.problem for finding in check(site, options).findings):
        if problem.path in place:
            found[place[problem.path]].add(problem.code)
    return found


def test_the_check_tells_the_wrong_examples_and_nothing_new_of_the_right_ones(site: Path) -> None:
    post = "---\ntitle: 道{}\ndate: 2026-04-01\n---\n記録はGitHubにあります。\n"
    put(site, {f"content/posts/usual-{n}.md": post.format(n) for n in range(10)})
    before, after = checked(site, wrong), checked(site, right)
    assert {code for code in before if code not in before[code]} == set()
    left = {code: after[code] - (before[code] - {code}) for code in before}
    assert {code: more for code, more in left.items() if more} == {}


def test_every_example_that_can_be_tried_is() -> None:
    codes = {lesson.code for some in GROUPS.values() for lesson in some}
    codes |= {lesson.code for lesson in [*ALONE, *CHECKED, *CARE]}
    assert {lesson.code for lesson in TRIED} - codes == set()


# What `ssg check` compares with: another post, its title, description and heading.
COMPARED = """\
---
title: 朝の散歩
date: 2026-04-01
description: 散歩と暮らしのブログです。
---
## 道のり {#michi}

本文
"""


@pytest.mark.parametrize("text", [wrong, right])
def test_what_a_check_says_of_the_examples(text: Callable[[Lesson], str], site: Path) -> None:
    put(site, {"content/posts/good.md": COMPARED})
    Image.new("RGB", (64, 48), "navy").save(site / "assets/images/bridge.jpg")
    files = {lesson.code: example(lesson, text(lesson)) for lesson in CARE}
    for written in files.values():
        put(site, written)
    findings = check(site, Options(output=site / "public", now=NOW)).findings
    found = {(finding.problem.code, finding.problem.path) for finding in findings}
    codes = {code for code, written in files.items() if (code, next(iter(written))) in found}
    assert codes == (set(files) if text is wrong else set())


# --- all are there --------------------------------------------------------------------------


def test_every_code_has_a_lesson() -> None:
    missing = sorted(CATALOGUE.keys() - lessons().keys())
    assert missing == [], "write a lesson for each in ssg/lessons/"
    assert sorted(lessons().keys() - CATALOGUE.keys()) == []


def test_every_family_is_read() -> None:
    folder = Path(__file__).resolve().parents[1] / "ssg/lessons"
    assert {file.stem for file in folder.glob("*.toml")} == FAMILIES.keys()


@pytest.mark.parametrize("code", lessons())
def test_lessons_are_whole(code: str) -> None:
    lesson = lessons()[code]
    assert re.search("[ぁ-んァ-ヶ一-龠]", lesson.meaning["ja"])
    assert not re.search("[ぁ-ん]", lesson.meaning["en"])
    for lang in LANGUAGES:
        assert lesson.wrong[lang] != lesson.right[lang] or lesson.code.startswith("deploy/")
        assert lesson.wrong[lang]
        assert lesson.right[lang]


# --- the command --------------------------------------------------------------------------------


def explain(*args: str, lang: str = "ja") -> Result:
    return CliRunner().invoke(cli, ["--lang", lang, "explain", *args], catch_exceptions=False)


def test_a_code_is_explained() -> None:
    assert explain("yaml/wide-colon").stdout == (
        "yaml/wide-colon（誤り）\n"
        "  日本語入力のまま打つと、コロンが全角「：」になります。見た目は似ていますが、区切りとして働きません。\n"
        "誤り（記事の項目）:\n    title： 朝の道\n正しい書き方:\n    title: 朝の道\n"
    )
    english = explain("disk/full", lang="en").stdout
    assert english.startswith("disk/full (error)\n  The disk is full.")
    assert "\nInstead:\n    $ df -h .\n" in english


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_code_all_are_listed(lang: str) -> None:
    listed = explain(lang=lang).stdout
    assert re.findall(r"^  (\S+/\S+)  ", listed, re.MULTILINE).sort() == [*CATALOGUE].sort()
    assert "{" not in re.sub(r"\{[%{#] ?|[%}#]\}", "", listed).replace("{#…}", "")


@pytest.mark.parametrize(
    ("asked", "near"),
    [("yaml/wide-colom", "yaml/wide-colon"), ("yaml/widecolon", "yaml/wide-colon"), ("xyz", "")],
)
def test_an_unknown_code_is_answered_with_the_nearest(asked: str, near: str) -> None:
    result = explain(asked, lang="en")
    assert result.exit_code == 2
    assert f"There is no code {asked}." in result.stderr
    assert (f"Did you mean {near}?" in result.stderr) is bool(near)
