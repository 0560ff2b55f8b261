"""Syntax trees as bytes, of which only what is looked at is ever decoded again.

A tree is cut where evaluation may never come: values of attributes, bodies of functions, arguments, branches. Each piece
is a chunk of its own; where it stood, a `Deferred` node stands for it, which the resolver leaves alone until somebody
evaluates it. The chunks are `marshal`led tuples, in which there is nothing that runs.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable
from typing import Any, Final

from home_manager.nix import syntax

FORMAT: Final = 1
"""To be counted up when the same tree is written otherwise."""

SMALLEST_CHUNK: Final = 160
"""A piece of the text shorter than this is decoded together with what is around it."""

Chunks = tuple[bytes, ...]


class Deferred(syntax.Node):
    """A part of the tree that is still encoded."""

    __slots__ = ("chunks", "index")

    def __init__(self, start: int, end: int, chunks: Chunks, index: int) -> None:
        self.start = start
        self.end = end
        self.chunks = chunks
        self.index = index

    def load(self) -> syntax.Node:
        """The node itself."""
        return _decoded(marshal.loads(self.chunks[self.index]), self.chunks)


def encode(node: syntax.Node) -> bytes:
    """A whole tree."""
    writer = _Writer()
    writer.chunks.append(b"")
    writer.chunks[0] = marshal.dumps(writer.node(node))
    return marshal.dumps(tuple(writer.chunks))


def decode(data: bytes | memoryview) -> syntax.Node:
    """The tree again. What is no encoded tree raises `ValueError`, `EOFError` or `TypeError`."""
    chunks = marshal.loads(data)
    if not isinstance(chunks, tuple):
        raise TypeError("no encoded tree")
    return Deferred(0, 0, chunks, 0).load()


_LEAF, _PATH, _SEARCH, _NAME, _POSITION, _CONCATENATION, _LIST, _SET, _LET, _SELECT, _HAS, _FUNCTION = range(12)
_APPLY, _IF, _WITH, _ASSERT, _NOT, _NEGATION, _BINARY, _DEFERRED = range(12, 20)


class _Writer:
    """The chunks of one tree, as they come."""

    __slots__ = ("chunks",)

    def __init__(self) -> None:
        self.chunks: list[bytes] = []

    def later(self, node: syntax.Node) -> Any:
        """A node that need not be decoded with what is around it."""
        if node.end - node.start < SMALLEST_CHUNK:
            return self.node(node)
        index = len(self.chunks)
        self.chunks.append(b"")
        self.chunks[index] = marshal.dumps(self.node(node))
        return (_DEFERRED, node.start, node.end, index)

    def nodes(self, nodes: list[syntax.Node]) -> tuple[Any, ...]:
        return tuple([self.node(node) for node in nodes])

    def path(self, path: syntax.AttrPath) -> tuple[Any, ...]:
        return tuple([part if isinstance(part, str) else self.node(part) for part in path])

    def node(self, node: syntax.Node) -> Any:
        start, end = node.start, node.end
        if isinstance(node, syntax.Name):
            return (_NAME, start, end, node.name)
        if isinstance(node, syntax.Constant):
            return (_LEAF, start, end, node.value)
        if isinstance(node, syntax.SelectNode):
            default = None if node.default is None else self.node(node.default)
            return (_SELECT, start, end, self.node(node.base), self.path(node.path), default)
        if isinstance(node, syntax.Apply):
            arguments = tuple([self.later(argument) for argument in node.arguments])
            return (_APPLY, start, end, self.node(node.function), arguments, node.at)
        if isinstance(node, syntax.AttrSet):
            return (_SET, start, end, *self._set(node))
        if isinstance(node, syntax.ListNode):
            return (_LIST, start, end, tuple([self.later(item) for item in node.items]))
        if isinstance(node, syntax.Concatenation):
            return (_CONCATENATION, start, end, self.nodes(node.parts), node.text, node.at)
        if isinstance(node, syntax.Function):
            formals = None
            if node.formals is not None:
                formals = tuple(
                    [
                        (each.name, None if each.default is None else self.node(each.default), each.start, each.end)
                        for each in node.formals
                    ]
                )
            # A row of functions becomes one of several arguments, so that it has to be seen as a whole.
            body = self.node(node.body) if isinstance(node.body, syntax.Function) else self.later(node.body)
            return (_FUNCTION, start, end, node.argument, formals, node.ellipsis, body, node.name)
        if isinstance(node, syntax.Let):
            attrs = node.attrs
            return (_LET, start, end, (attrs.start, attrs.end, *self._set(attrs)), self.later(node.body))
        if isinstance(node, syntax.Binary):
            return (_BINARY, start, end, node.operator, self.node(node.left), self.node(node.right), node.at)
        if isinstance(node, syntax.IfNode):
            return (_IF, start, end, self.node(node.condition), self.later(node.yes), self.later(node.no))
        if isinstance(node, syntax.WithNode):
            return (_WITH, start, end, self.node(node.attrs), self.later(node.body))
        if isinstance(node, syntax.AssertNode):
            return (_ASSERT, start, end, self.node(node.condition), self.later(node.body))
        if isinstance(node, syntax.HasAttrNode):
            return (_HAS, start, end, self.node(node.base), self.path(node.path))
        if isinstance(node, syntax.NotNode):
            return (_NOT, start, end, self.node(node.operand))
        if isinstance(node, syntax.Negation):
            return (_NEGATION, start, end, self.node(node.operand))
        if isinstance(node, syntax.PathText):
            return (_PATH, start, end, node.text)
        if isinstance(node, syntax.SearchPath):
            return (_SEARCH, start, end, node.text)
        assert isinstance(node, syntax.CurrentPosition)
        return (_POSITION, start, end)

    def _set(self, node: syntax.AttrSet) -> tuple[Any, ...]:
        bindings = tuple(
            [
                (name, self.later(each.value), each.start, each.end, each.kind, each.source_index)
                for name, each in node.bindings.items()
            ]
        )
        dynamic = tuple([(self.node(each.name), self.later(each.value), each.start, each.end) for each in node.dynamic])
        return (bindings, node.recursive, dynamic, self.nodes(node.inherit_from))


def _decoded(data: Any, chunks: Chunks) -> syntax.Node:
    node: syntax.Node = _READERS[data[0]](data, chunks)
    return node


def _leaf(data: Any, chunks: Chunks) -> syntax.Node:
    return syntax.Constant(data[1], data[2], data[3])


def _path_text(data: Any, chunks: Chunks) -> syntax.Node:
    return syntax.PathText(data[1], data[2], data[3])


def _search_path(data: Any, chunks: Chunks) -> syntax.Node:
    return syntax.SearchPath(data[1], data[2], data[3])


def _name(data: Any, chunks: Chunks) -> syntax.Node:
    return syntax.Name(data[1], data[2], data[3])


def _position(data: Any, chunks: Chunks) -> syntax.Node:
    return syntax.CurrentPosition(data[1], data[2])


def _concatenation(data: Any, chunks: Chunks) -> syntax.Node:
    parts = [_READERS[part[0]](part, chunks) for part in data[3]]
    return syntax.Concatenation(data[1], data[2], parts, text=data[4], at=data[5])


def _list(data: Any, chunks: Chunks) -> syntax.Node:
    return syntax.ListNode(data[1], data[2], [_READERS[item[0]](item, chunks) for item in data[3]])


def _attrs(start: int, end: int, data: Any, chunks: Chunks) -> syntax.AttrSet:
    bindings, recursive, dynamic, inherit_from = data
    attrs = syntax.AttrSet(start, end)
    attrs.recursive = recursive
    attrs.bindings = {
        name: syntax.Binding(_READERS[value[0]](value, chunks), first, last, kind, index)
        for name, value, first, last, kind, index in bindings
    }
    for name, value, first, last in dynamic:
        attrs.dynamic.append(syntax.DynamicBinding(_decoded(name, chunks), _decoded(value, chunks), first, last))
    attrs.inherit_from = [_decoded(origin, chunks) for origin in inherit_from]
    return attrs


def _set(data: Any, chunks: Chunks) -> syntax.Node:
    return _attrs(data[1], data[2], data[3:], chunks)


def _let(data: Any, chunks: Chunks) -> syntax.Node:
    attrs = data[3]
    return syntax.Let(data[1], data[2], _attrs(attrs[0], attrs[1], attrs[2:], chunks), _decoded(data[4], chunks))


def _names(path: Any, chunks: Chunks) -> syntax.AttrPath:
    return [part if isinstance(part, str) else _decoded(part, chunks) for part in path]


def _select(data: Any, chunks: Chunks) -> syntax.Node:
    default = None if data[5] is None else _decoded(data[5], chunks)
    return syntax.SelectNode(data[1], data[2], _decoded(data[3], chunks), _names(data[4], chunks), default)


def _has(data: Any, chunks: Chunks) -> syntax.Node:
    return syntax.HasAttrNode(data[1], data[2], _decoded(data[3], chunks), _names(data[4], chunks))


def _function(data: Any, chunks: Chunks) -> syntax.Node:
    formals = data[4]
    if formals is not None:
        formals = [
            syntax.Formal(name, None if default is None else _decoded(default, chunks), first, last)
            for name, default, first, last in formals
        ]
    function = syntax.Function(data[1], data[2], data[3], formals, data[5], _decoded(data[6], chunks))
    function.name = data[7]
    return function


def _apply(data: Any, chunks: Chunks) -> syntax.Node:
    arguments = [_READERS[argument[0]](argument, chunks) for argument in data[4]]
    return syntax.Apply(data[1], data[2], _decoded(data[3], chunks), arguments, data[5])


def _if(data: Any, chunks: Chunks) -> syntax.Node:
    condition, yes, no = data[3:]
    return syntax.IfNode(data[1], data[2], _decoded(condition, chunks), _decoded(yes, chunks), _decoded(no, chunks))


def _with(data: Any, chunks: Chunks) -> syntax.Node:
    return syntax.WithNode(data[1], data[2], _decoded(data[3], chunks), _decoded(data[4], chunks))


def _assert(data: Any, chunks: Chunks) -> syntax.Node:
    return syntax.AssertNode(data[1], data[2], _decoded(data[3], chunks), _decoded(data[4], chunks))


def _not(data: Any, chunks: Chunks) -> syntax.Node:
    return syntax.NotNode(data[1], data[2], _decoded(data[3], chunks))


def _negation(data: Any, chunks: Chunks) -> syntax.Node:
    return syntax.Negation(data[1], data[2], _decoded(data[3], chunks))


def _binary(data: Any, chunks: Chunks) -> syntax.Node:
    left, right = _decoded(data[4], chunks), _decoded(data[5], chunks)
    return syntax.Binary(data[1], data[2], data[3], left, right, data[6])


def _deferred(data: Any, chunks: Chunks) -> syntax.Node:
    return Deferred(data[1], data[2], chunks, data[3])


_READERS: Final[tuple[Callable[[Any, Chunks], syntax.Node], ...]] = (
    _leaf,
    _path_text,
    _search_path,
    _name,
    _position,
    _concatenation,
    _list,
    _set,
    _let,
    _select,
    _has,
    _function,
    _apply,
    _if,
    _with,
    _assert,
    _not,
    _negation,
    _binary,
    _deferred,
)
