"""After a publication: what readers get is compared with what was sent, and never fails it."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from ssg.cli import cli
from ssg.config import load_config, load_targets
from ssg.deploy import Order, Plan, verify
from ssg.deploy.changes import Changes
from ssg.deploy.verify import Verdict, Waiting, sample, verified, waiting_for
from ssg.deploy.web import MOST, address, public_address
from tests.hosting import Host, host, send
from tests.publishing import blog, free_port, look, post, publish, write

QUICK = Waiting(timeout=0.3, pauses=(0.01, 0.01))


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Host]:
    with host(tmp_path) as made:
        yield made


@pytest.fixture
def site(served: Host) -> Path:
    """A site that is published in a folder of the host's, and read below /web."""
    url = f"{served.url}/web/"
    site = blog(served.folder / "site", f"  web: {{type: dir, path: ../web, url: '{url}'}}\n")
    post(site, "夏の本")
    return site


def checked(plan: Plan, waiting: Waiting = QUICK) -> tuple[Verdict, list[str]]:
    told: list[str] = []
    assert plan.target.url
    return verified(plan, plan.target.url, waiting, told.append), told


def codes(verdict: Verdict) -> set[str]:
    return {warning.code for warning in verdict.warnings}


def pages(verdict: Verdict, code: str) -> set[str]:
    [args] = [dict(w.args) for w in verdict.warnings if w.code == code]
    return set(args["pages"].split(", "))


@pytest.mark.parametrize("compressed", [False, True])
def test_what_was_sent_is_what_is_seen(site: Path, served: Host, compressed: bool) -> None:
    served.gzip = compressed
    verdict, told = checked(publish(site))
    assert (verdict.warnings, told) == ((), [])
    assert verdict.good == verdict.looked == len(served.asked) >= 5
    assert "/web/" in served.paths()


def test_addresses_are_those_that_browsers_ask_for(site: Path, served: Host) -> None:
    publish(site)
    post(site, "夏の本", "書き直した。")
    verdict, _ = checked(publish(site))
    assert verdict.warnings == ()
    assert "/web/posts/%E5%A4%8F%E3%81%AE%E6%9C%AC/" in [asked.path for asked in served.asked]


def test_a_few_files_of_each_kind_are_looked_at(site: Path) -> None:
    publish(site)
    for name in ("p1", "p2"):
        (site / f"content/posts/{name}.md").unlink()
    look(site, 2)
    plan = publish(site, order=Order(confirmed=True))
    chosen = sample(plan.changes, plan.files)
    assert chosen[0] == "index.html"
    assert {name.rpartition(".")[2] for name in chosen} == {"html", "xml", "css"}
    assert chosen[-1] in plan.changes.removed
    assert len(chosen) == len(set(chosen)) == 7


def test_a_cache_that_lets_go_in_time(site: Path, served: Host) -> None:
    publish(site)
    old = served.folder / "old"
    shutil.copytree(served.folder / "web", old / "web")
    look(site, 2)
    plan = publish(site, order=Order(confirmed=True))
    now, served.folder = served.folder, old
    told: list[str] = []

    def let_go(waited_for: str) -> None:
        told.append(waited_for)
        served.folder = now

    assert plan.target.url
    verdict = verified(plan, plan.target.url, QUICK, let_go)
    assert verdict.warnings == ()
    assert told == [f"{served.url}/web/"]


def test_a_cache_that_does_not(site: Path, served: Host) -> None:
    publish(site)
    old = served.folder / "old"
    shutil.copytree(served.folder / "web", old / "web")
    (site / "content/posts/p1.md").unlink()
    look(site, 2)
    plan = publish(site, order=Order(confirmed=True))
    served.folder = old
    verdict, told = checked(plan)
    assert codes(verdict) == {"deploy/still-old", "deploy/not-gone", "deploy/not-shown"}
    assert {"/", "/404.html"} & pages(verdict, "deploy/still-old") == {"/"}
    assert pages(verdict, "deploy/not-gone") == {"/posts/p1/"}
    assert pages(verdict, "deploy/not-shown") <= {f"/{name}" for name in plan.changes.added}
    assert len(told) == 1


