"""Paths of the language as texts: absolute, without `.`, `..` and doubled slashes."""

from __future__ import annotations


def canonical(path: str) -> str:
    """A path made normal by its text alone; `..` at the root stays there."""
    if "//" not in path and "/." not in path and not path.endswith("/"):
        return path
    kept: list[str] = []
    for part in path.split("/"):
        if part == "..":
            if kept:
                kept.pop()
        elif part and part != ".":
            kept.append(part)
    return "/" + "/".join(kept)
