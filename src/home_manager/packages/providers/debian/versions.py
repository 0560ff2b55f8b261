"""Debian version numbers: their order, and the relations that dependencies state.

Source: Debian Policy, 5.6.12 "Version".
"""

from __future__ import annotations

import re

Part = tuple[tuple[int, ...], int]


def sort_key(version: str) -> tuple[int, tuple[Part, ...], tuple[Part, ...]]:
    """A key that orders versions as dpkg does: epoch, upstream part, Debian revision."""
    epoch, colon, rest = version.partition(":")
    if not colon:
        epoch, rest = "0", version
    upstream, dash, revision = rest.rpartition("-")
    if not dash:
        upstream, revision = rest, ""
    return int(epoch) if epoch.isdigit() else 0, _parts(upstream), _parts(revision)


def _parts(text: str) -> tuple[Part, ...]:
    """The text as pairs of a stretch without digits and a number, ready to be compared."""
    pairs = re.findall(r"([^0-9]*)([0-9]*)", text)
    found = [
        ((*(_weight(c) for c in letters), 0), int(digits or "0")) for letters, digits in pairs if letters or digits
    ]
    return (*found, ((0,), 0))


def _weight(character: str) -> int:
    """`~` comes before the end of the text, letters before everything else."""
    if character == "~":
        return -1
    return ord(character) if character.isalpha() else ord(character) + 256


def satisfies(version: str, relation: str, wanted: str) -> bool:
    """Whether `version` fulfils a relation such as `>= 1.2`."""
    a, b = sort_key(version), sort_key(wanted)
    match relation:
        case "=":
            return a == b
        case ">=":
            return a >= b
        case "<=":
            return a <= b
        case ">>":
            return a > b
        case "<<":
            return a < b
    return True


def upstream_version(version: str) -> str:
    """The version that the authors gave: `1:2.41+dfsg-12+deb13u1` is 2.41."""
    upstream = version.partition(":")[2] or version
    upstream = upstream.rpartition("-")[0] or upstream
    return re.sub(r"[+~](?:dfsg|ds|repack|debian|deb|git|really).*", "", upstream)