def test_pages_that_the_host_changes(site: Path, served: Host) -> None:
    def changed(host: Host, request: BaseHTTPRequestHandler) -> None:
        send(request, 200, b"<!-- from your host -->")

    served.answer = changed
    verdict, told = checked(publish(site))
    assert codes(verdict) == {"deploy/differs"}
    assert verdict.good == 0
    assert told == [], "no time mends this"
    assert "/" in pages(verdict, "deploy/differs")


def test_a_host_that_shows_another_folder(site: Path, served: Host) -> None:
    plan = publish(site)
    served.folder = site
    verdict, _ = checked(plan)
    assert codes(verdict) == {"deploy/not-shown"}


def test_a_host_that_does_not_answer(site: Path, served: Host) -> None:
    plan = publish(site)
    served.answer = lambda host, request: host.closing.wait(20)
    verdict, told = checked(plan, Waiting(timeout=0.1, pauses=(0,)))
    assert codes(verdict) == {"deploy/not-reached"}
    assert len(told) == 1


def test_a_name_that_nobody_knows_is_not_waited_for(
    site: Path, served: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*place: object, **kind: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    plan = publish(site)
    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    verdict, told = checked(plan)
    assert [dict(p.args)["why"] for p in verdict.warnings] == ["no-host"]
    assert told == []


def test_a_host_that_never_ends(site: Path, served: Host) -> None:
    def drip(host: Host, request: BaseHTTPRequestHandler) -> None:
        send(request, 200, b"", {"Content-Length": "1000"})
        while not host.closing.wait(0.02):
            request.wfile.write(b"a")

    plan = publish(site)
    served.answer = drip
    verdict, _ = checked(plan, Waiting(timeout=0.1, pauses=()))
    assert codes(verdict) == {"deploy/not-reached"}


def test_a_host_that_sends_without_end(site: Path, served: Host) -> None:
    sent = [0]

    def flood(host: Host, request: BaseHTTPRequestHandler) -> None:
        send(request, 200, b"", {"Content-Length": str(100 * MOST)})
        while not host.closing.is_set():
            sent[0] += request.wfile.write(bytes(100_000))

    plan = publish(site)
    served.answer = flood
    verdict, _ = checked(plan, Waiting(timeout=20, pauses=()))
    assert codes(verdict) == {"deploy/differs"}
    assert sent[0] < 2 * MOST * verdict.looked


def test_a_host_that_fails(site: Path, served: Host) -> None:
    plan = publish(site)
    served.answer = lambda host, request: send(request, 503, b"")
    verdict, _ = checked(plan)
    assert [dict(w.args)["why"] for w in verdict.warnings] == ["HTTP 503"]


def test_nobody_there(site: Path) -> None:
    plan = publish(site)
    url = f"http://127.0.0.1:{free_port()}"
    verdict = verified(plan, url, QUICK, lambda _: None)
    assert codes(verdict) == {"deploy/not-reached"}


def test_other_hosts_are_never_asked(site: Path, served: Host) -> None:
    def away(host: Host, request: BaseHTTPRequestHandler) -> None:
        port = host.server.server_port
        send(request, 301, b"", {"Location": f"http://localhost:{port}/other{request.path}"})

    plan = publish(site)
    served.answer = away
    verdict, _ = checked(plan)
    assert codes(verdict) == {"deploy/elsewhere"}
    assert not any(path.startswith("/other") for path in served.paths())


def test_another_address_of_the_same_host_is_followed(site: Path, served: Host) -> None:
    def moved(host: Host, request: BaseHTTPRequestHandler) -> None:
        if request.path.startswith("/www/"):
            request.path = request.path.removeprefix("/www")
            host.serve(request)
        else:
            send(request, 308, b"", {"Location": f"/www{request.path}"})

    plan = publish(site)
    served.answer = moved
    assert checked(plan)[0].warnings == ()


def test_old_addresses_may_be_sent_on_by_the_host(site: Path, served: Host) -> None:
    def sent_on(host: Host, request: BaseHTTPRequestHandler) -> None:
        if request.path == "/web/old/":
            send(request, 301, b"", {"Location": "/web/posts/p1/"})
        else:
            host.serve(request)

    text = (site / "content/posts/p1.md").read_text("utf-8")
    write(site, "content/posts/p1.md", text.replace("title:", "aliases: [/old/]\ntitle:"))
    plan = publish(site)
    served.answer = sent_on
    only_that = msgspec.structs.replace(plan, changes=Changes(added=("old/index.html",)))
    assert checked(only_that)[0].warnings == ()
    assert {"/web/old/", "/web/posts/p1/"} <= set(served.paths())


def test_a_removed_page_may_be_answered_with_a_page_of_the_host(site: Path, served: Host) -> None:
    publish(site)
    (site / "content/posts/p1.md").unlink()
    plan = publish(site, order=Order(confirmed=True))

    def kind(host: Host, request: BaseHTTPRequestHandler) -> None:
        if "p1" in request.path:
            send(request, 200, b"<p>Not here any more.</p>")
        else:
            host.serve(request)

    served.answer = kind
    assert checked(plan)[0].warnings == ()
    assert any("p1" in path for path in served.paths())


TARGETS = """\
  branch: {type: git, remote: 'git@github.com:a/b.git'}
  other: {type: git, remote: 'git@github.com:a/b.git', url: 'https://see.tarou.jp/'}
  folder: {type: dir, path: dist}
  seen: {type: dir, path: dist, url: 'https://日記.tarou.jp'}
  told: {type: dir, path: dist, indexnow: 'https://now.tarou.jp/'}
"""


def test_where_a_target_is_seen(tmp_path: Path) -> None:
    write(tmp_path, "site.yaml", f"title: 一\nurl: https://blog.tarou.jp/base\ndeploy:\n{TARGETS}")
    config = load_config(tmp_path)
    assert {name: public_address(config, t) for name, t in load_targets(tmp_path).items()} == {
        "branch": "https://blog.tarou.jp/base",
        "other": "https://see.tarou.jp",
        "folder": "",
        "seen": "https://xn--wgvt91f.tarou.jp",
        "told": "https://blog.tarou.jp/base",
    }


def test_hosts_that_publish_a_branch_are_given_more_time(tmp_path: Path) -> None:
    write(tmp_path, "site.yaml", f"title: 一\nurl: https://blog.tarou.jp\ndeploy:\n{TARGETS}")
    targets = load_targets(tmp_path)
    assert 60 <= sum(waiting_for(targets["branch"]).pauses) <= 120
    assert sum(waiting_for(targets["folder"]).pauses) <= 10


def test_addresses_of_files() -> None:
    base = "https://blog.tarou.jp/base"
    assert address(base, "index.html") == f"{base}/"
    assert (
        address(base, "tags/夏 休み/index.html") == f"{base}/tags/%E5%A4%8F%20%E4%BC%91%E3%81%BF/"
    )
    assert address(base, "old/walk.html") == f"{base}/old/walk.html"
    assert address(base, "my-index.html") == f"{base}/my-index.html"


# --- the command -------------------------------------------------------------------------------


def run(site: Path, *options: str) -> Result:
    return CliRunner().invoke(cli, ["--lang", "ja", "deploy", "--site", str(site), *options])


def test_the_command_says_how_it_looks(site: Path, served: Host) -> None:
    done = run(site)
    assert done.exit_code == 0, done.output
    assert f"{served.url}/web を確かめました（" in done.stdout
    assert done.stderr == ""
    asked = len(served.asked)
    run(site)
    assert len(served.asked) == asked, "nothing was sent, so there is nothing to look at"


def test_a_trouble_is_a_warning(site: Path, served: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "waiting_for", lambda target: QUICK)
    served.answer = lambda host, request: send(request, 404, b"")
    done = run(site)
    assert done.exit_code == 0, done.output
    assert "公開しました" in done.stdout
    assert "に反映されるのを待っています" in done.stdout
    assert "注意 deploy/not-shown 見つかりません（404）: /, " in done.stderr


def test_no_look_is_taken_unasked(site: Path, served: Host) -> None:
    assert run(site, "--dry-run").exit_code == run(site, "--no-check").exit_code == 0
    assert served.asked == []
    text = (site / "site.yaml").read_text().replace(f", url: '{served.url}/web/'", "")
    (site / "site.yaml").write_text(text)
    look(site, 2)
    assert run(site, "--yes").exit_code == 0
    assert served.asked == []
