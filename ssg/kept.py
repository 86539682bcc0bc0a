"""Values that need not be in memory: known by their digest, fetched when a page shows them."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import Any, Generic, TypeVar

import msgspec

T = TypeVar("T")

SIZE = 16  # bytes; nobody picks the values, so chance is the only enemy


class Kept(Generic[T]):
    """A value that `fetch(source, digest)` gives when it is wanted; equal digests, equal values.

    With `hold` it stays in memory from then on. `source` is the file that it comes from.
    """

    __slots__ = ("digest", "fetch", "found", "hold", "source")

    def __init__(
        self, source: str, digest: bytes, fetch: Callable[[str, bytes], T], *, hold: bool = False
    ) -> None:
        self.source = source
        self.digest = digest
        self.fetch = fetch
        self.hold = hold
        self.found: T | None = None

    @property
    def value(self) -> T:
        if self.found is not None:
            return self.found
        value = self.fetch(self.source, self.digest)
        if self.hold:
            self.found = value
        return value


def _by_digest(value: Any) -> Any:
    if isinstance(value, Kept):
        return value.digest
    raise TypeError(f"{type(value).__name__} has no digest")


encode = msgspec.json.Encoder(enc_hook=_by_digest).encode


def digest(value: Any) -> bytes:
    """The digest of any value made of structs, containers, texts, numbers, dates and `Kept`s."""
    return blake2b(encode(value), digest_size=SIZE).digest()
