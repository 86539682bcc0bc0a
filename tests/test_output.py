"""Nothing lost: whatever happens while a site is published, the old one or the new one is there."""

from __future__ import annotations

import errno
import io
import json
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from PIL import Image

from ssg import output
from ssg.build import Options, build
from ssg.errors import BusyError, ConfigError, EnvironmentFault
from ssg.output import Stage
from ssg.trees import MANIFEST
from tests.conftest import REPO, Run, RunSsg, SiteFactory, clean_environment
from tests.small import NOW, SMALL, generation, made, posts, tree


def foreign(public: Path) -> None:
    """What a host or its user keeps in the output: a repository, a domain, notes."""
    (public / ".git/refs/heads").mkdir(parents=True)
    (public / ".git/HEAD").write_text("ref: refs/heads/main\n")
    (public / "CNAME").write_text("blog.example.com\n")
    (public / "posts/a/notes.txt").write_text("手書き\n")


@pytest.fixture
def png_file() -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(picture, "PNG")
    return picture.getvalue()


@pytest.fixture
def site(site_factory: SiteFactory) -> Path:
    """A small published site with files of others in its output."""
    root = site_factory(SMALL)
    made(root)
    foreign(root / "public")
    return root


# --- an error leaves the old site ----------------------------------------------------------


