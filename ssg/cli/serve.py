"""`ssg serve`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ssg.cli.steps import debug_option, site_option, site_root
from ssg.console import explained, says


@click.command(
    help=says(
        "書きながら見るためのサーバーを動かします。保存すると、開いているページに映ります。",
        "Serve a live preview. What you save appears in the pages that are open.",
    )
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help=says("ポート。0 なら空いているもの。", "The port; 0 takes a free one."),
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help=says("待ち受けるアドレス。", "The address to listen at."),
)
@click.option(
    "--open", "show", is_flag=True, help=says("ブラウザーで開きます。", "Open it in a browser.")
)
@click.option(
    "--drafts/--no-drafts",
    default=True,
    show_default=True,
    help=says("下書きも出すかどうか。", "Show drafts or not."),
)
@click.option(
    "--future", is_flag=True, help=says("公開日前の記事も出します。", "Include future posts.")
)
@site_option
@debug_option
@click.pass_obj
def serve(
    lang: str,
    port: int,
    host: str,
    show: bool,
    drafts: bool,
    future: bool,
    site: Path | None,
    debug: bool,
) -> None:
    from webbrowser import open_new_tab

    from ssg.fresh import Options
    from ssg.server import serve as run

    with explained(lang, debug):
        root = site_root(site)
        options = Options(output=root / "public", drafts=drafts, future=future)
        number = run(
            root,
            options,
            (host, port),
            lang,
            say=click.echo,
            complain=lambda line: click.echo(line, err=True),
            ready=lambda address: show and open_new_tab(address),
        )
        sys.exit(128 + number)
