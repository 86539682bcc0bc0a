"""The theme's files: minified, fingerprinted, overridden file by file by the site's own."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path, PurePosixPath

from ssg.decoding import decode
from ssg.errors import ContentError
from ssg.model import Frozen
from ssg.urls import Addresses

_CSS_URL = re.compile(r"url\(\s*([\"']?)(?!data:|https?:|/|#)([^\"')?#]+)([^\"')]*)\1\s*\)")
_ALLOWED_DOTS = frozenset((".well-known", ".nojekyll"))
_LITTER = frozenset(("node_modules", "Thumbs.db", "desktop.ini"))


class AssetFile(Frozen, frozen=True):
    """A file to publish at `path`."""

    path: str
    data: bytes


class Assets(Frozen, frozen=True):
    """`urls` maps `css/site.css` to its `href`; `files` are what to publish."""

    urls: dict[str, str]
    files: tuple[AssetFile, ...]


def load_assets(folders: tuple[Path, ...], addresses: Addresses) -> Assets:
    """Assets of the first folder that has each name. `images/` is the pictures' own affair;
    what lies in `static/` is published at the root of the site as it is.
    """
    found: dict[str, Path] = {}
    for folder in reversed(folders):
        found |= dict(_files(folder))
    data = {name: file.read_bytes() for name, file in sorted(found.items())}
    plain = {n: d for n, d in data.items() if not n.startswith(("images/", "static/"))}
    paths = {n: _fingerprinted(n, _minified(n, d)) for n, d in plain.items() if not _is_css(n)}
    files = [AssetFile(paths[n], _minified(n, plain[n])) for n in paths]
    for name in (n for n in plain if _is_css(n)):
        css = _minified(name, _with_urls(name, plain[name], paths, addresses))
        paths[name] = _fingerprinted(name, css)
        files.append(AssetFile(paths[name], css))
    files += [
        AssetFile(n.removeprefix("static"), d) for n, d in data.items() if n.startswith("static/")
    ]
    return Assets({n: addresses.href(p) for n, p in paths.items()}, tuple(files))


def static_paths(folders: tuple[Path, ...]) -> list[str]:
    """The paths at which the files of `static/` are published."""
    names = {name for folder in folders for name, _ in _files(folder)}
    return sorted(n.removeprefix("static") for n in names if n.startswith("static/"))


def _files(folder: Path) -> list[tuple[str, Path]]:
    """Regular files by their name in the folder; hidden files and editors' litter stay out."""
    found = []
    for file in folder.rglob("*"):
        name = file.relative_to(folder)
        hidden = any(p.startswith(".") and p not in _ALLOWED_DOTS for p in name.parts)
        litter = file.name.endswith(("~", ".bak", ".psd", ".orig")) or _LITTER & {*name.parts}
        if file.is_file() and not file.is_symlink() and not hidden and not litter:
            found.append((name.as_posix(), file))
    return found


def _is_css(name: str) -> bool:
    return name.endswith(".css")


def _fingerprinted(name: str, data: bytes) -> str:
    file = PurePosixPath("/assets", name)
    return str(file.with_stem(f"{file.stem}-{blake2b(data, digest_size=5).hexdigest()}"))


def _minified(name: str, data: bytes) -> bytes:
    if _is_css(name):
        import rcssmin

        return str(rcssmin.cssmin(_text(name, data))).encode()
    if name.endswith(".js"):
        import rjsmin

        return str(rjsmin.jsmin(_text(name, data))).encode()
    return data


def _text(name: str, data: bytes) -> str:
    text, problems = decode(data, f"assets/{name}")
    if problems:
        raise ContentError(problems)
    return text


def _with_urls(name: str, data: bytes, paths: Mapping[str, str], addresses: Addresses) -> bytes:
    """CSS whose relative addresses mean the fingerprinted files."""

    def whole(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), match[2]))
        return f"url({addresses.href(paths[target])}{match[3]})" if target in paths else match[0]

    return _CSS_URL.sub(whole, _text(name, data)).encode()
