"""The hash of the archive (NAR) of a file or tree on this machine, as Nix computes it."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable

from home_manager.nix.errors import eval_error
from home_manager.nix.hash_encoding import Hash
from home_manager.nix.nar_paths import field


class NarHash:
    """The hash of the archive of a file or tree on this machine, and the newest time in it.

    `accepts` is asked whether a path relative to the tree belongs to it.
    """

    __slots__ = ("_accepts", "_digest", "_top", "newest")

    def __init__(self, path: str, accepts: Callable[[str], bool] | None = None) -> None:
        self.newest = 0
        self._accepts = accepts
        self._top = len(path) + 1
        self._digest = hashlib.sha256()
        field(self._digest, b"nix-archive-1")
        self._add(path)

    def sri(self) -> str:
        """The hash as `sha256-…`."""
        return Hash("sha256", self._digest.digest()).sri()

    def _add(self, path: str) -> None:
        status = os.lstat(path)
        self.newest = max(self.newest, int(status.st_mtime))
        digest = self._digest
        for word in (b"(", b"type"):
            field(digest, word)
        if stat.S_ISREG(status.st_mode):
            field(digest, b"regular")
            if status.st_mode & 0o100:
                for word in (b"executable", b""):
                    field(digest, word)
            field(digest, b"contents")
            with open(path, "rb") as file:
                field(digest, file.read())
        elif stat.S_ISLNK(status.st_mode):
            for word in (b"symlink", b"target", os.fsencode(os.readlink(path))):
                field(digest, word)
        elif stat.S_ISDIR(status.st_mode):
            field(digest, b"directory")
            for name in sorted(os.listdir(path), key=os.fsencode):
                inner = f"{path}/{name}"
                if self._accepts is not None and not self._accepts(inner[self._top :]):
                    continue
                for word in (b"entry", b"(", b"name", os.fsencode(name), b"node"):
                    field(digest, word)
                self._add(inner)
                field(digest, b")")
        else:
            raise eval_error(f"file '{path}' has an unsupported type", code="nix-io")
        field(digest, b")")
