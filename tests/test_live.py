"""When open pages and the terminal are told, and of what."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssg.fresh import Options
from ssg.preview import Preview
from ssg.server.live import TRIES, Live
from tests.conftest import SiteFactory
from tests.small import SMALL

POST = "content/posts/a.md"
WRONG = "---\ntitel: 甲\n---\n"


class Told:
    """A preview of a site, with all that it prints."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.said: list[str] = []
        self.complaints: list[str] = []
        preview = Preview(site, Options(output=site / "public"))
        self.live = Live(preview, "en", self.said.append, self.complaints.append)
        self.live.begin()

    def save(self, text: str, *, stale: bool = False) -> bool:
        (self.site / POST).write_text(text, "utf-8")
        return self.live.renew([POST], lambda: stale)


@pytest.fixture
def told(site_factory: SiteFactory) -> Told:
    return Told(site_factory(SMALL))


def test_half_of_a_change_is_no_mistake(told: Told) -> None:
    """Not for a while: what never comes to rest is told in the end."""
    assert not any(told.save(WRONG, stale=True) for _ in range(TRIES))
    assert (told.said, told.complaints) == ([], [])
    assert told.save(WRONG, stale=True)
    assert len(told.said) == 1
    assert told.complaints[0].startswith(f"{POST}:")
    assert not told.save(WRONG, stale=True)


def test_a_good_state_is_taken_at_once(told: Told) -> None:
    assert told.save("---\ntitle: 乙\ndate: 2026-01-01\n---\n", stale=True)
    assert told.said[0].startswith(f"Renewed: {POST} (open pages: 0; ")


def test_a_mistake_is_printed_at_each_save_but_not_at_each_request(told: Told) -> None:
    for count in (1, 2):
        (told.site / "layouts/trend.html").write_text("{{ nothing }}\n" * count)
        told.live.renew(["layouts/trend.html"], lambda: False)
        for _ in range(3):
            assert told.live.view("/posts/a/").problems
        named = [line for line in told.complaints if line.startswith("layouts/trend.html:1")]
        assert len(named) == count


def test_a_warning_is_printed_once(told: Told) -> None:
    linked = "---\ntitle: 甲\ndate: 2026-01-01\n---\n[乙](b.md){}\n"
    draft = "---\ntitle: 乙\ndate: 2026-01-01\ndraft: true\n---\n"
    (told.site / "content/posts/b.md").write_text(draft, "utf-8")
    for end in ("一", "二"):
        told.save(linked.format(end))
    assert ["link/withheld" in line for line in told.complaints[::2]] == [True]
    told.save("---\ntitle: 甲\ndate: 2026-01-01\n---\n")
    told.save(linked.format("三"))
    assert len(told.complaints) == 4


def test_many_files_of_one_save_are_counted(told: Told) -> None:
    told.live.renew([f"content/posts/{n}.md" for n in range(5)], lambda: False)
    names = ", ".join(f"content/posts/{n}.md" for n in range(3))
    assert told.said[0].startswith(f"Renewed: {names} and 2 more (")


def test_a_defect_does_not_end_the_preview(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*_: object) -> None:
        raise RuntimeError("壊れた")

    with monkeypatch.context() as patch:
        patch.setattr(told.live.preview, "refresh", break_down)
        assert told.save("x")
    assert "RuntimeError: 壊れた" in told.complaints[0]
    assert told.save("---\ntitle: 乙\ndate: 2026-01-01\n---\n")
