"""What the command line says: reports, problems and progress, as text or as JSON."""

from __future__ import annotations

import json
import locale
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import click

from ssg.errors import Problem, SsgError, refusal
from ssg.text import visible

if TYPE_CHECKING:
    from ssg.check.external import Outcome
    from ssg.deploy import Plan
    from ssg.deploy.verify import Verdict
    from ssg.excerpts import Excerpts
    from ssg.fresh import Explanation, Report
    from ssg.setups import Setup

Progress = Callable[[str, int, int], None]
DEFECT = 70
INTERRUPTED = 130
FEW = 3  # sources named in a summary


def spoken() -> str:
    """`ja` where the machine's language is Japanese (or SSG_LANG says so), else `en`."""
    asked = os.environ.get("SSG_LANG") or next(
        (v for k in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := os.environ.get(k))), ""
    )
    return "ja" if (asked or str(locale.getlocale()[0])).lower().startswith("ja") else "en"


def says(japanese: str, english: str) -> str:
    return pick(spoken(), japanese, english)


T = TypeVar("T")


def pick(lang: str, japanese: T, english: T) -> T:
    return japanese if lang == "ja" else english


@contextmanager
def explained(lang: str, debug: bool, form: str = "", failure: str = "failed") -> Iterator[None]:
    """Turn what went wrong into words and an exit code. `form` is that of a report, `failure`
    the sentence that ends one.
    """
    try:
        yield
    except (click.ClickException, click.Abort, BrokenPipeError):  # click knows what to do
        raise
    except SsgError as e:
        if debug:
            traceback.print_exc()
        if form == "json":
            click.echo(as_json(lang, e.problems, None))
        else:
            (annotate if form == "github" else tell_all)(e.problems, lang)
            if form:
                click.echo(_failure(lang, e.problems, failure), err=True)
        sys.exit(e.exit_code)
    except OSError as e:
        if debug:
            traceback.print_exc()
        sys.exit(refused(e, lang))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except Exception as e:
        from ssg.sentences import FRAME

        if debug:
            traceback.print_exc()
        error = f"{type(e).__name__}: {e}"
        click.echo(FRAME[lang]["defect"].format(error=error), err=True)
        sys.exit(DEFECT)


def refused(error: OSError, lang: str) -> int:
    """Tell what the machine refused; the exit code."""
    fault = refusal(error)
    tell_all(fault.problems, lang)
    return fault.exit_code


def tell_all(problems: tuple[Problem, ...], lang: str, *, err: bool = True) -> None:
    """Print problems; to the standard output when they are what was asked for."""
    if not problems:
        return
    from ssg.messages import lines, plain

    paint = coloured if _has_colours(sys.stderr if err else sys.stdout) else plain
    for line in lines(problems, lang, _sources().line, paint):
        click.echo(line, err=err)


COLOURS = {
    "error": "31",
    "warning": "33",
    "hint": "36",
    "mark": "1;31",
    "margin": "2",
    "place": "1",
}


def coloured(kind: str, text: str) -> str:
    return f"\x1b[{COLOURS[kind]}m{text}\x1b[0m"


def _has_colours(stream: TextIO) -> bool:
    """Whether messages go to a terminal that shows colours, and nobody asked for none."""
    asked = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return asked and stream.isatty()


def _sources() -> Excerpts:
    """The files of the site for which the command runs."""
    from ssg.excerpts import Excerpts
    from ssg.theme import find_site

    context = click.get_current_context(silent=True)
    site = context.params.get("site") if context else None
    try:
        root = find_site((site or Path.cwd()).resolve())
    except (SsgError, OSError):  # outside a site, or where a site has been
        return Excerpts()
    return Excerpts.of(root)


def annotate(problems: tuple[Problem, ...], lang: str) -> None:
    """Print problems as commands that GitHub shows beside the lines of a change."""
    from ssg.messages import annotation

    sources = _sources()
    for problem in problems:
        file = sources.file(problem.path)
        click.echo(annotation(problem, lang, _near(str(file)) if file else problem.path))


def _failure(lang: str, problems: tuple[Problem, ...], failure: str) -> str:
    from ssg.messages import severity
    from ssg.sentences import FRAME

    warnings = sum(severity(p.code) == "warning" for p in problems)
    errors = len(problems) - warnings
    key = failure if errors else "strict"
    return FRAME[lang][key].format(errors=errors, warnings=warnings)


def summary(lang: str, report: Report) -> str:
    output = visible(_near(report.output), 400)
    lines = [pick(lang, *_outcome(output, report)), held_back(lang, report)]
    return "\n".join(filter(None, lines))


