"""What holds for any bytes whatever: each target takes some and fails when a law is broken.

The same targets run in `tests/test_fuzz.py`, a little in every test run, and under Atheris, for as
long as one likes (`make fuzz`).
"""

from __future__ import annotations

import tempfile
import unicodedata
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from ssg.config import load_config
from ssg.decoding import decode
from ssg.errors import ConfigError, Problem
from ssg.frontmatter import read
from ssg.markdown import Renderer
from ssg.marks import marked
from ssg.messages import LANGUAGES, tell
from ssg.scaffold import proposed_slug
from ssg.text import CONTROL
from ssg.urls import (
    MAX_SLUG_BYTES,
    Addresses,
    is_reserved,
    output_file,
    page_path,
    permalink,
    slugify,
    unsafe_part,
)
from ssg.written import MODELS
from tests.extensions.kit import renderer

Target = Callable[[bytes], None]
TARGETS: dict[str, Target] = {}
NOW = datetime(2026, 4, 7, 7, 30, tzinfo=UTC)
SECTIONS = sorted(MODELS)

YAML = (
    "|",
    *(
        "\n|: |:|：|- | |  |\t|\u3000|\u00a0|'|\"|[|]|{|}|,|#|&|*|!|%|@|`|?|>|<<|---|...|~|\\|\\u|\ufeff|\u200b"
        "|title|date|draft|tags|extra|cover|sources|source|scores|slug|url|language|timezone|categories"
        "|navigation|header|labels|digests|from|permalinks|deploy|type|git|remote|path|true|false|null|no"
        "|2026-04-07|2026-02-30|12:30|9999|.inf|1e9|0|あ|が\u3099|👨\u200d👩\u200d👧|https://a.example/|:slug"
        "|aidemy|taro|\x00|\x85|\u2028|\ud83d|\r|\r\n|a|B"
    ).split("|"),
)
MARKDOWN = (
    "**", "*", "__", "_", "~~", "`", "```", "\n", "\n\n", "  ", "    ", "- ", "1. ", "> ", "# ",
    "## ", "|", "|---|---|\n", ":::", ":::message", ":::details 題", ":::balloon taro",
    ":::pr aidemy", ":::recommended", "::::", "[", "](", ")", "![", "](a.png)", "](nai.md)", "](#x)",
    "[^1]", "[^1]: ", "https://a.example/x", "<div>", "</div>", "<b>", "<!--", "-->", "<pre>",
    "</pre>", "<script>", "{#x}", "{{ x }}", "\\", "&", "&amp;", "&#x09;", "<", ">", "[ ] ", "[x] ",
    ": ", "*[AI]: 人", "AI", "日本", "語", "、", "。", "「", "」", "a", "x y", "\t", "　", "---", "===",
    "@[youtube](dQw4w9WgXcQ)", "javascript:", "\x02", "\x03", "\ufdd0", "が\u3099", "\u202e", "\r\n",
)  # fmt: skip
NAMES = (
    "/", "\\", "..", ".", "-", "_", "%2f", "%", "#", "?", ":", " ", "\u3000", "con", "nul", "index",
    "tags", "あ", "か\u3099", "が", "ＡＩ", "AI", "ai", "㈱", "ｶﾞ", "İ", "ß", "ﬁ", "👨\u200d👩\u200d👧", "🇯🇵",
    "\u200b", "\u202e", "\ufe0f", "\u0301", "\x00", "\n", "長" * 40, "a" * 90, "1", "é", "ｰ", "・", "々",
)  # fmt: skip


def target(function: Target) -> Target:
    TARGETS[function.__name__] = function
    return function


def text_of(data: bytes, pieces: Sequence[str]) -> str:
    """Half of all inputs are text as it comes, the others are put together from pieces."""
    if not data or data[0] % 2:
        return data[1:].decode("utf-8", "replace")
    return "".join(pieces[byte % len(pieces)] for byte in data[1:])


