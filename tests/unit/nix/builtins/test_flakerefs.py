"""Flake references: read, written, refused."""

from __future__ import annotations

import pytest

from home_manager.diagnostics import Failure
from home_manager.nix.builtins.flakerefs import flake_ref_text, legal_ref, parse_flake_ref

REV = "a" * 40


@pytest.mark.parametrize(
    ("text", "attributes", "written"),
    [
        ("nixpkgs", {"type": "indirect", "id": "nixpkgs"}, "flake:nixpkgs"),
        (f"nixpkgs/b/{REV}", {"type": "indirect", "id": "nixpkgs", "ref": "b", "rev": REV}, f"flake:nixpkgs/b/{REV}"),
        ("github:o/r", {"type": "github", "owner": "o", "repo": "r"}, "github:o/r"),
        (f"github:o/r/{REV}", {"type": "github", "owner": "o", "repo": "r", "rev": REV}, f"github:o/r/{REV}"),
        (
            "github:o/r/a/b?dir=lib",
            {"type": "github", "owner": "o", "repo": "r", "ref": "a/b", "dir": "lib"},
            "github:o/r/a%2Fb?dir=lib",
        ),
        ("gitlab:g%2Fs/r", {"type": "gitlab", "owner": "g/s", "repo": "r"}, "gitlab:g%2Fs/r"),
        (
            "git+https://h/x?ref=m&shallow=1",
            {"type": "git", "url": "https://h/x", "ref": "m", "shallow": True},
            "git+https://h/x?ref=m&shallow=1",
        ),
        ("git+ssh://git@h/x", {"type": "git", "url": "ssh://git@h/x"}, "git+ssh://git@h/x"),
        (
            "https://h/x.tar.gz?dir=d",
            {"type": "tarball", "url": "https://h/x.tar.gz", "dir": "d"},
            "https://h/x.tar.gz?dir=d",
        ),
        ("file+https://h/x", {"type": "file", "url": "https://h/x"}, "https://h/x"),
        ("path:./x", {"type": "path", "path": "./x"}, "path:./x"),
        ("path:/x?lastModified=3", {"type": "path", "path": "/x", "lastModified": 3}, "path:/x?lastModified=3"),
        ("/a b", {"type": "path", "path": "/a b"}, "path:/a%20b"),
        ("hg+https://h/r", {"type": "hg", "url": "https://h/r"}, "hg+https://h/r"),
    ],
)
def test_reads_and_writes(text: str, attributes: dict[str, object], written: str) -> None:
    parsed = parse_flake_ref(text)
    assert parsed == attributes
    assert flake_ref_text(parsed) == written


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("./x", "is not an absolute path"),
        ("nixpkgs#x", "unexpected fragment 'x'"),
        ("foo:bar", "input 'foo:bar' is unsupported"),
        ("path:/a?x=1", "has unsupported parameter 'x'"),
        ("path://h/a", "should not have an authority"),
        ("github:o", "is not an absolute path"),
    ],
)
def test_refuses(text: str, message: str) -> None:
    with pytest.raises(Failure) as caught:
        parse_flake_ref(text)
    assert message in str(caught.value)


def test_unknown_attribute() -> None:
    with pytest.raises(Failure, match="input attribute 'x' not supported by scheme 'github'"):
        flake_ref_text({"type": "github", "owner": "o", "repo": "r", "x": "y"})


@pytest.mark.parametrize("name", ["main", "a/b", "v1.0", "feature_x"])
def test_legal_refs(name: str) -> None:
    assert legal_ref(name)


@pytest.mark.parametrize("name", ["", "@", "..", "a..b", "a b", "-x", "a.lock", "a//b", "a/", "x~1", "a@{b"])
def test_illegal_refs(name: str) -> None:
    assert not legal_ref(name)
