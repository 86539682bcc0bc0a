"""The READMEs tell the truth: their commands run, their examples build, nothing is left out."""

from __future__ import annotations

import inspect
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple, get_args, get_origin

import click
import jinja2.defaults
import pytest
from PIL import Image
from pydantic import BaseModel

import ssg.data
import ssg.model
import ssg.views
import ssg.written
from ssg.arithmetic import OPERATORS
from ssg.cli import cli
from ssg.labels import LABELS
from ssg.model import Frozen
from ssg.settings import WrittenSite
from ssg.tables import meanings
from ssg.targets import MODELS as TARGETS
from ssg.targets import WrittenTarget
from ssg.templates import Layouts, Theme
from tests.conftest import REPO, clean_environment

LANGUAGES = {"README.md": "en", "README.ja.md": "ja"}
PICTURES = ("assets/images/cover.jpg", "content/posts/walk.jpg")  # named by the examples

each_readme = pytest.mark.parametrize("name", LANGUAGES)


class Block(NamedTuple):
    """A fenced block; `file` is the name in bold above it, `info` what follows the fence."""

    file: str
    info: str
    text: str


def readme(name: str) -> str:
    return (REPO / name).read_text("utf-8")


def blocks(name: str) -> list[Block]:
    fence = r"^(?:\*\*`([^`\n]+)`\*\*\n\n)?(`{3,})(\S[^\n]*)\n(.*?)^\2$"
    found = re.finditer(fence, readme(name), re.MULTILINE | re.DOTALL)
    return [Block(m[1] or "", m[3], m[4]) for m in found]


def prose(name: str) -> str:
    return re.sub(r"^(`{3,})\S.*?^\1$", "", readme(name), flags=re.MULTILINE | re.DOTALL)


def section(name: str, heading: str) -> str:
    level = heading.partition(" ")[0]
    rest = prose(name).split(f"\n{heading}\n")[1]
    return re.split(rf"^#{{1,{len(level)}}} ", rest, flags=re.MULTILINE)[0]


def words(text: str) -> set[str]:
    """The words of everything that is set as code."""
    code = " ".join(re.findall(r"`([^`\n]+)`", text))
    return set(re.findall(r"--?[a-z][a-z-]*|\w+", code))


def rows(text: str, name: str) -> list[str]:
    """The lines of tables whose first cell names something."""
    return [k for k in text.splitlines() if k[:1] == "|" and f"`{name}`" in k.split("|")[1]]


# --- what is run -------------------------------------------------------------------------------


