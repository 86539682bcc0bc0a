"""Task lists."""

from __future__ import annotations

from tests.extensions.kit import html

DONE = '<input aria-label="完了" checked disabled type="checkbox">'
OPEN = '<input aria-label="未完了" disabled type="checkbox">'


def test_tasks_say_what_they_are() -> None:
    assert html("- [ ] **買う**\n- [x] 煮る\n- 食べる") == (
        f'<ul class="task-list"><li>{OPEN} <strong>買う</strong></li>'
        f"<li>{DONE} 煮る</li><li>食べる</li></ul>"
    )


def test_tasks_with_paragraphs_and_inside_each_other() -> None:
    assert html("1. [X] 一\n   - [ ] 二") == (
        f'<ol class="task-list"><li>{DONE} 一<ul class="task-list"><li>{OPEN} 二</li></ul></li></ol>'
    )
    assert f"<p>{OPEN} 一</p>" in html("- [ ] 一\n\n- [ ] 二")


def test_a_box_elsewhere_is_text() -> None:
    assert (
        html("[ ] 文\n\n- 文 [x]\n- [y] 文")
        == "<p>[ ] 文</p><ul><li>文 [x]</li><li>[y] 文</li></ul>"
    )


def test_tasks_among_recommendations() -> None:
    assert '<ul class="checks task-list">' in html(":::recommended\n- [x] 一\n:::")
