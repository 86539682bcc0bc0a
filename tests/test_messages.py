"""The catalogue of messages is complete: every code has words, every word is used."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ssg.errors import problem
from ssg.messages import LANGUAGES, SHOWN, lines, named, severity, tell
from ssg.sentences import CATALOGUE, FRAME, WORDS

PACKAGE = Path(__file__).resolve().parents[1] / "ssg"
CODE = re.compile(r"[a-z][a-z-]*/[a-z0-9][a-z0-9-]*")
ORIGINS = ("front-matter", "config", "data")
# Modules whose rules are broken in some files only; the others' are the same in all three.
ONLY_IN = {"settings": ("config",), "targets": ("config",), "frontmatter": ("front-matter",)}
GIVEN = {"broken": {"key"}, "at": {"page"}, "on": {"page"}}  # blanks that a function adds by itself
MODULES = {
    path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_bytes())
    for path in sorted(PACKAGE.rglob("*.py"))
    if path.parent.name != "sentences"
}


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Module, function and call, for every call in the package."""
    for module, tree in MODULES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
                yield module, node.func.id if isinstance(node.func, ast.Name) else name, node


def first_argument(node: ast.Call) -> str:
    match node.args:
        case [ast.Constant(value=str(text)), *_]:
            return text
    return ""


def rules() -> dict[str, set[str]]:
    """Each rule of a typed field, and the origins that its codes may begin with."""
    found = {rule: set(ORIGINS) for rule in ("missing", "unknown-key", "reserved-key", "number")}
    for module, function, node in calls():
        if function == "broken":
            origins = ONLY_IN.get(module.removesuffix(".py"), ORIGINS)
            found.setdefault(first_argument(node), set()).update(origins)
    return found


def dangers() -> set[str]:
    """What `output._danger` returns."""
    (function,) = (
        node
        for node in ast.walk(MODULES["output.py"])
        if isinstance(node, ast.FunctionDef) and node.name == "_danger"
    )
    returned = (n.value for n in ast.walk(function) if isinstance(n, ast.Return))
    return {str(value.value) for value in returned if isinstance(value, ast.Constant)} - {""}


def constants() -> set[str]:
    texts = {
        node.value
        for tree in MODULES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return {text for text in texts if CODE.fullmatch(text)}


USED = (
    {f"{origin}/{rule}" for rule, origins in rules().items() for origin in origins}
    | {f"output/{why}" for why in dangers()}
    | constants()
)
REPORTING = {"problem", "at", "on", "report", "refuse", "Mistake", "PictureError"}


def test_every_code_has_words() -> None:
    told = {first_argument(node) for _, function, node in calls() if function in REPORTING}
    built = {c for c in USED if c.partition("/")[0] in (*ORIGINS, "output")}
    codes = {code for code in told if CODE.fullmatch(code)} | built
    assert codes - CATALOGUE.keys() == set()


def test_every_entry_is_used() -> None:
    assert CATALOGUE.keys() - USED == set()


@pytest.mark.parametrize("code", CATALOGUE)
def test_both_languages_say_the_same(code: str) -> None:
    sentence = CATALOGUE[code]
    assert sentence.ja
    assert sentence.en
    assert sentence.hint_ja
    assert sentence.hint_en
    assert named(sentence.ja) == named(sentence.en)
    hints = [part.split("\n") for part in (sentence.hint_ja, sentence.hint_en)]
    assert [named(part) for part in hints[0]] == [named(part) for part in hints[1]]


@pytest.mark.parametrize("code", CATALOGUE)
def test_the_words_are_whole(code: str) -> None:
    sentence = CATALOGUE[code]
    assert re.search("[ぁ-んァ-ヶ一-龠]", sentence.ja)
    assert not re.search("[ぁ-んァ-ヶ一-龠]", sentence.en + sentence.hint_en)
    assert "  " not in sentence.ja + sentence.en + sentence.hint_ja + sentence.hint_en


def test_every_blank_is_given() -> None:
    lacking = [
        f"{module}:{node.lineno} {code} lacks {sorted(missing)}"
        for module, function, node in calls()
        if function in REPORTING | {"broken"}
        for code in reported(module, function, node)
        if all(keyword.arg for keyword in node.keywords)
        if not (function in {"problem", "Mistake"} and len(node.args) > 4 + (function == "Mistake"))
        if (missing := named(CATALOGUE[code].ja) - given(function, node))
    ]
    assert lacking == []


def reported(module: str, function: str, node: ast.Call) -> list[str]:
    """The codes that a call may report."""
    first = first_argument(node)
    if function == "broken":
        return [f"{origin}/{first}" for origin in ONLY_IN.get(module.removesuffix(".py"), ORIGINS)]
    return [first] if first in CATALOGUE else []


def given(function: str, node: ast.Call) -> set[str]:
    names = {keyword.arg for keyword in node.keywords if keyword.arg}
    literals = [a for a in node.args if isinstance(a, ast.Dict)]
    names |= {k.value for d in literals for k in d.keys if isinstance(k, ast.Constant)}  # type: ignore[misc]
    return names | GIVEN.get(function, set())


def test_words_and_frames_are_in_both_languages() -> None:
    assert WORDS.keys() == FRAME.keys() == set(LANGUAGES)
    assert FRAME["ja"].keys() == FRAME["en"].keys()
    for key, text in FRAME["ja"].items():
        assert named(text) == named(FRAME["en"][key])


def test_a_line_of_a_hint_without_its_blank_is_left_out() -> None:
    told = [
        tell(problem("front-matter/unknown-key", "a.md", 2, 1, key="x", **blanks), "ja").hint
        for blanks in ({"near": "y"}, {"free": "extra"}, {"near": "y", "free": "extra"}, {})
    ]
    assert told == [
        "「y」のことですか。",
        "自分で決めたキーは extra: の下に書きます。",
        "「y」のことですか。自分で決めたキーは extra: の下に書きます。",
        "",
    ]


def test_what_an_author_wrote_is_never_translated() -> None:
    told = tell(problem("front-matter/flag", "a.md", 2, 1, key="draft", got="list"), "ja")
    assert "いまは list" in told.text


def test_only_so_many_are_shown() -> None:
    found = [problem("front-matter/none", f"{n}.md", 1, 1) for n in range(SHOWN + 3)]
    shown = list(lines(found, "ja"))
    assert len(shown) == 2 * SHOWN + 1
    assert shown[-1] == "ほかに3件あります。"


def test_a_place_is_one_line_whatever_the_file_is_called() -> None:
    place = tell(problem("front-matter/none", "a\nb\x1b.md", 1, 1), "en").place
    assert place == "aU+000AbU+001B.md:1:1"


def test_a_code_is_an_error_or_a_warning() -> None:
    assert {severity(code) for code in CATALOGUE} == {"error", "warning"}
