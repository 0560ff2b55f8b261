"""Hashes as texts."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home_manager.diagnostics import Failure
from home_manager.nix.hash_encoding import Hash, digest, from_nix32, nix32, parse_hash, parse_hash_or_empty

EMPTY = hashlib.sha256(b"").digest()


def test_known_forms() -> None:
    value = Hash("sha256", EMPTY)
    assert value.nix32() == "0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73"
    assert value.sri() == "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="


@given(st.binary(min_size=20, max_size=20))
def test_every_form_reads_back(data: bytes) -> None:
    value = Hash("sha1", data)
    for text in (value.base16(), value.nix32(), value.base64()):
        assert parse_hash(text, "sha1") == value
        assert parse_hash("sha1:" + text) == value
    assert parse_hash(value.sri()) == value


@given(st.binary(max_size=40))
def test_base_32_reads_back(data: bytes) -> None:
    assert from_nix32(nix32(data)) == data if data else nix32(data) == ""


@pytest.mark.parametrize(
    ("text", "algorithm", "message"),
    [
        ("x", None, "does not include a type"),
        ("md5:x", "sha256", "should have type 'sha256'"),
        ("foo:x", None, "unknown hash algorithm 'foo'"),
        ("abc", "sha256", "has wrong length for hash algorithm 'sha256'"),
        ("sha256-AAAA", None, "invalid SRI hash 'AAAA', length 3 != expected length 32"),
        ("z" * 40, "sha1", "invalid character in Base16 string: 'z'"),
    ],
)
def test_mistakes(text: str, algorithm: str | None, message: str) -> None:
    with pytest.raises(Failure, match=r".") as caught:
        parse_hash(text, algorithm)
    assert message in str(caught.value)
    assert caught.value.diagnostic.code == "nix-hash"


def test_empty_hash_is_zeros() -> None:
    assert parse_hash_or_empty("", "sha256").digest == bytes(32)


def test_digest() -> None:
    assert digest("md5", b"").hex() == "d41d8cd98f00b204e9800998ecf8427e"
