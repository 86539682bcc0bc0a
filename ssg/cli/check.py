"""`ssg check`, `ssg explain` and `ssg schema`: what helps to write without mistakes."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ssg.cli.steps import debug_option, format_option, site_option, site_root
from ssg.console import (
    annotate,
    as_json,
    checked,
    explained,
    followed,
    pick,
    progress_bar,
    says,
    tell_all,
    unmended,
)

if TYPE_CHECKING:
    from ssg.check.rules.kinds import Finding
    from ssg.errors import Problem


@click.command(
    help=says(
        "記事を編集者の目で読み、直したほうがよいところを言います。何も作りません。",
        "Read the sources as an editor would and say what to mend. Builds nothing.",
    )
)
@click.option(
    "--fix",
    is_flag=True,
    help=says(
        "安全に直せるところを示し、尋ねてから直します。",
        "Show what can be mended safely, ask, mend it.",
    ),
)
@click.option("--yes", is_flag=True, help=says("尋ねずに直します。", "Mend without asking."))
@click.option(
    "--output",
    "built",
    is_flag=True,
    help=says(
        "前に作った public/ のページも調べます。", "Look at the pages of the last build, too."
    ),
)
@click.option(
    "--external",
    is_flag=True,
    help=says(
        "ほかのサイトへのリンクを開いて、切れていないか確かめます。",
        "Follow the links to other sites, to see whether they are dead.",
    ),
)
@click.option(
    "--embeds",
    is_flag=True,
    help=says(
        "外部へ送られる情報の表を、プライバシーポリシーに貼れる形で出します。",
        "Only print a table of what is sent to others, for your privacy page.",
    ),
)
@format_option
@site_option
@debug_option
@click.pass_obj
def check(
    lang: str,
    fix: bool,
    yes: bool,
    built: bool,
    external: bool,
    embeds: bool,
    form: str,
    site: Path | None,
    debug: bool,
) -> None:
    from ssg.check import check as run
    from ssg.check.external import follow_links
    from ssg.check.output import of_output
    from ssg.config import load_config
    from ssg.fresh import Options
    from ssg.parallel import available

    with explained(lang, debug, form, "unread"):
        root = site_root(site)
        if embeds:
            _tell_embeds(lang, root, form)
            return
        with progress_bar(form == "json") as progress:
            review = run(root, Options(output=root / "public", jobs=available()), progress)
        if fix:
            _mend(lang, root, review.findings, yes=yes, aside=form == "json")
            review = run(root, Options(output=root / "public", jobs=available()))
        problems = tuple(finding.problem for finding in review.findings)
        if built:
            problems += of_output(root / "public", load_config(root), available())
        if external:
            outcome = follow_links(root, load_config(root))
            problems += outcome.problems
            click.echo(followed(lang, outcome), err=True)
        _report(lang, form, problems, review.sources)
        sys.exit(1 if problems else 0)


def _tell_embeds(lang: str, root: Path, form: str) -> None:
    import json

    from ssg.check.embeds import of_sources, table

    found = sorted(set(of_sources(root)))
    if form == "json":
        services = [one._asdict() for one in found]
        click.echo(json.dumps({"ok": True, "embeds": services}, ensure_ascii=False, indent=2))
        return
    nothing = pick(
        lang,
        "外へ送るものは見つかりませんでした。"
        "調べたのは記事、site.yaml、assets/、layouts/ です。"
        "スクリプトが動いてから送るものは、ここからは分かりません。",
        "Nothing that is sent to others was found in the articles, site.yaml, assets/ and "
        "layouts/. What a script sends once it runs cannot be seen here.",
    )
    click.echo(table(found) or nothing)


def _mend(lang: str, root: Path, findings: Iterable[Finding], *, yes: bool, aside: bool) -> None:
    """Show what can be mended safely, and mend what the author agrees to. What is said goes
    `aside` when the standard output is for a tool.
    """
    from ssg.check import rereading
    from ssg.check.fixing import changes, diff, write

    for change in changes(root, (f.edit for f in findings if f.edit), rereading(root)):
        click.echo("\n".join(diff(change)), err=aside)
        agreed = yes or click.confirm(pick(lang, "直しますか", "Mend this?"), err=aside)
        if agreed and (outcome := write(root, change)) != "written":
            click.echo(unmended(lang, change.path, outcome), err=True)


def _report(lang: str, form: str, problems: tuple[Problem, ...], sources: int) -> None:
    if form == "json":
        click.echo(as_json(lang, problems, None, ok=not problems))
        return
    if form == "github":
        annotate(problems, lang)
    else:
        tell_all(problems, lang, err=False)
    click.echo(checked(lang, problems, sources))


@click.command(
    "explain",
    help=says(
        "CODE の意味を、誤りと正しい書き方の例とともに言います。CODE が無ければ一覧です。",
        "Tell what CODE means, with an example of wrong and of right. Without CODE, list all.",
    ),
)
@click.argument("code", default="")
@click.pass_obj
def explain_code(lang: str, code: str) -> None:
    from ssg.lessons import lessons
    from ssg.lessons.told import explained as told
    from ssg.lessons.told import listed
    from ssg.text import nearest

    if code and code not in lessons():
        near = nearest(code, lessons())
        words = pick(lang, f"{code} というコードはありません。", f"There is no code {code}.")
        meant = pick(lang, f"{near} のことですか。", f" Did you mean {near}?")
        raise click.BadParameter(words + (meant if near else ""), param_hint="CODE")
    click.echo(told(code, lang) if code else listed(lang))


@click.command(
    help=says(
        "エディターのための JSON Schema を出します。"
        "KIND は site（site.yaml）か、content/ のフォルダーの名前（posts など）です。",
        "Print a JSON Schema for editors. KIND is site, for site.yaml, or a folder of content/.",
    )
)
@click.argument(
    "kind",
    default="site",
    type=click.Choice(["site", "posts", "news", "digests", "pages", "authors"]),
)
@site_option
@debug_option
@click.pass_obj
def schema(lang: str, kind: str, site: Path | None, debug: bool) -> None:
    import json

    from ssg.config import load_config
    from ssg.schema import schema as made

    with explained(lang, debug):
        config = None if kind == "site" else load_config(site_root(site))
        click.echo(json.dumps(made(kind, lang, config), ensure_ascii=False, indent=2))
