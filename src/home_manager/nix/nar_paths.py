"""Store paths for files as Nix names them: the hash of their archive (NAR), without writing anything."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence

from home_manager.nix.errors import eval_error
from home_manager.nix.hash_encoding import Hash
from home_manager.nix.io import NixIO, PathFilter
from home_manager.nix.store_paths import fixed_path, text_path


class NamedObjects:
    """Gives copies and texts the store paths that Nix gives them, and keeps none of them."""

    def __init__(self, store_dir: str) -> None:
        self._store_dir = store_dir

    def copy(self, io: NixIO, path: str, name: str, filter: PathFilter | None, *, flat: bool = False) -> str:
        digest = hashlib.sha256()
        if flat:
            digest.update(io.read_file(path))
            return fixed_path(self._store_dir, name, "flat", Hash("sha256", digest.digest()))
        field(digest, b"nix-archive-1")
        _archive(digest, io, path, filter)
        return fixed_path(self._store_dir, name, "nar", Hash("sha256", digest.digest()))

    def text(self, name: str, text: str, references: Sequence[str]) -> str:
        return text_path(self._store_dir, name, text.encode("utf-8", "surrogateescape"), references)


def field(digest: hashlib._Hash, data: bytes) -> None:
    """Adds one piece of an archive: its length, and itself up to the next multiple of eight."""
    digest.update(len(data).to_bytes(8, "little"))
    digest.update(data)
    digest.update(b"\0" * (-len(data) % 8))


def _archive(digest: hashlib._Hash, io: NixIO, path: str, filter: PathFilter | None) -> None:
    kind = io.file_type(path)
    for word in (b"(", b"type"):
        field(digest, word)
    if kind == "regular":
        field(digest, b"regular")
        if os.access(path, os.X_OK):
            for word in (b"executable", b""):
                field(digest, word)
        field(digest, b"contents")
        field(digest, io.read_file(path))
    elif kind == "symlink":
        for word in (b"symlink", b"target", os.fsencode(os.readlink(path))):
            field(digest, word)
    elif kind == "directory":
        field(digest, b"directory")
        entries = io.read_dir(path)
        for name in sorted(entries, key=os.fsencode):
            inner = f"{path}/{name}"
            if filter is not None and not filter(inner, entries[name]):
                continue
            for word in (b"entry", b"(", b"name", os.fsencode(name), b"node"):
                field(digest, word)
            _archive(digest, io, inner, filter)
            field(digest, b")")
    elif kind is None:
        raise eval_error(f"path '{path}' does not exist", code="nix-io")
    else:
        raise eval_error(f"file '{path}' has an unsupported type", code="nix-io")
    field(digest, b")")