def held_back(lang: str, report: Report) -> str:
    """How many sources a build left out, and why, a few by name; empty when there are none."""
    names = {
        "draft": pick(lang, "下書き", "drafts"),
        "future": pick(lang, "公開日前", "future posts"),
        "expired": pick(lang, "期限切れ", "expired posts"),
    }
    held = list(report.held_back.values())
    counts = [
        pick(lang, f"{name}{held.count(why)}本", f"{name}: {held.count(why)}")
        for why, name in names.items()
        if why in held
    ]
    few = [visible(source, 200) for source in sorted(report.held_back)]
    few = few if len(few) <= FEW else []
    told = pick(
        lang,
        "、".join(counts) + "は出していません" + (f"（{'、'.join(few)}）。" if few else "。"),
        "Left out – " + ", ".join(counts) + (f" ({', '.join(few)})" if few else ""),
    )
    return told if counts else ""


def _outcome(output: str, report: Report) -> tuple[str, str]:
    if not report.changed:
        return (
            f"変わったものはありません。{output} は最新です"
            f"（{report.pages:,}ページ、記事{report.posts:,}本、{report.seconds:.1f}秒）。",
            f"Nothing has changed: {output} is up to date "
            f"(pages: {report.pages:,}, posts: {report.posts:,}; {report.seconds:.1f} s).",
        )
    return (
        f"{output} に{report.pages:,}ページを書き出しました"
        f"（記事{report.posts:,}本、変わったファイル{report.changed:,}個、"
        f"{report.seconds:.1f}秒）。",
        f"{report.pages:,} pages in {output} "
        f"(posts: {report.posts:,}, changed files: {report.changed:,}; {report.seconds:.1f} s).",
    )


def explanation(lang: str, found: Explanation) -> str:
    from ssg.sentences import FATES, ROLES

    words, roles = FATES[lang], ROLES[lang]
    lines = [words[found.fate].format(page=found.page)]
    for cause in found.causes:
        role = roles.get(cause.role, cause.role)
        name = words.get(cause.name, cause.name)
        lines.append(words[cause.kind].format(name=name, role=role))
    return "\n".join(lines)


def noticed(lang: str, report: Report) -> str:
    """That a build had something to say which does not stop a publication; empty if not."""
    count = len(report.warnings)
    told = pick(
        lang,
        f"注意が{count:,}件あります（ssg build で見られます）。",
        f"Warnings: {count:,} (ssg build shows them).",
    )
    return told if count else ""


def checked(lang: str, problems: tuple[Problem, ...], sources: int) -> str:
    if not problems:
        return pick(
            lang,
            f"{sources:,}個のファイルを読みました。直すところはありません。",
            f"Read {sources:,} files. Nothing to mend.",
        )
    files = len({problem.path for problem in problems})
    return pick(
        lang,
        f"{sources:,}個のファイルを読み、{files:,}個に{len(problems):,}件の指摘があります。",
        f"Read {sources:,} files. Remarks: {len(problems):,}, in {files:,} files.",
    )


def unmended(lang: str, path: str, outcome: str) -> str:
    shown = visible(path, 400)
    if outcome == "read-only":
        return pick(
            lang,
            f"{shown} は書き込みが許されていないので、そのままにしました。",
            f"{shown} may not be written to and was left as it is.",
        )
    return pick(
        lang,
        f"{shown} は、読んだ後に変わったので、そのままにしました。",
        f"{shown} has changed since it was read and was left as it is.",
    )


def followed(lang: str, outcome: Outcome) -> str:
    """How far the links to other sites could be followed."""
    unknown = outcome.unknown
    lines = [
        pick(
            lang,
            f"ほかのサイトへのリンク{outcome.looked_at:,}個のうち、"
            f"{len(unknown):,}個は確かめられませんでした。",
            f"Links to other sites: {outcome.looked_at:,}; could not be checked: {len(unknown):,}.",
        ),
        *(f"  {visible(address, 200)}" for address in unknown[:10]),
    ]
    if len(unknown) > 10:
        rest = len(unknown) - 10
        lines.append(pick(lang, f"  ほかに{rest:,}個", f"  and {rest:,} more"))
    return "\n".join(lines)


def planned(lang: str, plan: Plan, most: int) -> str:
    """What a publication does, at most `most` files of each kind by name, articles first."""
    found = plan.changes
    names = pick(lang, ("追加", "変更", "削除"), ("add", "change", "remove"))
    kinds = zip(names, "+~-", (found.added, found.changed, found.removed), strict=True)
    lines = []
    for name, mark, unsorted in kinds:
        files = sorted(unsorted, key=lambda file: file not in plan.articles)
        size = sum(plan.sizes.get(file, 0) for file in files)
        shown = f" ({_size(size)})" if size else ""
        if files:
            lines.append(pick(lang, f"{name} {len(files):,}個", f"{name}: {len(files):,}") + shown)
        for file in files[:most]:
            told = f"  {_size(plan.sizes[file])}" if file in plan.sizes else ""
            lines.append(f"  {mark} {visible(file, 200)}{told}")
        if len(files) > most:
            rest = len(files) - most
            lines.append(pick(lang, f"  ほかに{rest:,}個", f"  and {rest:,} more"))
    nothing = pick(
        lang,
        "送るものはありません。公開中のものが最新です。",
        "Nothing to send: all is up to date.",
    )
    heading = f"{plan.name} ({plan.target.type}):"
    return "\n".join([heading, *(lines or [nothing])])


