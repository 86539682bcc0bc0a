"""What is kept of a source: the same when it comes back, and nothing but plain values."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ssg.frontmatter import read
from ssg.written import KEYS, MODELS, FrontMatter, decode, encode

REPO = Path(__file__).resolve().parents[1]
CONTENT = REPO / "content"
SOURCES = [
    path.relative_to(CONTENT).as_posix()
    for section in MODELS
    for path in sorted((CONTENT / section).rglob("*.md"))
]
NEEDED = {
    "authors": "name: 名",
    "digests": "title: 題",
    "news": "title: 題\ndate: 2026-04-02\nsource: {name: 元, url: https://a.example/}",
    "pages": "title: 題\ndate: 2026-04-02",
    "posts": "title: 題\ndate: 2026-04-02 07:30 +09:00",
}
VALUES = st.sampled_from(
    ["", "true", "false", "あ", "[a, b]", "|\n  長い文\n  # 二行", "{a: 1, b: [no, 1.5, ~]}",
     "{src: a, alt: b}", "a.webp", "2026-04-02", "2026-04-02T07:30:15-05:00", "https://a.example/",
     "{text: 副題, kicker: 今}", "[{title: x, url: 'https://a.example/', accessed: 2026-04-01}]",
     "[{title: x, text: y}]", "[{label: x, value: y}]", "[{name: x, url: 'https://a.example/'}]",
     "[{date: 2022-01, text: x, links: ['https://a.example/']}]", "{depth: 1, 革新: 5}",
     "{at: 2026-04-02, impact: x}", "{n: 9999999999999999999, f: -0.5}", "roman", "video"]
)  # fmt: skip


@pytest.mark.parametrize("name", SOURCES)
def test_every_sample_comes_back(name: str) -> None:
    text = (CONTENT / name).read_text(encoding="utf-8")
    source, _ = read(f"content/{name}", text, name.split("/")[0])
    assert source
    comes_back(source)


@given(
    st.sampled_from(sorted(MODELS)),
    st.dictionaries(st.sampled_from(sorted(KEYS | {"places"})), VALUES, max_size=3),
    st.text(st.characters(exclude_categories=["Cs"])),
)
def test_whatever_was_read_comes_back(section: str, keys: dict[str, str], body: str) -> None:
    needed = NEEDED[section]
    lines = [f"{k}: {v}" for k, v in keys.items() if f"{k}:" not in needed]
    text = "\n".join(["---", needed, *lines, "---", body])
    source, _ = read("content/a.md", text, section, ("places",))
    assume(source is not None)
    assert source
    comes_back(source)


def comes_back(source: FrontMatter) -> None:
    back = decode(encode(source))
    assert back == source
    assert type(back.meta) is type(source.meta) is MODELS[source.section]
    for value in (source, back):
        only_plain_values(value)


def only_plain_values(value: Any) -> None:
    if isinstance(value, msgspec.Struct):
        value = msgspec.structs.asdict(value)
    assert type(value) in (str, list, dict, date, datetime, bool, int, float, type(None))
    if isinstance(value, dict):
        value = [*value, *value.values()]
    for inner in value if isinstance(value, list) else ():
        only_plain_values(inner)


def test_what_is_no_source_is_refused() -> None:
    for data in (b"", b"\xc0", msgspec.msgpack.encode({"path": "a.md"})):
        with pytest.raises(msgspec.MsgspecError):
            decode(data)


def test_pydantic_is_not_needed_to_read_what_was_kept() -> None:
    code = "import sys, ssg.written; sys.exit('pydantic' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=REPO, check=True, timeout=60)
