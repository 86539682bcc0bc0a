"""axe finds no barrier on any kind of page, light or dark."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser

from tests.web.built import KINDS, Built

AXE = (Path(__file__).parent / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_barrier(
    kind: str, scheme: Literal["light", "dark"], built: Built, server: str, browser: Browser
) -> None:
    with browser.new_context(color_scheme=scheme, reduced_motion="reduce") as context:
        page = context.new_page()
        page.goto(server + built.of_kind(kind))
        page.evaluate(AXE)
        violations = page.evaluate("axe.run().then(found => found.violations)")
    assert [
        f"{violation['id']}: {node['html']} {node['failureSummary']}"
        for violation in violations
        for node in violation["nodes"]
    ] == []
