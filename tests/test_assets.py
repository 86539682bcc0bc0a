"""The theme's files: overridden one by one, named by what is in them, nothing else published."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.assets import Assets, _fingerprinted, load_assets
from ssg.errors import ContentError
from ssg.urls import Addresses

ADDRESSES = Addresses("https://blog.example.com/b")


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "own").mkdir()
    (tmp_path / "theme").mkdir()
    return tmp_path / "own", tmp_path / "theme"


def put(folder: Path, name: str, data: str | bytes = "x") -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)


def load(folders: tuple[Path, Path]) -> Assets:
    return load_assets(folders, ADDRESSES)


def published(assets: Assets) -> dict[str, bytes]:
    return {file.path: file.data for file in assets.files}


def test_names_tell_contents(folders: tuple[Path, Path]) -> None:
    put(folders[1], "css/site.css", "a { color: red }\n")
    put(folders[1], "icons/mark.svg", "<svg/>")
    assets = load(folders)
    assert {n: re.sub("[0-9a-f]{10}", "#", u) for n, u in assets.urls.items()} == {
        "css/site.css": "/b/assets/css/site-#.css",
        "icons/mark.svg": "/b/assets/icons/mark-#.svg",
    }
    assert {f"/b{path}" for path in published(assets)} == set(assets.urls.values())
    assert b"a{color:red}" in published(assets).values(), "minified"
    put(folders[1], "css/site.css", "a { color: blue }\n")
    again = load(folders)
    assert again.urls["css/site.css"] != assets.urls["css/site.css"]
    assert again.urls["icons/mark.svg"] == assets.urls["icons/mark.svg"]


@given(
    st.lists(st.text("abあ.", min_size=1).map(lambda t: f"{t.strip('.')}x"), min_size=1, max_size=3)
)
def test_a_fingerprint_changes_the_name_alone(steps: list[str]) -> None:
    name = "/".join(steps)
    found = _fingerprinted(name, b"data")
    assert found.startswith("/assets/")
    assert re.sub("-[0-9a-f]{10}", "", found) == f"/assets/{name}"
    assert found.count("/") == name.count("/") + 2
    assert Path(found).suffix == Path(name).suffix


def test_the_site_overrides_file_by_file(folders: tuple[Path, Path]) -> None:
    own, theme = folders
    for name in ("a.txt", "b.txt", "static/robots.txt"):
        put(theme, name, "theme")
    for name in ("b.txt", "c.txt", "static/robots.txt"):
        put(own, name, "own")
    found = {re.sub("-[0-9a-f]{10}", "", p): d for p, d in published(load(folders)).items()}
    assert found == {
        "/assets/a.txt": b"theme",
        "/assets/b.txt": b"own",
        "/assets/c.txt": b"own",
        "/robots.txt": b"own",
    }


def test_static_files_lie_at_the_root_as_they_are(folders: tuple[Path, Path]) -> None:
    put(folders[0], "static/CNAME", "blog.example.com\n")
    put(folders[0], "static/.well-known/security.txt", "Contact: a@b.example\n")
    put(folders[0], "static/.nojekyll", "")
    put(folders[0], "static/raw.css", "a { color: red }\n")
    assets = load(folders)
    assert assets.urls == {}
    assert published(assets) == {
        "/CNAME": b"blog.example.com\n",
        "/.well-known/security.txt": b"Contact: a@b.example\n",
        "/.nojekyll": b"",
        "/raw.css": b"a { color: red }\n",
    }


LITTER = """.env .git/config .DS_Store .htpasswd .site.css.swp .#site.css site.css~ site.css.bak
site.css.orig cover.psd Thumbs.db desktop.ini node_modules/left-pad/index.js
.well-known.bak/a .idea/workspace.xml deep/.env deep/node_modules/a.js deep/.git/HEAD""".split()


def test_litter_is_not_published(folders: tuple[Path, Path], tmp_path: Path) -> None:
    for name in LITTER:
        put(folders[0], name, "CANARY")
        put(folders[0], f"static/{name}", "CANARY")
    put(tmp_path, "outside/secret.txt", "CANARY")
    (folders[0] / "link.txt").symlink_to(tmp_path / "outside/secret.txt")
    (folders[0] / "folder").symlink_to(tmp_path / "outside")
    (folders[0] / "static/loop").symlink_to(folders[0])
    (folders[0] / "dangling").symlink_to(tmp_path / "nowhere")
    put(folders[0], "images/photo.png", "CANARY")
    put(folders[0], "site.css", "a{}")
    assert [re.sub("-[0-9a-f]{10}", "", p) for p in published(load(folders))] == [
        "/assets/site.css"
    ]


# --- addresses in CSS -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("../fonts/a.woff2", "fonts/a.woff2"),
        ('"../fonts/a.woff2"', "fonts/a.woff2"),
        ("'../fonts/a.woff2'", "fonts/a.woff2"),
        ("./near.svg", "css/near.svg"),
        ("near.svg", "css/near.svg"),
        ("deep/../near.svg", "css/near.svg"),
    ],
)
@pytest.mark.parametrize("tail", ["", "#mark", "?v=1", "?#iefix"])
def test_css_points_to_the_fingerprinted_file(
    folders: tuple[Path, Path], written: str, target: str, tail: str
) -> None:
    quote = written[0] if written[0] in "\"'" else ""
    put(folders[1], "css/site.css", f"a{{b:url({written.rstrip(quote or ' ')}{tail}{quote})}}")
    put(folders[0], "fonts/a.woff2", "font")
    put(folders[0], "css/near.svg", "<svg/>")
    assets = load(folders)
    [css] = [d.decode() for p, d in published(assets).items() if p.endswith(".css")]
    assert css == f"a{{b:url({assets.urls[target]}{tail})}}"


@pytest.mark.parametrize(
    "written",
    ["data:image/png;base64,AA==", "https://cdn.example/a.woff2", "/root.png", "#mark", "none.png"],
)
def test_other_addresses_in_css_stay(folders: tuple[Path, Path], written: str) -> None:
    put(folders[0], "css/site.css", f"a{{b:url({written})}}")
    [css] = published(load(folders)).values()
    assert css.decode() == f"a{{b:url({written})}}"


def test_a_font_that_changes_changes_the_css_that_names_it(folders: tuple[Path, Path]) -> None:
    put(folders[0], "css/site.css", "a{b:url(a.woff2)}")
    put(folders[0], "css/a.woff2", "one")
    first = load(folders).urls
    put(folders[0], "css/a.woff2", "two")
    second = load(folders).urls
    assert all(first[name] != second[name] for name in first)


@pytest.mark.parametrize("name", ["css/site.css", "js/a.js"])
def test_text_that_is_not_utf_8_is_told(folders: tuple[Path, Path], name: str) -> None:
    put(folders[0], name, "/* 日本語の注釈です */".encode("cp932"))
    with pytest.raises(ContentError) as wrong:
        load(folders)
    assert [(p.code, p.path) for p in wrong.value.problems] == [
        ("encoding/not-utf-8", f"assets/{name}")
    ]


def test_scripts_are_minified(folders: tuple[Path, Path]) -> None:
    put(folders[0], "js/a.js", "// 注釈\nconst  a = `x  y`;\nalert( a )\n")
    [script] = published(load(folders)).values()
    assert script.decode() == "const a=`x  y`;alert(a)"
