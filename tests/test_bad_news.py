"""Every mistake of a news desk gets one clear answer in Japanese, and publishes nothing.

A folder `tests/bad-news/<mistake>/` holds in `in/` the files that make the mistake in the site of
`tests/bad-news/base/`, and in `expected.toml` the exit code and what the program says.
"""

from __future__ import annotations

import os
import shutil
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from ssg.cli import cli

BAD = Path(__file__).resolve().parent / "bad-news"
CASES = sorted(p.parent.name for p in BAD.glob("*/in"))
WRITE = os.environ.get("GOLDEN") == "write"


@pytest.mark.parametrize(
    "case",
    CASES,
)
def test_bad_news(case: str, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(BAD / "base", site)
    shutil.copytree(BAD / case / "in", site, dirs_exist_ok=True)
    (tmp_path / "secret.txt").write_text("秘密", encoding="utf-8")
    command = ["--lang", "ja", "build", "--site", str(site), "--now", "2026-06-01", "--jobs", "1"]
    result = CliRunner().invoke(cli, command, catch_exceptions=False)
    *told, count = result.stderr.splitlines(keepends=True)
    if WRITE:
        text = f"exit = {result.exit_code}\nja = '''\n{''.join(told)}'''\n"
        (BAD / case / "expected.toml").write_text(text, encoding="utf-8")
    wanted = tomllib.loads((BAD / case / "expected.toml").read_text(encoding="utf-8"))
    assert "".join(told) == wanted["ja"]
    assert result.exit_code == wanted["exit"] != 0
    assert count.startswith("公開していません")
    assert not (site / "public").exists()
