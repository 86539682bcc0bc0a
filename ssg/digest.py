"""Fingerprints of values: the same value, the same digest, on every machine and run."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

import msgspec

SIZE = 16

_encode = msgspec.msgpack.Encoder(order="deterministic").encode


def digest(value: Any) -> bytes:
    """The digest of a struct or plain value that msgspec can encode."""
    return blake2b(_encode(value), digest_size=SIZE).digest()


def combined(*parts: bytes) -> bytes:
    """One digest of several. Each part is of fixed length, so no two lists are alike."""
    return blake2b(b"".join(parts), digest_size=SIZE).digest()


def of_bytes(data: bytes) -> bytes:
    return blake2b(data, digest_size=SIZE).digest()
