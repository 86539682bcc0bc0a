"""A folder of this machine as the target: exchanged in one step, or file by file."""

from __future__ import annotations

import json
import re
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
from tests.publishing import blog, files_of, lacking, look, post, publish
from tests.small import tree

DIR = "  web: {type: dir, path: ../web}\n"


@pytest.fixture(params=["exchanged", "mounted"])
def site(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site whose target is a folder like any other, or one where a disk is mounted."""
    mounted = request.param == "mounted"
    real = Path.is_mount
    monkeypatch.setattr(
        Path, "is_mount", lambda path: (mounted and path.name == "web") or real(path)
    )
    return blog(tmp_path / "site", DIR)


def codes(error: pytest.ExceptionInfo[Exception]) -> list[str]:
    return [p.code for p in error.value.problems]  # type: ignore[attr-defined]


def test_the_first_publication_sends_everything_and_the_second_nothing(site: Path) -> None:
    first = publish(site)
    web = site.parent / "web"
    assert files_of(web) == files_of(site / "public")
    assert set(first.changes.added) == files_of(web).keys()
    assert not publish(site).changes


def test_an_edit_sends_a_handful(site: Path) -> None:
    publish(site)
    post(site, "p1", "書き直した本文。")
    found = publish(site).changes
    assert "posts/p1/index.html" in found.changed
    assert (found.added, found.removed) == ((), ())
    assert "posts/p2/index.html" not in found.changed
    assert files_of(site.parent / "web") == files_of(site / "public")


def test_what_is_gone_is_removed_with_its_folder_and_what_is_not_ours_stays(site: Path) -> None:
    publish(site)
    web = site.parent / "web"
    (web / "posts/p1/mine.txt").write_text("私のもの")
    (web / ".well-known").mkdir()
    for name in ("p1", "p2"):
        (site / f"content/posts/{name}.md").unlink()
    found = publish(site, order=Order(confirmed=True)).changes
    assert {"posts/p1/index.html", "posts/p2/index.html"} <= {*found.removed}
    assert not (web / "posts/p2").exists()
    assert (web / "posts/p1/mine.txt").read_text() == "私のもの"
    assert (web / ".well-known").is_dir()


def test_many_removals_want_a_yes(site: Path) -> None:
    for number in range(20):
        post(site, f"p{number}")
    publish(site)
    before = tree(site.parent / "web")
    for number in range(19):
        (site / f"content/posts/p{number}.md").unlink()
    with pytest.raises(ContentError) as e:
        publish(site)
    assert codes(e) == ["deploy/many-removals"]
    assert tree(site.parent / "web") == before
    publish(site, order=Order(confirmed=True))
    assert files_of(site.parent / "web") == files_of(site / "public")


def test_a_dry_run_tells_what_the_next_run_does_and_touches_nothing(site: Path) -> None:
    publish(site)
    before = tree(site.parent / "web")
    look(site, 2)
    post(site, "new")
    told = publish(site, order=Order(dry_run=True, confirmed=True)).changes
    assert tree(site.parent / "web") == before
    assert publish(site, order=Order(confirmed=True)).changes == told


def test_files_of_others_are_not_replaced_unless_told(site: Path) -> None:
    web = site.parent / "web"
    web.mkdir()
    (web / "index.html").write_text("ほかのサイト")
    with pytest.raises(ContentError) as e:
        publish(site)
    assert codes(e) == ["deploy/in-the-way"]
    assert files_of(web) == {"index.html": "ほかのサイト".encode()}
    publish(site, order=Order(take_over=True))
    assert files_of(web) == files_of(site / "public")


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


def test_a_file_that_became_a_folder(site: Path) -> None:
    (site / "assets/static").mkdir(parents=True)
    (site / "assets/static/guide").write_text("ファイル")
    publish(site)
    (site / "assets/static/guide").unlink()
    (site / "assets/static/guide").mkdir()
    (site / "assets/static/guide/first").write_text("フォルダー")
    publish(site)
    assert files_of(site.parent / "web") == files_of(site / "public")


def test_a_damaged_record_is_not_trusted_unless_everything_is_sent(site: Path) -> None:
    publish(site)
    (site.parent / "web/.ssg-manifest.json").write_text("{")
    with pytest.raises(EnvironmentFault) as e:
        publish(site)
    assert codes(e) == ["deploy/broken-record"]
    publish(site, order=Order(afresh=True, take_over=True))
    assert files_of(site.parent / "web") == files_of(site / "public")


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