def shell(command: str, folder: Path, language: str) -> subprocess.CompletedProcess[str]:
    function = f'ssg() {{ "{sys.executable}" -m ssg "$@"; }}\n'
    return subprocess.run(
        ["bash", "-c", f"{function}{command} 2>&1"],
        cwd=folder,
        env=clean_environment() | {"SSG_LANG": language, "PYTHONPATH": str(REPO)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def without_numbers(text: str) -> str:
    return re.sub(r"[\d.,]*\d", "N", text)


def play(block: Block, folder: Path, language: str) -> None:
    """Run a console session: each line must be printed, and the exit code be the one promised."""
    for step in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        command, *expected = step.splitlines()
        done = shell(command, folder, language)
        printed = without_numbers(done.stdout).splitlines()
        missing = [line for line in expected if without_numbers(line) not in printed]
        assert not missing, f"{command}\n{done.stdout}"
        promised = re.search(r"exit=(\d+)", block.info) if command.startswith("ssg") else None
        assert done.returncode == (int(promised[1]) if promised else 0), done.stdout


@each_readme
def test_every_session_runs_and_every_example_builds(name: str, tmp_path: Path) -> None:
    language, site, folder = LANGUAGES[name], tmp_path / "blog", tmp_path
    for block in blocks(name):
        if block.info.startswith("console"):
            play(block, folder, language)
            folder = site if "$ cd blog" in block.text else folder
        elif block.file:
            (site / block.file).parent.mkdir(parents=True, exist_ok=True)
            (site / block.file).write_text(block.text, encoding="utf-8")
        for picture in PICTURES if site.is_dir() else ():
            (site / picture).parent.mkdir(parents=True, exist_ok=True)
            Image.new("RGB", (1600, 900), "teal").save(site / picture)
    done = shell("ssg build --strict --drafts --future --format json", site, language)
    result = json.loads(done.stdout)
    assert (result["ok"], result["problems"], result["held_back"]) == (True, [], {})


@each_readme
def test_examples_are_found(name: str) -> None:
    files = {b.file for b in blocks(name) if b.file}
    assert {"site.yaml", "content/posts/long-walk.md", "content/authors/hana.md"} <= files
    assert sum(b.info.startswith("console") for b in blocks(name)) >= 4


@each_readme
def test_every_block_of_yaml_and_markdown_is_a_file_that_is_built(name: str) -> None:
    for block in blocks(name):
        if block.info in ("yaml", "markdown", "jinja", "css"):
            assert block.file, block.text


@each_readme
def test_the_copy_of_a_layout_of_the_theme_is_up_to_date(name: str) -> None:
    [copy] = [b.text for b in blocks(name) if b.file == "layouts/base.html"]
    added = [line for line in copy.splitlines() if "own.css" in line]
    assert len(added) == 1
    assert copy.replace(added[0] + "\n", "") == (REPO / "layouts/base.html").read_text("utf-8")


# --- nothing is left out -----------------------------------------------------------------------


@each_readme
@pytest.mark.parametrize("command", cli.commands)
def test_every_option_is_documented(name: str, command: str) -> None:
    known = {f"{c}" for p in cli.commands[command].params for c in getattr(p.type, "choices", ())}
    known |= options(cli.commands[command])
    assert known - words(section(name, f"### ssg {command}")) == set()


@each_readme
def test_the_commands_and_options_documented_are_those_that_exist(name: str) -> None:
    spoken = re.findall(r"`([^`\n]+)`", prose(name))
    known = {"-h", "--help", "--version"}.union(*map(options, (cli, *cli.commands.values())))
    found = {o for s in spoken for o in re.findall(r"(?:^|\s)(--?[a-z][a-z-]*)", s)}
    assert found == known
    assert {s.split()[1] for s in spoken if re.match(r"ssg [a-z]", s)} == set(cli.commands)


def options(command: click.Command) -> set[str]:
    given = [p for p in command.params if isinstance(p, click.Option)]
    return {o for p in given for o in (*p.opts, *p.secondary_opts)}


def settings(model: type[BaseModel], above: str = "") -> dict[str, Any]:
    """Each setting by its full name, with its default."""
    found: dict[str, Any] = {}
    for key, field in model.model_fields.items():
        is_list = get_origin(field.annotation) is list
        choices = () if is_list else (field.annotation, *get_args(field.annotation))
        inner = next(filter(is_model, choices), None)
        found |= settings(inner, f"{above}{key}.") if inner else {above + key: field.default}
    return found


def is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


@each_readme
@pytest.mark.parametrize("setting", settings(WrittenSite))
def test_every_setting_is_documented_with_its_default(name: str, setting: str) -> None:
    [line] = rows(section(name, "## site.yaml"), setting)
    default = settings(WrittenSite)[setting]
    if isinstance(default, str | int):
        assert (str(default).lower() if isinstance(default, bool) else str(default)) in line
    [example] = [b.text for b in blocks(name) if b.file == "site.yaml"]
    assert re.search(rf"^ *{setting.rpartition('.')[2]}:", example, re.MULTILINE)


@each_readme
@pytest.mark.parametrize("kind", TARGETS)
def test_every_key_of_a_target_is_documented(name: str, kind: str) -> None:
    heading = {"README.md": "## Publish", "README.ja.md": "## 公開する"}[name]
    own = set(TARGETS[kind].model_fields) - set(WrittenTarget.model_fields)
    for key in TARGETS[kind].model_fields:
        [line] = rows(section(name, heading), key)
        of = set(re.findall(r"`(\w+)`", line.split("|")[3]))
        assert kind in of if key in own else not of


KEYS = [(kind, key) for kind, table in meanings().items() for key in table]


@each_readme
@pytest.mark.parametrize(("kind", "key"), KEYS)
def test_the_schema_explains_a_key_as_it_is_documented(name: str, kind: str, key: str) -> None:
    told = meanings()[kind][key][LANGUAGES[name]]
    found = [[plain(cell) for cell in line.split(" | ")] for line in rows(prose(name), key)]
    stop = {"en": ". ", "ja": "。"}[LANGUAGES[name]]
    assert told in [f"{cells[1]}{stop}{cells[-1].removesuffix(' |')}" for cells in found]


def plain(cell: str) -> str:
    return re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", cell).replace("`", "")


def written_models() -> dict[str, set[str]]:
    """Every mapping that authors write, with its keys."""
    members = dict(inspect.getmembers(ssg.data)) | dict(inspect.getmembers(ssg.written))
    del members["Written"]
    models = {n: set(m.model_fields) for n, m in members.items() if is_model(m)}
    structs = {n: set(m.__struct_fields__) for n, m in members.items() if is_struct(m)}
    return models | structs


def is_struct(member: Any) -> bool:
    return isinstance(member, type) and issubclass(member, ssg.written.Written)


@each_readme
@pytest.mark.parametrize("model", written_models())
def test_every_key_is_documented_and_used(name: str, model: str) -> None:
    keys = written_models()[model]
    assert keys - words(prose(name)) == set()
    if model.endswith("Meta"):
        examples = "\n".join(b.text for b in blocks(name) if b.file.startswith("content/"))
        assert keys - set(re.findall(r"^(\w+):", examples, re.MULTILINE)) == set()


def layouts() -> list[str]:
    files = [p for p in (REPO / "layouts").rglob("*.*") if "partials" not in p.parts]
    names = (p.relative_to(REPO / "layouts").as_posix() for p in files)
    return sorted({name.removesuffix(".html") for name in names})


def contexts() -> dict[str, set[str]]:
    """Layouts and their variables: the first line of a context names those that it is for."""
    found = {}
    for name, context in inspect.getmembers(ssg.views, inspect.isclass):
        if name.endswith("Context"):
            line = (context.__doc__ or "").splitlines()[0].split(":")[0]
            for layout in re.findall(r"`([\w./-]+)`", line):
                found[layout.removesuffix(".html")] = set(context.__struct_fields__)
    return found


@each_readme
@pytest.mark.parametrize("layout", layouts())
def test_every_layout_is_documented_with_its_variables(name: str, layout: str) -> None:
    lines = rows(prose(name), "trend" if layout == "page" else layout)
    assert rows(prose(name), layout)
    assert any(contexts().get(layout, set()) <= words(line) for line in lines)


@each_readme
def test_every_field_of_what_layouts_see_is_documented(name: str) -> None:
    hidden = {"Frozen", "References", "LinkCard", "Introduction"}  # no layout sees them
    for where in (ssg.views, ssg.model):
        for kind, struct in inspect.getmembers(where, inspect.isclass):
            if issubclass(struct, Frozen) and not kind.endswith("Context") and kind not in hidden:
                assert set(struct.__struct_fields__) - words(prose(name)) == set(), kind


@each_readme
def test_every_filter_and_function_is_documented(name: str) -> None:
    environment = Theme(Layouts((REPO / "layouts",)), LABELS["ja"], {}, str).environment
    for own in set(environment.filters) - {*jinja2.defaults.DEFAULT_FILTERS, *OPERATORS}:
        assert rows(prose(name), own)
    own = set(environment.globals) - set(jinja2.defaults.DEFAULT_NAMESPACE)
    assert own - words(prose(name)) == set()


# --- one text in two languages -----------------------------------------------------------------


def without_comments(block: Block) -> tuple[str, str, str]:
    text = block.text
    if block.info.startswith("console"):
        text = "\n".join(line for line in text.splitlines() if line.startswith("$ "))
    elif block.info in ("sh", "yaml", "text"):
        text = re.sub(r"\s*(^|\s)# .*$", "", text, flags=re.MULTILINE)
    return block.file, block.info, text


def test_the_readmes_have_the_same_code() -> None:
    english, japanese = ([without_comments(b) for b in blocks(name)] for name in LANGUAGES)
    assert english == japanese


def test_the_readmes_have_the_same_sections_and_tables() -> None:
    def shape(name: str) -> list[str]:
        return re.findall(r"^(#+|\|)[^\n]*", prose(name), re.MULTILINE)

    assert shape("README.md") == shape("README.ja.md")


@pytest.mark.parametrize("file", [*sorted(REPO.glob("*.md"))], ids=lambda file: file.name)
def test_links_and_pictures_lead_somewhere(file: Path) -> None:
    text = re.sub(r"^(`{3,}).*?^\1$", "", file.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    bare = re.sub(r"`[^`\n]*`", "", text)
    anchors = {
        re.sub(r"[^\w\- ]", "", t.lower()).replace(" ", "-")
        for t in re.findall(r"^#+ (.*)", text, re.MULTILINE)
    }
    targets = re.findall(r"\]\(([^)\s]+)", bare)
    for target in targets:
        if target.startswith("#"):
            assert target[1:] in anchors, target
        elif not target.startswith("https://"):
            assert (REPO / target).is_file(), target


@pytest.mark.parametrize("picture", [*sorted(REPO.glob("docs/*.webp"))], ids=lambda file: file.name)
def test_pictures_are_light_and_used(picture: Path) -> None:
    assert picture.suffix == ".webp"
    assert picture.stat().st_size < 150_000
    assert f"docs/{picture.name}" in readme("README.md")
