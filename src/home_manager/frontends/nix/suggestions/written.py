"""The text around a span, parsed again: only a mistake pays for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from home_manager.diagnostics import Failure, Source, Span
from home_manager.nix.syntax import ast
from home_manager.nix.syntax.parser import parse

LAST_ARGUMENT = {
    "mkIf": 2,
    "mkDefault": 1,
    "mkForce": 1,
    "mkOptionDefault": 1,
    "mkOverride": 2,
    "mkBefore": 1,
    "mkAfter": 1,
    "mkOrder": 2,
}
"""Functions that wrap a value, which is their last argument, with how many arguments they take."""


@lru_cache(maxsize=16)
def tree_of(source: Source) -> ast.Node | None:
    """The expression in a text, or `None` where it does not parse."""
    try:
        return parse(source, "/")
    except Failure:
        return None


def children(node: ast.Node) -> Iterator[ast.Node]:
    """The expressions directly inside of one."""
    match node:
        case ast.AttrSet():
            yield from node.inherit_from
            yield from (each.value for each in node.bindings.values() if each.kind == "plain")
            for dynamic in node.dynamic:
                yield dynamic.name
                yield dynamic.value
        case ast.Let():
            yield node.attrs
            yield node.body
        case ast.SelectNode():
            yield node.base
            yield from (part for part in node.path if not isinstance(part, str))
            if node.default is not None:
                yield node.default
        case ast.HasAttrNode():
            yield node.base
            yield from (part for part in node.path if not isinstance(part, str))
        case ast.Function():
            yield from (formal.default for formal in node.formals or () if formal.default is not None)
            yield node.body
        case ast.Apply():
            yield node.function
            yield from node.arguments
        case ast.IfNode():
            yield from (node.condition, node.yes, node.no)
        case ast.WithNode():
            yield from (node.attrs, node.body)
        case ast.AssertNode():
            yield from (node.condition, node.body)
        case ast.NotNode() | ast.Negation():
            yield node.operand
        case ast.Binary():
            yield from (node.left, node.right)
        case ast.Concatenation():
            yield from node.parts
        case ast.ListNode():
            yield from node.items


def everything(node: ast.Node) -> Iterator[ast.Node]:
    """An expression and all inside of it, in the order of the text."""
    yield node
    for child in children(node):
        yield from everything(child)


def way_to(tree: ast.Node, start: int, end: int) -> list[ast.Node]:
    """The expressions around a stretch of the text, from the whole to the smallest."""

    def search(node: ast.Node) -> list[ast.Node]:
        # A set that grows by several paths has the extent of the first: its children say more than itself.
        for child in children(node):
            found = search(child)
            if found:
                return [node, *found]
        return [node] if node.start <= start and end <= node.end else []

    return search(tree) or [tree]


def path_parts(span: Span) -> list[tuple[str, int, int]]:
    """The names of an attribute path as it was written, each with where it stands."""
    text, base = span.source.text, span.start
    parts: list[tuple[str, int, int]] = []
    at, begin, quoted = span.start, span.start, False
    while at <= span.end:
        character = text[at] if at < span.end else "."
        if character == '"':
            quoted = not quoted
        elif character == "\\" and quoted:
            at += 1
        elif character == "." and (not quoted or at == span.end):
            name = text[begin:at].strip()
            left = begin + text[begin:at].index(name) if name else begin
            parts.append((name[1:-1] if name.startswith('"') else name, left, left + len(name)))
            begin = at + 1
        at += 1
    return parts or [(text[base : span.end], base, span.end)]


def bound_value(span: Span, name: str) -> ast.Node | None:
    """The expression that an attribute was given, found by where its path begins, and by its name."""
    tree = tree_of(span.source)
    if tree is None:
        return None
    for node in everything(tree):
        if isinstance(node, ast.AttrSet):
            binding = node.bindings.get(name)
            if binding is not None and binding.start == span.start and binding.kind == "plain":
                return binding.value
    return None


def unwrapped(node: ast.Node) -> ast.Node:
    """The value without `with`, `let` and the functions that wrap values."""
    while True:
        match node:
            case ast.WithNode() | ast.Let() | ast.AssertNode():
                node = node.body
            case ast.Apply() if LAST_ARGUMENT.get(called(node)) == len(node.arguments):
                node = node.arguments[-1]
            case _:
                return node


def called(node: ast.Node) -> str:
    """The last name of the function that is called: `mkIf` of `lib.mkIf a b`; empty where that is no name."""
    function = node.function if isinstance(node, ast.Apply) else node
    if isinstance(function, ast.Name):
        return function.name
    if isinstance(function, ast.SelectNode) and isinstance(function.path[-1], str):
        return function.path[-1]
    return ""


def inside(node: ast.Node, steps: Sequence[str | int]) -> ast.Node | None:
    """What stands inside a value: names of attributes, places in lists."""
    here: ast.Node = unwrapped(node)
    for step in steps:
        if isinstance(step, int):
            if not isinstance(here, ast.ListNode) or step >= len(here.items):
                return None
            here = unwrapped(here.items[step])
        else:
            binding = here.bindings.get(step) if isinstance(here, ast.AttrSet) else None
            if binding is None or binding.kind != "plain":
                return None
            here = unwrapped(binding.value)
    return here


def text_of(source: Source, node: ast.Node) -> str:
    """An expression as it was written."""
    return source.text[node.start : node.end]


def one_line(source: Source, node: ast.Node, longest: int = 60) -> str:
    """An expression as it was written, or `…` where that is long."""
    text = text_of(source, node)
    return text if "\n" not in text and len(text) <= longest else "…"


def as_argument(text: str) -> str:
    """An expression as the argument of a function, or an entry of a list: in parentheses where it needs them."""
    return f"({text})" if " " in text and text[0] not in "\"'[{(" else text


def module_function(tree: ast.Node) -> ast.Function | None:
    """The function with a set pattern that a module's file consists of."""
    while isinstance(tree, ast.Let | ast.WithNode):
        tree = tree.body
    return tree if isinstance(tree, ast.Function) and tree.formals is not None else None
