"""What must not go live: looked for in the output before anything is sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from ssg.config import Config
from ssg.errors import ContentError, Problem, problem
from ssg.theme import NAME
from ssg.trees import Manifest

# Names that no reader can open: RFC 2606, RFC 6761, RFC 6762.
_SAMPLES = re.compile(r"(.*\.)?example(\.(com|net|org|jp))?|.*\.(test|invalid)")
_LOCAL = re.compile(
    r"(.*\.)?localhost|.*\.(local|internal)|127\..*|0\.0\.0\.0|10\..*|192\.168\..*"
    r"|172\.(1[6-9]|2\d|3[01])\..*|169\.254\..*|\[?(::1?|f[cd].*|fe80:.*)\]?"
)


def refuse_unfit(config: Config, manifest: Manifest, where: str) -> None:
    """Raises ContentError with everything that makes the output unfit for readers."""
    problems = [*_bad_address(config), *_bad_output(config, manifest, where)]
    if problems:
        raise ContentError(problems)


def _bad_address(config: Config) -> Iterator[Problem]:
    host = urlsplit(config.url).hostname or ""
    place = config.places.get("url", (0, 0))
    if _SAMPLES.fullmatch(host):
        yield problem("deploy/sample-address", NAME, *place, got=config.url)
    elif is_local(host):
        yield problem("deploy/local-address", NAME, *place, got=config.url)


def _bad_output(config: Config, manifest: Manifest, where: str) -> Iterator[Problem]:
    if manifest.made and manifest.preview:
        yield problem("deploy/preview", where)
    elif manifest.made and manifest.url != config.url:
        yield problem("deploy/other-address", where, got=manifest.url)


def is_local(host: str) -> bool:
    """Whether a host is one that only its own machine or network can reach."""
    return bool(_LOCAL.fullmatch(host.lower()))
