"""The entry point: it settles the language of the process, then the command line begins."""

from __future__ import annotations

import gettext
import os
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

WORDS = "click"


def main() -> None:
    from ssg.console import spoken

    # What is asked for holds for all that is said, and the help is put into words on import.
    lang = asked(sys.argv[1:])
    lang = lang if lang in ("ja", "en") else spoken()
    os.environ["SSG_LANG"] = os.environ["LANGUAGE"] = lang
    gettext.bindtextdomain(WORDS, str(Path(__file__).parent / "locale"))
    gettext.textdomain(WORDS)

    from ssg.cli import main as run

    run()


def asked(arguments: Sequence[str]) -> str:
    """The value of `--lang`, which stands before the command; empty where there is none."""
    for here, after in pairwise([*arguments, ""]):
        if here == "--lang" or here.startswith("--lang="):
            return here.partition("=")[2] or after
        if not here.startswith("-"):
            break
    return ""


if __name__ == "__main__":
    main()
