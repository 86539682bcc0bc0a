"""The news brief: from its front matter to a `Brief`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from ssg.config import Config
from ssg.errors import Problem
from ssg.model import Brief, KeyPoint, Origin, Score, Term
from ssg.scores import score
from ssg.text import nearest, visible
from ssg.written import FrontMatter, NewsMeta, WrittenOriginal

Localize = Callable[[datetime], datetime]
ReadBeside = Callable[[str, str], str]


def resolve_brief(
    source: FrontMatter,
    publisher: Term,
    config: Config,
    local: Localize,
    read_beside: ReadBeside,
    problems: list[Problem],
) -> Brief:
    """What a brief says beside its text. `local` brings a moment into the site's zone,
    `read_beside(reference, source)` reads a text file (raises OSError, UnicodeDecodeError).
    """
    meta: NewsMeta = source.meta
    analysis = meta.analysis
    return Brief(
        origin=_origin(meta, publisher, local),
        tldr=meta.tldr or "",
        score=_score(source, meta, config, problems),
        analysed=_analysed(source, meta, local, problems),
        impact=(analysis.impact or "") if analysis else "",
        comment=(analysis.comment or "") if analysis else "",
        key_points=tuple(KeyPoint(title=k.title, text=k.text) for k in meta.key_points),
        original=_original(source, meta.original, read_beside, problems),
        original_lang=(meta.original.lang if meta.original else None) or meta.source.lang or "",
        media=meta.media,
    )


def _origin(meta: NewsMeta, publisher: Term, local: Localize) -> Origin:
    published = meta.source.published
    return Origin(
        publisher=publisher,
        url=meta.source.url,
        title=meta.source.title or "",
        lang=meta.source.lang or "",
        published=local(published) if published else None,
    )


def _score(
    source: FrontMatter, meta: NewsMeta, config: Config, problems: list[Problem]
) -> Score | None:
    if not meta.scores:
        return None
    axes = {axis.id: axis for axis in config.axes}
    unknown = [name for name in meta.scores if name not in axes]
    missing = [name for name in axes if name not in meta.scores]
    for name in unknown:
        blanks = {"near": near} if (near := nearest(name, missing)) else {}
        known = ", ".join(axes)
        problems.append(
            source.at(
                "score/unknown-axis", "scores", name, got=visible(name), known=known, **blanks
            )
        )
    if missing:
        problems.append(source.at("score/missing-axis", "scores", names=", ".join(missing)))
    if unknown or missing:
        return None
    return score(config.axes, meta.scores, config.score_words)


def _analysed(
    source: FrontMatter, meta: NewsMeta, local: Localize, problems: list[Problem]
) -> datetime | None:
    if meta.analysis is None or meta.analysis.at is None:
        return None
    moment = local(meta.analysis.at)
    if moment < local(meta.date):
        problems.append(source.at("front-matter/analysis-early", "analysis", "at"))
    return moment


def _original(
    source: FrontMatter,
    original: WrittenOriginal | None,
    read_beside: ReadBeside,
    problems: list[Problem],
) -> str:
    if original is None:
        return ""
    if (original.text is None) == (original.file is None):
        problems.append(source.at("front-matter/original", "original"))
        return ""
    if original.file is None:
        return original.text or ""
    try:
        return read_beside(original.file, source.path).strip()
    except (OSError, UnicodeDecodeError):
        problems.append(
            source.at("front-matter/original-file", "original", "file", name=visible(original.file))
        )
        return ""
