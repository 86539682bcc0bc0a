"""The pages that a build has made, read as a browser would."""

from __future__ import annotations

from pathlib import Path
from shutil import copy, copytree

import pytest

from ssg.build import Options, build
from ssg.check.output import of_output, read_sheet
from ssg.config import load_config
from tests.conftest import REPO, RunSsg, parts
from tests.marked import told
from tests.small import NOW

POST = "---\ntitle: {title}の話\ndate: 2026-01-01\n---\n{body}\n"


SITE = (
    "-- site.yaml --\ntitle: 帖\nurl: https://b.example/base\n"
    f"-- content/posts/a.md --\n{POST.format(title='甲', body='[乙](b.md#節)')}"
    f"-- content/posts/b.md --\n{POST.format(title='乙', body='## 節')}"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("built") / "site"
    for path, text in parts(SITE):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    build(root, Options(output=root / "public", now=NOW))
    (root / "public/x.png").write_bytes(b"")
    return root


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    return Path(copytree(built, tmp_path / "site"))


def found_in(root: Path) -> list[tuple[str, str]]:
    problems = of_output(root / "public", load_config(root), 1)
    return [(p.code, p.path.removeprefix("public/")) for p in problems]


def test_a_build_has_nothing_wrong(site: Path) -> None:
    assert found_in(site) == []


def test_the_sample_site_has_nothing_wrong(tmp_path: Path) -> None:
    for name in ("content", "assets"):
        copytree(REPO / name, tmp_path / name)
    copy(REPO / "site.yaml", tmp_path)
    build(tmp_path, Options(output=tmp_path / "public", now=NOW, future=True))
    assert of_output(tmp_path / "public", load_config(tmp_path), 2) == ()
    assert told(tmp_path, ("links", "figures", "advertising", "rights", "sharing", "privacy")) == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("</main>", '<a href="/base/none/">x</a></main>', ["built/link"]),
        ("</main>", '<a href="../c/">x</a></main>', ["built/link"]),
        ("</main>", '<img src="/base/no.png" alt="">', ["built/link"]),
        ("</main>", '<a href="#none">x</a></main>', ["built/anchor"]),
        ("</main>", '<a href="/base/posts/b/#none">x</a></main>', ["built/anchor"]),
        ("</main>", "<p>**強く**</p></main>", ["built/asterisks"]),
        ("</main>", '<img src="/base/x.png"></main>', ["built/no-alt"]),
        ("</main>", '<p id="_main">x</p></main>', ["built/same-id"]),
        (' lang="ja"', "", ["built/no-lang"]),
        ('rel="canonical" href="https://b.example/base/posts/a/', 'rel="canonical" href="https://b.example/', ["built/canonical"]),
        ('property="og:image" content="https://b.example/base/covers/', 'property="og:image" content="https://b.example/base/none/', ["built/no-image"]),
        ('property="og:image"', 'property="x"', ["built/no-image"]),
    ],
)  # fmt: skip
def test_what_a_layout_may_break(site: Path, old: str, new: str, found: list[str]) -> None:
    page = site / "public/posts/a/index.html"
    html = page.read_text("utf-8")
    assert old in html
    page.write_text(html.replace(old, new, 1), "utf-8")
    assert found_in(site) == [(code, "posts/a/index.html") for code in found]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/base/posts/b/">x</a><a href="/base/posts/b">x</a><a href="../b/#節">x</a>',
        '<a href="https://b.example/base/posts/b/#%E7%AF%80">x</a><a href="#top">x</a><a href="#">x</a>',
        '<a href="https://b.example/other/">x</a><a href="https://c.example/">x</a>',
        '<a href="mailto:a@b.example">x</a><a href="?q=1">x</a><a href="//c.example/">x</a>',
        "<code>2 ** 3</code><pre>**</pre><script>a = b ** c;</script><style>/** x */</style><!-- ** -->",
        '<img src="/base/x.png" alt><img src="/base/x.png" alt="">',
        '<p data-id="_main">x</p><a title=\'<p id="_main">\'>x</a>',
    ],
)
def test_what_is_as_it_should_be(site: Path, html: str) -> None:
    page = site / "public/posts/a/index.html"
    page.write_text(page.read_text("utf-8").replace("</main>", f"{html}</main>", 1), "utf-8")
    assert found_in(site) == []


def test_two_pages_with_one_title(site: Path) -> None:
    for name in "ab":
        page = site / f"public/posts/{name}/index.html"
        page.write_text(
            page.read_text("utf-8").replace("<title>", "<title>同じ</title><x>"), "utf-8"
        )
    assert found_in(site) == [("built/same-title", "posts/b/index.html")]


def test_places_are_exact() -> None:
    sheet = read_sheet('<html lang="ja">\n<p>一 **二**</p>\n <img src="a.png">', "a.html", "a.html")
    assert [(p.code, p.line, p.column) for p in sheet.problems] == [
        ("built/asterisks", 2, 6),
        ("built/no-alt", 3, 2),
    ]


def test_nothing_built_and_a_page_that_is_no_text(site: Path) -> None:
    (site / "public/posts/a/index.html").write_bytes(b"\xff\xfe")
    assert found_in(site) == [("built/unreadable", "posts/a/index.html")]
    config = load_config(site)
    assert [p.code for p in of_output(site / "none", config, 1)] == ["built/none"]


def test_the_command(site: Path, run_ssg: RunSsg) -> None:
    quiet = "check: {ignore: [format/no-description, format/no-recommended, format/no-summary, "
    quiet += "format/short-body, format/empty-section]}\n"
    (site / "site.yaml").write_text((site / "site.yaml").read_text() + quiet)
    assert run_ssg("check", "--output", cwd=site).code == 0
    (site / "public/posts/b/index.html").unlink()
    done = run_ssg("--lang", "en", "check", "--output", cwd=site)
    assert done.code == 1
    assert "The site that was built has no" in done.out + done.err


@pytest.mark.parametrize(
    "piece", ["<a ", '<a "', "<!--", "<script ", "<", "**", '<p id="x', "<code>"]
)
def test_hostile_pages_are_read_in_time(piece: str) -> None:
    assert read_sheet(piece * 20_000, "a.html", "a.html").path == "a.html"
