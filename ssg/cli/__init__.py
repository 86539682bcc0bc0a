"""The command line: arguments in, words and an exit code out. No logic of its own."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress

import click

from ssg import __version__
from ssg.cli.build import build
from ssg.cli.check import check, explain_code, schema
from ssg.cli.deploy import deploy
from ssg.cli.help import Context
from ssg.cli.serve import serve
from ssg.cli.write import init, new
from ssg.console import refused, says, spoken


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=says(
        "Markdown で書いた記事から、日本語のトレンドブログを作ります。",
        "Make a Japanese trend blog out of posts written in Markdown.",
    ),
    epilog=says(
        "はじめての方: ssg init blog、cd blog、ssg build の順に実行します。",
        "New here? Run ssg init blog, then cd blog, then ssg build.",
    ),
)
@click.version_option(__version__, message="ssg %(version)s")
@click.option(
    "--lang",
    type=click.Choice(["ja", "en"]),
    default=spoken,
    show_default=False,
    help=says("メッセージの言語。", "The language of messages."),
)
@click.pass_context
def cli(context: click.Context, lang: str) -> None:
    context.obj = lang


cli.context_class = Context
for command in (init, new, build, serve, check, deploy, explain_code, schema):
    command.context_class = Context
    command.short_help = re.split(r"(?<=。)|(?<=\.) ", command.help or "")[0]
    cli.add_command(command)


def main() -> None:
    """The entry point: whatever the console's encoding, messages come out.

    The process ends at once: to take a large site apart object by object takes time.
    """
    streams = (sys.stdout, sys.stderr)
    for stream in streams:
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        cli(prog_name="ssg")
    except SystemExit as e:
        code = e.code if isinstance(e.code, int) else int(e.code is not None)
    except OSError as e:  # what was to be said could not be written
        code = refused(e, spoken())
    for stream in streams:
        with suppress(OSError, ValueError):  # nobody reads it any more
            stream.flush()
    os._exit(code)
