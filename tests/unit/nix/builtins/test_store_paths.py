"""Names in the store."""

from __future__ import annotations

import pytest

from home_manager.nix.hash_encoding import Hash, sha256
from home_manager.nix.store_paths import fixed_path, is_store_path, name_mistake, object_of, placeholder, text_path

STORE = "/nix/store"
KNOWN = STORE + "/19k94y693b5mi3rbb0f3y9c4zq1jc3z0-a"


def test_known_placeholder() -> None:
    assert placeholder("out") == "/1rz4g4znpzjwh1xymhjpm42vipw92pr73vdgl6xs1hycac8kf2n9"


def test_known_fixed_path() -> None:
    assert fixed_path(STORE, "a", "flat", Hash("sha256", bytes(32))) == KNOWN


def test_references_change_the_path_of_a_text() -> None:
    assert text_path(STORE, "x", b"hello", []) != text_path(STORE, "x", b"hello", [KNOWN])


def test_another_store_has_other_paths() -> None:
    digest = Hash("sha256", sha256(b""))
    assert fixed_path("/a", "x", "nar", digest)[2:] != fixed_path("/b", "x", "nar", digest)[2:]


@pytest.mark.parametrize("name", ["", ".", "..", ".-x", "..-x", "a b", "a/b", "x" * 212, "é"])
def test_bad_names(name: str) -> None:
    assert name_mistake(name) is not None


@pytest.mark.parametrize("name", ["a", ".a", "...", "a+b-c.d_e?f=g", "x" * 211])
def test_good_names(name: str) -> None:
    assert name_mistake(name) is None


def test_objects_of_paths() -> None:
    assert is_store_path(KNOWN, STORE)
    assert not is_store_path(KNOWN + "/bin", STORE)
    assert object_of(KNOWN + "/bin/x", STORE) == KNOWN
    assert object_of("/elsewhere", STORE) is None
