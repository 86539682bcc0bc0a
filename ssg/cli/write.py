"""`ssg init` and `ssg new`: something to begin with."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from ssg.cli.steps import debug_option, set_up_host, setup_option, site_option, site_root
from ssg.console import explained, pick, says


@click.command(
    help=says(
        "新しいサイトを DIR に作ります。すぐに build できる見本の記事が入ります。",
        "Make a new site in DIR, with a first post, ready to build.",
    )
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@setup_option
@debug_option
@click.pass_obj
def init(lang: str, folder: Path, setup: str | None, debug: bool) -> None:
    from ssg.scaffold import init as make

    with explained(lang, debug):
        made = make(folder)
        click.echo(
            pick(
                lang,
                f"{folder} に{len(made)}個のファイルを作りました。\n次は: cd {folder} && ssg build",
                f"Made {len(made)} files in {folder}.\nNext: cd {folder} && ssg build",
            )
        )
        if setup:
            click.echo(set_up_host(lang, folder.resolve(), setup))


@click.command(
    help=says(
        "記事の下書きを作ります。項目はすべて説明つきで並んでいます。",
        "Write a new draft with every field of its format, explained.",
    )
)
@click.argument("title")
@click.option(
    "--layout",
    type=click.Choice(["trend", "news", "page"]),
    default="trend",
    show_default=True,
    help=says(
        "記事（trend）、速報（news）、固定ページ（page）のどれか。",
        "A post (trend), a news brief (news) or a free page (page).",
    ),
)
@click.option(
    "--slug",
    help=says("アドレスになる名前。例: ai-search", "The name in the address, such as ai-search."),
)
@click.option("--category", default="", help=says("カテゴリー。", "The category."))
@site_option
@debug_option
@click.pass_obj
def new(
    lang: str,
    title: str,
    layout: str,
    slug: str | None,
    category: str,
    site: Path | None,
    debug: bool,
) -> None:
    from ssg.config import load_config
    from ssg.scaffold import new_post, proposed_slug
    from ssg.text import is_blank

    with explained(lang, debug):
        root = site_root(site)
        config = load_config(root)
        now = datetime.now(UTC).astimezone(config.zone)
        names = [c.name for c in config.categories]
        if is_blank(title):
            raise click.BadParameter(pick(lang, "題名が空です。", "The title is empty."))
        if title.lower().endswith(".md"):
            words = pick(
                lang,
                "ファイル名ではなく、記事の題名を書きます。ファイル名は --slug で決められます。",
                "Give the title of the post, not a file. --slug decides the name of the file.",
            )
            raise click.BadParameter(words, param_hint="TITLE")
        if category and category not in names:
            known = pick(lang, "使えるのは {} です。", "There are: {}.").format(", ".join(names))
            raise click.BadParameter(known, param_hint="--category")
        if slug is not None and (better := proposed_slug(slug, now)) != slug:
            known = pick(lang, "使えるのは、たとえば {} です。", "Use for example {}.")
            raise click.BadParameter(known.format(better or "my-post"), param_hint="--slug")
        chosen = slug or proposed_slug(title, now)
        path = new_post(root, config, title, layout, chosen, category, now)
        click.echo(pick(lang, f"{path} を作りました。", f"Made {path}."))
        if slug is None and not chosen.isascii():
            click.echo(
                pick(
                    lang,
                    f"アドレスは題名から「{chosen}」にしました。"
                    "英字にするなら --slug を付けて作り直すか、ファイル名を変えます。",
                    f"The address is “{chosen}”, from the title. "
                    "For Latin letters use --slug, or rename the file.",
                )
            )
