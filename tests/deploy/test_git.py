"""A branch of a git repository as the target: what lands there, what never does, and breaks."""

from __future__ import annotations

import io
import os
import random
import shutil
import signal
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Timer

import pytest

from ssg.deploy import Order, Plan
from ssg.deploy.troubles import Patience
from ssg.errors import SsgError
from ssg.messages import lines
from tests.conftest import run
from tests.githosts import daemon, web_host
from tests.publishing import blog, files_of, lacking, look, post, publish, wire, write
from tests.small import tree

YES = Order(confirmed=True)
TAKE_OVER = Order(take_over=True)
RECORD = ".ssg-manifest.json"


@pytest.fixture(autouse=True)
def _nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which git knows nobody."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture
def web(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--quiet", "--bare", "web.git")
    git(tmp_path / "web.git", "config", "uploadpack.allowFilter", "true")
    return tmp_path / "web.git"


@pytest.fixture
def site(web: Path) -> Path:
    """A site that is published to a repository beside it."""
    return blog(web.parent / "site", "  web: {type: git, remote: ../web.git}\n")


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=花子", "-c", "user.email=hanako@blog.tarou.jp"]
    command = ["git", *who, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, check=True).stdout.decode()


def commits(web: Path) -> int:
    return int(git(web, "rev-list", "--count", "gh-pages"))


def tree_of(web: Path) -> str:
    return git(web, "rev-parse", "gh-pages^{tree}")


def branch(web: Path) -> dict[str, bytes]:
    """The files of the branch that readers see: no dot-files."""
    command = ["git", "archive", "--format=tar", "gh-pages"]
    packed = subprocess.run(command, cwd=web, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        files = {m.name: tar.extractfile(m) for m in tar.getmembers()}
    return {n: f.read() for n, f in files.items() if f and not n.rpartition("/")[2].startswith(".")}


def by_hand(web: Path, files: dict[str, str], removed: str = "") -> None:
    """Someone changes the branch in a clone of their own."""
    work = web.parent / "work"
    shutil.rmtree(work, ignore_errors=True)
    git(web.parent, "clone", "--quiet", "web.git", "work")
    with suppress(subprocess.CalledProcessError):  # there is none yet
        git(work, "checkout", "--quiet", "gh-pages")
    for name, text in files.items():
        write(work, name, text)
    if removed:
        (work / removed).unlink()
    git(work, "add", "--all")
    git(work, "commit", "--quiet", "--message", "手で")
    git(work, "push", "--quiet", "origin", "HEAD:refs/heads/gh-pages")


def hook(web: Path, script: str) -> None:
    file = web / "hooks/pre-receive"
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


def settings(site: Path, text: str) -> None:
    """Let the target be another one."""
    write(site, "site.yaml", f"title: 一\nurl: https://blog.tarou.jp\ndeploy:\n  web: {text}\n")


def failing(work: Callable[[], object]) -> tuple[str, str]:
    """The code of what goes wrong, and all that a writer reads of it."""
    with pytest.raises(SsgError) as e:
        work()
    told = [*lines(e.value.problems, "ja"), *lines(e.value.problems, "en")]
    return e.value.problems[0].code, "\n".join(told)


# --- what lands there ----------------------------------------------------------------------------


def test_the_first_publication_sends_everything_and_the_second_nothing(
    site: Path, web: Path
) -> None:
    first = publish(site)
    assert branch(web) == files_of(site / "public")
    assert {*first.changes.added} == {*branch(web), ".nojekyll"}
    assert not publish(site).changes
    assert commits(web) == 1
    git(web, "fsck", "--strict")


def test_an_edit_sends_a_handful(site: Path, web: Path) -> None:
    publish(site)
    post(site, "p1", "書き直した本文。")
    found = publish(site).changes
    assert "posts/p1/index.html" in found.changed
    assert (found.added, found.removed) == ((), ())
    assert "posts/p2/index.html" not in found.changed
    assert branch(web) == files_of(site / "public")
    assert commits(web) == 2


def test_a_new_machine_fetches_no_page(site: Path, web: Path) -> None:
    publish(site)
    shutil.rmtree(site / ".cache")
    post(site, "p1", "書き直した本文。")
    found = publish(site).changes
    assert branch(web) == files_of(site / "public")
    ours = site / ".cache/deploy/web.git"
    check = "--batch-check=%(objecttype)"
    have = git(ours, "cat-file", "--batch-all-objects", check).split().count("blob")
    assert have == len(found.sent) + 2  # the old record and the new one
    git(web, "fsck", "--strict")


def test_no_setting_of_git_changes_a_byte_and_no_name_is_too_odd(site: Path, web: Path) -> None:
    text = b"\xef\xbb\xbf\r\n$Id$\r\n"
    names = [
        "かな 漢字.txt",
        'quo"te\\.txt',
        "-dash.txt",
        "空 白/日本.txt",
        "tab\t.txt",
        "\N{COMBINING ACUTE ACCENT}が.txt",
    ]
    for name in names:
        write(site, f"assets/static/{name}", "")
        (site / "assets/static" / name).write_bytes(text)
    (site / "assets/static" / names[0]).chmod(0o755)
    write(site.parent, "attributes", "* text ident\n")
    core = "autocrlf = input\n\tquotePath = true\n\tattributesFile = ~/attributes\n"
    write(site.parent, ".gitconfig", f"[core]\n\t{core}")
    publish(site)
    rows = git(web, "ls-tree", "-r", "-z", "gh-pages").split("\0")[:-1]
    found = {name: head.split() for head, _, name in (row.partition("\t") for row in rows)}
    assert {mode for mode, _, _ in found.values()} == {"100644"}
    for name in names:
        blob = ["git", "cat-file", "blob", found[name][2]]
        assert subprocess.check_output(blob, cwd=web) == text
    assert not publish(site).changes


def test_what_is_gone_is_removed_and_what_is_not_ours_stays_for_ever(site: Path, web: Path) -> None:
    publish(site)
    by_hand(web, {"CNAME": "blog.tarou.jp\n", "posts/p1/mine.txt": "私のもの"})
    for name in ("p1", "p2"):
        (site / f"content/posts/{name}.md").unlink()
    found = publish(site, order=YES).changes
    assert {"posts/p1/index.html", "posts/p2/index.html"} <= {*found.removed}
    mine = {"CNAME": b"blog.tarou.jp\n", "posts/p1/mine.txt": "私のもの".encode()}
    assert branch(web) == files_of(site / "public") | mine
    look(site, 2)
    publish(site, order=Order(confirmed=True, afresh=True))
    assert branch(web) == files_of(site / "public") | mine


def test_a_page_that_someone_removed_from_the_branch_comes_back(site: Path, web: Path) -> None:
    publish(site)
    by_hand(web, {}, removed="posts/p1/index.html")
    assert publish(site).changes.added == ("posts/p1/index.html",)
    assert branch(web) == files_of(site / "public")


def test_a_dry_run_tells_what_the_next_run_does_and_pushes_nothing(site: Path, web: Path) -> None:
    publish(site)
    before = tree(web)
    look(site, 2)
    post(site, "new")
    told = publish(site, order=Order(dry_run=True)).changes
    assert tree(web) == before
    assert publish(site, order=YES).changes == told


def test_all_sends_everything_again(site: Path, web: Path) -> None:
    publish(site)
    by_hand(web, {"posts/p1/index.html": "ほかの人が書き換えた"})
    found = publish(site, order=Order(afresh=True)).changes
    assert {*found.changed} == {*branch(web), ".nojekyll"}
    assert branch(web) == files_of(site / "public")


def test_the_branch_and_the_address_of_the_site(site: Path, web: Path) -> None:
    settings(site, f"{{type: git, remote: '{web}', branch: pages, cname: blog.tarou.jp}}")
    publish(site)
    assert git(web, "show", "pages:CNAME") == "blog.tarou.jp\n"
    assert git(web, "show", "pages:.nojekyll") == ""


def test_without_history_the_branch_has_one_commit(site: Path, web: Path) -> None:
    settings(site, "{type: git, remote: ../web.git, history: false}")
    publish(site)
    by_hand(web, {"CNAME": "blog.tarou.jp\n"})
    for number in (2, 3):
        look(site, number)
        publish(site, order=YES)
        assert commits(web) == 1
        assert branch(web) == files_of(site / "public") | {"CNAME": b"blog.tarou.jp\n"}


def test_a_tree_made_step_by_step_is_the_tree_made_at_once(site: Path, web: Path) -> None:
    """Over random edits, on a machine that now and then forgets, and often clears up."""
    choose = random.Random(20260401)
    write(site.parent, ".gitconfig", "[gc]\n\tauto = 1\n\tautoPackLimit = 1\n")
    with (site / "site.yaml").open("a") as out:
        out.write("  once: {type: git, remote: ../once.git}\n")
    for number in range(12):
        for name in choose.sample(["guide", "guide/first", "guide/a/b", "お知らせ.txt"], 2):
            _put_or_remove(site / "assets/static", name)
        post(site, f"p{choose.randrange(6)}", f"本文{number}")
        if choose.random() < 0.3:
            shutil.rmtree(site / ".cache/deploy", ignore_errors=True)
        once = web.with_name("once.git")
        shutil.rmtree(once, ignore_errors=True)
        git(web.parent, "init", "--quiet", "--bare", "once.git")
        publish(site, "web", YES)
        publish(site, "once", YES)
        assert tree_of(web) == tree_of(once)
    assert commits(web) == 12
    git(web, "fsck", "--strict")


def _put_or_remove(folder: Path, name: str) -> None:
    file = folder / name
    if file.is_dir():
        shutil.rmtree(file)
    elif file.exists():
        file.unlink()
    else:
        for above in [*file.relative_to(folder).parents][:-1]:
            if (folder / above).is_file():
                (folder / above).unlink()
        write(folder, name, name)


# --- whose it is ---------------------------------------------------------------------------------


def test_a_branch_of_others_is_refused_unless_told(site: Path, web: Path) -> None:
    by_hand(web, {"README.md": "ほかのもの", "index.html": "ほかのサイト"})
    before = tree(web)
    code, told = failing(lambda: publish(site))
    assert code == "deploy/in-the-way"
    assert "README.md, index.html" in told
    assert tree(web) == before
    publish(site, order=TAKE_OVER)
    theirs = {"README.md": "ほかのもの".encode()}
    assert branch(web) == files_of(site / "public") | theirs
    look(site, 2)
    publish(site)
    assert branch(web) == files_of(site / "public") | theirs


def test_a_branch_of_another_site_is_refused_unless_told(site: Path, web: Path) -> None:
    publish(site)
    settings = (site / "site.yaml").read_text("utf-8")
    write(site, "site.yaml", settings.replace("https://blog.", "https://other."))
    code, told = failing(lambda: publish(site))
    assert code == "deploy/other-site"
    assert "https://blog.tarou.jp" in told
    publish(site, order=TAKE_OVER)
    assert not publish(site).changes


@pytest.mark.parametrize("name", ["posts/new", "posts/new/index.html", "posts/new/index.html/a"])
def test_a_file_of_others_where_a_page_comes(site: Path, web: Path, name: str) -> None:
    publish(site)
    by_hand(web, {name: "私のもの", "posts/newer": "私のもの"})
    post(site, "new")
    code, told = failing(lambda: publish(site))
    assert code == "deploy/in-the-way"
    assert f": {name}." in told
    publish(site, order=TAKE_OVER)
    theirs = {"posts/newer": "私のもの".encode()}
    assert branch(web) == files_of(site / "public") | theirs


def test_a_damaged_record_is_not_trusted(site: Path, web: Path) -> None:
    publish(site)
    by_hand(web, {RECORD: "{"})
    assert failing(lambda: publish(site))[0] == "deploy/broken-record"


@pytest.mark.parametrize("history", ["true", "false"])
def test_what_someone_else_publishes_meanwhile_is_not_overwritten(
    site: Path, web: Path, history: str
) -> None:
    settings(site, f"{{type: git, remote: ../web.git, history: {history}}}")
    for number in (2, 3):  # the branch is not there yet, and it is
        theirs = {"theirs.txt": f"先に{number}"}
        look(site, number)
        meanwhile = partial(by_hand, web, theirs)
        code, told = failing(partial(publish, site, show=lambda _, do=meanwhile: do()))
        assert code == "deploy/overtaken", told
        assert branch(web)["theirs.txt"].decode() == theirs["theirs.txt"]
        publish(site, order=TAKE_OVER)
        assert branch(web) == files_of(site / "public") | {"theirs.txt": f"先に{number}".encode()}


def test_a_branch_that_moves_while_it_is_written(site: Path, web: Path) -> None:
    """Nothing is wrong when the push begins; the host finds it when it puts the commit there."""
    publish(site)
    by_hand(web, {"theirs.txt": "先に"})
    theirs, ours = git(web, "rev-parse", "gh-pages", "gh-pages~").split()
    git(web, "update-ref", "refs/heads/gh-pages", ours)
    hook(web, f"unset GIT_QUARANTINE_PATH; git update-ref refs/heads/gh-pages {theirs}")
    look(site, 2)
    assert failing(lambda: publish(site))[0] == "deploy/overtaken"
    assert git(web, "rev-parse", "gh-pages").strip() == theirs


@pytest.mark.parametrize("config", ["", "own", "theirs"])
def test_a_commit_says_who_made_it_and_how_much(site: Path, web: Path, config: str) -> None:
    who = "ssg <ssg@localhost>"
    if config:
        write(site.parent, ".gitconfig", "[user]\n\tname = 太郎\n\temail = me@tarou.jp\n")
        who = "太郎 <me@tarou.jp>"
    if config == "own":  # the repository that the site lies in says something else
        git(site, "init", "--quiet")
        git(site, "config", "user.name", "筆名")
        who = "筆名 <me@tarou.jp>"
    count = len(publish(site).changes.added)
    told = git(web, "log", "--format=%an <%ae>|%cn <%ce>|%B", "gh-pages").strip()
    assert told == f"{who}|{who}|ssg deploy: +{count} ~0 -0"


def test_nothing_of_the_writers_own_repository_is_touched(
    site: Path, web: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even in a hook of it, where git is told to work in it."""
    write(site, ".gitignore", "public/\n.cache/\n")
    git(site, "init", "--quiet")
    git(site, "add", "--all")
    git(site, "commit", "--quiet", "--message", "初め")
    post(site, "p1", "書きかけ")
    git(site, "add", "content/posts/p1.md")
    post(site, "p1", "もっと書きかけ")
    trap = site.parent / "hooks/pre-push"
    write(site.parent, "hooks/pre-push", "#!/bin/sh\nexit 1\n")
    trap.chmod(0o755)
    write(site.parent, ".gitconfig", f"[core]\n\thooksPath = {trap.parent}\n")
    for name in ("GIT_DIR", "GIT_COMMON_DIR"):
        monkeypatch.setenv(name, str(site / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(site))
    monkeypatch.setenv("GIT_INDEX_FILE", str(site / ".git/index"))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(site / ".git/objects"))
    before = sources(site)
    publish(site)
    look(site, 1)
    publish(site)
    assert sources(site) == before
    monkeypatch.delenv("GIT_DIR")
    for name in ("GIT_COMMON_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"):
        monkeypatch.delenv(name)
    assert branch(web) == files_of(site / "public")


def sources(site: Path) -> dict[str, str]:
    return {k: v for k, v in tree(site).items() if k.partition("/")[0] not in ("public", ".cache")}


# --- breaks --------------------------------------------------------------------------------------


def served(site: Path, port: int) -> None:
    settings(site, f"{{type: git, remote: 'git://127.0.0.1:{port}/web.git'}}")


def change(site: Path, number: int) -> None:
    """Every page, and a file that makes its way last longer."""
    look(site, number)
    write(site, "assets/static/noise.txt", random.Random(number).randbytes(60_000).hex())


def test_cuts_anywhere_leave_the_old_tree_or_the_new_one(site: Path, web: Path) -> None:
    choose = random.Random(20260402)
    with daemon(web.parent, "--enable=receive-pack") as port, wire(port) as line:
        served(site, line.port)
        publish(site)
        line.mend()
        change(site, 2)
        publish(site)
        whole = line.carried
        states = []
        for number in range(3, 53):
            old = branch(web)
            change(site, number)
            line.cut_after(choose.randrange(whole))
            code, told = failing(lambda: publish(site))
            assert code == "deploy/interrupted", told
            line.mend()
            after = branch(web)
            new = files_of(site / "public")
            states.append(after == new)
            assert after in (old, new)
            assert lacking(after) == set()
            publish(site)
            assert branch(web) == new
    assert False in states
    git(web, "fsck", "--strict")


def test_a_lost_connection_is_tried_again(site: Path, web: Path) -> None:
    with daemon(web.parent, "--enable=receive-pack") as port, wire(port) as line:
        served(site, line.port)
        publish(site)
        look(site, 2)
        line.cut_after(3000)
        mend = Timer(0.3, line.mend)
        mend.start()
        publish(site, patience=Patience(tries=20, first=0.001))
        mend.join()
    assert branch(web) == files_of(site / "public")


def test_kill_9_at_any_moment(site: Path, web: Path) -> None:
    """Of `ssg deploy` alone, or with the programs that it started."""
    with daemon(web.parent, "--enable=receive-pack") as port:
        served(site, port)
        publish(site)
        for number in range(2, 8):
            old = branch(web)
            change(site, number)
            publish(site, order=Order(dry_run=True))
            new = files_of(site / "public")
            command = [sys.executable, "-m", "ssg", "deploy", "--no-build"]
            process = subprocess.Popen(
                command, cwd=site, stdout=subprocess.DEVNULL, start_new_session=True
            )
            _wait_for_work(site, process)
            time.sleep(0.025 * (number - 2))
            (os.kill if number % 2 else os.killpg)(process.pid, signal.SIGKILL)
            process.wait()
            _wait_for_others(process.pid)
            assert branch(web) in (old, new)
            publish(site)
            assert branch(web) == new
    git(web, "fsck", "--strict")
    assert [file.name for file in (site / ".cache/deploy").iterdir()] == ["web.git"]


def _wait_for_work(site: Path, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None and not [*(site / ".cache/deploy").glob("*.used")]:
        time.sleep(0.001)


def _wait_for_others(group: int) -> None:
    """Those that a killed process leaves behind end by themselves."""
    for _ in range(200):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.01)


def test_a_file_that_this_machine_cannot_write(site: Path, web: Path) -> None:
    publish(site)
    before = tree(web)
    change(site, 2)
    publish(site, order=Order(dry_run=True))
    limited = f"ulimit -f 40; exec {sys.executable} -m ssg deploy --no-build"
    done = subprocess.run(["bash", "-c", limited], cwd=site, capture_output=True, check=False)
    assert done.returncode == 4
    assert tree(web) == before
    publish(site)
    assert branch(web) == files_of(site / "public")


@pytest.mark.parametrize(
    "harm",
    [
        "rm -r web.git/objects",
        "rm web.git/HEAD",
        "echo x > web.git/config",
        "rm -r web.git && mkdir web.git",
        "rm -r web.git && echo x > web.git",
        "for f in web.git/objects/pack/*.pack; do chmod u+w $f; echo x > $f; done",
        "touch web.git/refs/heads/site.lock web.git/shallow.lock",
        "echo 1234567890123456789012345678901234567890 > web.git/refs/heads/site",
        "cp -r web.git web.0.used && touch web.0.used/shallow.lock",
    ],
)
def test_what_is_kept_between_runs_may_be_damaged(site: Path, web: Path, harm: str) -> None:
    publish(site)
    look(site, 2)
    subprocess.run(harm, cwd=site / ".cache/deploy", shell=True, check=True)
    publish(site)
    assert branch(web) == files_of(site / "public")
    assert commits(web) == 2
    assert not publish(site).changes


def test_a_changed_output_stops_in_the_middle(site: Path, web: Path) -> None:
    publish(site)
    before = tree(web)
    look(site, 2)

    def meanwhile(_: Plan) -> None:
        (site / "public/index.html").write_text("書き換えた")

    assert failing(lambda: publish(site, show=meanwhile))[0] == "deploy/not-the-output"
    assert tree(web) == before


# --- refusals ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("script", "code", "why"),
    [
        ("echo 'error: GH006: Protected branch update failed' >&2; exit 1", "forbidden", "GH006"),
        (
            "cat >&2 <<E; exit 1\nerror: Trace: 0123\nerror: See https://gh.io/lfs for more.\n"
            "error: File a.mp4 is 120 MB; this exceeds GitHub's file size limit\nE",
            "forbidden",
            "(File a.mp4 is 120 MB; this exceeds GitHub's file size limit)",
        ),
        ("exit 1", "forbidden", "pre-receive hook declined"),
        ("cat hooks/pre-receive > /dev/full || exit 1", "no-space", "No space left on device"),
    ],
)
def test_a_host_that_does_not_take_it(
    site: Path, web: Path, script: str, code: str, why: str
) -> None:
    publish(site)
    before = tree_of(web)
    hook(web, script)
    look(site, 2)
    found, told = failing(lambda: publish(site))
    assert found == f"deploy/{code}"
    assert why in told
    assert tree_of(web) == before


def test_a_host_where_nobody_may_write(site: Path, web: Path) -> None:
    with daemon(web.parent) as port:
        served(site, port)
        code, told = failing(lambda: publish(site))
    assert code == "deploy/forbidden", told
    assert "service not enabled" in told


def test_a_place_that_is_not_there(site: Path, web: Path) -> None:
    settings(site, "{type: git, remote: ../none.git}")
    assert failing(lambda: publish(site))[0] == "deploy/no-place"
    with daemon(web.parent) as port:
        settings(site, f"{{type: git, remote: 'git://127.0.0.1:{port}/none.git'}}")
        assert failing(lambda: publish(site))[0] == "deploy/no-place"
    assert failing(lambda: publish(site))[0] == "deploy/interrupted"


@pytest.mark.parametrize("missing", ["git", "ssh"])
def test_a_machine_without_a_program(
    site: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    settings(site, "{type: git, remote: 'git@github.com:me/blog.git'}")
    (site.parent / "bin").mkdir()
    if missing == "ssh":
        (site.parent / "bin/git").symlink_to(str(shutil.which("git")))
    monkeypatch.setenv("PATH", str(site.parent / "bin"))
    code, told = failing(lambda: publish(site))
    assert code == "deploy/no-program", told
    assert f"The program {missing} is missing" in told


SECRET = "s3cret-w0rd"


def test_a_password_of_the_environment(
    site: Path, web: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It opens the host it is for, and is kept nowhere."""
    write(site.parent, ".gitconfig", "[credential]\n\thelper = store\n")
    monkeypatch.setenv("SSG_WEB_PASSWORD", SECRET)
    with web_host(web.parent, SECRET) as host:
        for user in ("", "hanako@"):
            address = f"http://{user}127.0.0.1:{host.server_port}/web.git"
            settings(site, f"{{type: git, remote: '{address}'}}")
            look(site, len(user) + 2)
            publish(site)
            assert branch(web) == files_of(site / "public")
        assert host.users == {"git", "hanako"}
    kept = [file for file in site.parent.rglob("*") if file.is_file()]
    assert not [file for file in kept if SECRET.encode() in file.read_bytes()]


def test_a_wrong_password_is_told_without_it(site: Path, web: Path) -> None:
    with web_host(web.parent, "another") as host:
        address = f"127.0.0.1:{host.server_port}"
        settings(site, f"{{type: git, remote: 'http://hanako@{address}/web.git'}}")
        write(site.parent, "store", f"http://hanako:{SECRET}@{address}\n")
        write(
            site.parent,
            ".gitconfig",
            f"[credential]\n\thelper = store --file={site.parent}/store\n",
        )
        files_known = {"HOME": str(site.parent), "GIT_CONFIG_NOSYSTEM": "1"}
        for env in ({}, {"SSG_WEB_PASSWORD": SECRET}, {"GIT_TRACE_CURL": "1", "GIT_TRACE": "1"}):
            ran = run("deploy", "--debug", cwd=site, env=files_known | env)
            assert ran.code == 4
            assert "deploy/refused" in ran.err
            assert "SSG_WEB_PASSWORD" in ran.err
            assert SECRET not in ran.out + ran.err
    assert host.users == set()


@pytest.mark.parametrize(
    ("answer", "code"),
    [(403, "forbidden"), (404, "no-place"), (503, "interrupted"), (429, "interrupted")],
)
def test_answers_of_the_web(site: Path, web: Path, answer: int, code: str) -> None:
    with web_host(web.parent, SECRET) as host:
        host.answer = answer
        settings(site, f"{{type: git, remote: 'http://127.0.0.1:{host.server_port}/web.git'}}")
        found, told = failing(lambda: publish(site))
    assert found == f"deploy/{code}", told


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (
            "No ED25519 host key is known for github.com and you have requested strict checking.\n"
            "Host key verification failed.",
            "host-key",
        ),
        ("git@github.com: Permission denied (publickey).", "refused"),
        ("ssh: Could not resolve hostname githab.com: Name or service not known", "no-place"),
        ("ERROR: Repository not found.", "no-place"),
        ("ERROR: Permission to me/blog.git denied to you.", "forbidden"),
        ("kex_exchange_identification: Connection closed by remote host", "interrupted"),
        ("ssh: connect to host github.com port 22: Connection timed out", "interrupted"),
        ("", "interrupted"),
    ],
)
def test_what_ssh_says(site: Path, monkeypatch: pytest.MonkeyPatch, said: str, code: str) -> None:
    """A program that says what ssh and hosts behind it say, and ends as ssh does."""
    settings(site, "{type: git, remote: 'git@github.com:me/blog.git'}")
    write(
        site.parent,
        "bin/ssh",
        f"#!/bin/sh\necho \"$@\" > '{site.parent}/told'\ncat >&2 <<'E'\n{said}\nE\nexit 255\n",
    )
    (site.parent / "bin/ssh").chmod(0o755)
    monkeypatch.setenv("PATH", f"{site.parent}/bin:{os.environ['PATH']}")
    found, told = failing(lambda: publish(site))
    assert found == f"deploy/{code}", told
    assert said.split("\n")[-1].strip(".").removeprefix("ERROR: ") in told
    assert "BatchMode=yes" in (site.parent / "told").read_text()
