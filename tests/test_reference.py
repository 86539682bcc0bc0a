"""A whole trend post, as a blog of this kind publishes it: every line of it is on our page.

`golden/trend-post.txt` is such a post, copied from a browser as plain text: numbers typed by
hand, layout made of blanks, advertisements without a word. Here it is typed in the way our
authors do. Where a text dump of the reference post lies beside the repository, it is tried too.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from ssg.build import Options, build
from tests.conftest import REPO
from tests.small import NOW
from tests.test_golden import png

OWN = Path(__file__).parent / "golden/trend-post.txt"
REFERENCE = REPO.parent / "shared/seeds/000_cc8808e32d1de576.txt"
TEXTS = {"own": OWN} | ({"reference": REFERENCE} if REFERENCE.is_file() else {})

WIDTHS = ("narrow", "wide")
HALF, FULL = "():!?&", "（）：！？＆"
BODY = range(23, 92)
IMAGE = "/images/cover.png"


class Dump:
    """The lines of a post by their numbers, and what each of them is."""

    def __init__(self, text: str, *, wide: bool) -> None:
        self.lines = dict(enumerate(text.split("\n"), 1))
        if wide:
            widths = str.maketrans(HALF, FULL)
            self.lines |= {n: self.lines[n].translate(widths) for n in BODY}
        self.genres = self.lines[107].split("など")[0].split("、")

    def __getitem__(self, number: int) -> str:
        return self.lines[number].strip()

    def some(self, first: int, last: int) -> list[str]:
        return [self[n] for n in range(first, last + 1) if self[n]]

    def headline(self, number: int) -> dict[str, str]:
        found = re.fullmatch("【(.+?)】(.+)", self[number])
        assert found
        return {"kicker": found[1], "text": found[2]}

    # --- typed in

    def files(self) -> dict[str, str]:
        return {
            "site.yaml": fields(
                title=self[104].split("!")[-1].removesuffix("へ"),
                url="https://blog.example.com",
                author="me",
                categories={genre: f"genre-{n}" for n, genre in enumerate(self.genres)},
                comments={
                    "action": "https://comments.example.com/",
                    "captcha": {"provider": "turnstile", "site_key": "key"},
                },
            ),
            "content/data/partners.yaml": fields(
                first={"name": "一", "url": "https://ads.example.com/1", "text": self[47]},
                second={"name": "二", "url": "https://ads.example.com/2", "text": self[91]},
            ),
            "content/authors/me.md": f"---\n{self.author()}---\n{self[105]}\n\n{self[107]}\n",
            "content/posts/post.md": f"---\n{self.front()}---\n{self.body()}\n",
        }

    def front(self) -> str:
        title = self.headline(1)
        return fields(
            title=title["text"],
            kicker=title["kicker"],
            subtitle=self.headline(3),
            date="2026-01-01",
            description=self[5],
            summary=self[19],
            category=self.genres[2],
            recommended=[line.removeprefix("✅ ") for line in self.some(11, 15)],
            cover={"src": IMAGE, "alt": self[7], "caption": self[7]},
            partners=["first"],
            sources=[{"title": self[93], "url": "https://news.example.com/", "lang": "en"}],
            numbering="roman",
        )

    def body(self) -> str:
        """Sections without their numbers; the first advertisement has its place in the theme."""
        typed = [f"# {self[21]}"]
        for number in BODY:
            line = self[number]
            if number == 91:
                typed.append(":::pr second\n:::")
            elif line == self[7]:
                typed.append(f'![{line}]({IMAGE} "{line}")')
            elif heading := re.match(r"(?:[IVX]+|(\d\.\d))\.? ?(?=\S)", line):
                if "." in heading[0]:
                    marks = "###" if heading[1] else "##"
                    line = f"{marks} {line[heading.end() :]}"
                typed.append(line)
            elif line and number != 47:
                typed.append(line)
        return "\n\n".join(typed)

    def author(self) -> str:
        pairs = "".join(self.some(118, 120)).split("◆")[1:]
        return fields(
            name=self[124],
            romaji=self[102],
            icon=self[95],
            tagline=self[97],
            welcome=self[104],
            genres=self.genres,
            fits=self.some(111, 113),
            facts=[
                dict(zip(("label", "value"), map(str.strip, p.split(":")), strict=True))
                for p in pairs
            ],
            cta=self[122],
            career=list(self.career()),
        )

    def career(self) -> Iterator[dict[str, Any]]:
        steps = re.split(r"(\d{4})年(\d+)月", " ".join(self.some(128, 138)))[1:]
        for year, month, rest in zip(steps[::3], steps[1::3], steps[2::3], strict=True):
            words = rest.split()
            links = [w for w in words if w.startswith("https://")]
            text = " ".join(w for w in words if w not in links)
            yield {"date": f"{year}-{int(month):02}", "text": text, "links": links}


def fields(**values: Any) -> str:
    """JSON is YAML: no text of the dump can be read as anything else."""
    return "".join(f"{k}: {json.dumps(v, ensure_ascii=False)}\n" for k, v in values.items())


@pytest.fixture(scope="module", params=[f"{name}-{width}" for name in TEXTS for width in WIDTHS])
def published(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Dump, Any]:
    name, _, width = request.param.partition("-")
    dump = Dump(TEXTS[name].read_text("utf-8"), wide=width == "wide")
    root = tmp_path_factory.mktemp("post")
    for path, text in dump.files().items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    (root / "assets/images").mkdir(parents=True)
    (root / f"assets{IMAGE}").write_bytes(png(80, 45, 200))
    build(root, Options(output=root / "public", now=NOW))
    page = (root / "public/posts/post/index.html").read_text("utf-8")
    return dump, html.document_fromstring(page)


def seen(page: Any) -> str:
    """What a reader meets from top to bottom, also with ears alone."""
    words: list[str] = []

    def walk(element: Any) -> None:
        if not isinstance(element.tag, str) or element.tag in ("script", "style"):
            words.append(element.tail or "")
            return
        words.extend(filter(None, (element.get("alt"), element.get("aria-label"), element.text)))
        for child in element:
            walk(child)
        words.append(element.tail or "")

    walk(page.body)
    return bare("".join(words))


def bare(text: str) -> str:
    """Text without what the theme may set otherwise: blanks, widths, marks, schemes of links."""
    plain = unicodedata.normalize("NFKC", text)
    return re.sub(r"https?://|\*\*|[\s【】✅🌟◆※:]", "", plain)


def test_every_line_is_on_the_page(published: tuple[Dump, Any]) -> None:
    dump, page = published
    text = seen(page)
    lost = [n for n, line in dump.lines.items() if bare(line) not in text]
    assert lost == []


def test_numbers_are_generated(published: tuple[Dump, Any]) -> None:
    dump, page = published
    typed = [m[1] for n in BODY if (m := re.match(r"([IVX]+\.|\d\.\d) ", dump[n]))]
    headings = page.xpath("//div[contains(@class, 'prose')]//*[self::h2 or self::h3]")
    numbers = page.xpath("//div[contains(@class, 'prose')]//span[@class='number']/text()")
    assert [n for n in numbers if n in typed] == typed
    assert len(typed) == 11
    assert len(headings) >= len(typed)
    toc = page.xpath("(//nav[contains(@class, 'toc')])[1]//span[@class='number']/text()")
    assert toc == numbers


def test_bold_is_bold(published: tuple[Dump, Any]) -> None:
    dump, page = published
    wanted = [b for n in BODY for b in re.findall(r"\*\*(.+?)\*\*", dump[n])]
    assert len(wanted) == 2
    strong = [e.text_content() for e in page.xpath("//div[contains(@class, 'prose')]//strong")]
    assert strong == wanted
    assert "**" not in page.text_content()


def test_advertisements_say_that_they_are(published: tuple[Dump, Any]) -> None:
    dump, page = published
    links = page.xpath("//a[contains(@rel, 'sponsored')]")
    assert [bare(a.text_content()) for a in links] == [bare(dump[47]), bare(dump[91])]
    for link in links:
        assert set(link.get("rel").split()) == {"sponsored", "nofollow", "noopener"}
        [box] = link.xpath("ancestor::*[contains(concat(' ', @class, ' '), ' pr ')][1]")
        assert box.text_content().strip().startswith("広告")
    [first] = page.xpath("//a[contains(@rel, 'sponsored')][1]/following::h2[1]")[:1]
    assert bare(first.text_content()).startswith("II.")
    assert page.xpath("//header//*[contains(@class, 'disclosure')]")


def test_the_source_is_named(published: tuple[Dump, Any]) -> None:
    dump, page = published
    [source] = page.xpath("//a[@href='https://news.example.com/']")
    assert source.text_content() == dump[93]
    assert source.get("hreflang") == "en"
    [data] = page.xpath("//script[@type='application/ld+json']/text()")
    assert json.loads(data)["@graph"][0]["citation"][0]["name"] == dump[93]


def test_the_profile_is_built_of_data(published: tuple[Dump, Any]) -> None:
    dump, page = published
    facts = page.xpath("//dl//dt")
    assert len(facts) == 4
    times = [t.get("datetime") for t in page.xpath("//ol//time")]
    assert times == [step["date"] for step in dump.career()]
    links = page.xpath("//ol//a[contains(@rel, 'me')]/@href")
    assert links == [url for step in dump.career() for url in step["links"]]
    assert len(page.xpath("//ul[@class='checks']/li")) == 5 + 3


def test_the_comment_form_is_there(published: tuple[Dump, Any]) -> None:
    _, page = published
    [form] = page.xpath("//form[@action='https://comments.example.com/']")
    required = form.xpath(".//*[@required]/@name")
    assert {"comment", "email"} <= set(required)
    assert page.xpath("//*[@data-sitekey='key']")


def test_the_title_line(published: tuple[Dump, Any]) -> None:
    dump, page = published
    [title] = page.xpath("//h1")
    assert title.text_content().strip() == dump.headline(1)["text"]
    assert dump.headline(1)["kicker"] not in page.findtext(".//title")
    [picture] = page.xpath("//figure[contains(@class, 'cover')]//img")
    assert picture.get("alt") == dump[7]
