from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from ssg.labels import LABELS

ROOT = Path(__file__).parents[1]


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def used(layout: str) -> set[str]:
    return set(re.findall(r"\bt\(\s*'(\w+)'", layout))


@pytest.mark.parametrize("language", LABELS)
def test_languages_have_the_same_keys(language: str) -> None:
    assert list(LABELS[language]) == list(LABELS["ja"])


@pytest.mark.parametrize("key", LABELS["ja"])
def test_languages_have_the_same_blanks(key: str) -> None:
    assert blanks(LABELS["en"][key]) == blanks(LABELS["ja"][key])


@pytest.mark.parametrize("language", LABELS)
def test_no_text_is_empty_and_keys_are_snake_case(language: str) -> None:
    for key, text in LABELS[language].items():
        assert text.strip()
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", key)


def test_dates_read_as_japanese_and_as_iso() -> None:
    assert LABELS["ja"]["date"].format(y=2026, m=4, d=7) == "2026年4月7日"
    assert LABELS["en"]["date"].format(y=2026, m=4, d=7) == "2026-04-07"


def test_the_notice_above_the_comment_form_has_its_mark_as_text() -> None:
    words = LABELS["ja"]
    notice = words["comments_notice"].format(mark=words["required"])
    assert notice == "メールアドレスが公開されることはありません。※が付いている欄は必須項目です"


def test_a_brief_names_the_article_it_is_about() -> None:
    sentence = LABELS["ja"]["attribution"].format(title="題", publisher="The Decoder")
    assert sentence == "本記事「題」は、The Decoderで最初に公開されました。"


@pytest.mark.parametrize("language", LABELS)
def test_a_week_has_seven_names_and_begins_on_monday(language: str) -> None:
    names = LABELS[language]["weekdays"].split()
    assert len(names) == 7
    assert names[0] in {"月", "Mon"}


def test_layouts_use_only_labels_that_exist() -> None:
    layouts = [path for path in (ROOT / "layouts").rglob("*") if path.is_file()]
    assert layouts
    for path in layouts:
        assert used(path.read_text("utf-8")) <= set(LABELS["ja"]), path
