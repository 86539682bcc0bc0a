"""`ssg build`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from ssg.cli.steps import (
    built_site,
    debug_option,
    format_option,
    quiet_option,
    site_option,
    site_root,
)
from ssg.console import (
    annotate,
    as_json,
    explained,
    explanation,
    progress_bar,
    says,
    summary,
    tell_all,
)


@click.command(
    help=says(
        "サイトを作ります。誤りが一つでもあれば何も書き換えません。",
        "Build the site. If anything is wrong, nothing is replaced.",
    )
)
@click.option(
    "--output",
    type=click.Path(),
    default="public",
    show_default=True,
    help=says("出力先。サイトのフォルダーからの相対パス。", "Where to; relative to the site."),
)
@click.option(
    "--base-url",
    help=says("site.yaml の url の代わりに使うアドレス。", "Use this instead of the site's url."),
)
@click.option("--drafts", is_flag=True, help=says("下書きも出します。", "Include drafts."))
@click.option(
    "--future", is_flag=True, help=says("公開日前の記事も出します。", "Include future posts.")
)
@click.option(
    "--strict", is_flag=True, help=says("注意も誤りとして扱います。", "Warnings are errors.")
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    help=says("同時に使うプロセスの数。", "How many processes to use."),
)
@format_option
@click.option(
    "--clean",
    is_flag=True,
    help=says("前回の結果を使わず、初めから作ります。", "Forget the last build and begin anew."),
)
@click.option(
    "--explain",
    metavar="PATH",
    default="",
    help=says(
        "このページを作り直した理由、作り直さなかった理由を言います。",
        "Say why this page was made anew, or why not.",
    ),
)
@quiet_option
@click.option(
    "--now",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]),
    help=says("今をこの日時とみなします。", "Pretend that this is the present moment."),
)
@site_option
@debug_option
@click.pass_obj
def build(
    lang: str,
    output: str,
    base_url: str | None,
    drafts: bool,
    future: bool,
    strict: bool,
    jobs: int | None,
    form: str,
    clean: bool,
    explain: str,
    quiet: bool,
    now: datetime | None,
    site: Path | None,
    debug: bool,
) -> None:
    from ssg.fresh import Options
    from ssg.parallel import available

    with explained(lang, debug, form), progress_bar(quiet or form != "text") as progress:
        root = site_root(site)
        options = Options(
            output=root / output,
            base_url=_address(base_url),
            drafts=drafts,
            future=future,
            strict=strict,
            jobs=jobs or available(),
            clean=clean,
            explain=explain,
            now=_moment(now, root),
        )
        report = built_site(root, options, progress)
    if form == "json":
        click.echo(as_json(lang, report.warnings, report))
    elif not quiet:
        (annotate if form == "github" else tell_all)(report.warnings, lang)
        click.echo(summary(lang, report))
        if report.explained:
            click.echo(explanation(lang, report.explained))


def _address(base_url: str | None) -> str | None:
    if base_url is None:
        return None
    from ssg.settings import site_url

    try:
        return site_url(base_url)
    except ValueError:
        words = says(
            "https:// から始まるアドレスを書きます。", "Write an address that begins with https://"
        )
        raise click.BadParameter(words, param_hint="--base-url") from None


def _moment(now: datetime | None, root: Path) -> datetime:
    if now is None:
        return datetime.now(UTC)
    from ssg.config import load_config

    return now.replace(tzinfo=load_config(root).zone)
