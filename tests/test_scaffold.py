"""What `init` and `new` write can be built, and nothing is ever overwritten."""

from __future__ import annotations

import errno
import json
import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.build import Options, build
from ssg.config import load_config
from ssg.errors import ContentError, EnvironmentFault
from ssg.frontmatter import read
from ssg.labels import LABELS
from ssg.scaffold import FOLDERS, _quoted, init, new_post, proposed_slug
from ssg.urls import is_device, is_reserved, slugify
from tests.conftest import SiteFactory
from tests.small import tree
from tests.web.built import Built, addresses

NOW = datetime(2026, 4, 1, 9, 30, 59, tzinfo=UTC)
HOSTILE = [
    'it\'s "quoted"',
    "コロン: 半角と：全角",
    "バック\\スラッシュ \\n \\u3042",
    "二行の\n題名",
    "tab\tと\r\n改行",
    "絵文字🍢👩‍💻🕵️‍♂️",
    "# コメント",
    "- [x] {a: b}",
    "--- ",
    "&anchor *alias !!tag",
    "%title% %date% %category% %categories%",
    "{{ title }} {% raw %}",
    "true",
    "2026-04-01",
    "null",
    "<script>alert(1)</script>",
    "\u2028行区切り\u2029段落",
    "\x85次の行\xa0",
    "\ufeffBOM\u200b幅なし",
    "長" * 400,
    "ﾊﾝｶｸ ＡＢＣ",
]


# --- a site --------------------------------------------------------------------------------------


def test_a_new_site_builds_without_a_word(tmp_path: Path) -> None:
    made = init(tmp_path / "blog")
    assert {".gitignore", "site.yaml"} < set(made)
    assert set(made) == {
        p.relative_to(tmp_path / "blog").as_posix()
        for p in (tmp_path / "blog").rglob("*")
        if p.is_file()
    }
    report = build(tmp_path / "blog", Options(output=tmp_path / "blog/public"))
    assert report.warnings == ()
    assert report.posts >= 1


def test_no_link_of_a_new_site_is_dead(tmp_path: Path) -> None:
    init(tmp_path / "blog")
    build(tmp_path / "blog", Options(output=tmp_path / "blog/public"))
    built = Built(tmp_path / "blog/public")
    dead = {
        (path, url)
        for path, page in built.pages.items()
        for address in addresses(page)
        if built.is_ours(url := built.absolute(path, address)) and built.broken(url)
    }
    assert dead == set()


def test_a_folder_that_holds_anything_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("大切")
    (tmp_path / "full").mkdir()
    (tmp_path / "full/.hidden").write_text("大切")
    before = tree(tmp_path)
    for name, code in (("file", "new/exists"), ("full", "init/not-empty")):
        with pytest.raises(ContentError) as refused:
            init(tmp_path / name)
        assert [p.code for p in refused.value.problems] == [code]
    assert tree(tmp_path) == before


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    (tmp_path / "空の 箱").mkdir()
    assert "site.yaml" in init(tmp_path / "空の 箱")
    assert "site.yaml" in init(tmp_path / "new/deep")


def test_a_place_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, *_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(self))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(EnvironmentFault) as fault:
        init(tmp_path / "blog")
    assert [p.code for p in fault.value.problems] == ["disk/failed"]


# --- a post ----------------------------------------------------------------------------------------


SITE = "-- site.yaml --\ntitle: 帖\nurl: https://blog.example.com\ncategories: {AI: ai, '経済: \"x\"': eco}\n"


def write(root: Path, title: str, layout: str = "trend", category: str = "") -> Path:
    slug = proposed_slug(title, NOW)
    return root / new_post(root, load_config(root), title, layout, slug, category, NOW)


@pytest.mark.parametrize("language", LABELS)
def test_a_draft_of_each_format_builds(language: str, site_factory: SiteFactory) -> None:
    root = site_factory(SITE + f"language: {language}\n")
    for layout, folder in FOLDERS.items():
        file = write(root, "はじめての題", layout, "AI" if layout == "trend" else "")
        assert file == root / f"content/{folder}/はじめての題.md"
        text = file.read_text("utf-8")
        assert "date: 2026-04-01 18:30\n" in text, "in the site's zone"
        assert not re.findall("%[a-z]+%", text)
    report = build(root, Options(output=root / "public", now=NOW))
    assert set(report.held_back.values()) == {"draft"}
    assert len(report.held_back) == len(FOLDERS)
    report = build(root, Options(output=root / "public", now=NOW, drafts=True))
    assert report.held_back == {}


def test_hostile_titles_build(site_factory: SiteFactory) -> None:
    root = site_factory(SITE)
    files = [write(root, title, "trend", '経済: "x"') for title in HOSTILE]
    report = build(root, Options(output=root / "public", now=NOW, drafts=True))
    assert report.posts == len(HOSTILE)
    assert {p.code for p in report.warnings} <= {"front-matter/long-title"}
    for title, file in zip(HOSTILE, files, strict=True):
        source, _ = read(file.name, file.read_text("utf-8"), "posts")
        assert source is not None
        assert source.meta.title == title.strip()
        assert source.meta.category == '経済: "x"'
        assert len(file.name.encode()) <= 255


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_any_title_is_read_back(title: str) -> None:
    text = f"---\ntitle: {_quoted(title + '題')}\ndate: 2026-01-01\n---\n"
    source, problems = read("content/posts/a.md", text, "posts")
    assert source is not None, problems
    assert source.meta.title == (title + "題").strip()


@given(st.text())
def test_a_proposed_slug_can_be_used(title: str) -> None:
    slug = proposed_slug(title, NOW)
    assert slug == slugify(slug)
    assert slug
    assert not is_reserved(slug)
    assert not is_device(slug)


@pytest.mark.parametrize("title", ["", "！？", "🍢", "index", "Tags", "con", "404"])
def test_a_title_without_an_address_gets_the_date(title: str) -> None:
    assert proposed_slug(title, NOW).endswith("2026-04-01-0930")


def test_nothing_is_overwritten(site_factory: SiteFactory) -> None:
    root = site_factory(SITE)
    file = write(root, "同じ題")
    file.write_text("書いたもの")
    with pytest.raises(ContentError) as refused:
        write(root, "同じ題")
    assert json.dumps([p.code for p in refused.value.problems]) == '["new/exists"]'
    assert file.read_text() == "書いたもの"


def test_a_link_is_not_written_through(site_factory: SiteFactory, tmp_path: Path) -> None:
    root = site_factory(SITE)
    (root / "content/posts").mkdir(parents=True)
    (root / "content/posts/同じ題.md").symlink_to(tmp_path / "outside.md")
    with pytest.raises(ContentError):
        write(root, "同じ題")
    assert not (tmp_path / "outside.md").exists()
