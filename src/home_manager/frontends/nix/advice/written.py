"""The text around a span, parsed again: only a mistake pays for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from home_manager.diagnostics import Failure, Source, Span
from home_manager.nix import syntax
from home_manager.nix.parser import parse

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
def tree_of(source: Source) -> syntax.Node | None:
    """The expression in a text, or `None` where it does not parse."""
    try:
        return parse(source, "/")
    except Failure:
        return None


def children(node: syntax.Node) -> Iterator[syntax.Node]:
    """The expressions directly inside of one."""
    match node:
        case syntax.AttrSet():
            yield from node.inherit_from
            yield from (each.value for each in node.bindings.values() if each.kind == "plain")
            for dynamic in node.dynamic:
                yield dynamic.name
                yield dynamic.value
        case syntax.Let():
            yield node.attrs
            yield node.body
        case syntax.SelectNode():
            yield node.base
            yield from (part for part in node.path if not isinstance(part, str))
            if node.default is not None:
                yield node.default
        case syntax.HasAttrNode():
            yield node.base
            yield from (part for part in node.path if not isinstance(part, str))
        case syntax.Function():
            yield from (formal.default for formal in node.formals or () if formal.default is not None)
            yield node.body
        case syntax.Apply():
            yield node.function
            yield from node.arguments
        case syntax.IfNode():
            yield from (node.condition, node.yes, node.no)
        case syntax.WithNode():
            yield from (node.attrs, node.body)
        case syntax.AssertNode():
            yield from (node.condition, node.body)
        case syntax.NotNode() | syntax.Negation():
            yield node.operand
        case syntax.Binary():
            yield from (node.left, node.right)
        case syntax.Concatenation():
            yield from node.parts
        case syntax.ListNode():
            yield from node.items


def everything(node: syntax.Node) -> Iterator[syntax.Node]:
    """An expression and all inside of it, in the order of the text."""
    yield node
    for child in children(node):
        yield from everything(child)


def way_to(tree: syntax.Node, start: int, end: int) -> list[syntax.Node]:
    """The expressions around a stretch of the text, from the whole to the smallest."""

    def search(node: syntax.Node) -> list[syntax.Node]:
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


def bound_value(span: Span, name: str) -> syntax.Node | None:
    """The expression that an attribute was given, found by where its path begins, and by its name."""
    tree = tree_of(span.source)
    if tree is None:
        return None
    for node in everything(tree):
        if isinstance(node, syntax.AttrSet):
            binding = node.bindings.get(name)
            if binding is not None and binding.start == span.start and binding.kind == "plain":
                return binding.value
    return None


def unwrapped(node: syntax.Node) -> syntax.Node:
    """The value without `with`, `let` and the functions that wrap values."""
    while True:
        match node:
            case syntax.WithNode() | syntax.Let() | syntax.AssertNode():
                node = node.body
            case syntax.Apply() if LAST_ARGUMENT.get(called(node)) == len(node.arguments):
                node = node.arguments[-1]
            case _:
                return node


def called(node: syntax.Node) -> str:
    """The last name of the function that is called: `mkIf` of `lib.mkIf a b`; empty where that is no name."""
    function = node.function if isinstance(node, syntax.Apply) else node
    if isinstance(function, syntax.Name):
        return function.name
    if isinstance(function, syntax.SelectNode) and isinstance(function.path[-1], str):
        return function.path[-1]
    return ""


def inside(node: syntax.Node, steps: Sequence[str | int]) -> syntax.Node | None:
    """What stands inside a value: names of attributes, places in lists."""
    here: syntax.Node = unwrapped(node)
    for step in steps:
        if isinstance(step, int):
            if not isinstance(here, syntax.ListNode) or step >= len(here.items):
                return None
            here = unwrapped(here.items[step])
        else:
            binding = here.bindings.get(step) if isinstance(here, syntax.AttrSet) else None
            if binding is None or binding.kind != "plain":
                return None
            here = unwrapped(binding.value)
    return here


def text_of(source: Source, node: syntax.Node) -> str:
    """An expression as it was written."""
    return source.text[node.start : node.end]


def one_line(source: Source, node: syntax.Node, longest: int = 60) -> str:
    """An expression as it was written, or `…` where that is long."""
    text = text_of(source, node)
    return text if "\n" not in text and len(text) <= longest else "…"


def as_argument(text: str) -> str:
    """An expression as the argument of a function, or an entry of a list: in parentheses where it needs them."""
    return f"({text})" if " " in text and text[0] not in "\"'[{(" else text


def module_function(tree: syntax.Node) -> syntax.Function | None:
    """The function with a set pattern that a module's file consists of."""
    while isinstance(tree, syntax.Let | syntax.WithNode):
        tree = tree.body
    return tree if isinstance(tree, syntax.Function) and tree.formals is not None else None
