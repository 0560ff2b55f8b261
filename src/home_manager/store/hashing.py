"""Hashes as the store writes them: 160 bits of SHA-256 in 32 characters of `[0-9a-z]`."""

from __future__ import annotations

import hashlib
from base64 import b32encode

LENGTH = 32
ALPHABET = "0123456789abcdfghijklmnpqrsvwxyz"
"""Nix's alphabet: no e, o, u, t, so that no hash spells a word."""

_TO_OURS = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", ALPHABET.encode())


def spell(digest: bytes) -> str:
    """The 32 characters of a digest; only its first 20 bytes count."""
    return b32encode(digest[:20]).translate(_TO_OURS).decode()


def to_bytes(text: str) -> bytes:
    """A text as the file system and the store hold it: UTF-8, undecodable bytes as they were."""
    return text.encode("utf-8", "surrogateescape")


def digest(*parts: str | bytes) -> str:
    """The hash of a sequence of parts; each goes in with its length, so no two sequences collide."""
    sha = hashlib.sha256()
    for part in parts:
        data = to_bytes(part) if isinstance(part, str) else part
        sha.update(b"%d:" % len(data))
        sha.update(data)
    return spell(sha.digest())


def finish_file(content: hashlib._Hash, size: int, executable: bool) -> bytes:
    """The tree hash of a regular file, from the hash of its bytes."""
    return hashlib.sha256(b"%s%d:%s" % (b"x" if executable else b"f", size, content.digest())).digest()


def link_hash(target: str) -> bytes:
    """The tree hash of a symbolic link."""
    return hashlib.sha256(b"l" + to_bytes(target)).digest()


def directory_hash(children: list[tuple[str, bytes]]) -> bytes:
    """The tree hash of a directory, from the names and hashes of what is in it."""
    sha = hashlib.sha256(b"d")
    for name, child in sorted((to_bytes(name), child) for name, child in children):
        sha.update(b"%d:%s%s" % (len(name), name, child))
    return sha.digest()
