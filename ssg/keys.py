"""Page keys: the digest of all that a page is made of.

    key = closure of the layout, the site-wide settings, the recipe and what it is given

A page whose key is unchanged is neither rendered nor written.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from ssg.closures import Closure
from ssg.kept import SIZE, digest, encode
from ssg.layouts import LayoutFiles
from ssg.planning import Page


class Keys:
    """Makes the keys of one build. `settings` concern every page, `data` and `assets` those whose
    layouts use them. Each input has a name and a digest.
    """

    def __init__(
        self,
        settings: Mapping[str, str],
        closures: Mapping[str, Closure],
        data: Mapping[str, Any],
        assets: Mapping[str, str],
    ) -> None:
        self.settings = settings
        self.closures = closures
        self.data = {f"content/data/{name}": digest(value).hex() for name, value in data.items()}
        self.assets = {f"assets/{name}": url for name, url in assets.items()}
        self.prefixes: dict[str, bytes] = {}

    def of(self, page: Page) -> bytes:
        layout = page.layout
        if layout not in self.prefixes:
            self.prefixes[layout] = self._prefix(layout)
        made = blake2b(self.prefixes[layout], digest_size=SIZE)
        made.update(page.recipe.__qualname__.encode())
        made.update(encode([page.path, page.origin, page.given]))
        return made.digest()

    def _prefix(self, layout: str) -> bytes:
        closure = self.closures.get(layout)  # none: there is no such layout, rendering says so
        mark = closure.digest if closure else ""
        return digest([self.settings, mark, *self._used(layout)])

    def _used(self, layout: str) -> tuple[dict[str, str], dict[str, str]]:
        """Of data and assets what a layout may use."""
        closure = self.closures.get(layout)
        if closure is None:
            return {}, {}
        data = self.data if closure.data else {}
        if closure.assets is None:
            return data, self.assets
        named = (f"assets/{name}" for name in sorted(closure.assets))
        return data, {name: self.assets.get(name, "") for name in named}

    # --- for explanations

    def inputs(self, page: Page) -> list[str]:
        """The names of the inputs that concern a page, besides the posts that it shows."""
        closure = self.closures.get(page.layout)
        layouts = closure.names if closure else ()
        data, assets = self._used(page.layout)
        return [*self.settings, *(f"layouts/{name}" for name in layouts), *data, *assets]

    def known(self, layouts: LayoutFiles) -> dict[str, str]:
        """Every input with its digest."""
        files = {f"layouts/{name}": digest(layouts.read(name)).hex() for name in layouts.files()}
        return {**self.settings, **files, **self.data, **self.assets}
