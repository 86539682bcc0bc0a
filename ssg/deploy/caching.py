"""How long browsers and networks may keep what they were given."""

from __future__ import annotations

import re

FOREVER = "public, max-age=31536000, immutable"
A_DAY = "public, max-age=86400"
ASK = "public, max-age=0, must-revalidate"

# A digest of the bytes is part of these names: other bytes have another name.
_FINGERPRINTED = re.compile(
    r"assets/.+-[0-9a-f]{10}(\.[^/.]+)?|images/[^/]+-[0-9a-f]{10}(-\d+|-card)?\.[a-z]+"
)


def cache_control(name: str) -> str:
    """The Cache-Control header of a published file. Drawn covers are the same under the same name,
    but a later version of this program may draw better; everything else may change at any time.
    """
    if _FINGERPRINTED.fullmatch(name):
        return FOREVER
    return A_DAY if name.startswith("covers/") else ASK
