"""How long readers' browsers may keep a file without asking for it again."""

from __future__ import annotations

import re

FOREVER = "public, max-age=31536000, immutable"
A_DAY = "public, max-age=86400"
NOT_AT_ALL = "public, max-age=0, must-revalidate"

# Names that tell the content: those of `ssg.assets` and `ssg.images`, the latter with a width.
FINGERPRINTED = (
    r"assets/(.*/)?[^/]*-[0-9a-f]{10}(\.[^/.]*)?"
    r"|images/[^/]*-[0-9a-f]{10}(-[0-9]+|-card)?\.[a-z]+"
)
# Drawn covers stay the same from build to build, as long as `ssg.covers` draws them so.
STEADY = r".*\.(avif|gif|ico|jpe?g|m4a|mp3|mp4|ogg|otf|pdf|png|svg|ttf|webm|webp|woff2?|zip)"


def cache_control(name: str) -> str:
    """The header `Cache-Control` for a file of a site, by its name in the output."""
    if re.fullmatch(FINGERPRINTED, name):
        return FOREVER
    return A_DAY if re.fullmatch(STEADY, name, re.I) else NOT_AT_ALL