BROKEN = {
    "front matter": ("content/posts/b.md", "---\ntitle: [\n---\n"),
    "markdown": ("content/posts/b.md", "---\ntitle: 乙\ndate: 2026-01-01\n---\n![絵](none.png)\n"),
    "layout": ("layouts/list.html", "{{ nothing }}"),
    "settings": ("site.yaml", "title: に\nurl: nowhere\n"),
    "address": ("content/posts/b.md", "---\ntitle: 乙\ndate: 2026-01-01\nslug: a\n---\n"),
    "picture": ("content/posts/b.md", "---\ntitle: 乙\ndate: 2026-01-01\ncover: b.png\n---\n"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_an_error_leaves_the_old_site(name: str, site: Path, run_ssg: RunSsg) -> None:
    path, text = BROKEN[name]
    (site / path).write_text(text, encoding="utf-8")
    (site / "content/posts/b.png").write_bytes(b"\x89PNG\r\n\x1a\n broken")
    before = tree(site / "public")
    assert run_ssg("build", cwd=site).code in (1, 3)
    assert tree(site / "public") == before
    assert leftovers(site) == []


def leftovers(site: Path) -> list[str]:
    return [p.name for p in site.iterdir() if p.name.startswith(".public")]


# --- what is not ours ------------------------------------------------------------------------


def test_files_of_others_are_carried_over(site: Path) -> None:
    generation(site, "に")
    made(site)
    public = site / "public"
    assert (public / "CNAME").read_text() == "blog.example.com\n"
    assert (public / ".git/HEAD").read_text() == "ref: refs/heads/main\n"
    assert (public / ".git/refs/heads").is_dir(), "git takes no folder without refs for its own"
    assert (public / "posts/a/notes.txt").read_text() == "手書き\n"
    assert "に" in (public / "posts/a/index.html").read_text("utf-8")


def test_files_of_others_survive_many_builds_and_stay_the_same_file(site: Path) -> None:
    inode = (site / "public/CNAME").stat().st_ino
    for title in "にさんし":
        generation(site, title)
        made(site)
    assert (site / "public/CNAME").stat().st_ino == inode


def test_links_in_the_output_are_never_followed(site: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (outside / "deep").mkdir(parents=True)
    (outside / "index.html").write_text("外")
    (outside / "deep/keep.txt").write_text("外")
    before = tree(outside)
    public = site / "public"
    shutil.rmtree(public / "tags")
    (public / "tags").symlink_to(outside)
    (public / "index.html").unlink()
    (public / "index.html").symlink_to(outside / "index.html")
    (public / "posts/a/link").symlink_to(outside)
    (public / "dangling").symlink_to(outside / "nowhere")
    (public / MANIFEST).replace(outside.parent / "manifest")
    (public / MANIFEST).symlink_to(outside.parent / "manifest")
    generation(site, "に")
    made(site)
    assert tree(outside) == before
    assert not (public / "tags").is_symlink()
    assert not (public / "index.html").is_symlink()
    assert (public / "posts/a/link").readlink() == outside
    assert (public / "dangling").readlink() == outside / "nowhere"
    assert not (public / MANIFEST).is_symlink()


def test_a_pipe_in_the_output_stops_nothing(site: Path) -> None:
    os.mkfifo(site / "public/pipe")
    generation(site, "に")
    made(site)
    assert (site / "public/pipe").is_fifo()


def test_our_page_takes_the_place_of_another_file(site: Path) -> None:
    (site / "public/posts/b").write_text("ファイル")
    (site / "content/posts/b.md").write_text("---\ntitle: 乙\ndate: 2026-01-01\n---\n", "utf-8")
    made(site)
    assert (site / "public/posts/b/index.html").is_file()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"files": 5}', '{"files": [[1]]}', "\udcff"])
def test_a_damaged_manifest_loses_nothing(site: Path, text: str) -> None:
    (site / "public" / MANIFEST).write_bytes(text.encode("utf-8", "surrogateescape"))
    generation(site, "に")
    made(site)
    assert (site / "public/CNAME").is_file()
    assert "に" in (site / "public/index.html").read_text("utf-8")


# --- what is gone --------------------------------------------------------------------------


def test_a_removed_post_takes_all_its_files_along(
    site_factory: SiteFactory, png_file: bytes
) -> None:
    body = "---\ntitle: 乙\ndate: 2026-01-02\ntags: [消える札]\ncover: b.png\naliases: [/旧/, /b.html]\n---\n"
    root = site_factory(SMALL + f"-- content/posts/b.md --\n{body}")
    (root / "content/posts/b.png").write_bytes(png_file)
    made(root)
    public = root / "public"
    gone = ["posts/b", "旧", "b.html", "tags/消える札"]
    assert all((public / name).exists() for name in gone)
    assert [p.name.partition("-")[0] for p in (public / "images").iterdir()] == ["b", "b"]
    (root / "content/posts/b.md").unlink()
    made(root)
    assert not any((public / name).exists() for name in [*gone, "images"])
    clean = root / "clean"
    build(root, Options(output=clean, now=NOW))
    assert tree(clean) == tree(public)


# --- places ------------------------------------------------------------------------------------


def test_a_first_build_makes_its_folders(site_factory: SiteFactory) -> None:
    root = site_factory(SMALL)
    build(root, Options(output=root / "out/deep/site", now=NOW))
    assert (root / "out/deep/site/index.html").is_file()
    assert [p.name for p in (root / "out/deep").iterdir()] == ["site"]


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("", "output/dangerous"),
        (".", "output/dangerous"),
        ("..", "output/dangerous"),
        ("/", "output/dangerous"),
        ("public/..", "output/dangerous"),
        ("~", "output/dangerous"),
        ("content", "output/inside-source"),
        ("content/posts/out", "output/inside-source"),
        (".git", "output/inside-source"),
        ("site.yaml", "output/not-a-folder"),
        ("mine", "output/foreign"),
        ("link", "output/symlink"),
    ],
)
def test_places_that_a_build_could_destroy_are_refused(
    site: Path, monkeypatch: pytest.MonkeyPatch, place: str, code: str
) -> None:
    home = site.parent / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    (site / "mine").mkdir()
    (site / "mine/letter.txt").write_text("大切")
    (site / "link").symlink_to(site / "mine")
    before = tree(site.parent)
    with pytest.raises(ConfigError) as refused:
        build(site, Options(output=home if place == "~" else site / place, now=NOW))
    assert [p.code for p in refused.value.problems] == [code]
    assert tree(site.parent) == before


# --- killed, failed, interrupted ------------------------------------------------------------------


