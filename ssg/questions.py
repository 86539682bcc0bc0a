"""What a source asks the site while it is resolved and rendered: pages, pictures, files, cards.

The answers are noted, so that the next build can tell whether they are still the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ssg.images import PictureError
from ssg.kept import digest
from ssg.ledger import Asked
from ssg.model import Image, LinkCard

Find = Callable[[str, str], Image]
ReadBeside = Callable[[str, str], str]
Page = Callable[[], LinkCard]


def composed(name: str) -> str:
    """A file's name or an address in one normal form, however the machine stored it."""
    return name if name.isascii() else unicodedata.normalize("NFC", name)


@dataclass
class Answers:
    """All that sources may ask. `list_pages` gives pages by source, path and address, `withheld`
    are sources that are not published: a link to them must not leak their address. Names are in
    NFC.
    """

    picture: Find
    read_beside: ReadBeside
    list_pages: Callable[[], dict[str, Page]] = dict
    withheld: frozenset[str] = frozenset()
    cards: Mapping[str, LinkCard] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.marks: dict[tuple[str, str], bytes] = {}

    @cached_property
    def pages(self) -> dict[str, Page]:
        return self.list_pages()

    def give(self, kind: str, subject: str, source: str) -> Any:
        match kind:
            case "page":
                page = self.pages.get(composed(subject))
                return page() if page else None
            case "withheld":
                return composed(subject) in self.withheld
            case "card":
                return self.cards.get(subject)
            case "picture":
                return self.picture(subject, source)
            case _:
                return self.read_beside(subject, source)

    def same(self, asked: Asked, source: str) -> bool:
        """Whether these answers are still given to a source."""
        return all(self._mark(question, source) == known for question, known in asked.items())

    def _mark(self, question: str, source: str) -> bytes:
        key = question, source
        if key not in self.marks:
            notes = Notes(self)
            notes.source = source
            kind, _, subject = question.partition(" ")
            with suppress(PictureError, OSError, UnicodeDecodeError):
                notes.ask(kind, subject)
            self.marks[key] = notes.asked[question]
        return self.marks[key]


class Notes:
    """Asks for one source after the other; `asked` is what the present one wanted to know."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.begin("")

    def begin(self, source: str) -> None:
        self.source = source
        self.asked: Asked = {}

    def ask(self, kind: str, subject: str) -> Any:
        mark: Any = None
        try:
            answer = mark = self.answers.give(kind, subject, self.source)
        except PictureError as e:
            mark = [e.code, e.blanks]
            raise
        except (OSError, UnicodeDecodeError) as e:
            mark = type(e).__name__
            raise
        finally:
            self.asked[f"{kind} {subject}"] = digest(mark)
        return answer

    def page(self, name: str) -> LinkCard | None:
        found: LinkCard | None = self.ask("page", name)
        return found

    def withheld(self, name: str) -> bool:
        return bool(self.ask("withheld", name))

    def card(self, address: str) -> LinkCard | None:
        found: LinkCard | None = self.ask("card", address)
        return found

    def picture(self, reference: str, source: str) -> Image:
        found: Image = self.ask("picture", reference)
        return found

    def read_beside(self, reference: str, source: str) -> str:
        return str(self.ask("file", reference))
