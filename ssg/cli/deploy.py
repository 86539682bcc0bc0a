"""`ssg deploy`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ssg.cli.steps import (
    built_site,
    debug_option,
    quiet_option,
    set_up_host,
    setup_option,
    site_option,
    site_root,
)
from ssg.console import (
    awaited,
    explained,
    held_back,
    left_off,
    noticed,
    pick,
    planned,
    progress_bar,
    published,
    returned,
    says,
    seen,
    tell_all,
)

if TYPE_CHECKING:
    from ssg.config import Config
    from ssg.deploy import Order, Plan
    from ssg.fresh import Report
    from ssg.targets import WrittenTarget

SERVERS = ("apache", "netlify", "cloudflare")
FEW, ALL = 10, sys.maxsize  # files named of each kind


@click.command(
    help=says(
        "サイトを作って公開します。公開先は site.yaml の deploy に書きます。"
        "TARGET が無ければ、初めの公開先です。",
        "Build the site and publish it. TARGET is one of site.yaml's; without it, the first.",
    )
)
@click.argument("target", default="")
@click.option(
    "--to",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help=says(
        "site.yaml の公開先の代わりに、このフォルダーへ公開します。",
        "Publish to this folder instead of a target of site.yaml.",
    ),
)
@click.option(
    "--server",
    type=click.Choice(SERVERS),
    help=says(
        "--to のフォルダーに、このホストのための設定ファイルを加えます。",
        "With --to: add the files that this kind of host reads.",
    ),
)
@click.option(
    "--print",
    "kind",
    type=click.Choice(["nginx", "caddy", *SERVERS]),
    help=says(
        "このホストのための設定を画面に出し、何も送りません。",
        "Print what this kind of host must be told; send nothing.",
    ),
)
@click.option(
    "--dry-run",
    is_flag=True,
    help=says("何が変わるかだけを示し、何も送りません。", "Show what would change; send nothing."),
)
@click.option(
    "--yes",
    is_flag=True,
    help=says("たくさんのファイルを消すことを認めます。", "Allow the removal of many files."),
)
@click.option(
    "--no-build",
    is_flag=True,
    help=says("ビルドせず、前に作ったものを送ります。", "Send what the last build made."),
)
@click.option(
    "--all",
    "afresh",
    is_flag=True,
    help=says(
        "前に送ったものも、すべて送り直します。", "Send everything again, whatever was sent before."
    ),
)
@click.option(
    "--take-over",
    is_flag=True,
    help=says(
        "公開先にある、ssg のものでない同じ名前のファイルを置き換えます。",
        "Replace files of the same name at the target that are not ssg's.",
    ),
)
@click.option(
    "--no-check",
    is_flag=True,
    help=says(
        "公開した後に、ページが見えるかを確かめません。",
        "Do not look at the public pages afterwards.",
    ),
)
@setup_option
@click.option(
    "--rollback",
    is_flag=True,
    help=says(
        "前に公開した版に戻します（公開先に releases があるとき）。",
        "Go back to the release before, at a target with releases.",
    ),
)
@quiet_option
@site_option
@debug_option
@click.pass_obj
def deploy(
    lang: str,
    target: str,
    to: Path | None,
    server: str | None,
    kind: str | None,
    dry_run: bool,
    yes: bool,
    no_build: bool,
    afresh: bool,
    take_over: bool,
    no_check: bool,
    setup: str | None,
    rollback: bool,
    quiet: bool,
    site: Path | None,
    debug: bool,
) -> None:
    from ssg.deploy import Order, host_file

    with explained(lang, debug):
        if dry_run and (rollback or setup):
            raise click.UsageError(
                pick(
                    lang,
                    "--dry-run は --rollback、--setup と一緒に使えません。",
                    "--dry-run goes with neither --rollback nor --setup.",
                )
            )
        root = site_root(site)
        if setup:
            click.echo(set_up_host(lang, root, setup))
            return
        name, place = _target(root, target, to, server, lang, bool(kind))
        if rollback:
            _go_back(lang, root, name, place, quiet)
            return
        report = None if no_build else _build(root, quiet)
        if kind:
            click.echo(host_file(root, kind, place.precompress), nl=False)
            return
        if report and not quiet:
            for line in filter(None, (noticed(lang, report), held_back(lang, report))):
                click.echo(line)
        order = Order(dry_run=dry_run, confirmed=yes, afresh=afresh, take_over=take_over)
        _publish(lang, root, name, place, order, not no_check, quiet)


def _go_back(lang: str, root: Path, name: str, place: WrittenTarget, quiet: bool) -> None:
    from ssg.deploy import rollback

    gone, back = rollback(root, name, place)
    if not quiet:
        click.echo(returned(lang, name, gone, back))


def _publish(
    lang: str,
    root: Path,
    name: str,
    place: WrittenTarget,
    order: Order,
    check: bool,
    quiet: bool,
) -> None:
    from ssg.config import load_config
    from ssg.deploy import deploy as run

    def show(plan: Plan) -> None:
        if not quiet:
            tell_all(plan.warnings, lang)
            click.echo(planned(lang, plan, ALL if order.dry_run else FEW))

    config = load_config(root)
    with left_off(lang), progress_bar(quiet) as progress:
        plan = run(root, config, name, place, order, show, progress)
    if not quiet and (plan.changes or order.dry_run):
        click.echo(published(lang, plan, order.dry_run))
    if plan.changes and not order.dry_run:
        _follow_up(lang, config, plan, check, quiet)


def _build(root: Path, quiet: bool) -> Report:
    """Build what is to be published."""
    from ssg.fresh import Options
    from ssg.parallel import available

    options = Options(output=root / "public", jobs=available())
    with progress_bar(quiet) as progress:
        return built_site(root, options, progress)


def _target(
    root: Path, name: str, folder: Path | None, server: str | None, lang: str, is_optional: bool
) -> tuple[str, WrittenTarget]:
    """The target of a name, or a folder as one. Where it is optional there may be none."""
    from ssg.config import load_targets
    from ssg.targets import WrittenDir, WrittenTarget

    if server and not folder:
        raise click.UsageError(pick(lang, "--server は --to と使います。", "--server needs --to."))
    if folder and name:
        raise click.UsageError(
            pick(lang, "TARGET と --to は一緒に使えません。", "TARGET and --to exclude each other.")
        )
    if folder:
        return str(folder), WrittenDir.model_construct(
            type="dir", path=str(folder.resolve()), server=server
        )
    targets = load_targets(root)
    if is_optional and not targets:
        return "", WrittenTarget.model_construct(type="dir")
    return targets.chosen(name)


def _follow_up(lang: str, config: Config, plan: Plan, check: bool, quiet: bool) -> None:
    """Look at what readers see now, and tell who wants to know: neither fails a publication."""
    from ssg.deploy.announce import announced
    from ssg.deploy.verify import verified, waiting_for
    from ssg.deploy.web import public_address

    def say(line: str) -> None:
        if not quiet:
            click.echo(line)

    base = public_address(config, plan.target)
    if check and base:
        wait = waiting_for(plan.target)
        verdict = verified(plan, base, wait, lambda address: say(awaited(lang, address)))
        tell_all(verdict.warnings, lang)
        say(seen(lang, verdict))
    tell_all(tuple(announced(config, plan.target, base, plan.changes)), lang)
