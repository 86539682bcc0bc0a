"""What every target promises. A test of a target takes over the classes that fit it, and brings a
fixture `place`: a site, and what can be seen and done at the other end.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ssg.deploy import Order, Plan
from ssg.errors import EnvironmentFault, SsgError
from ssg.messages import lines
from tests.conftest import clean_environment
from tests.publishing import Wire, built, files_of, lacking, look, post, publish, seen, send, write
from tests.small import tree

CUTS = 50
YES = Order(confirmed=True)
RECORD = ".ssg-manifest.json"
NAMES = (
    "がぎぐ ポスト/画像 [1] *.txt",
    "引用'\"`$x&;.txt",
    "#印?a=1.txt",
    "-n *[a] \\#134.txt",
    "100%25/<a>+~!.txt",
)
MORE_NAMES = ("-rf/-la", "é/が", ".well-known/x", *(f"{'長' * 80}{n}.txt" for n in range(9)))
HASTY = "import time; time.sleep = lambda _: None; from ssg.cli import main; main()"


class Place(ABC):
    """A target from behind: what readers see there, and what others do there. `line` leads to it,
    if it is another machine.
    """

    line: Wire
    whole = False  # whether readers see the old site or the new one, and nothing between
    cuts = CUTS
    secret = "no secret"
    environment: Mapping[str, str] = {}  # of a process that publishes

    def __init__(self, site: Path) -> None:
        self.site = site

    @abstractmethod
    def files(self) -> dict[str, bytes]:
        """What readers see: no dot-files."""

    @abstractmethod
    def everything(self) -> dict[str, str]:
        """What tells one state from another."""

    @abstractmethod
    def put(self, name: str, text: str) -> None: ...

    @abstractmethod
    def remove(self, name: str) -> None: ...

    def change(self, number: int) -> None:
        """Give every page another look."""
        look(self.site, number)

    def made(self) -> dict[str, bytes]:
        """What readers should see."""
        return files_of(self.site / "public")

    def folders(self) -> set[str]:
        return {str(above) for name in self.files() for above in Path(name).parents}


class Disk(Place):
    """One that ends in a folder of this machine; `shown` is what readers see of it."""

    def __init__(self, site: Path, folder: Path, shown: str = ".") -> None:
        super().__init__(site)
        self.folder = folder
        self.shown = folder / shown

    def files(self) -> dict[str, bytes]:
        return seen(self.shown)

    def everything(self) -> dict[str, str]:
        return tree(self.folder) if self.folder.exists() else {"": "missing"}

    def put(self, name: str, text: str) -> None:
        write(self.shown, name, text)

    def remove(self, name: str) -> None:
        (self.shown / name).unlink()

    def folders(self) -> set[str]:
        return {
            path.relative_to(self.shown).as_posix()
            for path in self.shown.rglob("*")
            if path.is_dir()
        }

    def inodes(self) -> dict[str, int]:
        return {name: (self.shown / name).stat().st_ino for name in self.files()}


def afar(place: Disk, line: Wire) -> Disk:
    place.line = line
    return place


def failing(place: Place, work: Callable[[], object]) -> tuple[str, str]:
    """The code of what goes wrong, and all that a writer reads of it."""
    with pytest.raises(SsgError) as e:
        work()
    (problem,) = e.value.problems
    words = "\n".join([*lines([problem], "ja"), *lines([problem], "en")])
    assert place.secret not in words + str(e.value)
    return problem.code, words


def litter(place: Place) -> set[str]:
    """Hidden files that no publication should leave."""
    names = {name.rpartition("/")[2] for name in place.everything()}
    return {name for name in names if name.startswith(".")} - {RECORD, ".nojekyll"}


def static(place: Place, name: str, text: str) -> None:
    write(place.site, f"assets/static/{name}", text)


class Promises:
    """Of every target."""

    def test_the_first_publication_sends_everything_and_the_second_nothing(
        self, place: Place
    ) -> None:
        first = publish(place.site)
        assert place.files() == place.made()
        assert {*first.changes.added} - {".nojekyll"} == place.files().keys()
        before = place.everything()
        assert not publish(place.site).changes
        assert place.everything() == before

    def test_an_edit_sends_a_handful(self, place: Place) -> None:
        publish(place.site)
        post(place.site, "p1", "書き直した本文。")
        found = publish(place.site).changes
        assert "posts/p1/index.html" in found.changed
        assert "posts/p2/index.html" not in found.changed
        assert (found.added, found.removed) == ((), ())
        assert len(found.sent) < len(place.files()) / 2
        assert place.files() == place.made()
        assert litter(place) == set()

    def test_a_change_is_seen_whatever_size_and_time_say(self, place: Place) -> None:
        static(place, "same.txt", "あ")
        publish(place.site)
        static(place, "same.txt", "い")
        os.utime(place.site / "assets/static/same.txt", (0, 0))
        assert publish(place.site).changes.changed == ("same.txt",)
        assert place.files()["same.txt"].decode() == "い"

    def test_what_is_gone_is_removed_with_its_folder_and_what_is_not_ours_stays(
        self, place: Place
    ) -> None:
        publish(place.site)
        theirs = ("posts/p1/mine.txt", ".well-known/mine.txt", "CNAME")
        for name in theirs:
            place.put(name, "私のもの")
        for name in ("p1", "p2"):
            (place.site / f"content/posts/{name}.md").unlink()
        found = publish(place.site, order=YES).changes
        assert {"posts/p1/index.html", "posts/p2/index.html"} <= {*found.removed}
        kept = {name: "私のもの".encode() for name in theirs}
        assert place.files() == place.made() | kept
        assert "posts/p2" not in place.folders()
        post(place.site, "p2")
        place.change(2)
        publish(place.site, order=Order(confirmed=True, afresh=True))
        assert place.files() == place.made() | kept

    def test_many_removals_want_a_yes(self, place: Place) -> None:
        for number in range(20):
            static(place, f"many/{number}", "多くの")
        publish(place.site)
        before = place.everything()
        for number in range(20):
            (place.site / f"assets/static/many/{number}").unlink()
        assert failing(place, lambda: publish(place.site))[0] == "deploy/many-removals"
        assert place.everything() == before
        publish(place.site, order=YES)
        assert place.files() == place.made()
        assert "many" not in place.folders()

    def test_a_dry_run_tells_what_the_next_run_does_and_touches_nothing(self, place: Place) -> None:
        for number in (1, 2):
            before = place.everything()
            place.change(number)
            post(place.site, f"new{number}")
            told = publish(place.site, order=Order(dry_run=True, confirmed=True)).changes
            assert place.everything() == before
            assert publish(place.site, order=YES).changes == told

    def test_names_of_every_kind(self, place: Place) -> None:
        names = (*NAMES, *MORE_NAMES)
        for name in names:
            static(place, name, name)
        publish(place.site)
        files = place.files()
        assert files == place.made()
        assert {name: name.encode() for name in names}.items() <= files.items()
        static(place, NAMES[0], "新しい")
        assert publish(place.site).changes.changed == (NAMES[0],)
        for name in names:
            (place.site / "assets/static" / name).unlink()
        publish(place.site, order=YES)
        assert place.files() == place.made()
        assert not {"がぎぐ ポスト", "-rf", "100%25", "é", ".well-known"} & place.folders()

    def test_files_of_others_are_not_replaced_unless_told(self, place: Place) -> None:
        publish(place.site)
        for name in NAMES:
            static(place, name, "私の")
            place.put(name, "ほかの")
        before = place.everything()
        code, told = failing(place, lambda: publish(place.site))
        assert code == "deploy/in-the-way"
        assert all(name in told for name in NAMES)
        assert place.everything() == before
        publish(place.site, order=Order(take_over=True))
        assert place.files() == place.made()

    def test_a_file_that_became_a_folder_and_back(self, place: Place) -> None:
        guide = place.site / "assets/static/guide"
        static(place, "guide", "ファイル")
        publish(place.site)
        guide.unlink()
        static(place, "guide/first", "フォルダー")
        publish(place.site)
        assert place.files() == place.made()
        (guide / "first").unlink()
        guide.rmdir()
        static(place, "guide", "ファイル")
        publish(place.site)
        assert place.files() == place.made()

    def test_a_damaged_record_is_not_trusted_unless_everything_is_sent(self, place: Place) -> None:
        publish(place.site)
        place.put(RECORD, "{")
        assert failing(place, lambda: publish(place.site))[0] == "deploy/broken-record"
        publish(place.site, order=Order(afresh=True, take_over=True))
        assert place.files() == place.made()
        assert not publish(place.site).changes

    def test_all_sends_everything_again(self, place: Place) -> None:
        publish(place.site)
        place.put("posts/p1/index.html", "ほかの人が書き換えた")
        place.remove("posts/p2/index.html")
        found = publish(place.site, order=Order(afresh=True)).changes
        assert place.made().keys() <= {*found.sent}
        assert place.files() == place.made()

    def test_an_output_that_someone_changed_is_not_sent(self, place: Place) -> None:
        publish(place.site)
        before = place.everything()
        place.change(2)
        built(place.site)
        (place.site / "public/index.html").write_text("ほかの人の")
        code, told = failing(place, lambda: send(place.site, order=YES))
        assert code == "deploy/not-the-output"
        assert "index.html" in told
        assert place.everything() == before

    def test_an_output_that_someone_changes_meanwhile_is_not_sent(self, place: Place) -> None:
        publish(place.site)
        before = place.files()["index.html"]
        place.change(2)

        def meanwhile(_: Plan) -> None:
            (place.site / "public/index.html").write_text("ほかの人の")

        work = lambda: publish(place.site, order=YES, show=meanwhile)  # noqa: E731
        assert failing(place, work)[0] == "deploy/not-the-output"
        assert place.files()["index.html"] == before
        assert lacking(place.files()) == set()
        publish(place.site, order=YES)
        assert place.files() == place.made()


class Shared:
    """Of those where others may have been before us."""

    def test_a_place_of_others_is_not_taken_over_unless_told(self, place: Place) -> None:
        names = ("index.html", ".well-known/あ い.txt")
        static(place, names[1], "私の")
        for name in names:
            place.put(name, "ほかのサイト")
        before = place.everything()
        code, told = failing(place, lambda: publish(place.site))
        assert code == "deploy/in-the-way"
        assert all(name in told for name in names)
        assert place.everything() == before
        publish(place.site, order=Order(take_over=True))
        assert place.files() == place.made()


class Folders:
    """Of those that are folders of a disk."""

    def test_what_did_not_change_is_not_touched(self, place: Disk) -> None:
        publish(place.site)
        before = place.inodes()
        post(place.site, "p1", "書き直した本文。")
        found = publish(place.site).changes
        after = place.inodes()
        assert {name for name in after if after[name] != before[name]} <= {*found.changed}

    def test_an_empty_folder_of_others_stays(self, place: Disk) -> None:
        publish(place.site)
        (place.shown / ".well-known").mkdir()
        place.change(2)
        publish(place.site, order=YES)
        assert ".well-known" in place.folders()

    def test_a_file_of_others_where_a_folder_belongs(self, place: Disk) -> None:
        publish(place.site)
        place.put("posts/new", "ほかの")
        before = place.everything()
        post(place.site, "new")
        assert failing(place, lambda: publish(place.site))[0] == "deploy/in-the-way"
        assert place.everything() == before


class Wired:
    """Of those that are reached over a network."""

    def test_after_a_cut_anywhere_readers_lack_nothing_and_the_next_run_ends_whole(
        self, place: Place
    ) -> None:
        """A run is cut up to four times before it may end."""
        size, chance, codes = carried(place), random.Random(21), list[str]()
        behind = 0
        for number in range(place.cuts):
            before = place.files()
            place.change(number + 3)
            built(place.site)
            for share in (1, 2, 3, 4):
                place.line.cut_after(chance.randrange(size // share))
                codes += (cut := interrupted(place.site))
                found = place.files()
                assert lacking(found) == set()
                assert not place.whole or found in (before, place.made())
                behind += found != place.made()
                if not cut:
                    break
            else:
                place.line.mend()
                send(place.site, order=YES)
            assert place.files() == place.made()
            if len(codes) >= place.cuts:
                break
        assert len(codes) >= place.cuts
        assert {*codes} == {"deploy/interrupted"}
        assert behind
        assert litter(place) == set()

    def test_a_cut_that_passes_is_not_noticed(
        self, place: Place, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        size, waited = carried(place), list[float]()

        def mend(seconds: float) -> None:
            waited.append(seconds)
            place.line.mend()

        place.change(3)
        built(place.site)
        monkeypatch.setattr("ssg.deploy.troubles.time.sleep", mend)
        send(place.site, order=YES, show=lambda _: place.line.cut_after(size // 3))
        assert waited
        assert place.files() == place.made()

    def test_a_lost_connection_is_told_in_two_lines(self, place: Place) -> None:
        size = carried(place)
        place.change(3)
        built(place.site)
        place.line.cut_after(size // 2)
        command = [sys.executable, "-W", "error", "-c", HASTY, "deploy", "--yes"]
        done = subprocess.run(
            [*command, "--no-build", "--no-check", "--quiet"],
            cwd=place.site,
            env=clean_environment() | place.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert (done.returncode, len(done.stderr.splitlines())) == (4, 2), done.stderr
        assert place.secret not in done.stdout + done.stderr

    def test_a_process_that_is_killed_goes_on_where_it_stopped(self, place: Place) -> None:
        size, codes = carried(place), list[int]()
        for number, at in enumerate((0.05, 0.3, 0.5, 0.7, 0.85)):
            before = place.files()
            place.change(number + 3)
            built(place.site)
            codes.append(killed(place, int(at * size)))
            found = place.files()
            assert lacking(found) == set()
            assert not place.whole or found in (before, place.made())
            send_after_a_kill(place)
            assert place.files() == place.made()
        assert codes.count(-9) >= 4
        assert litter(place) == set()


class Resumed:
    """Of those that take one file at a time, and go on where a break stopped them."""

    def test_a_run_after_a_break_sends_only_what_is_left(self, place: Place) -> None:
        (place.site / "assets/static").mkdir()
        for number in range(40):
            data = random.Random(number).randbytes(100_000)
            (place.site / f"assets/static/{number:02}.bin").write_bytes(data)
        built(place.site)
        place.line.cut_after(3_400_000)
        assert interrupted(place.site) == ["deploy/interrupted"]
        place.line.mend()
        send(place.site)
        assert place.line.carried < 3_200_000
        assert place.files() == place.made()


def carried(place: Place) -> int:
    """How many bytes a publication takes that changes every page; a first one is made before."""
    publish(place.site)
    place.change(2)
    built(place.site)
    place.line.mend()
    send(place.site, order=YES)
    return place.line.carried


def interrupted(site: Path) -> list[str]:
    """The codes of what a publication of the output ends with."""
    try:
        send(site, order=YES)
    except EnvironmentFault as e:
        return [problem.code for problem in e.problems]
    return []


def send_after_a_kill(place: Place) -> None:
    """Publish; once more when what the killed process had sent arrives only now, as is advised."""
    try:
        send(place.site, order=YES)
    except EnvironmentFault as e:
        if [p.code for p in e.problems] != ["deploy/overtaken"]:
            raise
        send(place.site, order=YES)


def killed(place: Place, at: int) -> int:
    """Run `ssg deploy`, and end it without warning when so many bytes were carried."""
    place.line.mend()
    process = subprocess.Popen(
        [sys.executable, "-m", "ssg", "deploy", "--no-build", "--no-check", "--yes", "--quiet"],
        cwd=place.site,
        env=clean_environment() | place.environment,
        stdin=subprocess.DEVNULL,
    )
    while process.poll() is None and place.line.carried < at:
        time.sleep(0.001)
    process.kill()
    assert process.wait() in (0, -9)
    return process.returncode
