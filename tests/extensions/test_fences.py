"""Fenced code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ssg.extensions.fences import language_and_name
from tests.extensions.kit import html, problems, rendered, told


def block(code: str, language: str = "") -> str:
    mark = f' class="language-{language}"' if language else ""
    return f'<div class="codehilite"><pre tabindex="0"><code{mark}>{code}</code></pre></div>'


def test_plain_code() -> None:
    code = block("&lt;b&gt; &amp; **x**\n\n- y\n")
    assert rendered("文\n```\n<b> & **x**\n\n- y\n```\n続き").html == (
        f"<p>文</p>\n{code}\n<p>続き</p>"
    )
    assert rendered("~~~ text\n\t```\n~~~").html == block("\t```\n", "text")


def test_highlighted_code_has_classes_only() -> None:
    page = rendered("```python\nreturn 1\n```").html
    assert page == block('<span class="k">return</span> <span class="mi">1</span>\n', "python")


@pytest.mark.parametrize(
    ("info", "expected"),
    [
        ("js", ("js", "")),
        (" js:app.js", ("js", "app.js")),
        ("diff js:src/app.js", ("diff", "src/app.js")),
        ("{.python}", ("python", "")),
        ("c++", ("c++", "")),
        ("", ("", "")),
        (":memo.txt", ("", "memo.txt")),
    ],
)
def test_information_after_the_fence(info: str, expected: tuple[str, str]) -> None:
    assert language_and_name(info) == expected


def test_the_name_of_a_file() -> None:
    assert '<p class="code-name">a&lt;b.txt</p><pre' in html("```text:a<b.txt\nx\n```")


def test_an_unknown_language_is_plain_and_told() -> None:
    assert told("文\n\n  ```klingon\n  x\n  ```", 5) == [("code/unknown-language", 7, 6)]
    assert problems("```klingon\n```")[0].args == (("name", "klingon"),)


def test_an_unclosed_fence_takes_the_rest() -> None:
    assert told("文\n\n```\nx\n## y", 7) == [("fence/unclosed", 9, 1)]
    assert told("~~~~\n~~~\n") == [("fence/unclosed", 1, 1)]


def test_code_inside_lists_and_quotes() -> None:
    code = "x\n  y"
    assert html("- 一\n  ```\n  x\n    y\n  ```\n- 二") == (
        f"<ul><li><p>一</p>{block(code)}</li><li><p>二</p></li></ul>"
    )
    code = block("x\n y\n")
    assert rendered("> ```\n> x\n>  y\n> ```\n> 文").html == (
        f"<blockquote>\n{code}\n<p>文</p>\n</blockquote>"
    )


def test_code_that_begins_an_item() -> None:
    code = "x\n  y"
    assert html("- ```\n  x\n    y\n  ```\n- 二") == (f"<ul><li>{block(code)}</li><li>二</li></ul>")


def test_pygments_waits_for_a_language() -> None:
    code = (
        "import sys; from tests.extensions.kit import html;"
        "html('# a\\n\\n```\\nx\\n```\\n'); assert 'pygments' not in sys.modules;"
        "html('```python\\n```'); assert 'pygments' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])
