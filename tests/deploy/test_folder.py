"""A folder of this machine as the target: exchanged in one step, or file by file."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from ssg.deploy import folder
from ssg.errors import EnvironmentFault
from tests.deploy.contract import Disk, Folders, Promises, Shared
from tests.publishing import blog, built, files_of, lacking, look, publish, send

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


class TestFolder(Promises, Shared, Folders):
    @pytest.mark.xfail(reason="a file where a folder belongs is not seen")
    def test_a_file_of_others_where_a_folder_belongs(self, place: Disk) -> None:
        super().test_a_file_of_others_where_a_folder_belongs(place)


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