@pytest.mark.parametrize("how", ["kill", "full", "kill-without-exchange", "full-without-exchange"])
def test_every_step_can_be_the_last(site: Path, how: str) -> None:
    """kill -9, or a full disk, at each call that changes the disk."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults", how, site],
        cwd=REPO,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["wrong"] == []
    assert told["steps"] > (3 if how.endswith("without-exchange") else 40)


def test_kill_at_random_moments(site_factory: SiteFactory) -> None:
    """60 kills of `python -m ssg build`: one generation is there, and the next build works."""
    root = site_factory(posts(30))
    states = {}
    titles = ("いち", "に", "さん")
    for title in titles:
        generation(root, title)
        made(root)
        states[title] = tree(root / "public")
    generation(root, "いち")
    start = time.monotonic()
    with command(root) as process:
        assert process.wait() == 0
    whole = time.monotonic() - start
    moments = random.Random(60)
    killed = 0
    for count in range(60):
        title = titles[(count + 1) % 3]
        generation(root, title)
        with command(root) as process:
            time.sleep(moments.uniform(0.3, 1.05) * whole)  # before that it only starts
            process.kill()
        killed += process.returncode != 0
        assert tree(root / "public") in states.values(), f"a mixture after kill {count}"
        if count % 6 == 5:
            made(root)
            assert tree(root / "public") == states[title]
            assert leftovers(root) == []
    assert killed > 20


def command(root: Path, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-B", "-m", "ssg", "build", "--quiet", "--now", "2026-04-01", *options],
        cwd=root,
        env=clean_environment(),
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def test_leftovers_of_a_killed_build_are_removed(site: Path) -> None:
    for name in (".public.stage", ".public.old"):
        (site / name / "deep").mkdir(parents=True)
        (site / name / "deep/half.html").write_text("半分")
    generation(site, "に")
    made(site)
    assert leftovers(site) == []
    assert (site / "public/CNAME").is_file()


def test_an_output_moved_aside_comes_back(site: Path) -> None:
    (site / "public").rename(site / ".public.old")
    (site / "content/posts/a.md").rename(site / "content/posts/b.md")
    generation(site, "に")
    made(site)
    assert leftovers(site) == []
    assert not (site / "public/posts/a/index.html").exists()
    assert (site / "public/CNAME").is_file()
    assert "に" in (site / "public/index.html").read_text("utf-8")


def test_without_exchange_names_are_swapped(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output, "_exchanged", lambda *_: False)
    generation(site, "に")
    made(site)
    assert leftovers(site) == []
    assert (site / "public/CNAME").is_file()
    assert "に" in (site / "public/index.html").read_text("utf-8")


@pytest.mark.parametrize("code", [errno.ENOSYS, errno.EINVAL, errno.EBUSY])
def test_the_system_may_refuse_to_exchange(
    site: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    class Libc:
        renameat2 = syncfs = staticmethod(lambda *_: -1)

    monkeypatch.setattr(output.ctypes, "CDLL", lambda *_, **__: Libc)
    monkeypatch.setattr(output.ctypes, "get_errno", lambda: code)
    before = tree(site / "public")
    generation(site, "に")
    if code == errno.EBUSY:
        with pytest.raises(EnvironmentFault):
            made(site)
        assert tree(site / "public") == before
    else:
        made(site)
        assert "に" in (site / "public/index.html").read_text("utf-8")
    assert leftovers(site) == []


def test_a_failed_swap_is_undone(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self.name.startswith("stage-") and not self.suffix:
            raise OSError(errno.EIO, "no", str(self))
        return rename(self, target)

    monkeypatch.setattr(output, "_exchanged", lambda *_: False)
    monkeypatch.setattr(Path, "rename", failing)
    before = tree(site / "public")
    generation(site, "に")
    with pytest.raises(EnvironmentFault):
        made(site)
    assert tree(site / "public") == before
    assert leftovers(site) == []


# --- several at once ----------------------------------------------------------------------------


def test_builds_at_once_never_mix(site_factory: SiteFactory) -> None:
    root = site_factory(posts(10))
    hosts = [f"https://{name}.example.com" for name in ("one", "two", "three")]
    wanted = []
    for host in hosts:
        build(root, Options(output=root / "reference", base_url=host, now=NOW))
        wanted.append(tree(root / "reference"))
    for _ in range(3):
        builds = [command(root, "--base-url", host) for host in hosts]
        told = [b.communicate(timeout=120)[1] for b in builds]
        assert {b.returncode for b in builds} <= {0, 5}, told
        assert 0 in {b.returncode for b in builds}
        assert tree(root / "public") in wanted
        assert leftovers(root) == []


def test_the_loser_says_so(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output, "LOCK_SECONDS", 0.05)
    before = tree(site / "public")
    with FileLock(site / ".cache/build.lock"), pytest.raises(BusyError) as busy:
        made(site)
    assert [p.code for p in busy.value.problems] == ["build/busy"]
    assert tree(site / "public") == before


def test_the_loser_waits(site: Path) -> None:
    lock = FileLock(site / ".cache/build.lock", thread_local=False)
    lock.acquire()
    threading.Timer(0.3, lock.release).start()
    generation(site, "に")
    made(site)
    assert "に" in (site / "public/index.html").read_text("utf-8")


def test_readers_see_whole_files_while_sites_are_exchanged(site_factory: SiteFactory) -> None:
    root = site_factory(posts(8))
    public = root / "public"
    known: dict[str, set[bytes]] = {}
    for title in ("いち", "に"):
        generation(root, title)
        made(root)
        for file in public.rglob("*.html"):
            known.setdefault(file.relative_to(public).as_posix(), set()).add(file.read_bytes())
    strange: list[str] = []
    over = threading.Event()

    def read() -> None:
        while not over.is_set():
            for name, texts in known.items():
                try:
                    if (public / name).read_bytes() not in texts:
                        strange.append(name)
                except OSError as e:
                    strange.append(str(e))

    reader = threading.Thread(target=read)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(interval / 50)  # both take turns often
    reader.start()
    try:
        for count in range(20):
            generation(root, ("いち", "に")[count % 2])
            made(root)
    finally:
        over.set()
        reader.join()
        sys.setswitchinterval(interval)
    assert strange == []


# --- what the machine refuses ----------------------------------------------------------------------


def test_a_full_disk_leaves_the_old_site(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = Stage.write

    def full(self: Stage, name: str, data: bytes) -> None:
        if name.startswith("tags/"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), name)
        write(self, name, data)

    monkeypatch.setattr(Stage, "write", full)
    before = tree(site / "public")
    generation(site, "に")
    with pytest.raises(EnvironmentFault) as fault:
        made(site)
    assert [p.code for p in fault.value.problems] == ["disk/full"]
    assert fault.value.exit_code == 4
    assert tree(site / "public") == before
    assert leftovers(site) == []


def refused(site: Path, *command: str) -> Run:
    """`ssg build` after a command that takes rights away; Python itself shall write nothing."""
    done = subprocess.run(
        [*command, sys.executable, "-B", "-m", "ssg", "build", "--clean"],
        cwd=site,
        env=clean_environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    return Run(done.returncode, done.stdout, done.stderr)


def test_a_limit_on_files_leaves_the_old_site(site: Path) -> None:
    before = tree(site / "public")
    with (site / "content/posts/a.md").open("a") as post:
        post.write("長い文。" * 3000)
    done = refused(site, "bash", "-c", 'ulimit -f 2; exec "$@"', "-")
    assert done.code == 4, done.err
    assert "disk/failed" in done.err
    assert len(done.err.splitlines()) == 3
    assert tree(site / "public") == before
    assert leftovers(site) == []


def mortal() -> list[str]:
    """A command that takes the superuser's right to write anywhere."""
    rights = "-dac_override,-dac_read_search"
    drop = ["setpriv", f"--bounding-set={rights}", f"--inh-caps={rights}", "--"]
    return drop if os.geteuid() == 0 else []


