"""What earns something says so: a label at each link of an advertiser, and a word to robots."""

from __future__ import annotations

import re
from html import escape, unescape

from ssg.sponsors import Sponsors

_REL = ("sponsored", "nofollow", "noopener")
_NOT_KEPT = (*_REL, "me")  # an advertiser is nobody's own page
_LINKS = ("a", "area")
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?:script|style)\b.*?(?:</(?:script|style)\s*>|\Z)"
    r"|<(?P<name>a|area|iframe|img)\s(?:[^<>\"']++|\"[^\"]*\"|'[^']*')*+>"
    r'(?P<card><span class="card-link-text">)?',
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"""\s(href|src|rel)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_ADDRESS = re.compile(r"//[\w.-]+[^\s\"'<>]*")
_LABEL = '<span class="pr-label">'
_UNSEEN = "<!--pr-->"  # stands for the label of what shows nothing: a script, a counter


class Labels:
    """Puts `label` at every link of an advertiser in HTML."""

    def __init__(self, hosts: frozenset[str], label: str) -> None:
        self.sponsors = Sponsors(hosts)
        self.label = f"{_LABEL}{escape(label, quote=False)}</span> "

    def put(self, html: str) -> str:
        return _TAG.sub(self._labelled, html) if "<" in html else html

    def _labelled(self, match: re.Match[str]) -> str:
        tag, name = match[0], (match["name"] or "").lower()
        if not self._is_sponsored(tag, name):
            return tag
        if name in _LINKS:
            tag = _with_rel(tag)
        if name not in (*_LINKS, "iframe"):
            return _UNSEEN + tag
        return tag + self.label if match["card"] else self.label + tag

    def _is_sponsored(self, tag: str, name: str) -> bool:
        if not name:
            return tag[1] != "!" and any(a in self.sponsors for a in _ADDRESS.findall(tag))
        given = _attributes(tag)
        address = given.get("href" if name in _LINKS else "src", "")
        return address in self.sponsors or (name in _LINKS and "sponsored" in given.get("rel", ""))


def is_advertising(html: str) -> bool:
    """Whether `Labels` found anything of an advertiser's."""
    return _LABEL in html or _UNSEEN in html


def _attributes(tag: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(tag):
        found.setdefault(name.lower(), unescape(value.strip("\"'")))
    return found


def _with_rel(tag: str) -> str:
    """The tag of a link with all that search engines are to know."""
    for match in _ATTRIBUTE.finditer(tag):
        if match[1].lower() == "rel":
            own = [w for w in match[2].strip("\"'").split() if w.lower() not in _NOT_KEPT]
            return f'{tag[: match.start()]} rel="{" ".join([*_REL, *own])}"{tag[match.end() :]}'
    name, rest = tag.split(None, 1)
    return f'{name} rel="{" ".join(_REL)}" {rest}'
