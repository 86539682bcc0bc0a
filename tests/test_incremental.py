"""The law of incremental builds: after any edits the site is that of a clean build.

`SSG_EDITS=1000 pytest tests/test_incremental.py` for a longer walk, another one each time.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from ssg import press
from ssg.build import build
from ssg.errors import Problem, SsgError
from ssg.fresh import Options, Report, unchanged
from tests.conftest import REPO
from tests.small import tree

EDITS = int(os.environ.get("SSG_EDITS", "120"))
SAME_EACH_TIME = "SSG_EDITS" not in os.environ
STEPS = 30
GOLDEN = REPO / "tests/golden"
START = datetime(2026, 4, 1, tzinfo=UTC)

NAMES = st.sampled_from(["a", "b", "c", "ロ"])
TAGS = st.lists(st.sampled_from(["生成AI", "生成ai", "生成ＡＩ", "検索", "駅"]), unique=True)
DATES = st.sampled_from(
    ["2026-01-01", "2026-03-05", "2026-04-02 12:00", "2026-04-09", "2030-01-01"]
)
BODIES = st.sampled_from(
    [
        "一つめの文。",
        "二つめの文。",
        "[次](b.md)と[頁](/about/)。",
        "/posts/c/",
        "https://card.example.com/x",
        "![点](../pictures/dot.png)",
        "## 見出し\n\n文。\n\n## 次の見出し\n\n::: pr maker\n:::\n",
    ]
)


@st.composite
def posts(draw: Callable[..., object]) -> str:
    """The text of a post."""
    lines = [f"title: {draw(st.sampled_from(['甲', '乙', '丙']))}", f"date: {draw(DATES)}"]
    optional = {
        "tags": TAGS.map(lambda t: f"[{', '.join(t)}]"),
        "draft": st.just("true"),
        "category": st.sampled_from(["AI", "駅"]),
        "author": st.sampled_from(["taro", "hana"]),
        "series": st.just("連載"),
        "description": st.just("説明の文。"),
        "summary": st.sampled_from(["**要**約。", "次は[こちら](b.md)。"]),
        "aliases": st.sampled_from(["[/old/]", "[/older/]"]),
        "expires": st.just("2026-04-05"),
        "partners": st.just("[maker]"),
        "cover": st.just("../pictures/dot.png"),
        "feed": st.just("false"),
        "slug": st.sampled_from(["あ", "い"]),
    }
    for key, values in optional.items():
        if draw(st.integers(0, 3)) == 0:
            lines.append(f"{key}: {draw(values)}")
    return "---\n" + "\n".join(lines) + f"\n---\n{draw(BODIES)}\n"


@st.composite
def briefs(draw: Callable[..., object]) -> str:
    """The text of a news brief."""
    source = draw(st.sampled_from(["港の新聞", "The Kettle"]))
    return (
        f"---\ntitle: {draw(st.sampled_from(['三社が湯気を公開', '湯気を三社が公開', '別の話']))}\n"
        f"source: {{name: {source}, url: 'https://news.example.org/1'}}\n"
        f"date: {draw(DATES)}\ntags: [{', '.join(draw(TAGS))}]\n"  # type: ignore[arg-type]
        f"companies: [{draw(st.sampled_from(['ミナモ', 'ミナモ計算舎', 'ハトバ']))}]\n"
        f"scores: {{depth: {draw(st.integers(1, 5))}, use: 3}}\n"
        f"media: {draw(st.sampled_from(['article', 'video']))}\n"
        "original: {file: quote.txt, lang: en}\n"
        f"---\n{draw(BODIES)}\n"
    )


class Walk(RuleBasedStateMachine):
    """A writer at work, and beside it a builder that begins anew each time."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="ssg-walk-"))
        self.root, self.other = self.folder / "site", self.folder / "clean"
        shutil.copytree(GOLDEN / "news/in", self.root)
        shutil.copytree(GOLDEN / "layouts", self.root / "layouts")
        self.write("layouts/trend.html", "{% include 'part.html' %}{{ data.words.one }}")
        self.write("layouts/part.html", "{% extends 'print.html' %}")
        self.write("content/data/words.yaml", "one: いち\n")
        self.write(
            "content/data/partners.yaml",
            "maker: {name: 工房, url: 'https://ad.example.com/', text: 広告の文}\n",
        )
        self.write("content/data/cards.yaml", "https://card.example.com/x: {title: カードの題}\n")
        self.write("content/news/quote.txt", "A quotation.\n")
        self.write("content/pages/about.md", "---\ntitle: 頁\ndate: 2026-01-01\n---\n文。\n")
        self.write("content/authors/hana.md", "---\nname: 花子\n---\n花子です。\n")
        (self.root / "content/pictures").mkdir()
        self.picture("icons/touch.png")
        self.now = START
        self.memory: dict[str, bytes] = {}
        self.check()

    def teardown(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- edits

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, "utf-8")

    def picture(self, name: str) -> None:
        data = (REPO / "assets" / name).read_bytes()
        (self.root / "content/pictures/dot.png").write_bytes(data)

    @rule(name=NAMES, text=posts())
    def write_a_post(self, name: str, text: str) -> None:
        self.write(f"content/posts/{name}.md", text)
        self.check()

    @rule(name=NAMES, text=posts(), other=NAMES, brief=briefs())
    def write_two_at_once(self, name: str, text: str, other: str, brief: str) -> None:
        self.write(f"content/posts/{name}.md", text)
        self.write(f"content/news/{other}.md", brief)
        self.check()

    @rule(name=NAMES, text=briefs())
    def write_a_brief(self, name: str, text: str) -> None:
        self.write(f"content/news/{name}.md", text)
        self.check()

    @rule(name=NAMES, body=BODIES)
    def change_a_text(self, name: str, body: str) -> None:
        file = self.root / f"content/posts/{name}.md"
        if file.exists():
            head = file.read_text("utf-8").rpartition("---\n")[0]
            file.write_text(f"{head}---\n{body}\n", "utf-8")
            self.check()

    @rule(name=NAMES, section=st.sampled_from(["posts", "news"]))
    def remove(self, name: str, section: str) -> None:
        (self.root / f"content/{section}/{name}.md").unlink(missing_ok=True)
        self.check()

    @rule(name=NAMES, to=NAMES)
    def rename(self, name: str, to: str) -> None:
        file = self.root / f"content/posts/{name}.md"
        if file.exists():
            file.rename(file.with_name(f"{to}.md"))
            self.check()

    @rule(name=NAMES)
    def break_and_mend(self, name: str) -> None:
        file = self.root / f"content/posts/{name}.md"
        before = file.read_bytes() if file.exists() else b""
        self.write(f"content/posts/{name}.md", "---\ntitle: [\n---\n")
        self.check()
        if before:
            file.write_bytes(before)
        else:
            file.unlink()
        self.check()

    @rule(
        name=st.sampled_from(["太郎", "次郎"]), text=st.sampled_from(["書きます。", "読みます。"])
    )
    def change_the_author(self, name: str, text: str) -> None:
        self.write("content/authors/taro.md", f"---\nname: {name}\nicon: 🍢\n---\n{text}\n")
        self.check()

    @rule(layout=st.sampled_from(["trend", "list", "home", "print", "part"]), mark=st.booleans())
    def change_a_layout(self, layout: str, mark: bool) -> None:
        file = self.root / f"layouts/{layout}.html"
        file.write_text(file.read_text("utf-8").replace("{# 印 #}印", "") + "{# 印 #}印" * mark)
        self.check()

    @rule(text=st.sampled_from(["いち", "にい"]))
    def change_an_asset(self, text: str) -> None:
        self.write("assets/css/site.css", f"/*{text}*/ body::after {{ content: '{text}' }}\n")
        self.check()

    @rule(name=st.sampled_from(["icons/touch.png", "static/favicon.ico"]))
    def change_a_picture(self, name: str) -> None:
        self.picture(name)
        self.check()

    @rule(word=st.sampled_from(["いち", "に"]))
    def change_free_data(self, word: str) -> None:
        self.write("content/data/words.yaml", f"one: {word}\n")
        self.check()

    @rule(text=st.sampled_from(["広告の文", "別の広告"]), title=st.sampled_from(["題", "別の題"]))
    def change_partners_and_cards(self, text: str, title: str) -> None:
        address = "https://ad.example.com/"
        self.write(
            "content/data/partners.yaml", f"maker: {{name: 工房, url: '{address}', text: {text}}}\n"
        )
        self.write("content/data/cards.yaml", f"https://card.example.com/x: {{title: {title}}}\n")
        self.check()

    @rule(text=st.sampled_from(["A quotation.", "Another one."]))
    def change_what_a_brief_quotes(self, text: str) -> None:
        self.write("content/news/quote.txt", f"{text}\n")
        self.check()

    @rule(
        title=st.sampled_from(["湯気速報", "波音速報"]),
        size=st.integers(1, 4),
        slug=st.sampled_from(["ai", "machines"]),
    )
    def change_the_settings(self, title: str, size: int, slug: str) -> None:
        text = (GOLDEN / "news/in/site.yaml").read_text("utf-8")
        text = text.replace("湯気速報", title).replace("page_size: 3", f"page_size: {size}")
        text = text.replace("{AI: ai}", f"{{AI: {slug}, 駅: station}}")
        self.write("site.yaml", text)
        self.check()

    @rule(days=st.sampled_from([-40, -3, 1, 2, 7]))
    def the_clock(self, days: int) -> None:
        self.now += timedelta(days=days)
        self.check()

    # --- what may happen between two builds

    @precondition(lambda self: (self.root / "public").exists())
    @rule(data=st.data())
    def somebody_changes_the_output(self, data: st.DataObject) -> None:
        files = sorted(p for p in (self.root / "public").rglob("*.html") if p.is_file())
        file = data.draw(st.sampled_from(files))
        if data.draw(st.booleans()):
            file.unlink()
        else:
            file.write_bytes(b"by hand")
        self.write("content/posts/z.md", "---\ntitle: 丁\ndate: 2026-01-01\n---\n")
        self.check()

    @rule(what=st.sampled_from([".cache/build.sqlite3", "public", ".cache"]))
    def something_is_lost(self, what: str) -> None:
        if (self.root / what).is_dir():
            shutil.rmtree(self.root / what)
        else:
            (self.root / what).unlink(missing_ok=True)
        self.check()

    @rule()
    def save_without_a_change(self) -> None:
        for file in self.root.glob("content/**/*.md"):
            file.write_bytes(file.read_bytes())
        self.check()

    # --- the law

    def check(self) -> None:
        before = tree(self.root / "public")
        made = self.outcome(self.root)
        shutil.rmtree(self.other, ignore_errors=True)
        for source in ("content", "layouts", "assets", "site.yaml"):
            copy = shutil.copytree if (self.root / source).is_dir() else shutil.copy
            if (self.root / source).exists():
                (self.other).mkdir(exist_ok=True)
                copy(self.root / source, self.other / source)
        wanted = self.outcome(self.other)
        if isinstance(wanted, Report):
            assert isinstance(made, Report), made
            assert made.warnings == wanted.warnings
            assert made.held_back == wanted.held_back
            assert tree(self.root / "public") == tree(self.other / "public")
        else:
            assert made == wanted
            assert tree(self.root / "public") == before

    def outcome(self, root: Path) -> Report | tuple[Problem, ...]:
        options = Options(output=root / "public", now=self.now)
        try:
            return unchanged(root, options) or build(root, options)
        except SsgError as e:
            return e.problems


Walk.TestCase.settings = settings(
    max_examples=max(1, EDITS // STEPS),
    stateful_step_count=STEPS,
    deadline=None,
    derandomize=SAME_EACH_TIME,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink a walk takes minutes
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True, scope="module")
def _paint_once() -> object:
    """Sharing cards are most of the time of so small a build."""
    painter = press.draw_png
    press.draw_png = cache(painter)
    yield
    press.draw_png = painter


class TestWalk(Walk.TestCase):  # type: ignore[misc,valid-type]
    pass
