"""Lessons in words: one of them, or all codes family by family."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from textwrap import indent

from ssg.lessons import Lesson, lessons
from ssg.messages import named
from ssg.sentences import CATALOGUE

ORDER = (
    "yaml front-matter config data files pictures markdown format japanese care"
    " layouts machine publishing built"
).split()
_WORDS = {
    "ja": {
        "error": "誤り",
        "warning": "注意",
        "wrong": "誤り",
        "right": "正しい書き方",
        "instead": "こうします",
        "post": "記事の項目",
        "news": "速報の項目",
        "whole": "記事",
        "body": "記事の本文",
        "config": "site.yaml",
        "layout": "レイアウト",
        "more": "ssg explain コード で、意味と例が出ます。",
        "yaml": "項目と設定の書き方",
        "front-matter": "記事の項目",
        "data": "データファイル",
        "files": "ファイルとアドレス",
        "pictures": "画像",
        "markdown": "本文",
        "format": "記事の形",
        "japanese": "日本語の書き方",
        "layouts": "レイアウト",
        "machine": "コマンドとこの機械",
        "publishing": "公開",
        "built": "できたページ",
        "care": "リンク、数字、広告、権利、共有",
    },
    "en": {
        "error": "error",
        "warning": "warning",
        "wrong": "Wrong",
        "right": "Right",
        "instead": "Instead",
        "post": "front matter of a post",
        "news": "front matter of a brief",
        "whole": "a post",
        "body": "text of a post",
        "config": "site.yaml",
        "layout": "a layout",
        "more": "ssg explain CODE tells what it means, with an example.",
        "yaml": "How keys and settings are written",
        "front-matter": "Front matter",
        "data": "Data files",
        "files": "Files and addresses",
        "pictures": "Pictures",
        "markdown": "Text",
        "format": "What posts consist of",
        "japanese": "Japanese",
        "layouts": "Layouts",
        "machine": "Commands and this machine",
        "publishing": "Publishing",
        "built": "Pages that were built",
        "care": "Links, figures, advertising, rights, sharing",
    },
}


def explained(code: str, lang: str) -> str:
    """What a code means, with its examples."""
    lesson, words = lessons()[code], _WORDS[lang]
    severity = words[CATALOGUE[code].severity]
    head = f"{code}（{severity}）" if lang == "ja" else f"{code} ({severity})"
    place = words.get(lesson.where, lesson.where)
    wrong = words["wrong"]
    if lesson.where != "words":
        wrong = f"{wrong}（{place}）" if lang == "ja" else f"{wrong} ({place})"
    right = words["right" if lesson.where != "words" else "instead"]
    parts = [
        f"{wrong}:",
        *_indented(lesson.wrong[lang]),
        f"{right}:",
        *_indented(lesson.right[lang]),
    ]
    return "\n".join([head, indent(lesson.meaning[lang], "  "), *parts])


def _indented(text: str) -> Iterator[str]:
    return (f"    {line}".rstrip() for line in text.split("\n"))


def listed(lang: str) -> str:
    """Every code with its sentence, in which `…` stands for what differs."""
    words = _WORDS[lang]
    lines = [words["more"]]
    families = sorted(lessons().values(), key=lambda lesson: _order(lesson.family))
    for family, codes in groupby(families, key=lambda lesson: lesson.family):
        lines += ["", words[family]]
        lines += [f"  {lesson.code}  {_sentence(lesson, lang)}" for lesson in codes]
    return "\n".join(lines)


def _order(family: str) -> int:
    return ORDER.index(family)


def _sentence(lesson: Lesson, lang: str) -> str:
    text = CATALOGUE[lesson.code].ja if lang == "ja" else CATALOGUE[lesson.code].en
    return text.format_map(dict.fromkeys(named(text), "…"))
