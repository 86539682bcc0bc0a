"""The state of one rendering, and what stays the same between renderings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from ssg.model import Frozen, Heading, Image, References


class Wording(Frozen, frozen=True):
    """The texts of the theme that stand inside a body."""

    note: str = "補足"
    note_alert: str = "注意"
    details: str = "詳しく見る"
    recommended: str = "この記事は、下記の方に特にお勧めです"
    kicker: str = "【{text}】"
    sponsored_label: str = "広告"
    player_text: str = "YouTubeで見る"
    player_title: str = "YouTubeの動画"
    player_notice: str = "再生するとYouTubeに接続します"
    footnotes: str = "脚注"
    footnote_back: str = "脚注{number}の参照元へ戻る"
    task_done: str = "完了"
    task_open: str = "未完了"
    table: str = "表（横にスクロールできます）"


class Finding(NamedTuple):
    """Something to tell the author: `offset` is where in the body, -1 when not known yet."""

    code: str
    offset: int
    blanks: dict[str, str]


@dataclass(slots=True)
class Directive:
    """A `:::` block. `text` is its Markdown, laid out."""

    name: str
    argument: str
    colons: int
    indent: int
    offset: int
    written: str
    lines: list[str] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    text: str = ""


@dataclass(slots=True)
class Page:
    """One body on its way through the processors, and what was learnt about it."""

    source: str = ""
    numbering: str = "none"
    whole: bool = True  # a body; a single line of inline Markdown otherwise
    findings: list[Finding] = field(default_factory=list)
    directives: list[Directive] = field(default_factory=list)
    headings: list[tuple[Element, bool]] = field(default_factory=list)
    toc: list[Heading] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    notes: dict[str, int] = field(default_factory=dict)  # where each footnote is defined
    anchors: list[tuple[str, int]] = field(default_factory=list)  # that its own links lead to
    images: dict[str, None] = field(default_factory=dict)
    partners: dict[str, None] = field(default_factory=dict)
    paragraph: Element | None = None
    characters: int = 0
    players: bool = False

    def show(self, image: Image) -> None:
        """Note a picture that the page shows, unless it is one that the theme draws."""
        if image.source:
            self.images[image.source] = None

    def report(self, code: str, offset: int = -1, **blanks: str) -> None:
        self.findings.append(Finding(code, offset, blanks))


class Desk:
    """What all processors of one renderer share. `page` is the body that is being rendered."""

    def __init__(
        self,
        references: References,
        wording: Wording,
        picture: Callable[[str, str], Image],
        phrases: Callable[[str], str] | None,
    ) -> None:
        self.references = references
        self.wording = wording
        self.picture = picture
        self.phrases = phrases
        self.page = Page()
