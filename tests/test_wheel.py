"""The wheel is all that a blog needs: nothing of the repository is used."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.conftest import REPO, clean_environment


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made from the source distribution, as an index would have it."""
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", out, REPO],
        check=True,
        capture_output=True,
    )
    [made] = out.glob("*.whl")
    return made


def test_the_wheel_carries_the_package_and_the_theme_only(wheel: Path) -> None:
    names = set(ZipFile(wheel).namelist())
    roots = {name.split("/")[0] for name in names}
    assert {root for root in roots if not root.endswith(".dist-info")} == {"ssg"}
    for tree in ("layouts", "assets"):
        theme = {
            f"ssg/_theme/{file.relative_to(REPO).as_posix()}"
            for file in (REPO / tree).rglob("*")
            if file.is_file() and not file.is_relative_to(REPO / "assets/images")
        }
        assert {name for name in names if name.startswith(f"ssg/_theme/{tree}/")} == theme
    package = {
        file.relative_to(REPO).as_posix()
        for file in (REPO / "ssg").rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert {name for name in names if name.startswith("ssg/")} >= package


def test_init_and_build_need_only_the_wheel(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    programs = tmp_path / "env/bin"
    subprocess.run(
        [programs / "pip", "install", "--quiet", "--constraint", REPO / "constraints.txt", wheel],
        check=True,
    )
    for command, folder in ((["init", "blog"], tmp_path), (["build"], tmp_path / "blog")):
        done = subprocess.run(
            [programs / "ssg", *command],
            cwd=folder,
            env=clean_environment(),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    public = tmp_path / "blog/public"
    assert "<h1" in (public / "index.html").read_text(encoding="utf-8")
    assert (public / "404.html").is_file()
    assert (public / "sitemap.xml").is_file()
    assert list(public.glob("posts/*/index.html"))
    assert list(public.rglob("*.css"))
