"""The bindings of attribute sets and `let`: paths of names, `inherit`, sets that grow by several paths, duplicates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from home_manager.diagnostics import Failure, Label, Span
from home_manager.nix.syntax import ast
from home_manager.nix.syntax.unparse import show_path

if TYPE_CHECKING:
    from home_manager.nix.syntax.parser import Parser


_EXPECTED = {
    ("in", False): ("'in'", "'inherit'"),
    ("}", True): ("'inherit'", "'}'"),
    ("}", False): ("'inherit'",),
}


def parse_bindings(parser: Parser, attrs: ast.AttrSet, closing: str) -> None:
    """Adds bindings up to `closing`, which is read as well."""
    kinds = parser.kinds
    while True:
        at = parser.position
        kind = kinds[at]
        if kind == closing:
            parser.position = at + 1
            return
        if kind == "inherit":
            parser.position = at + 1
            _inherit(parser, attrs)
        elif kind in ("ID", "or", "STRING", '"', "${"):
            if kind == "ID" and kinds[at + 1] == "=":
                parser.position = at + 1
                path: ast.AttrPath = [parser.values[at]]  # type: ignore[list-item]
            else:
                path = attr_path(parser)
            end = parser.ends[parser.position - 1]
            if kinds[parser.position] != "=":
                parser.unexpected("'.'", "'='")
            parser.position += 1
            value = parser.expression()
            if kinds[parser.position] == ";":
                parser.position += 1
            else:
                parser.expect(";")
            _add(parser, attrs, path, value, parser.starts[at], end)
        else:
            parser.unexpected(*_EXPECTED[closing, attrs.recursive])


def attr_path(parser: Parser) -> ast.AttrPath:
    """`a."b".${c}`."""
    path: ast.AttrPath = [_attr(parser)]
    while parser.kinds[parser.position] == ".":
        parser.position += 1
        path.append(_attr(parser))
    return path


def _attr(parser: Parser) -> str | ast.Node:
    """One name of a path: a text where it is known, else the expression that gives it."""
    at = parser.position
    kind = parser.kinds[at]
    if kind == "ID" or kind == "STRING" or kind == "or":
        parser.position = at + 1
        return str(parser.values[at])
    if kind == '"':
        parser.position = at + 1
        name = parser.string(parser.starts[at])
    elif kind == "${":
        parser.position = at + 1
        name = parser.interpolation()
    else:
        parser.unexpected("identifier", "'or'", "'${'", "'\"'")
    if isinstance(name, ast.Constant) and isinstance(name.value, str):
        return name.value
    return name


def _inherit(parser: Parser, attrs: ast.AttrSet) -> None:
    """`inherit a b;` and `inherit (c) a b;`, after the keyword."""
    index = -1
    if parser.kinds[parser.position] == "(":
        parser.position += 1
        origin = parser.expression()
        parser.expect(")")
        index = len(attrs.inherit_from)
        attrs.inherit_from.append(origin)
    while parser.kinds[parser.position] != ";":
        at = parser.position
        if parser.kinds[at] not in ("ID", "or", "STRING", '"', "${"):
            parser.unexpected()
        name = _attr(parser)
        start, end = parser.starts[at], parser.ends[parser.position - 1]
        if not isinstance(name, str):
            raise parser.error("dynamic attributes not allowed in inherit", start, end)
        before = attrs.bindings.get(name)
        if before is not None:
            raise _duplicate(parser, [name], start, end, before.start)
        value = ast.Name(start, end, name)
        if index < 0:
            attrs.bindings[name] = ast.Binding(value, start, end, "inherit")
        else:
            attrs.bindings[name] = ast.Binding(value, start, end, "inherit-from", index)
    parser.position += 1


def _add(parser: Parser, attrs: ast.AttrSet, path: ast.AttrPath, value: ast.Node, start: int, end: int) -> None:
    """Adds the attribute at a path, making the sets on the way."""
    last = path[-1]
    for depth in range(len(path) - 1):
        name = path[depth]
        there = attrs.bindings.get(name) if isinstance(name, str) else None
        if there is None:
            nested = ast.AttrSet(start, value.end)
            if isinstance(name, str):
                attrs.bindings[name] = ast.Binding(nested, start, end)
            else:
                attrs.dynamic.append(ast.DynamicBinding(name, nested, start, end))
            attrs = nested
        elif isinstance(there.value, ast.AttrSet) and there.kind == "plain":
            attrs = there.value
        else:
            raise _duplicate(parser, path[: depth + 1], start, end, there.start)
    if isinstance(last, str):
        _insert(parser, attrs, path, last, ast.Binding(value, start, end))
    else:
        attrs.dynamic.append(ast.DynamicBinding(last, value, start, end))


def _insert(parser: Parser, attrs: ast.AttrSet, path: ast.AttrPath, name: str, binding: ast.Binding) -> None:
    """Puts a binding under its name; two sets written for the same name become one.

    As in Nix, whether the joined set is recursive depends on the first one alone.
    """
    there = attrs.bindings.get(name)
    if there is None:
        attrs.bindings[name] = binding
        if isinstance(binding.value, ast.Function):
            _name_function(binding.value, name)
        return
    old, new = there.value, binding.value
    if not isinstance(old, ast.AttrSet) or not isinstance(new, ast.AttrSet):
        raise _duplicate(parser, path, binding.start, binding.end, there.start)
    offset = len(old.inherit_from)
    for inner_name, inner in new.bindings.items():
        if inner.kind == "inherit-from":
            inner.source_index += offset
        _insert(parser, old, [*path, inner_name], inner_name, inner)
    old.dynamic.extend(new.dynamic)
    old.inherit_from.extend(new.inherit_from)


def _name_function(value: ast.Node, name: str) -> None:
    while isinstance(value, ast.Function):
        value.name = name
        value = value.body


def _duplicate(parser: Parser, path: ast.AttrPath, start: int, end: int, before: int) -> Failure:
    place = Span(parser.source, before, before + 1)
    message = f"attribute '{show_path(path)}' already defined at {place}"
    return parser.error(message, start, end, Label(place, "defined here before"))
