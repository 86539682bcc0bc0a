"""What must not go live: looked for in the output before anything is sent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from ssg.config import Config
from ssg.deploy.facts import Facts
from ssg.deploy.hostnames import is_local
from ssg.errors import ContentError, Problem, problem
from ssg.extensions.addresses import is_example
from ssg.text import visible
from ssg.theme import NAME
from ssg.trees import Manifest

_PRIVACY = re.compile(r"プライバシー|個人情報|privacy", re.I)
# What sends something of readers to another site.
_TELLING = ("script-src", "frame-src", "connect-src", "form-action")


def refuse_unfit(config: Config, manifest: Manifest, where: str) -> None:
    """Raises ContentError with everything that makes the output unfit for readers."""
    problems = [*_bad_address(config), *_bad_output(config, manifest, where)]
    if problems:
        raise ContentError(problems)


def _bad_address(config: Config) -> Iterator[Problem]:
    host = urlsplit(config.url).hostname or ""
    place = config.places.get("url", (0, 0))
    if is_local(host):
        yield problem("deploy/local-address", NAME, *place, got=config.url)
    elif is_example(config.url):
        yield problem("deploy/sample-address", NAME, *place, got=config.url)


def _bad_output(config: Config, manifest: Manifest, where: str) -> Iterator[Problem]:
    if manifest.made and manifest.preview:
        yield problem("deploy/preview", where)
    elif manifest.made and manifest.url != config.url:
        yield problem("deploy/other-address", where, got=manifest.url)


def refuse_unfit_pages(config: Config, facts: Mapping[str, Facts]) -> tuple[Problem, ...]:
    """What an author should know of the pages with these facts. Raises ContentError with all that
    must not go live.
    """
    problems = [found for name in sorted(facts) for found in _bad_page(config, name, facts[name])]
    problems += _no_privacy_page(config, facts)
    if problems:
        raise ContentError(problems)
    return tuple(
        problem("deploy/local-link", name, got=visible(url))
        for name in sorted(facts)
        for url in facts[name].local_links
    )


def _bad_page(config: Config, name: str, page: Facts) -> Iterator[Problem]:
    for url in page.local_loads:
        yield problem("deploy/local-load", name, got=visible(url))
    if page.preview:
        yield problem("deploy/preview-script", name)
    for url in page.addresses:
        if _origin(url) not in ("", _origin(config.url)):
            yield problem("deploy/other-canonical", name, got=visible(url), url=config.url)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower() if parts.netloc else ""


def _no_privacy_page(config: Config, facts: Mapping[str, Facts]) -> Iterator[Problem]:
    """Whoever collects or passes on readers' data says so on a page: 個人情報保護法; what makes
    browsers send data to others is told too: 電気通信事業法, 外部送信規律.
    """
    if any(_PRIVACY.search(name) for page in facts.values() for name in page.names):
        return
    pages = (name for name in facts if name.endswith(".html"))
    for name in sorted(pages, key=lambda n: (n != "index.html", n == "404.html", n)):
        if told := _told_to(config, facts[name]):
            yield problem("deploy/no-privacy-page", name, why=told)
            return


def _told_to(config: Config, page: Facts) -> str:
    """Who learns of a page's readers: an address, or a word of the catalogue; "" if nobody does."""
    own = _origin(config.url)
    others = (source for directive, source in page.loads if directive in _TELLING)
    third = next((s for s in others if "//" in s and s != own and not own.endswith(s)), "")
    return third or ("a-player" if page.player else "an-affiliate" if page.sponsored else "")
