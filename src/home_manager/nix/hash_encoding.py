"""Hashes as texts: base 16, Nix's base 32, base 64 and SRI, and back."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from functools import cache

from home_manager.diagnostics import Failure
from home_manager.nix.errors import eval_error

SIZES = {"blake3": 32, "md5": 16, "sha1": 20, "sha256": 32, "sha512": 64}
"""The algorithms and how many bytes their hashes have."""

_NIX32 = "0123456789abcdfghijklmnpqrsvwxyz"
_BASE64 = re.compile(r"[A-Za-z0-9+/\n]*=*\n?\Z")


@dataclass(frozen=True, slots=True)
class Hash:
    """The bytes of a hash, and by which algorithm."""

    algorithm: str
    digest: bytes

    def base16(self) -> str:
        return self.digest.hex()

    def nix32(self) -> str:
        return nix32(self.digest)

    def base64(self) -> str:
        return b64encode(self.digest).decode()

    def sri(self) -> str:
        return f"{self.algorithm}-{self.base64()}"


def digest(algorithm: str, data: bytes) -> bytes:
    """The hash of some bytes."""
    if algorithm == "blake3":
        raise eval_error(
            "experimental Nix feature 'blake3-hashes' is disabled; add '--extra-experimental-features "
            "blake3-hashes' to enable it"
        )
    import hashlib

    return hashlib.new(algorithm, data, usedforsecurity=False).digest()


def sha256(data: bytes) -> bytes:
    """The SHA-256 of some bytes."""
    import hashlib

    return hashlib.sha256(data).digest()


def nix32(data: bytes) -> str:
    """The bytes in Nix's base 32: the last bits come first, and the letters `e o t u` do not occur."""
    number = int.from_bytes(data, "little")
    return "".join([_NIX32[(number >> shift) & 31] for shift in range((len(data) * 8 - 1) // 5 * 5, -1, -5)])


@cache
def _nix32_values() -> dict[str, int]:
    return {char: value for value, char in enumerate(_NIX32)}


def from_nix32(text: str) -> bytes:
    """The bytes that a base-32 text stands for."""
    values = _nix32_values()
    number = 0
    for char in text:
        value = values.get(char)
        if value is None:
            raise _invalid(f"invalid character in Nix32 (Nix's Base32 variation) string: '{char}'")
        number = number << 5 | value
    size = len(text) * 5 // 8
    if number >> (size * 8):
        raise _invalid(f"invalid Nix32 (Nix's Base32 variation) string '{text}'")
    return number.to_bytes(size, "little")


def _from_base16(text: str) -> bytes:
    for char in text:
        if char not in "0123456789abcdefABCDEF":
            raise _invalid(f"invalid character in Base16 string: '{char}'")
    return bytes.fromhex(text)


def from_base64(text: str) -> bytes:
    """The bytes that a base-64 text stands for."""
    if not _BASE64.match(text):
        bad = next((char for char in text if not (char.isascii() and (char.isalnum() or char in "+/=\n"))), "=")
        raise _invalid(f"invalid character in Base64 string: '{bad}'")
    from binascii import a2b_base64

    body = text.replace("\n", "").rstrip("=")
    # A length that is no base 64 at all loses its last character, and so gives a hash of the wrong length.
    if len(body) % 4 == 1:
        body = body[:-1]
    return a2b_base64(body + "=" * (-len(body) % 4))


def _invalid(message: str) -> Failure:
    return eval_error(message, code="nix-hash")


def _check_algorithm(name: str) -> str:
    if name not in SIZES:
        raise _invalid(f"unknown hash algorithm '{name}', expect 'blake3', 'md5', 'sha1', 'sha256', or 'sha512'")
    return name


def check_algorithm(name: str) -> str:
    """The name itself if it is an algorithm's; the original's error if not."""
    return _check_algorithm(name)


def parse_hash(text: str, algorithm: str | None = None) -> Hash:
    """A hash in any of the four forms, with the algorithm before `:` or `-` or given beside it."""
    rest = text
    named: str | None = None
    sri = False
    before, colon, after = text.partition(":")
    if colon:
        named, rest = before, after
    else:
        before, dash, after = text.partition("-")
        if dash:
            named, rest, sri = before, after, True
    if named is not None:
        _check_algorithm(named)
        if algorithm is not None and named != algorithm:
            raise _invalid(f"hash '{text}' should have type '{algorithm}'")
    elif algorithm is None:
        raise _invalid(f"hash '{text}' does not include a type, nor is the type otherwise known from context")
    kind = named or algorithm
    assert kind is not None
    size = SIZES[kind]
    length = len(rest)
    if sri:
        encoding, data = "SRI", from_base64(rest)
    elif length == size * 2:
        encoding, data = "base16", _from_base16(rest)
    elif length == (size * 8 - 1) // 5 + 1:
        encoding, data = "nix32", from_nix32(rest)
    elif length == (size + 2) // 3 * 4:
        encoding, data = "Base64", from_base64(rest)
    else:
        raise _invalid(f"hash '{rest}' has wrong length for hash algorithm '{kind}'")
    if len(data) != size:
        raise _invalid(f"invalid {encoding} hash '{rest}', length {len(data)} != expected length {size}")
    return Hash(kind, data)


def parse_hash_or_empty(text: str, algorithm: str | None) -> Hash:
    """As `parse_hash`; an empty text stands for a hash of zeros, as people write to learn the right one."""
    if text:
        return parse_hash(text, algorithm)
    if algorithm is None:
        raise _invalid("empty hash requires explicit hash algorithm")
    return Hash(algorithm, bytes(SIZES[algorithm]))