@pytest.fixture
def read_only(site: Path) -> Iterator[Path]:
    folders = [site, site / ".cache"]
    for folder in folders:
        folder.chmod(0o555)
    yield site
    for folder in folders:
        folder.chmod(0o755)


def test_a_folder_that_cannot_be_written_is_told_in_a_line(read_only: Path) -> None:
    before = tree(read_only / "public")
    generation(read_only, "に")
    done = refused(read_only, *mortal())
    assert done.code == 4, done.err
    assert "disk/failed" in done.err
    assert len(done.err.splitlines()) == 3
    assert tree(read_only / "public") == before


def test_a_foreign_folder_that_cannot_be_read_is_not_lost(site: Path) -> None:
    secret = site / "public/.git"
    before = tree(site / "public")
    secret.chmod(0)
    generation(site, "に")
    done = refused(site, *mortal())
    secret.chmod(0o755)
    assert done.code == 4, done.err
    assert tree(site / "public") == before
    assert leftovers(site) == []


# --- the tree that is kept --------------------------------------------------------------------------


def edited(site: Path, text: str) -> None:
    (site / "content/posts/a.md").write_text(
        f"---\ntitle: 甲\ndate: 2026-01-01\ntags: [札]\n---\n{text}\n", "utf-8"
    )
    made(site)


