"""How mistakes come out: on a terminal, in a pipe, and beside the lines of a change on GitHub."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ssg.errors import problem
from ssg.messages import annotation
from tests.conftest import RunSsg, SiteFactory, clean_environment

SITE = """\
-- site.yaml --
title: 帖
url: https://blog.example.com
author: taro
-- content/authors/taro.md --
---
name: 太郎
---
-- content/posts/a.md --
---
title： 見出し
date: 2026-01-02
---
本文
-- content/posts/b.md --
---
title: 100%, "良い": 話
date: 昨日
---
本文
"""
ESCAPE = "\x1b["


def on_a_terminal(site: Path, **env: str) -> str:
    """What a build prints on a terminal of its own."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "ssg", "build", "--site", str(site)]
    environment = {k: v for k, v in clean_environment().items() if k not in ("NO_COLOR", "TERM")}
    child = subprocess.Popen(command, env=environment | env, stdout=theirs, stderr=theirs)
    os.close(theirs)
    said = b""
    while chunk := read(ours):
        said += chunk
    os.close(ours)
    assert child.wait() == 1
    return said.decode().replace("\r\n", "\n")


def read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so when nobody holds the other end any more
        return b""


@pytest.mark.parametrize(
    ("env", "colours"),
    [
        ({"TERM": "xterm"}, True),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False),
        ({"TERM": "xterm", "NO_COLOR": ""}, True),
        ({"TERM": "dumb"}, False),
    ],
)
def test_colours_are_for_terminals_that_want_them(
    env: dict[str, str], colours: bool, site_factory: SiteFactory
) -> None:
    said = on_a_terminal(site_factory(SITE), **env)
    assert (f"{ESCAPE}31myaml/wide-colon{ESCAPE}0m" in said) is colours
    assert "  2 | title： 見出し\n    |      ^^\n" in re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", said)


def test_a_pipe_gets_no_colours(site_factory: SiteFactory, run_ssg: RunSsg) -> None:
    done = run_ssg("build", cwd=site_factory(SITE), env={"NO_COLOR": "", "TERM": "xterm"})
    assert ESCAPE not in done.err + done.out
    assert "    |      ^^\n" in done.err


def test_the_lines_are_those_of_the_site_that_is_named(
    site_factory: SiteFactory, run_ssg: RunSsg
) -> None:
    here = site_factory(SITE.replace("title：", "headline："), "here")
    there = site_factory(SITE, "there")
    assert "  2 | title： 見出し\n" in run_ssg("build", "--site", there, cwd=here).err


def test_a_control_character_of_a_file_does_not_reach_the_terminal(
    site_factory: SiteFactory, run_ssg: RunSsg
) -> None:
    site = site_factory(SITE.replace("title：", "title\x1b[2J：").replace("\x1b", "\x9b"))
    done = run_ssg("build", cwd=site)
    assert "U+009B[2J" in done.err
    assert "\x9b" not in done.err


@pytest.mark.parametrize(
    "lines",
    [
        "deploy:\n  host:\n    type: sftp\n    to: me@a.example:b\n    password: himitsu",
        "deploy:\n  host: {type: sftp, to: 'me@a.example:b', password: himitsu}",
        "deploy:\n  host:\n    password： himitsu",
        "deploy:\n  host:\n    type: git\n    remote: https://hana:himitsu@a.example/b.git",
        "deploy:\n  host:\n    type: git\n    remote: https://ghp_himitsu@github.com/b.git",
        "deploy:\n  host:\n    token: [himitsu",
        "deploy:\n  host:\n    type: sftp\n    password:himitsu",
        "deploy:\n  host:\n    type: sftp\n    password: a: himitsu",
        "deploy:\n  host:\n    type: sftp\n    password himitsu",
        "deploy:\n  host:\n    type: sftp\n    password: #himitsu",
        "deploy:\n  host:\n    type: sftp\n    to: me@a.example:b\n    pasword: himitsu",
    ],
)
@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_a_password_is_never_shown(
    lines: str, form: str, site_factory: SiteFactory, run_ssg: RunSsg
) -> None:
    site = site_factory(SITE.replace("author: taro\n", f"author: taro\n{lines}\n"))
    done = run_ssg("build", "--format", form, cwd=site)
    assert done.code == 3
    assert "site.yaml" in done.out + done.err
    assert "himitsu" not in done.out + done.err


def test_github_shows_problems_beside_their_lines(
    site_factory: SiteFactory, run_ssg: RunSsg
) -> None:
    site = site_factory(SITE, "blog")
    done = run_ssg("--lang", "ja", "build", "--format", "github", "--site", site, cwd=site.parent)
    first, second = done.out.splitlines()
    assert first == (
        "::error file=blog/content/posts/a.md,line=2,col=6,title=yaml/wide-colon::"
        "コロンが全角「：」です。%0A半角の「:」と半角の空白にします。"
    )
    assert second.startswith("::error file=blog/content/posts/b.md,line=2,col=8,")
    assert done.err.startswith("公開していません")
    assert done.code == 1


def test_warnings_are_annotations_too(site_factory: SiteFactory, run_ssg: RunSsg) -> None:
    good = SITE.replace("title：", "title:").replace("昨日", "2026-01-03").replace(": 話", "話 #1")
    done = run_ssg("build", "--format", "github", cwd=site_factory(good))
    assert done.code == 0
    assert done.out.splitlines()[0].startswith("::warning file=content/posts/b.md,line=2,col=")
    assert ",title=yaml/hash-comment::" in done.out.splitlines()[0]


def test_what_would_end_an_annotation_is_escaped() -> None:
    found = problem("url/taken", "a,b:c%\n.md", 0, 0, path="/100%/", other="x\ny")
    assert annotation(found, "en", "a,b:c%\n.md") == (
        "::error file=a%2Cb%3Ac%25U+000A.md,title=url/taken::The address /100%25/ is already used"
        " by x%0Ay.%0AChange the slug or aliases of one of them."
    )
