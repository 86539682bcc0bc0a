"""Emphasis beside Japanese punctuation: 24 of these 26 lines fail in a CommonMark engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extensions.kit import html

CASES = (Path(__file__).parent / "emphasis.txt").read_text("utf-8").strip().split("\n\n")
LINES = dict(case.split("\n") for case in CASES)


@pytest.mark.parametrize(("written", "shown"), LINES.items())
def test_bold_beside_punctuation(written: str, shown: str) -> None:
    assert html(written) == f"<p>{shown}</p>"


@pytest.mark.parametrize(("written", "shown"), LINES.items())
def test_bold_in_lists_tables_and_headings(written: str, shown: str) -> None:
    assert f"<li>{shown}</li>" in html(f"- {written}")
    assert f"<td>{shown}</td>" in html(f"| a | b |\n|---|---|\n| {written} | x |")
    assert f">{shown}</h2>" in html(f"## {written}")


@pytest.mark.parametrize(
    "written",
    [
        "資料_最終_版",
        "snake_case_name",
        "10~20円",
        "foo__bar__baz",
        "2 * 3 * 4",
        "約3~5分、約8~9分",
    ],
)
def test_signs_that_are_part_of_a_word_stay(written: str) -> None:
    assert html(written) == f"<p>{written}</p>"


def test_underscores_between_japanese_letters() -> None:
    assert html("あ__い__う__え__お") == "<p>あ<strong>い</strong>う<strong>え</strong>お</p>"
    assert html("__init__ と __「A」__、__B__。") == (
        "<p><strong>init</strong> と <strong>「A」</strong>、<strong>B</strong>。</p>"
    )


def test_nested_emphasis() -> None:
    assert html("***「強い」***と~~**消した**~~") == (
        "<p><strong><em>「強い」</em></strong>と<del><strong>消した</strong></del></p>"
    )
