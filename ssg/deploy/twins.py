"""Compressed twins of texts, `page.html.gz` and `page.html.br`, for hosts that send them as they
are: smaller than what a host makes on the way, and no work for it.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable

from ssg.cache import Cache
from ssg.deploy.hosting import TEXTS
from ssg.deploy.parcel import Parcel
from ssg.deploy.troubles import extra
from ssg.parallel import available, spread
from ssg.theme import NAME

SUFFIXES = {"gzip": ".gz", "brotli": ".br"}
SMALLEST = 256  # bytes; less fits into one packet whatever is done
_QUALITY = 10  # of brotli: at 11 it takes twice as long for one byte in a hundred
_KEY = "twin:"

Compress = Callable[[bytes], bytes]


def twins(parcel: Parcel, ways: Iterable[str], cache: Cache) -> dict[str, bytes]:
    """The twins of all texts of a parcel that are smaller than they, by name."""
    found: dict[str, bytes] = {}
    used: set[str] = set()
    for way in sorted({*ways}):
        compress = _compressor(way)
        names = [name for name in parcel.files if _is_worth_it(parcel, name)]
        keys = {name: f"{_KEY}{way}:{parcel.files[name][0]}" for name in names}
        used |= {*keys.values()}
        for name, data in _made(parcel, keys, compress, cache).items():
            if len(data) < parcel.files[name][1]:
                found[name + SUFFIXES[way]] = data
    cache.keep(_KEY, used)
    cache.commit()
    return found


def _made(
    parcel: Parcel, keys: dict[str, str], compress: Compress, cache: Cache
) -> dict[str, bytes]:
    found = {name: data for name, key in keys.items() if (data := cache.get(key)) is not None}
    new = [name for name in keys if name not in found]

    def make(name: str) -> bytes:
        return compress(parcel.read(name))

    for name, data in zip(new, spread(make, new, available()), strict=True):
        cache.put(keys[name], data)
        found[name] = data
    return found


def _is_worth_it(parcel: Parcel, name: str) -> bool:
    return name.rpartition(".")[2].lower() in TEXTS and parcel.files[name][1] >= SMALLEST


def _compressor(way: str) -> Compress:
    if way == "gzip":
        return gzipped
    with extra(way, NAME):
        import brotli
    return lambda data: bytes(brotli.compress(data, mode=brotli.MODE_TEXT, quality=_QUALITY))


def gzipped(data: bytes) -> bytes:
    """The same bytes for the same data: no time, no name."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return packer.compress(data) + packer.flush()
