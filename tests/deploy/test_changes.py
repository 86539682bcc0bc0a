"""What a publication changes, in which order, and how one that broke off goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.deploy.changes import Changes, Record, begun, changes, phases, refuse_many_removals
from ssg.deploy.journal import Journal
from ssg.errors import ContentError
from ssg.trees import File

ONE, TWO = ("1" * 32, 1), ("2" * 32, 2)
NAMES = st.sampled_from(
    [
        "index.html",
        "feed.xml",
        "a",
        "a/b",
        "a/index.html",
        "posts/x/index.html",
        "assets/s-1.css",
        "assets/s-2.css",
        "images/p.webp",
        "tags/札/index.html",
        "404.html",
        "robots.txt",
    ]
)
TREES = st.dictionaries(NAMES, st.sampled_from([ONE, TWO]))


def order(found: Changes) -> list[tuple[str, str]]:
    """The steps of a publication, one after the other."""
    steps = []
    for phase in phases(found):
        steps += [("send", name) for name in phase.sent]
        steps += [("remove", name) for name in phase.removed]
    return steps


@given(TREES, TREES, st.lists(NAMES, unique=True))
def test_the_phases_make_the_target_what_the_parcel_is(
    there: dict[str, File], files: dict[str, File], pending: list[str]
) -> None:
    known = {n: f for n, f in there.items() if n not in pending}
    found = changes(files, Record(known, pending, "x"))
    target: dict[str, File | None] = dict(there)
    for step, name in order(found):
        if step == "send":
            target[name] = files[name]
        else:
            target.pop(name, None)
    assert target == files
    assert len(order(found)) == len(set(order(found)))


def test_what_pages_need_comes_before_them_and_what_is_gone_goes_last() -> None:
    files = dict.fromkeys(
        [
            "assets/new.css",
            "posts/new/index.html",
            "posts/old/index.html",
            "index.html",
            "feed.xml",
        ],
        TWO,
    )
    there = {"posts/old/index.html": ONE, "index.html": ONE, "feed.xml": ONE}
    there |= {"assets/old.css": ONE, "posts/gone/index.html": ONE}
    assert order(changes(files, Record(there))) == [
        ("send", "assets/new.css"),
        ("send", "posts/new/index.html"),
        ("send", "posts/old/index.html"),
        ("send", "feed.xml"),
        ("send", "index.html"),
        ("remove", "posts/gone/index.html"),
        ("remove", "assets/old.css"),
    ]


def test_a_server_is_told_of_moved_pages_when_they_are_there_and_before_the_old_ones_change() -> (
    None
):
    names = (".htaccess", "assets/s.css", "posts/new/index.html", "posts/old/index.html")
    there = {".htaccess": ONE, "posts/old/index.html": ONE}
    steps = order(changes(dict.fromkeys(names, TWO), Record(there)))
    assert [name for _, name in steps] == [
        "assets/s.css",
        "posts/new/index.html",
        ".htaccess",
        "posts/old/index.html",
    ]


def test_a_file_where_a_folder_is_needed_goes_first_and_the_other_way_round() -> None:
    there = {"a": ONE, "b/c": ONE}
    steps = order(changes({"a/index.html": ONE, "b": ONE}, Record(there)))
    assert {*steps[:2]} == {("remove", "a"), ("remove", "b/c")}


@pytest.mark.parametrize(
    ("gone", "there", "refused"),
    [(1, 5, False), (2, 5, True), (50, 1000, False), (51, 1000, True), (0, 0, False)],
)
def test_when_a_removal_wants_a_yes(gone: int, there: int, refused: bool) -> None:
    found = Changes(removed=tuple(map(str, range(gone))), there=there)
    if refused:
        with pytest.raises(ContentError) as e:
            refuse_many_removals(found, "web")
        assert e.value.problems[0].args == (("count", str(gone)), ("there", str(there)))
    else:
        refuse_many_removals(found, "web")


def test_a_record_says_of_each_file_what_is_certain() -> None:
    record = Record({"same": ONE, "changed": ONE, "gone": ONE})
    found = changes({"same": ONE, "changed": TWO, "new": TWO}, record)
    assert begun(record, found, "id", "https://a.jp") == Record(
        {"same": ONE}, ["changed", "gone", "new"], "id", "https://a.jp"
    )


def test_a_journal_tells_how_far_its_own_publication_came(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "deploy/web.journal")
    record = Record({"same": ONE}, ["a", "b", "c"], "id", "https://a.jp")
    assert journal.applied(record) == record
    journal.begin("id")
    journal.done("a", TWO)
    journal.done("b", None)
    assert journal.applied(record) == Record({"same": ONE, "a": TWO}, ["c"], "id", "https://a.jp")
    other = Record({}, ["a"], "other")
    assert journal.applied(other) == other
    journal.end()
    assert journal.applied(record) == record


@pytest.mark.parametrize("cut", range(0, 60, 7))
def test_a_journal_cut_anywhere_says_nothing_wrong(tmp_path: Path, cut: int) -> None:
    journal = Journal(tmp_path / "web.journal")
    record = Record({}, ["a", "b"], "id")
    journal.begin("id")
    journal.done("a", ONE)
    journal.done("b", TWO)
    journal.file.write_bytes(journal.file.read_bytes()[:cut])
    known = journal.applied(record)
    assert known.files.items() <= {"a": ONE, "b": TWO}.items()
    assert {*known.files, *known.pending} == {"a", "b"}
