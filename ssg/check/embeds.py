"""What the pages of a site send to others: for its own page about that (外部送信)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from ssg.check.article import Article, At
from ssg.check.pointers import Pointer, in_code, pointers
from ssg.check.sources import articles
from ssg.config import Config, load_config
from ssg.extensions.addresses import host, video_id
from ssg.tables import records

_YOUTUBE = "https://www.youtube.com/"
_CAPTCHAS = {
    "turnstile": "https://challenges.cloudflare.com/",
    "hcaptcha": "https://hcaptcha.com/",
    "recaptcha": "https://www.google.com/recaptcha/",
}
_MARKUP, _CODE = (".html", ".svg"), (".css", ".js", ".mjs")
_ALWAYS = "IPアドレス、ブラウザの種類、見ているページの住所"
_UNKNOWN = "（書き足します）"


class Service(NamedTuple):
    """Who is told of a reader, and of what."""

    name: str
    sent: str = ""
    receiver: str = ""
    purpose: str = ""
    about: str = ""


class Embed(NamedTuple):
    """An address of another site that a page loads; `at` is its place."""

    address: str
    at: At


def of_article(article: Article) -> Iterator[Embed]:
    """What a source embeds, by itself or through a player."""
    for pointer in article.pointers:
        if _is_player(article.body, pointer):
            yield Embed(_YOUTUBE, pointer.at)
        yield from (Embed(address, pointer.at) for address in pointer.loads)
    for field in article.fields:
        loads = (address for pointer in pointers(field.text) for address in pointer.loads)
        yield from (Embed(address, field.where) for address in loads)


def _is_player(body: str, pointer: Pointer) -> bool:
    if pointer.kind == "embed":
        return pointer.text.strip().lower() == "youtube"
    begin, end = body.rfind("\n", 0, pointer.at) + 1, body.find("\n", pointer.at)
    alone = body[begin : end if end >= 0 else None].strip().strip("<>") == pointer.address
    return alone and pointer.kind == "link" and video_id(pointer.address) != ""


def of_site(config: Config) -> Iterator[str]:
    """The addresses that the settings make pages load or send to."""
    if config.analytics:
        yield config.analytics.src
    if config.comments:
        yield config.comments.action
        yield from (a for name, a in _CAPTCHAS.items() if name == config.comments.captcha)


def of_files(root: Path) -> Iterator[tuple[str, str]]:
    """Addresses that the site's own layouts, style sheets and scripts hold, each with its file."""
    for folder in ("assets", "layouts"):
        for file in sorted((root / folder).rglob("*")):
            if file.suffix.lower() in _MARKUP + _CODE and file.is_file():
                path = file.relative_to(root).as_posix()
                text = file.read_text("utf-8", errors="replace")
                yield from ((path, address) for address in _held(file.suffix.lower(), text))


def _held(suffix: str, text: str) -> Iterable[str]:
    if suffix in _CODE:
        return in_code(text)
    return (address for pointer in pointers(text) for address in pointer.loads)


def service(address: str) -> Service:
    """Who is behind an address; of an unknown one, the host is all there is to say."""
    name = host(address)
    path = address.partition("//")[2].partition("/")[2]
    for known, *rest in records("services"):
        its_host, _, its_path = known.partition("/")
        if f".{name}".endswith(f".{its_host}") and path.startswith(its_path):
            return Service(*rest)
    return Service(name)


def of_sources(root: Path) -> Iterator[Service]:
    """Whom the settings and sources of the site at `root` tell of its readers; not examples.

    Raises ConfigError.
    """
    config = load_config(root)
    own = host(config.url)
    embeds = (embed for article in articles(root, config) for embed in of_article(article))
    files = (address for _, address in of_files(root))
    for address in (*of_site(config), *(embed.address for embed in embeds), *files):
        if host(address) != own and not is_example(address):
            yield service(address)


def is_example(address: str) -> bool:
    """Whether an address is one of those that are kept for examples (RFC 2606, and JPRS)."""
    name = f".{host(address)}"
    tops = (".example", ".test", ".invalid", ".localhost")
    domains = "com net org jp co.jp ne.jp or.jp ac.jp".split()
    return name.endswith((*tops, *(f".example.{domain}" for domain in domains)))


def table(services: Iterable[Service]) -> str:
    """Markdown for the page about what is sent where; what nobody knows is left to fill in. It is
    empty when nothing is found.
    """
    known = sorted(set(services))
    rows = known and (
        ("サービス", "送り先", "送られる情報", "目的", "送り先の方針"),
        (":---",) * 5,
        *map(_row, known),
    )
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(one: Service) -> tuple[str, ...]:
    sent = "、".join(filter(None, (_ALWAYS, one.sent)))
    about = f"<{one.about}>" if one.about else _UNKNOWN
    return one.name, one.receiver or _UNKNOWN, sent, one.purpose or _UNKNOWN, about
