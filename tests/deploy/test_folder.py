"""A folder of this machine as the target: exchanged in one step, or file by file."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import pytest
from click.testing import CliRunner

from ssg.build import Options, build
from ssg.cli import cli
from ssg.deploy import Order, folder
from ssg.errors import ContentError, EnvironmentFault
from ssg.messages import tell
from tests.deploy.contract import Disk, Folders, Promises, Shared
from tests.publishing import blog, built, files_of, lacking, look, post, publish, send
from tests.small import tree

DIR = "  web: {type: dir, path: ../web}\n"
KILLED = """
import sys
from pathlib import Path
from tests.faults import Trap, die
from tests.publishing import send
_, site, step, exchanged = sys.argv
if not exchanged:
    Path.is_mount = lambda path: path.name == "web"
sys.addaudithook(Trap(int(step), "", die))
send(Path(site))
"""


@pytest.fixture(params=["exchanged", "mounted"])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Disk:
    """A folder like any other, or one where a disk is mounted."""
    if request.param == "mounted":
        monkeypatch.setattr(Path, "is_mount", lambda path: path.name == "web")
    made = Disk(blog(tmp_path / "site", DIR), tmp_path / "web")
    made.whole = request.param == "exchanged"
    return made


@pytest.fixture
def site(place: Disk) -> Path:
    return place.site


def codes(error: pytest.ExceptionInfo[Exception]) -> list[str]:
    return [p.code for p in error.value.problems]  # type: ignore[attr-defined]


class TestFolder(Promises, Shared, Folders):
    pass


def test_a_file_where_a_folder_belongs_makes_way_when_told(place: Disk) -> None:
    place.put("posts/p1", "ほかの")
    publish(place.site, order=Order(take_over=True))
    assert place.files() == place.made()


def test_after_a_kill_at_any_step_readers_lack_nothing_and_the_next_run_ends_whole(
    place: Disk,
) -> None:
    """The process ends itself at a step that changes the disk."""
    publish(place.site)
    codes = []
    for number in range(10):
        before = place.files()
        place.change(number + 2)
        built(place.site)
        command = [sys.executable, "-c", KILLED, str(place.site), str(number * 7 + 1)]
        codes.append(
            subprocess.run([*command, "exchanged"[: 9 * place.whole]], check=False).returncode
        )
        found = place.files()
        assert lacking(found) == set()
        assert not place.whole or found in (before, place.made())
        send(place.site)
        assert place.files() == place.made()
    assert {*codes} <= {0, -9}
    assert codes.count(-9) >= 5


def test_another_site_at_the_same_target_is_not_replaced_unless_told(site: Path) -> None:
    publish(site)
    web = site.parent / "web"
    before = tree(web)
    other = blog(site.parent / "other", DIR, posts=5)
    address = re.sub("blog", "other", (other / "site.yaml").read_text("utf-8"))
    (other / "site.yaml").write_text(address, "utf-8")
    with pytest.raises(ContentError) as e:
        publish(other)
    assert codes(e) == ["deploy/other-site"]
    assert "https://blog.tarou.jp" in tell(e.value.problems[0], "ja").text
    assert tree(web) == before
    publish(other, order=Order(take_over=True))
    assert files_of(web) == files_of(other / "public")
    assert not publish(other).changes


def test_the_home_of_nobody_is_no_place(tmp_path: Path) -> None:
    site = blog(tmp_path / "site", "  web: {type: dir, path: ~nobody-of-that-name/web}\n")
    with pytest.raises(EnvironmentFault) as e:
        publish(site)
    assert codes(e) == ["deploy/no-place"]


@pytest.mark.parametrize("name", ["../mine.txt", "posts/../../mine.txt", "{outside}", "a//b", ""])
def test_a_record_that_names_files_elsewhere_is_not_trusted(site: Path, name: str) -> None:
    publish(site)
    mine = site.parent / "mine.txt"
    mine.write_text("私のもの")
    record = site.parent / "web/.ssg-manifest.json"
    known = json.loads(record.read_bytes())
    known["files"][name.format(outside=mine)] = ["0" * 32, 1]
    record.write_text(json.dumps(known))
    with pytest.raises(EnvironmentFault) as e:
        publish(site, order=Order(confirmed=True))
    assert codes(e) == ["deploy/broken-record"]
    assert mine.read_text() == "私のもの"


def test_whoever_breaks_it_off_is_told_what_now(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken_off(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    publish(site)
    look(site, 2)
    build(site, Options(output=site / "public"))
    monkeypatch.setattr(folder.FolderTarget, "send", broken_off)
    monkeypatch.setattr(folder.FolderLine, "put", broken_off)
    done = CliRunner().invoke(
        cli, ["--lang", "ja", "deploy", "--site", str(site), "--no-build", "--yes"]
    )
    assert done.exit_code == 130
    assert "もう一度 ssg deploy" in done.stderr


def test_after_a_failure_anywhere_readers_lack_nothing_and_the_next_run_ends_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "is_mount", lambda path: path.name == "web")
    site = blog(tmp_path / "site", DIR)
    web = site.parent / "web"
    publish(site)
    put = folder.FolderLine.put
    for number in range(60):
        look(site, number + 2)
        steps = [number % 30]

        def failing(
            line: folder.FolderLine, name: str, data: bytes, steps: list[int] = steps
        ) -> None:
            if steps[0] <= 0:
                raise EnvironmentFault([])
            steps[0] -= 1
            put(line, name, data)

        monkeypatch.setattr(folder.FolderLine, "put", failing)
        with suppress(EnvironmentFault):
            publish(site)
        assert lacking(files_of(web)) == set()
        monkeypatch.setattr(folder.FolderLine, "put", put)
        publish(site)
        assert files_of(web) == files_of(site / "public")


def test_two_who_publish_at_once_are_told_and_the_next_run_sends_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "is_mount", lambda path: path.name == "web")
    site, copy = blog(tmp_path / "site", DIR), blog(tmp_path / "copy", DIR)
    publish(site)
    post(site, "p1", "わたしの本文。")
    post(copy, "p1", "家族の本文。")
    post(copy, "p9")
    put, waiting = folder.FolderLine.put, ["posts/p1/index.html"]

    def meanwhile(line: folder.FolderLine, name: str, data: bytes) -> None:
        if name in waiting:
            waiting.remove(name)
            publish(copy)
        put(line, name, data)

    monkeypatch.setattr(folder.FolderLine, "put", meanwhile)
    with pytest.raises(EnvironmentFault) as e:
        publish(site)
    assert codes(e) == ["deploy/overtaken"]
    publish(site, order=Order(confirmed=True))
    assert files_of(tmp_path / "web") == files_of(site / "public")
    assert not publish(site).changes
