"""Which machines a link may be followed to: those of the open Internet, and no others."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_LOCAL_NAT64 = ipaddress.IPv6Network("64:ff9b:1::/48")
_COMPATIBLE = ipaddress.IPv6Network("::/96")
_METADATA = frozenset(map(ipaddress.ip_address, ("168.63.129.16", "fd00:ec2::254")))


def is_public(address: Address) -> bool:
    """Whether an address, and the one that it may stand for, belongs to the open Internet."""
    return address not in _LOCAL_NAT64 and all(
        one.is_global and not one.is_multicast and not one.is_reserved and one not in _METADATA
        for one in (_plain(address), *_embedded(address))
    )


def _plain(address: Address) -> Address:
    """The IPv4 address in what is only another form of it."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return address.ipv4_mapped
        if address in _NAT64:
            return _last(address)
    return address


def _embedded(address: Address) -> Iterator[Address]:
    """The addresses that a tunnel would lead to (6to4, Teredo, ISATAP, IPv4-compatible)."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.sixtofour:
            yield address.sixtofour
        if address.teredo:
            yield from address.teredo
        if address in _COMPATIBLE or int(address) >> 32 & 0xFFFFFFFF in (0x5EFE, 0x02005EFE):
            yield _last(address)


def _last(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address:
    return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
