"""Makes a program smaller while something stays true of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from home_manager.diagnostics import Failure, Source
from home_manager.nix.syntax import ast
from home_manager.nix.syntax.parser import parse

_SIMPLE = ("1", '"a"', "null", "[ ]", "{ }")


def reduced(text: str, still: Callable[[str], bool], trials: int = 400) -> str:
    """The smallest program found that is still so, in so many trials."""
    left = trials
    tried: set[str] = {text}
    progress = True
    while progress:
        progress = False
        for candidate in _candidates(text):
            if len(candidate) > len(text) or candidate in tried:
                continue
            tried.add(candidate)
            if left == 0:
                return text
            left -= 1
            if still(candidate):
                text = candidate
                progress = True
                break
    return text


def _candidates(text: str) -> Iterator[str]:
    try:
        root: ast.Node | None = parse(Source("", text), "/")
    except Failure:
        root = None
    if root is not None:
        yield from _by_tree(text, root)
    if len(text) < 400 or root is None:
        size = max(1, len(text) // 2)
        while size:
            for at in range(0, len(text), size):
                yield text[:at] + text[at + size :]
            size //= 2


def _by_tree(text: str, root: ast.Node) -> Iterator[str]:
    nodes = sorted(_nodes(root), key=lambda node: node.start - node.end)
    for node in nodes:
        if node is not root:
            yield text[node.start : node.end]
    for node in nodes:
        head, tail = text[: node.start], text[node.end :]
        inner = sorted(
            {(each.start, each.end) for each in _nodes(node)} - {(node.start, node.end)}, key=lambda at: at[1] - at[0]
        )
        for start, end in inner[:12]:
            if node.start <= start and end <= node.end:
                part = text[start:end]
                yield f"{head}{part}{tail}"
                yield f"{head}({part}){tail}"
        for simple in _SIMPLE:
            if simple != text[node.start : node.end]:
                yield f"{head}{simple}{tail}"


def _nodes(node: object) -> Iterator[ast.Node]:
    """A node and those below it."""
    if isinstance(node, ast.Node):
        yield node
    if isinstance(node, (list, tuple)):
        inner = list(node)
    elif isinstance(node, dict):
        inner = list(node.values())
    else:
        names = {name for kind in type(node).__mro__ for name in getattr(kind, "__slots__", ())}
        if not type(node).__module__.endswith("nix.syntax"):
            return
        inner = [getattr(node, name, None) for name in names]
    for each in inner:
        yield from _nodes(each)
