"""No rule cries wolf: what is well written is left in peace."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

from ssg.check import check
from ssg.fresh import Options
from ssg.messages import tell
from tests.check import corpus
from tests.conftest import REPO, SOURCES

NOW = datetime(2026, 12, 1, tzinfo=UTC)


def told(root: Path) -> list[str]:
    findings = check(root, Options(output=root / "public", now=NOW)).findings
    lines = (tell(finding.problem, "en") for finding in findings)
    return [f"{line.place} {line.code} {line.text}" for line in lines]


def test_the_corpus_is_large_and_the_same_in_every_run() -> None:
    texts = dict(corpus.sources())
    assert len(texts) >= 200
    assert texts == dict(corpus.sources())
    assert len(set(texts.values())) == len(texts)
    assert not any("⟨" in text for text in texts.values())


def test_well_written_texts_are_left_in_peace(tmp_path: Path) -> None:
    corpus.write(tmp_path)
    found = told(tmp_path)
    assert len(found) < len(dict(corpus.sources())) / 20, "\n".join(found)


def test_the_sample_site_has_nothing_to_mend(tmp_path: Path) -> None:
    for name in SOURCES:
        if (REPO / name).is_dir():
            shutil.copytree(REPO / name, tmp_path / name)
        else:
            shutil.copy(REPO / name, tmp_path / name)
    assert told(tmp_path) == []


def test_a_new_site_has_nothing_to_mend(tmp_path: Path) -> None:
    from ssg.scaffold import init

    init(tmp_path / "blog")
    assert told(tmp_path / "blog") == []
