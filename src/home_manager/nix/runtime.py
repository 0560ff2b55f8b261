"""What the nodes of one evaluator share: how deep calls are nested, and the way to the machine."""

from __future__ import annotations

from home_manager.nix.io import NixIO
from home_manager.values import ContextString, PathValue


class Runtime:
    """One evaluation. `depth` counts the calls that are under way, up to `limit`."""

    __slots__ = ("_copies", "depth", "io", "limit", "store_dir")

    def __init__(self, io: NixIO, store_dir: str, limit: int) -> None:
        self.io = io
        self.store_dir = store_dir
        self.limit = limit
        self.depth = 0
        self._copies: dict[str, str] = {}

    def copy_path(self, path: PathValue) -> str:
        """The store path of a copy of what the path names, with itself as context."""
        copied = self._copies.get(path.text)
        if copied is None:
            name = path.text.rpartition("/")[2]
            copied = self.io.copy_to_store(path.text, name or "source")
            copied = ContextString(copied, frozenset((copied,)))
            self._copies[path.text] = copied
        return copied
