"""The Nu HTML checker finds no error on any page."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tests.web.built import Built

CHECKER = Path(__file__).parent / "node_modules/vnu-jar/build/dist/vnu.jar"


def test_every_page_is_valid_html(built: Built) -> None:
    done = subprocess.run(
        [
            "java",
            "-jar",
            CHECKER,
            "--errors-only",
            "--skip-non-html",
            "--format",
            "json",
            built.root,
        ],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    errors = [
        f"{message['url']}:{message.get('lastLine', 0)} {message['message']}"
        for message in json.loads(done.stderr)["messages"]
    ]
    assert errors == []
    assert done.returncode == 0
