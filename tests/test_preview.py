"""The site in memory: what a build would publish, page by page, and the last good one after that."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ssg import limits
from ssg.build import build
from ssg.errors import ContentError
from ssg.fresh import Options
from ssg.media import type_of
from ssg.preview import Preview
from tests.conftest import SiteFactory
from tests.small import NOW, SMALL, posts, tree

POST = "---\ntitle: {title}\ndate: 2026-01-01\n---\n本文です。\n"


@pytest.fixture
def site(site_factory: SiteFactory) -> Path:
    return site_factory(SMALL)


def preview(site: Path, **choices: bool) -> Preview:
    made = Preview(site, Options(output=site / "public", **choices))
    made.refresh()
    return made


def codes(made: Preview) -> list[str]:
    return [problem.code for problem in made.problems]


def test_it_shows_what_a_build_publishes(site_factory: SiteFactory) -> None:
    site = site_factory(posts(20))
    made = preview(site)
    build(site, Options(output=site / "public", now=NOW))
    for file in (name for name in tree(site / "public") if not name.startswith(".")):
        path = "/" + file.removesuffix("index.html")
        shown = made.shown(path)
        assert shown, path
        assert shown.body == (site / "public" / file).read_bytes(), path
        assert (shown.status, shown.type) == (200, type_of(file))
    assert (made.posts, made.problems) == (21, ())


def test_nothing_but_the_cache_is_written(site: Path) -> None:
    before = tree(site)
    preview(site).shown("/posts/a/")
    assert {p: h for p, h in tree(site).items() if not p.startswith(".cache")} == before


def test_what_it_tells_of_a_post(site: Path) -> None:
    text = POST.format(title="下書き") + "\n"
    (site / "content/posts/d.md").write_text(text.replace("---\n本文", "draft: true\n---\n本文"))
    (site / "content/posts/f.md").write_text(POST.format(title="先").replace("2026", "2190"))
    made = preview(site, drafts=True, future=True)
    told = {
        path: (shown.source, shown.characters, shown.held)
        for path in ("/posts/a/", "/posts/d/", "/posts/f/", "/")
        if (shown := made.shown(path))
    }
    assert told == {
        "/posts/a/": ("content/posts/a.md", 4, ""),
        "/posts/d/": ("content/posts/d.md", 5, "draft"),
        "/posts/f/": ("content/posts/f.md", 5, "future"),
        "/": ("", 0, ""),
    }
    assert preview(site).shown("/posts/d/") is None


def test_a_page_has_a_new_digest_when_it_changes_and_only_then(site: Path) -> None:
    made = preview(site)
    before = made.shown("/posts/a/")
    made.refresh(["content/posts/a.md"])
    assert made.shown("/posts/a/") == before
    (site / "content/posts/a.md").write_text(POST.format(title="別の題"), "utf-8")
    made.refresh()
    after = made.shown("/posts/a/")
    assert before
    assert after
    assert after.digest != before.digest


def test_the_page_of_the_edited_post_is_named_first(site: Path) -> None:
    (site / "content/posts/b.md").write_text(POST.format(title="乙"), "utf-8")
    first: list[str] = []
    preview(site).refresh(["content/posts/b.md", "assets/none.css", "no\0where"], first.append)
    assert first == ["/posts/b/"]


def test_the_last_good_site_stays(site: Path) -> None:
    made = preview(site)
    before = made.shown("/posts/a/")
    post = site / "content/posts/a.md"
    good = post.read_text("utf-8")
    for wrong, code in (
        ("---\ntitel: 甲\n---\n", "front-matter/unknown-key"),
        ("", "front-matter/none"),
    ):
        post.write_text(wrong, "utf-8")
        made.refresh()
        assert code in codes(made)
        assert made.shown("/posts/a/") == before
    (site / "site.yaml").write_text("title: [\n")
    made.refresh()
    assert codes(made) == ["yaml/syntax"]
    assert made.shown("/posts/a/") == before
    post.write_text(good, "utf-8")
    (site / "site.yaml").write_text("title: いち\nurl: https://blog.example.com\n", "utf-8")
    made.refresh()
    assert made.problems == ()


def test_without_a_good_site_there_is_nothing(site: Path) -> None:
    (site / "site.yaml").unlink()
    made = preview(site)
    assert made.problems
    assert made.shown("/") is None


def test_a_mistake_in_a_layout_is_that_of_its_pages(site: Path) -> None:
    (site / "layouts/trend.html").write_text("{{ nothing }}\n")
    made = preview(site)
    for _ in range(2):
        with pytest.raises(ContentError) as error:
            made.shown("/posts/a/")
        [problem] = error.value.problems
        assert (problem.path, problem.line) == ("layouts/trend.html", 1)
    assert made.shown("/")


def test_a_layout_without_an_end_is_interrupted_in_any_thread(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SECONDS", 0.2)
    loops = "{% for i in range(100000) %}" * 3 + "{{ i }}" + "{% endfor %}" * 3
    (site / "layouts/trend.html").write_text(loops)
    made = preview(site)
    with ThreadPoolExecutor(1) as pool:
        error = pool.submit(made.shown, "/posts/a/").exception()
        assert isinstance(error, ContentError)
        assert [problem.code for problem in error.problems] == ["layout/budget"]
        assert pool.submit(made.shown, "/").result()


@pytest.mark.parametrize(
    ("file", "media"),
    [
        ("a/index.html", "text/html; charset=utf-8"),
        ("site.css", "text/css; charset=utf-8"),
        ("site.js", "text/javascript; charset=utf-8"),
        ("a.webp", "image/webp"),
        ("mark.svg", "image/svg+xml; charset=utf-8"),
        ("favicon.ico", "image/x-icon"),
        ("font.woff2", "font/woff2"),
        ("data.tar.gz", "application/gzip"),
        ("CNAME", "application/octet-stream"),
    ],
)
def test_types(file: str, media: str) -> None:
    assert type_of(file) == media


def test_an_edited_post_is_shown_while_another_is_wrong(site: Path) -> None:
    """Its page is made in a hurry each time, although the site as a whole cannot be renewed."""
    made = preview(site)
    (site / "content/posts/wrong.md").write_text("---\ntitle: [\n---\n", "utf-8")
    seen: list[str] = []
    for text in ("一度め。", "二度め。", "三度め。"):
        (site / "content/posts/a.md").write_text(
            f"---\ntitle: 甲\ndate: 2026-01-01\ntags: [札]\n---\n{text}\n", "utf-8"
        )
        made.refresh(["content/posts/a.md"], seen.append)
        shown = made.shown("/posts/a/")
        assert shown
        assert text in shown.body.decode()
        assert made.problems
    assert seen == ["/posts/a/"] * 3
    (site / "content/posts/wrong.md").unlink()
    made.refresh(["content/posts/wrong.md"])
    assert not made.problems
    assert "三度め。" in made.shown("/posts/a/").body.decode()  # type: ignore[union-attr]
