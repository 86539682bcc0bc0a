"""The files for hosts as a writer meets them: on the command line and at a target."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import RunSsg
from tests.publishing import blog, files_of, publish, write

JAPANESE = {"SSG_LANG": "ja"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return blog(tmp_path / "site", "  web: {type: dir, path: ../web}\n", posts=1)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("nginx", "error_page 404"),
        ("caddy", "file_server"),
        ("apache", "ErrorDocument 404"),
        ("netlify", "/assets/*"),
        ("cloudflare", "/assets/*"),
    ],
)
def test_a_file_is_printed_and_nothing_is_sent(
    site: Path, run_ssg: RunSsg, kind: str, words: str
) -> None:
    done = run_ssg("deploy", "--print", kind, cwd=site)
    assert (done.code, done.err) == (0, "")
    assert words in done.out
    assert "default-src 'self'" in done.out
    assert not (site.parent / "web").exists()


def test_a_site_without_targets_can_print_too(site: Path, run_ssg: RunSsg) -> None:
    write(site, "site.yaml", "title: 一\nurl: https://blog.tarou.jp\n")
    assert "gzip_static" not in run_ssg("deploy", "--print", "nginx", cwd=site).out
    write(
        site,
        "site.yaml",
        "title: 一\nurl: https://blog.tarou.jp\n"
        "deploy:\n  web: {type: dir, path: ../web, precompress: [gzip]}\n",
    )
    assert "gzip_static on;" in run_ssg("deploy", "--print", "nginx", cwd=site).out


def test_a_folder_for_another_tool(site: Path, run_ssg: RunSsg) -> None:
    done = run_ssg("deploy", "--to", "../out", "--server", "netlify", "--quiet", cwd=site)
    assert (done.code, done.out, done.err) == (0, "", "")
    files = files_of(site.parent / "out")
    extra = files.keys() - files_of(site / "public").keys()
    assert extra == {"_headers"}
    done = run_ssg("deploy", "--to", "../out", "--server", "cloudflare", cwd=site)
    assert "Nothing to send" in done.out
    done = run_ssg("deploy", "--to", "../out", cwd=site, env=JAPANESE)
    assert "- _headers" in done.out
    assert files_of(site.parent / "out") == files_of(site / "public")


def test_what_does_not_go_together(site: Path, run_ssg: RunSsg) -> None:
    for args in (
        ["--server", "apache"],
        ["web", "--to", "x"],
        ["--print", "iis"],
        ["--rollback", "--dry-run"],
        ["--setup", "github", "--dry-run"],
    ):
        assert run_ssg("deploy", *args, cwd=site).code == 2
    assert not (site / ".github").exists()


@pytest.mark.parametrize("folder", ["public", "public/further/down"])
def test_the_output_is_no_target(site: Path, run_ssg: RunSsg, folder: str) -> None:
    done = run_ssg("deploy", "--to", folder, cwd=site)
    assert done.code == 3
    assert "deploy/own-output" in done.err
    assert "_headers" not in files_of(site / "public")
    assert not (site / "public/further").exists()


def test_an_author_s_own_lines_come_first(site: Path) -> None:
    write(
        site,
        "site.yaml",
        "title: 一\nurl: https://blog.tarou.jp\n"
        "deploy:\n  web: {type: dir, path: ../web, server: netlify}\n",
    )
    write(site, "assets/static/_headers", "/own/*\n  X-Own: 1")
    publish(site)
    lines = (site.parent / "web/_headers").read_text().splitlines()
    assert lines[:3] == ["/own/*", "  X-Own: 1", "/*"]


def test_warnings_reach_the_console(site: Path, run_ssg: RunSsg) -> None:
    layout = (site / "layouts/404.html").read_text("utf-8")
    write(site, "layouts/404.html", layout.replace("<body>", "<body><a href='http://localhost/'>"))
    done = run_ssg("deploy", cwd=site)
    assert done.code == 0
    assert "404.html" in done.err
    assert "deploy/local-link" in done.err