def lawful(problems: Sequence[Problem], text: str) -> None:
    """Each problem is inside the file, has words, and a mark under its place."""
    lines = text.split("\n")
    for problem in problems:
        assert 1 <= problem.line <= len(lines), (problem, text)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1, (problem, text)
        for language in LANGUAGES:
            assert tell(problem, language).text
        marked(lines[problem.line - 1], problem.column)


def surrogates(text: str) -> bool:
    return any("\ud800" <= c <= "\udfff" for c in text)


@target
def front_matter(data: bytes) -> None:
    """Any text is a source, or a list of errors inside it."""
    text = text_of(data[1:], YAML)
    whole = text if len(data) % 3 == 0 else f"---\n{text}\n---\n本文"
    if surrogates(whole):
        return
    decoded, wrong = decode(whole.encode(), "a.md")
    if wrong:
        return
    source, problems = read("a.md", decoded, SECTIONS[data[0] % len(SECTIONS)] if data else "posts")
    lawful(problems, decoded)
    assert source or problems


@target
def bytes_of_a_file(data: bytes) -> None:
    """Any bytes are text, or errors inside them."""
    text, problems = decode(data, "a.md")
    if not problems:
        assert "\r" not in text
        assert not surrogates(text)
    shown = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    for problem in problems:
        assert 1 <= problem.line <= shown.count("\n") + 1


@cache
def one_renderer() -> Renderer:
    return renderer()


@target
def markdown(data: bytes) -> None:
    """Any body becomes HTML, with its problems inside it."""
    text = text_of(data, MARKDOWN).replace("\r\n", "\n").replace("\r", "\n")
    body, problems = one_renderer().body("content/posts/2025/a.md", text)
    failed = [dict(p.args)["why"] for p in problems if p.code == "markdown/failed"]
    assert failed in ([], ["RecursionError"]), text
    if not CONTROL.search(text):  # what no source may hold may be taken for a mark of ours
        lawful(problems, text)
    assert not {"\x02", "\x03"} & {*body.html, *body.excerpt}
    one_renderer().inline(text)


@target
def slugs(data: bytes) -> None:
    """A slug stays as it is, is short, NFC and safe; a proposed one is never empty."""
    text = text_of(data, NAMES)
    slug = slugify(text)
    assert slugify(slug) == slug, text
    proposed = proposed_slug(text, NOW)
    assert proposed
    for one in (slug, proposed):
        assert len(one.encode("utf-8", "surrogatepass")) <= MAX_SLUG_BYTES + 17
        assert unicodedata.is_normalized("NFC", one), text
        assert not unsafe_part(one), text
    assert len(slug.encode("utf-8", "surrogatepass")) <= MAX_SLUG_BYTES
    assert not is_reserved(proposed)


ROOT = Path("/srv/site/public")


@target
def paths(data: bytes) -> None:
    """Whatever a post is called, its file is inside the output, and its address leads back."""
    text = text_of(data, NAMES)
    slug, category = proposed_slug(text, NOW), slugify(text[::-1])
    if surrogates(slug + category):
        return
    addresses = Addresses("https://blog.example.com/ブログ")
    for pattern in ("/posts/:slug/", "/:year/:month/:day/:category/:slug/", "/:slug/"):
        path = permalink(pattern, slug, NOW, category)
        for page in (path, page_path(path, 3)):
            file = output_file(page)
            assert (ROOT / file).is_relative_to(ROOT)
            assert not {"..", "."} & {*file.split("/")}, text
            assert addresses.path_of(addresses.href(page)) == page, text


@cache
def one_folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="ssg-fuzz-"))


@target
def site_yaml(data: bytes) -> None:
    """Any site.yaml is read, or refused with errors inside it."""
    text = text_of(data, YAML)
    whole = text if len(data) % 3 == 0 else f"title: 帖\nurl: https://a.example\n{text}"
    if surrogates(whole):
        return
    (one_folder() / "site.yaml").write_bytes(whole.encode())
    try:
        load_config(one_folder())
    except ConfigError as e:
        decoded, wrong = decode(whole.encode(), "site.yaml")
        if not wrong:
            lawful(e.problems, decoded)
