"""What an entry of the message catalogue is."""

from __future__ import annotations

from typing import NamedTuple

from ssg.errors import Severity


class Sentence(NamedTuple):
    """A problem in one sentence, and what to do about it: a line for each sentence of the hint."""

    severity: Severity
    ja: str
    en: str
    hint_ja: str = ""
    hint_en: str = ""


def E(ja: str, en: str, hint_ja: str = "", hint_en: str = "") -> Sentence:
    return Sentence("error", ja, en, hint_ja, hint_en)


def W(ja: str, en: str, hint_ja: str = "", hint_en: str = "") -> Sentence:
    return Sentence("warning", ja, en, hint_ja, hint_en)