def published(lang: str, plan: Plan, dry_run: bool) -> str:
    found = plan.changes
    if dry_run:
        return pick(lang, "何も送っていません（--dry-run）。", "Nothing was sent (--dry-run).")
    sent, gone = len(found.sent), len(found.removed)
    return pick(
        lang,
        f"公開しました（送ったファイル{sent:,}個、消したファイル{gone:,}個）。",
        f"Published (files sent: {sent:,}, removed: {gone:,}).",
    )


@contextmanager
def left_off(lang: str) -> Iterator[None]:
    """Tell who breaks a publication off how it stands."""
    try:
        yield
    except KeyboardInterrupt:
        words = pick(
            lang,
            "途中でやめました。公開中のページはそのまま読めます。"
            "もう一度 ssg deploy を実行すると、続きから送ります。",
            "Broken off. What is public can still be read. "
            "Run ssg deploy again: it goes on where it stopped.",
        )
        click.echo(words, err=True)
        raise


def awaited(lang: str, address: str) -> str:
    return pick(
        lang,
        f"{address} に反映されるのを待っています（--no-check で省けます）…",
        f"Waiting for {address} to show it (--no-check leaves this out) …",
    )


def seen(lang: str, verdict: Verdict) -> str:
    """How a look at the public pages went."""
    good, all_ = verdict.good, verdict.looked
    if not good:
        return pick(
            lang,
            f"公開されたかどうかを、{verdict.base} では確かめられませんでした。",
            f"Whether it is public could not be seen at {verdict.base}.",
        )
    return pick(
        lang,
        f"{verdict.base} を確かめました（{all_}個のうち{good}個が、送ったとおりに見えています）。",
        f"Looked at {verdict.base}: {good} of {all_} files are seen as they were sent.",
    )


def prepared(lang: str, setup: Setup) -> str:
    """What `--setup` made, and what is left to do."""
    from ssg.sentences.setups import STEPS
    from ssg.setups import REQUIREMENTS

    words = STEPS[lang]
    when = words["hourly" if setup.hourly else "daily"]
    made = words["made"].format(files=pick(lang, "、", ", ").join(setup.made), when=when)
    unsure = words["unsure"].format(file=REQUIREMENTS, line=setup.unsure)
    steps = words[setup.host].format(project=setup.project)
    left = "\n".join((words["address"], words["push"], steps)).split("\n")
    numbered = [f"{number}. {step}" for number, step in enumerate(left, 1)]
    return "\n".join([made, *([unsure] if setup.unsure else ()), *numbered])


def returned(lang: str, name: str, gone: str, back: str) -> str:
    """What a rollback did."""
    return pick(
        lang,
        f"{name}: {gone} をやめて、前の版 {back} に戻しました。",
        f"{name}: went back from {gone} to the release before, {back}.",
    )


def _size(count: int) -> str:
    """Bytes in the largest unit that leaves a number of 1 or more."""
    for unit, step in (("MB", 1_000_000), ("KB", 1_000)):
        if count >= step:
            return f"{count / step:,.1f} {unit}"
    return f"{count:,} B"


def _near(path: str) -> str:
    """A path as seen from here, when that is shorter and there is still a here."""
    with suppress(FileNotFoundError):
        return min(path, os.path.relpath(path), key=len)
    return path


def as_json(
    lang: str, problems: tuple[Problem, ...], report: Report | None, *, ok: bool = False
) -> str:
    from msgspec import to_builtins

    from ssg.messages import tell

    rows = []
    for problem in problems:
        told = tell(problem, lang)
        rows.append(
            {
                "path": problem.path,
                "line": problem.line,
                "column": problem.column,
                "code": told.code,
                "severity": told.severity,
                "message": told.text,
                "hint": told.hint,
            }
        )
    result: dict[str, Any] = {"ok": ok or report is not None, "problems": rows}
    if report:
        names = ("output", "pages", "posts", "changed", "held_back", "seconds", "phases")
        result |= {name: getattr(report, name) for name in names}
        if report.explained:
            result["explained"] = to_builtins(report.explained)
    return json.dumps(result, ensure_ascii=False, indent=2)


@contextmanager
def progress_bar(silent: bool) -> Iterator[Progress]:
    """A bar on a terminal, nothing in a pipe. Redrawn by the caller: no thread of its own."""
    if silent or not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        tasks: dict[str, Any] = {}

        def show(phase: str, done: int, total: int) -> None:
            if phase not in tasks:
                tasks[phase] = bar.add_task(phase, total=total)
            bar.update(tasks[phase], completed=done, refresh=done % 64 == 0 or done == total)

        yield show
