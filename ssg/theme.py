"""Where things lie: the site, and the default theme in the installed package or the repository."""

from __future__ import annotations

from pathlib import Path

from ssg.errors import ConfigError, problem

_PACKAGE = Path(__file__).resolve().parent
NAME = "site.yaml"
STARTER = _PACKAGE / "starter"


def folders(root: Path, name: str) -> tuple[Path, ...]:
    """The site's own folder `layouts` or `assets`, then the theme's: the first one wins."""
    installed = _PACKAGE / "_theme"
    theme = (installed if installed.is_dir() else _PACKAGE.parent) / name
    own = root.resolve() / name
    return tuple(dict.fromkeys(f for f in (own, theme) if f.is_dir()))


def find_site(start: Path) -> Path:
    """The folder that holds site.yaml: `start` or the nearest one above. Raises ConfigError."""
    for folder in (start, *start.parents):
        if (folder / NAME).is_file():
            return folder
    raise ConfigError([problem("config/outside", NAME, 0, 0, folder=start)])
