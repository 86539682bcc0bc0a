"""Where the default theme lies: in the installed package, or at the root of the repository."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
STARTER = _PACKAGE / "starter"


def folders(root: Path, name: str) -> tuple[Path, ...]:
    """The site's own folder `layouts` or `assets`, then the theme's: the first one wins."""
    installed = _PACKAGE / "_theme"
    theme = (installed if installed.is_dir() else _PACKAGE.parent) / name
    own = root.resolve() / name
    return tuple(dict.fromkeys(f for f in (own, theme) if f.is_dir()))
