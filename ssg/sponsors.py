"""Which addresses pay for being linked to."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ssg.tables import rows

ADVERTISERS = rows("advertisers")
_HOST = re.compile(r"\s*(?:https?:)?//(?:[^/?#@\s]*@)?([^/?#:\s]+)[^?#]*(?:\?([^#]*))?", re.I)


class Sponsors:
    """Hosts, each with all that are below it; `host?name` counts with that name in its query."""

    def __init__(self, hosts: Iterable[str]) -> None:
        self.hosts = frozenset(hosts)
        self.tagged = frozenset(host.partition("?")[0] for host in self.hosts if "?" in host)

    def __contains__(self, address: object) -> bool:
        match = _HOST.match(str(address))
        if not match or not self.hosts:
            return False
        name, query = match[1].lower().rstrip("."), match[2] or ""
        while name:
            if name in self.hosts or (name in self.tagged and self._is_tagged(name, query)):
                return True
            name = name.partition(".")[2]
        return False

    def _is_tagged(self, name: str, query: str) -> bool:
        given = {pair.partition("=")[0].lower() for pair in re.split("[&;]", query)}
        return any(f"{name}?{key}" in self.hosts for key in given)
