"""What was fetched, kept by content: trees by their hash, and what a reference led to, with the time when it did."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from home_manager.nix.hash_encoding import Hash, nix32
from home_manager.store import machine

TTL = 3600
"""Seconds for which an answer that may change, such as what a branch is at, is not asked for again."""


class Cache:
    """A directory of its own. Everything gets its name by a rename, when it is whole."""

    def __init__(self, directory: str, *, ttl: int = TTL) -> None:
        self.directory = directory
        self.ttl = ttl

    def tree(self, content: Hash) -> str:
        """Where the tree with this hash is, or will be."""
        return f"{self.directory}/sources/{nix32(content.digest)}"

    def has(self, content: Hash) -> bool:
        return os.path.lexists(self.tree(content))

    @contextmanager
    def scratch(self) -> Iterator[str]:
        """A new directory, removed at the end with whatever is still in it."""
        import shutil
        import tempfile

        sources = f"{self.directory}/sources"
        with machine(f"writing to `{sources}`"):
            os.makedirs(sources, exist_ok=True)
            place = tempfile.mkdtemp(prefix=".new-", dir=sources)
        try:
            yield place
        finally:
            _open_up(place)
            shutil.rmtree(place, ignore_errors=True)

    def keep(self, made: str, content: Hash) -> str:
        """Gives a tree (or file) its place; one that is there stays."""
        place = self.tree(content)
        if not os.path.lexists(place):
            with machine(f"writing `{place}`"):
                try:
                    os.rename(made, place)
                except OSError:
                    # Another program was faster.
                    if not os.path.lexists(place):
                        raise
        return place

    # Answers

    def answer(self, key: Mapping[str, object], *, lasting: bool = False) -> dict[str, object] | None:
        """What was remembered; unless it is `lasting`, only for a while."""
        try:
            with open(self._answer(key), encoding="utf-8") as file:
                found = json.load(file)
            if lasting or 0 <= time.time() - found["time"] < self.ttl:
                value: dict[str, object] = dict(found["value"])
                return value
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return None

    def remember(self, key: Mapping[str, object], value: Mapping[str, object]) -> None:
        import tempfile

        place = self._answer(key)
        with machine(f"writing `{place}`"):
            os.makedirs(os.path.dirname(place), exist_ok=True)
            descriptor, temporary = tempfile.mkstemp(dir=os.path.dirname(place))
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump({"key": key, "time": int(time.time()), "value": value}, file, sort_keys=True)
            os.replace(temporary, place)

    def _answer(self, key: Mapping[str, object]) -> str:
        text = json.dumps(key, sort_keys=True)
        return f"{self.directory}/answers/{hashlib.sha256(text.encode()).hexdigest()}.json"

    def repository(self, url: str) -> str:
        """Where the objects of a git repository are kept."""
        return f"{self.directory}/git/{hashlib.sha256(url.encode()).hexdigest()[:40]}"


def _open_up(place: str) -> None:
    """Makes every directory writable: an archive may say that one is not."""
    for directory, names, _ in os.walk(place):
        for name in names:
            path = os.path.join(directory, name)
            if not os.path.islink(path):
                try:
                    os.chmod(path, 0o755)
                except OSError:
                    pass
