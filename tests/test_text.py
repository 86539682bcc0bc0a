from __future__ import annotations

import pytest

from ssg.text import bare


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("三年で**「入口」**が動きました。", "三年で「入口」が動きました。"),
        ("[元の記事](https://example.com/a_b)を読む", "元の記事を読む"),
        ("`snake_case`と~~旧~~新", "snake_caseと旧新"),
        ("*強調*と__太字__", "強調と太字"),
        ("2*3*4 と a_b_c", "2*3*4 と a_b_c"),
    ],
)
def test_the_words_of_inline_markdown(written: str, words: str) -> None:
    assert bare(written) == words
