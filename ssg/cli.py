"""The command line: arguments in, words and an exit code out. No logic of its own."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ssg import __version__
from ssg.console import (
    Progress,
    annotate,
    as_json,
    awaited,
    checked,
    explained,
    explanation,
    followed,
    left_off,
    noticed,
    pick,
    planned,
    prepared,
    progress_bar,
    published,
    returned,
    says,
    seen,
    spoken,
    summary,
    tell_all,
    unmended,
)

if TYPE_CHECKING:
    from ssg.config import Config
    from ssg.deploy import Plan
    from ssg.fresh import Options, Report
    from ssg.targets import WrittenTarget

SERVERS = ("apache", "netlify", "cloudflare")
FEW, ALL = 10, sys.maxsize  # files named of each kind

site_option = click.option(
    "--site",
    type=click.Path(file_okay=False, path_type=Path),
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
setup_option = click.option(
    "--setup",
    type=click.Choice(["github", "cloudflare", "netlify"]),
    help=says(
        "push のたびに公開する設定ファイルを作ります。ファイルは上書きしません。",
        "Make the files that publish on each push to GitHub. Never overwrites one.",
    ),
)


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


@cli.command(
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
            click.echo(_set_up(lang, folder.resolve(), setup))


@cli.command(
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
        root = _root(site)
        config = load_config(root)
        now = datetime.now(UTC).astimezone(config.zone)
        names = [c.name for c in config.categories]
        if is_blank(title):
            raise click.BadParameter(pick(lang, "題名が空です。", "The title is empty."))
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


@cli.command(
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
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help=says(
        "結果の形。json は道具のため、github は GitHub Actions のためです。",
        "How to report; json is for tools, github for GitHub Actions.",
    ),
)
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
@click.option("--quiet", is_flag=True, help=says("誤りだけを出します。", "Show errors only."))
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
        root = _root(site)
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
        report = _built(root, options, progress)
    if form == "json":
        click.echo(as_json(lang, report.warnings, report))
    elif not quiet:
        (annotate if form == "github" else tell_all)(report.warnings, lang)
        click.echo(summary(lang, report))
        if report.explained:
            click.echo(explanation(lang, report.explained))


@cli.command(
    help=says(
        "書きながら見るためのサーバーを動かします。保存すると、開いているページに映ります。",
        "Serve a live preview: what you save appears in the pages that are open.",
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
        root = _root(site)
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


@cli.command(
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
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help=says("結果の形。json は道具のためです。", "How to report; json is for tools."),
)
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
    from ssg.check.embeds import of_sources, table
    from ssg.check.external import follow_links
    from ssg.check.fixing import changes, diff, write
    from ssg.check.output import of_output
    from ssg.config import load_config
    from ssg.fresh import Options
    from ssg.parallel import available

    with explained(lang, debug, form):
        root = _root(site)
        if embeds:
            nothing = pick(lang, "外へ送るものはありません。", "Nothing is sent to others.")
            click.echo(table(of_sources(root)) or nothing)
            return
        with progress_bar(form == "json") as progress:
            review = run(root, Options(output=root / "public", jobs=available()), progress)
        if fix:
            aside = form == "json"  # standard output is for the tool
            for change in changes(root, (f.edit for f in review.findings if f.edit)):
                click.echo("\n".join(diff(change)), err=aside)
                agreed = yes or click.confirm(pick(lang, "直しますか", "Mend this?"), err=aside)
                if agreed and not write(root, change):
                    click.echo(unmended(lang, change.path), err=True)
            review = run(root, Options(output=root / "public", jobs=available()))
        problems = tuple(finding.problem for finding in review.findings)
        if built:
            problems += of_output(root / "public", load_config(root), available())
        if external:
            outcome = follow_links(root, load_config(root))
            problems += outcome.problems
            click.echo(followed(lang, outcome), err=True)
        if form == "json":
            click.echo(as_json(lang, problems, None, ok=not problems))
        else:
            if form == "github":
                annotate(problems, lang)
            else:
                tell_all(problems, lang, err=False)
            click.echo(checked(lang, problems, review.sources))
        sys.exit(1 if problems else 0)


@cli.command(
    help=says(
        "エディターのための JSON Schema を出します。KIND は site（site.yaml）か、"
        "content/ のフォルダーの名前（posts など）です。",
        "Print a JSON Schema for editors: KIND is site, for site.yaml, or a folder of content/.",
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
        config = None if kind == "site" else load_config(_root(site))
        click.echo(json.dumps(made(kind, config), ensure_ascii=False, indent=2))


@cli.command(
    help=says(
        "サイトを作って公開します。公開先は site.yaml の deploy に書きます。"
        "TARGET が無ければ、初めの公開先です。",
        "Build the site and publish it to a target of site.yaml's deploy: TARGET, or the first.",
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
@click.option("--quiet", is_flag=True, help=says("誤りだけを出します。", "Show errors only."))
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
    from ssg.config import load_config
    from ssg.deploy import Order, host_file
    from ssg.deploy import deploy as run
    from ssg.deploy import rollback as go_back
    from ssg.fresh import Options
    from ssg.parallel import available

    def show(plan: Plan) -> None:
        if not quiet:
            tell_all(plan.warnings, lang)
            click.echo(planned(lang, plan, ALL if dry_run else FEW))

    with explained(lang, debug):
        if dry_run and (rollback or setup):
            raise click.UsageError(
                pick(
                    lang,
                    "--dry-run は --rollback、--setup と一緒に使えません。",
                    "--dry-run goes with neither --rollback nor --setup.",
                )
            )
        root = _root(site)
        if setup:
            click.echo(_set_up(lang, root, setup))
            return
        name, place = _target(root, target, to, server, lang, bool(kind))
        if rollback:
            gone, back = go_back(root, name, place)
            if not quiet:
                click.echo(returned(lang, name, gone, back))
            return
        config = load_config(root)
        if not no_build:
            options = Options(output=root / "public", jobs=available())
            with progress_bar(quiet) as progress:
                report = _built(root, options, progress)
        if kind:
            click.echo(host_file(root, kind, place.precompress), nl=False)
            return
        if not (no_build or quiet) and report.warnings:
            click.echo(noticed(lang, len(report.warnings)))
        order = Order(dry_run=dry_run, confirmed=yes, afresh=afresh, take_over=take_over)
        with left_off(lang), progress_bar(quiet) as progress:
            plan = run(root, config, name, place, order, show, progress)
        if not quiet:
            click.echo(published(lang, plan, dry_run))
        if plan.changes and not dry_run:
            _follow_up(lang, config, plan, not no_check, quiet)


@cli.command(
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
        for stream in streams:
            with suppress(OSError, ValueError):  # nobody reads it any more
                stream.flush()
        os._exit(e.code if isinstance(e.code, int) else e.code is not None)


# --- arguments and steps ---


def _built(root: Path, options: Options, progress: Progress) -> Report:
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


def _set_up(lang: str, root: Path, host: str) -> str:
    from ssg.config import load_config
    from ssg.setups import set_up

    return prepared(lang, set_up(root, load_config(root), host, datetime.now(UTC)))


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
        return "to", WrittenDir.model_construct(
            type="dir", path=str(folder.resolve()), server=server
        )
    targets = load_targets(root)
    if is_optional and not targets:
        return "", WrittenTarget.model_construct(type="dir")
    return targets.chosen(name)


def _root(site: Path | None) -> Path:
    from ssg.errors import EnvironmentFault, problem
    from ssg.theme import find_site

    try:
        start = (site or Path.cwd()).resolve()
    except FileNotFoundError as e:
        raise EnvironmentFault([problem("disk/no-folder", ".")]) from e
    return find_site(start)


def _address(base_url: str | None) -> str | None:
    if base_url is None:
        return None
    from ssg.settings import site_url

    try:
        return site_url(base_url)
    except ValueError:
        raise click.BadParameter(base_url, param_hint="--base-url") from None


def _moment(now: datetime | None, root: Path) -> datetime:
    if now is None:
        return datetime.now(UTC)
    from ssg.config import load_config

    return now.replace(tzinfo=load_config(root).zone)
