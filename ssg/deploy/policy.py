"""The Content-Security-Policy of a site: what its pages may load, computed from what they do.

One policy serves every page. What it cannot know is what scripts of others load in their turn: for
the services below it is written down, any other such script may reach the host it came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ssg.deploy.facts import Facts

MOST = 16  # hashes of one kind
LONGEST = 1900  # characters; a longer header does not pass every host
_INLINE = "'unsafe-inline'"
_SELF = "'self'"
_NONE = "'none'"
_FETCHES = (
    "connect-src",
    "font-src",
    "frame-src",
    "img-src",
    "manifest-src",
    "media-src",
    "script-src",
    "style-src",
)  # those that default-src stands in for
_OF_A_SCRIPT = ("connect-src", "frame-src", "img-src", "script-src", "style-src")
_ADS = {
    **dict.fromkeys(("script-src", "style-src"), ("https:", _INLINE)),
    **dict.fromkeys(("connect-src", "font-src", "frame-src", "media-src"), ("https:",)),
    "img-src": ("https:", "data:"),
}
_HCAPTCHA = ("https://hcaptcha.com", "https://*.hcaptcha.com")
_ANALYTICS = (
    "https://*.google-analytics.com",
    "https://*.analytics.google.com",
    "https://*.googletagmanager.com",
)
# What scripts of well-known services load, by the host that they come from.
_SERVICES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "https://challenges.cloudflare.com": {"frame-src": ("https://challenges.cloudflare.com",)},
    "https://js.hcaptcha.com": {d: _HCAPTCHA for d in _OF_A_SCRIPT if d != "img-src"},
    "https://www.google.com": {
        "script-src": ("https://www.gstatic.com",),
        "frame-src": ("https://www.google.com", "https://recaptcha.google.com"),
        "connect-src": ("https://www.google.com",),
        "style-src": (_INLINE,),
    },
    "https://www.googletagmanager.com": {
        "script-src": ("https://*.googletagmanager.com",),
        "img-src": _ANALYTICS,
        "connect-src": _ANALYTICS,
    },
    "https://static.cloudflareinsights.com": {"connect-src": ("https://cloudflareinsights.com",)},
    "https://platform.twitter.com": {
        "frame-src": ("https://platform.twitter.com", "https://syndication.twitter.com"),
        "connect-src": ("https://syndication.twitter.com",),
        "img-src": ("https://*.twimg.com", "https://syndication.twitter.com"),
        "style-src": ("https://platform.twitter.com", _INLINE),
    },
    "https://www.instagram.com": {"frame-src": ("https://www.instagram.com",)},
    "https://pagead2.googlesyndication.com": _ADS,
    "https://securepubads.g.doubleclick.net": _ADS,
}

_Sources = dict[str, set[str]]


def policy(facts: Iterable[Facts], origin: str) -> str:
    """The policy for the facts of a site at `origin`, such as `https://host`."""
    distinct = frozenset(facts)
    told = _told(distinct, origin, MOST)
    return told if len(told) <= LONGEST else _told(distinct, origin, 0)


def _told(distinct: frozenset[Facts], origin: str, most: int) -> str:
    found = _sources(distinct, origin)
    _add_hashes(found, distinct, most)
    lines = {"default-src": _SELF, "base-uri": _SELF, "frame-ancestors": _SELF}
    lines["object-src"] = _joined(found.pop("object-src", set())) or _NONE
    lines["form-action"] = _joined({_SELF, *found.pop("form-action", set())})
    lines |= {d: _joined({_SELF, *found[d]}) for d in _FETCHES if found.get(d)}
    told = [f"{directive} {sources}" for directive, sources in lines.items()]
    if _can_upgrade(distinct, origin):
        told.append("upgrade-insecure-requests")
    return "; ".join(told)


def _sources(facts: Iterable[Facts], origin: str) -> _Sources:
    scheme = origin.partition("//")[0]
    found: _Sources = {}
    for directive, written in {load for one in facts for load in one.loads}:
        source = scheme + written if written.startswith("//") else written
        if source == origin or (directive, source) == ("script-src", "data:"):
            continue
        found.setdefault(directive, set()).add(source)
        if directive == "script-src":
            for other, sources in _later(source).items():
                found.setdefault(other, set()).update(sources)
    return found


def _later(script: str) -> Mapping[str, tuple[str, ...]]:
    """What a script of another host may load when it runs."""
    return _SERVICES.get(script, dict.fromkeys(_OF_A_SCRIPT, (script,)))


def _add_hashes(found: _Sources, facts: Iterable[Facts], most: int) -> None:
    """Hashes of what is written in pages, or the word for all of it when there are too many or
    when the word is there: beside a hash it would mean nothing.
    """
    scripts = {h for one in facts for h in one.scripts}
    handlers = {h for one in facts for h in one.handlers}
    styles = {h for one in facts for h in one.styles}
    attributes = {h for one in facts for h in one.style_attributes}
    for directive, whole, parts in (
        ("script-src", scripts, handlers),
        ("style-src", styles, attributes),
    ):
        sources = found.get(directive, set())
        if _INLINE in sources or not (whole or parts):
            continue
        if len(whole | parts) > most:
            found[directive] = sources | {_INLINE}
        else:
            hashes = {"'unsafe-hashes'"} if parts else set()
            found[directive] = sources | whole | parts | hashes


def _joined(sources: Iterable[str]) -> str:
    """The site itself first, then other words and hashes, then hosts."""
    return " ".join(sorted(sources, key=lambda s: (s != _SELF, not s.startswith("'"), s)))


def _can_upgrade(facts: Iterable[Facts], origin: str) -> bool:
    """Whether nothing is lost when a browser asks for everything through https."""
    loads = (source for one in facts for _, source in one.loads)
    return origin.startswith("https:") and not any(s.startswith(("http:", "ws:")) for s in loads)
