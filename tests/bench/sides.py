"""The programs in turns: how each is started, and what must go before a full build."""

from __future__ import annotations

import shutil
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import hugo_site
import pelican_site
from generate import generate
from processes import Command, run

ROOT = Path(__file__).parents[2]
LEFTOVERS = ("public", ".cache", "cache", "resources", "hugo-cache")


@dataclass(frozen=True)
class Side:
    name: str
    build: Command
    serve: Command | None = None

    @property
    def folder(self) -> Path:
        return self.build.folder

    @property
    def posts(self) -> Path:
        return self.folder / "content/posts"

    def forget(self) -> None:
        """Nothing of an earlier build is left here. It is moved away, not removed: for minutes
        after, ext4 takes several times as long to make new files where many were removed.
        """
        away = self.folder.parent / "gone" / str(time.monotonic_ns())
        away.mkdir(parents=True)
        for name in LEFTOVERS:
            if (self.folder / name).exists():
                (self.folder / name).rename(away / name)


@dataclass(frozen=True)
class Field:
    """All sides with the same posts; Hugo has one folder, and two ways to choose related posts."""

    ours: Side
    newest: Side
    related: Side
    pelican: Side | None


def ours(folder: Path, count: int) -> Side:
    shutil.rmtree(folder, ignore_errors=True)
    generate(folder, count)
    build = Command((_script("ssg"), "build"), folder, (("PYTHONPATH", str(ROOT)),))
    serve = replace(build, arguments=(_script("ssg"), "serve", "--host", "127.0.0.1", "--port"))
    return Side("ssg", build, serve)


def field(work: Path, count: int, tools: Path, *, pelican: bool) -> Field:
    mine = ours(work / f"ssg-{count}", count)
    run(mine.build)
    hugo = work / f"hugo-{count}"
    shutil.rmtree(hugo, ignore_errors=True)
    hugo_site.make(mine.folder, mine.folder / "public", hugo)
    newest = _hugo(tools, hugo, "newest")
    return Field(
        mine, newest, _hugo(tools, hugo, "index"), _pelican(work, mine, tools) if pelican else None
    )


def _hugo(tools: Path, folder: Path, related: str) -> Side:
    """The program itself, without the Python script that PyPI's package puts before it."""
    program = str(
        next(tools.parent.glob("lib/python*/site-packages/hugo/binaries/hugo*")).resolve()
    )
    settings = (
        ("HUGO_PARAMS_RELATED", related),
        ("HUGO_CACHEDIR", str(folder.resolve() / "hugo-cache")),
    )
    live = (program, "server", "--renderToMemory", "--bind", "127.0.0.1", "--port")
    return Side(
        f"hugo, {related}", Command((program,), folder, settings), Command(live, folder, settings)
    )


def _pelican(work: Path, mine: Side, tools: Path) -> Side:
    folder = work / f"pelican-{len(list(mine.posts.iterdir()))}"
    shutil.rmtree(folder, ignore_errors=True)
    pelican_site.make(mine.folder, mine.folder / "public", folder)
    program = str((tools / "pelican").absolute())
    return Side("pelican", Command((program, "--settings", "pelicanconf.py"), folder))


def _script(name: str) -> str:
    return str(Path(sys.executable).with_name(name))
