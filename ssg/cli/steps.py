"""Options that several commands have, and steps that they share."""

from __future__ import annotations

import gc
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ssg.console import Progress, prepared, says

if TYPE_CHECKING:
    from ssg.fresh import Options, Report

site_option = click.option(
    "--site",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help=says(
        "サイトのフォルダー。無ければ、いる場所から上へ site.yaml を探します。",
        "The site's folder. Without it, site.yaml is looked for here and above.",
    ),
)
debug_option = click.option(
    "--debug",
    is_flag=True,
    help=says("失敗したとき、詳しい記録を出します。", "Show the details of a failure."),
)
quiet_option = click.option(
    "--quiet", is_flag=True, help=says("誤りだけを出します。", "Show errors only.")
)
format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help=says(
        "結果の形。json は道具、github は GitHub Actions のためです。",
        "How to report; json is for tools, github for GitHub Actions.",
    ),
)
setup_option = click.option(
    "--setup",
    type=click.Choice(["github", "cloudflare", "netlify"]),
    help=says(
        "push のたびに公開する設定ファイルを作ります。ファイルは上書きしません。",
        "Make the files that publish on each push to GitHub. Never overwrites one.",
    ),
)


def site_root(site: Path | None) -> Path:
    from ssg.errors import EnvironmentFault, problem
    from ssg.theme import find_site

    try:
        start = (site or Path.cwd()).resolve()
    except FileNotFoundError as e:
        raise EnvironmentFault([problem("disk/no-folder", ".")]) from e
    return find_site(start)


def built_site(root: Path, options: Options, progress: Progress) -> Report:
    """A build, or the report of the last one if nothing has changed."""
    from ssg.fresh import unchanged
    from ssg.stamps import Seen

    seen = Seen.now(root)
    report = unchanged(root, options, seen)
    if report is None:
        from ssg.build import build

        gc.disable()  # a build keeps what it makes to its end: looking for waste finds none
        report = build(root, options, progress, seen)
    return report


def set_up_host(lang: str, root: Path, host: str) -> str:
    from ssg.config import load_config
    from ssg.setups import set_up

    return prepared(lang, set_up(root, load_config(root), host, datetime.now(UTC)))
