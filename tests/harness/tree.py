"""The files of a home as text: what a tree of links shows to whoever reads through it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from harness.casefile import Section
from harness.normal import normal_paths


@dataclass(frozen=True, slots=True)
class Shown:
    """One file of a home, as a `.case` file shows it: `link` where its source is not there to be read."""

    target: str
    content: bytes
    executable: bool = False
    link: str = ""

    def section(self, store: str, inputs: str) -> Section:
        """The section `file` for it, with paths of the store and the folder of the inputs written as names."""

        def shown(text: str) -> str:
            text = normal_paths(text, store)
            return text.replace(inputs, "@inputs@") if inputs else text

        if self.link:
            return Section("file", self.target, f"{shown(self.link)}\n", frozenset({"link"}))
        flags = {"executable"} if self.executable else set()
        try:
            text = shown(self.content.decode("utf-8"))
            if "\r" in text or "\0" in text:
                raise UnicodeError
        except UnicodeError:
            digest = hashlib.sha256(self.content).hexdigest()
            return Section("file", self.target, f"{digest}\n", frozenset(flags | {"sha256"}))
        return Section("file", self.target, text, frozenset(flags))


def files_below(top: Path) -> Iterator[Shown]:
    """Every file below a directory, links followed; a link to what is not there is shown as one."""
    seen: set[str] = set()

    def visit(path: Path, target: str) -> Iterator[Shown]:
        if path.is_dir():
            real = os.path.realpath(path)
            if real in seen:
                return
            seen.add(real)
            for child in sorted(path.iterdir()):
                yield from visit(child, f"{target}/{child.name}" if target else child.name)
            seen.discard(real)
        elif path.exists():
            yield Shown(target, path.read_bytes(), os.access(path, os.X_OK) and bool(path.stat().st_mode & 0o100))
        else:
            yield Shown(target, b"", link=_last_link(path))

    yield from visit(top, "")


def _last_link(path: Path) -> str:
    """Where a chain of links ends."""
    text = os.readlink(path)
    target = Path(os.path.join(path.parent, text))
    return _last_link(target) if target.is_symlink() else text
