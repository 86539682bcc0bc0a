"""What was measured, as a page in Markdown: ratios beside the ones we want to reach."""

from __future__ import annotations

import platform
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from os import cpu_count, sysconf
from pathlib import Path

TARGETS = {
    ("full build, Hugo with its own related posts", 1000): 1.0,
    ("full build, Hugo with its own related posts", 10_000): 0.25,
    ("full build", 1000): 1.2,
    ("full build", 10_000): 1.0,
    ("nothing changed", 1000): 0.2,
    ("nothing changed", 10_000): 0.04,
    ("one post edited, new process", 1000): 0.4,
    ("one post edited, new process", 10_000): 0.12,
    ("save to page", 1000): 0.15,
    ("save to page", 10_000): 0.1,
    ("peak memory of a full build", 1000): 0.5,
    ("peak memory of a full build", 10_000): 0.25,
}
LEVEL = 0.2  # how far the cost of a post may be from that of the smallest site

INTRODUCTION = """# Benchmark

`make bench` writes this page. It generates trend posts of about 3,300 characters with 400 tags, the same
each time, and builds them with ssg, Hugo and Pelican in turns (A B A B); a number is the median of
{runs} runs. "Ratio" is ours over theirs: below 1 we need less. "Of CPU time" is the
ratio of seconds computed on all cores, which other work on the machine disturbs less.

- Date: {date}
- Machine: {machine}
- Versions: ssg {ssg}, Python {python}, {tools}

## Against Hugo
"""

STANDING = """
What stands in the way where a line is not reached is the work of a full build itself. Of 10,000 posts and
both cores, reading front matter takes 16 % of the time, Markdown 25 %, the plan 9 % and pages 47 % (the
`phases` of `ssg build --format json`). At 1,000 posts what every process needs once, starting Python and
compiling the layouts, weighs more. Hugo's own related posts cost it little more here than the newest ones.
"""

METHOD = """
- *Full build*: no output and no cache on either side, and nothing waits to be written to the disk.
- *Nothing changed*: the same command again. *Edited*: a sentence more in one post, another post each
  time (a changed title reaches lists and neighbours, and has its own line), in a new process.
- *Save to page*: `ssg serve` and `hugo server --renderToMemory` with its fast render, asked over one
  kept connection every millisecond until the new sentence is there; 15 edits at random moments.
- *Peak memory*: the highest sum of PSS over all processes of a build, sampled every 20 ms in a run of
  its own.
- Hugo's layouts (`tests/bench/hugo`) give the same output, with `partialCached` where a part returns.
  Its related posts are either its own (`.Related` by tags) or, cheaper, the newest posts with the same
  tags; a line that does not say which has the second. Neither side minifies.
- Pelican's theme is plainer than ours, so that its line flatters it.

Before anything is measured the two sites are held side by side: as many pages and feeds of each kind,
and on posts and lists the same parts: metadata, JSON-LD, breadcrumb, boxes, table of contents with its
numbers, sources, terms, share links, neighbours, related posts. What stays different: we set breaks
between phrases and bold text beside Japanese brackets, which Hugo's Markdown leaves as asterisks; our
sitemap has the further pages of lists.
"""


@dataclass(frozen=True)
class Row:
    name: str
    count: int
    ours: float | None
    theirs: float | None
    cpu: float | None = None  # the ratio of seconds computed
    unit: str = field(default="s", kw_only=True)


@dataclass(frozen=True)
class Growth:
    count: int
    full: float
    cpu: float
    nothing: float
    edit: float
    peak: float  # MB


def write(
    page: Path, rows: Sequence[Row], growth: Sequence[Growth], same: Sequence[str], runs: int
) -> None:
    introduction = INTRODUCTION.format(
        runs=runs,
        date=f"{datetime.now(UTC):%Y-%m-%d}",
        machine=_machine(),
        ssg=_first_line(sys.executable, "-m", "ssg", "--version").removeprefix("ssg "),
        python=platform.python_version(),
        tools=", ".join(_pins(Path(__file__).with_name("requirements.txt"))),
    )
    sizes = "".join(f"- {line}\n" for line in same)
    page.parent.mkdir(exist_ok=True)
    page.write_text(
        f"{introduction}\n{table(rows)}\n{STANDING}\n## Growth, ours alone\n\n{grown(growth)}\n\n"
        f"## How it is measured\n{METHOD}\nThe same on both sides:\n\n{sizes}",
        "utf-8",
    )


def table(rows: Sequence[Row]) -> str:
    lines = [
        "| | posts | ssg | other | ratio | wanted | reached | of CPU time |",
        "|---|---:|---:|---:|---:|---:|---|---:|",
    ]
    for row in rows:
        ratio = row.ours / row.theirs if row.ours and row.theirs else None
        target = TARGETS.get((row.name, row.count))
        cells = [
            row.name,
            f"{row.count:,}",
            _amount(row.ours, row.unit),
            _amount(row.theirs, row.unit),
        ]
        cells += [
            f"{ratio:.3f}" if ratio else "n/a",
            f"≤ {target}" if target else "",
            _verdict(ratio, target),
            f"{row.cpu:.3f}" if row.cpu else "",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def grown(growth: Sequence[Growth]) -> str:
    lines = ["| posts | full build | per post | CPU per post | against the first | nothing changed | one post edited | peak memory |",
             "|---:|---:|---:|---:|---:|---:|---:|---:|"]  # fmt: skip
    for size in growth:
        each, first = size.full / size.count, growth[0].full / growth[0].count
        level = "level" if each <= first * (1 + LEVEL) else "not level"
        cells = [
            f"{size.count:,}",
            f"{size.full:.1f} s",
            f"{1000 * each:.2f} ms",
            f"{1000 * size.cpu / size.count:.2f} ms",
            f"{each / first:.2f} ({level})",
        ]
        cells += [f"{size.nothing:.3f} s", f"{size.edit:.3f} s", f"{size.peak:,.0f} MB"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _amount(value: float | None, unit: str) -> str:
    if value is None:
        return "n/a"
    return f"{value:,.0f} {unit}" if unit == "MB" else f"{value:.3f} {unit}"


def _verdict(ratio: float | None, target: float | None) -> str:
    if ratio is None or target is None:
        return ""
    return "yes" if ratio <= target else "**no**"


def _machine() -> str:
    models = [
        line.partition(": ")[2]
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if "model name" in line
    ]
    memory = sysconf("SC_PAGE_SIZE") * sysconf("SC_PHYS_PAGES") / 2**30
    return f"{models[0]}, {cpu_count()} cores, {memory:.0f} GiB of memory, {platform.system()} {platform.release()}"


def _pins(requirements: Path) -> list[str]:
    return [
        line.replace("==", " ").replace("[markdown]", "")
        for line in requirements.read_text().split()
    ]


def _first_line(*command: str) -> str:
    found = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=Path(__file__).parent
    )
    return found.stdout.strip() or "unknown"
