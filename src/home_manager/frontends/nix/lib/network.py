"""`lib.network`: addresses of the Internet Protocol, version 6."""

from __future__ import annotations

import re

from home_manager.frontends.nix.lib.arguments import string_of
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.nix.errors import throw
from home_manager.values import Attrs, Builtin, Value

PIECES = 8
BITS = 128

topic = Topic()


def expanded(address: str) -> list[int]:
    """The eight numbers of an address, with `::` filled up."""
    if not re.fullmatch("[0-9A-Fa-f:]+", address):
        raise throw(f"{address} contains malformed characters for IPv6 address")
    head, gap, tail = address.partition("::")
    left = head.split(":") if head else []
    right = tail.split(":") if tail else []
    missing = PIECES - len(left) - len(right)
    if "" in (*left, *right) or (missing <= 0 if gap else missing != 0):
        raise throw(f"{address} is not a valid IPv6 address")
    pieces = [*left, *["0"] * missing, *right]
    for piece in pieces:
        if int(piece, 16) > 0xFFFF:
            raise throw(f"0x{piece} is not a valid u16 integer")
    return [int(piece, 16) for piece in pieces]


def from_string(text: Value) -> Value:
    address = string_of(text)
    base, *rest = address.split("/")
    if len(rest) > 1:
        raise throw(f"{address} is not a valid IPv6 address in CIDR notation")
    length = BITS
    if rest:
        if not re.fullmatch("[0-9]{1,4}", rest[0]) or not 1 <= int(rest[0]) <= BITS:
            raise throw(f"{address} IPv6 subnet should be in range [1;{BITS}], got {rest[0]}")
        length = int(rest[0])
    return Attrs({"address": ":".join([f"{piece:x}" for piece in expanded(base)]), "prefixLength": length})


def eui64_suffix(mac: Value) -> Value:
    """The last half of an address that is made from a network card's own."""
    text = string_of(mac)
    found = re.fullmatch("[-:.]?".join(["([0-9A-Fa-f]{2})"] * 6), text)
    if not found:
        raise throw(f'"{text}" is not a valid MAC address (expected 6 octets of hex digits)')
    octets = found.groups()
    first = int(octets[0] + octets[1], 16) ^ 0x200
    return f"{first:x}:{octets[2]}ff:fe{octets[3]}:{octets[4]}{octets[5]}".lower()


MAKE_SUFFIX = Builtin("mkEUI64Suffix", 1, eui64_suffix)
topic.constant("ipv6", Attrs({"fromString": Builtin("fromString", 1, from_string), "mkEUI64Suffix": MAKE_SUFFIX}))