def kept_tree(site: Path) -> Path:
    [folder] = (p for p in (site / ".cache").glob("stage-*") if p.is_dir())
    return folder


def test_the_old_tree_becomes_the_next_one(site: Path) -> None:
    for text in ("一。", "二。", "三。"):
        edited(site, text)
    folder, old = site / "public/posts", (site / "public/posts").stat().st_ino
    kept = (kept_tree(site) / "posts").stat().st_ino
    edited(site, "四。")
    assert folder.stat().st_ino == kept, "no new folder was made"
    assert (kept_tree(site) / "posts").stat().st_ino == old
    assert "四。" in (site / "public/feed.xml").read_text("utf-8")
    assert "三。" in (kept_tree(site) / "feed.xml").read_text("utf-8")


def test_nothing_is_written_into_a_file_that_is_public(site: Path) -> None:
    """The kept tree shares its files with the output: a new text must be a new file."""
    edited(site, "一。")
    edited(site, "二。")
    public = site / "public/feed.xml"
    reader = public.open(encoding="utf-8")
    edited(site, "三。")
    edited(site, "四。")
    assert "二。" in reader.read()
    reader.close()


def test_others_files_follow_what_their_owner_did(site: Path) -> None:
    """A file of others that is gone or changed in the output does not come back from the tree."""
    for text in ("一。", "二。", "三。"):
        edited(site, text)
    public = site / "public"
    assert (kept_tree(site) / "CNAME").is_file()
    (public / "CNAME").unlink()
    shutil.rmtree(public / ".git")
    (public / "posts/a/notes.txt").write_text("書き直した\n", "utf-8")
    (public / "posts/a/more.txt").write_text("足した\n", "utf-8")
    (public / "new/empty").mkdir(parents=True)
    (public / "new/file.txt").write_text("新しい\n", "utf-8")
    for text in ("四。", "五。", "六。"):
        edited(site, text)
        assert not (public / "CNAME").exists()
        assert not (public / ".git").exists()
        assert (public / "posts/a/notes.txt").read_text("utf-8") == "書き直した\n"
        assert (public / "posts/a/more.txt").read_text("utf-8") == "足した\n"
        assert (public / "new/file.txt").read_text("utf-8") == "新しい\n"
        assert (public / "new/empty").is_dir()
    shutil.rmtree(public / "new")
    for text in ("七。", "八。"):
        edited(site, text)
        assert not (public / "new").exists()


@pytest.mark.parametrize("harm", ["change", "remove", "record", "half"])
def test_a_harmed_tree_is_not_published(site: Path, harm: str) -> None:
    edited(site, "一。")
    edited(site, "二。")
    folder = kept_tree(site)
    record = folder.with_name(f"{folder.name}.json")
    if harm == "change":
        (folder / "404.html").unlink()
        (folder / "404.html").write_bytes(b"x" * (site / "public/404.html").stat().st_size)
    elif harm == "remove":
        shutil.rmtree(folder / "tags")
    elif harm == "record":
        record.write_text("{}")
    else:
        record.unlink()
        (folder / "half.html").write_text("半分")
    edited(site, "三。")
    before = tree(site / "public")
    shutil.rmtree(site / ".cache")
    edited(site, "三。")
    assert tree(site / "public") == before


def test_an_output_on_another_disk(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tree is made beside it, and nothing is left there."""
    monkeypatch.setattr(output, "_same_disk", lambda *_: False)
    for text in ("一。", "二。"):
        edited(site, text)
        assert leftovers(site) == []
    assert "二。" in (site / "public/feed.xml").read_text("utf-8")
    assert (site / "public/CNAME").is_file()
