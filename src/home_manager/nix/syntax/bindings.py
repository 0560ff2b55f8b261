"""The bindings of attribute sets and `let`: paths of names, `inherit`, sets that grow by several paths, duplicates."""

from __future__ import annotations

from home_manager.diagnostics import Failure, Label, Span
from home_manager.nix.syntax import ast
from home_manager.nix.syntax.token_cursor import TokenCursor
from home_manager.nix.syntax.unparse import show_path

_EXPECTED = {
    ("in", False): ("'in'", "'inherit'"),
    ("}", True): ("'inherit'", "'}'"),
    ("}", False): ("'inherit'",),
}


def parse_bindings(cursor: TokenCursor, attrs: ast.AttrSet, closing: str) -> None:
    """Adds bindings up to `closing`, which is read as well."""
    kinds = cursor.kinds
    while True:
        at = cursor.position
        kind = kinds[at]
        if kind == closing:
            cursor.position = at + 1
            return
        if kind == "inherit":
            cursor.position = at + 1
            _inherit(cursor, attrs)
        elif kind in ("ID", "or", "STRING", '"', "${"):
            if kind == "ID" and kinds[at + 1] == "=":
                cursor.position = at + 1
                path: ast.AttrPath = [cursor.values[at]]  # type: ignore[list-item]
            else:
                path = attr_path(cursor)
            end = cursor.ends[cursor.position - 1]
            if kinds[cursor.position] != "=":
                cursor.unexpected("'.'", "'='")
            cursor.position += 1
            value = cursor.expression()
            if kinds[cursor.position] == ";":
                cursor.position += 1
            else:
                cursor.expect(";")
            _add(cursor, attrs, path, value, cursor.starts[at], end)
        else:
            cursor.unexpected(*_EXPECTED[closing, attrs.recursive])


def attr_path(cursor: TokenCursor) -> ast.AttrPath:
    """`a."b".${c}`."""
    path: ast.AttrPath = [_attr(cursor)]
    while cursor.kinds[cursor.position] == ".":
        cursor.position += 1
        path.append(_attr(cursor))
    return path


def _attr(cursor: TokenCursor) -> str | ast.Node:
    """One name of a path: a text where it is known, else the expression that gives it."""
    at = cursor.position
    kind = cursor.kinds[at]
    if kind == "ID" or kind == "STRING" or kind == "or":
        cursor.position = at + 1
        return str(cursor.values[at])
    if kind == '"':
        cursor.position = at + 1
        name = cursor.string(cursor.starts[at])
    elif kind == "${":
        cursor.position = at + 1
        name = cursor.interpolation()
    else:
        cursor.unexpected("identifier", "'or'", "'${'", "'\"'")
    if isinstance(name, ast.Constant) and isinstance(name.value, str):
        return name.value
    return name


def _inherit(cursor: TokenCursor, attrs: ast.AttrSet) -> None:
    """`inherit a b;` and `inherit (c) a b;`, after the keyword."""
    index = -1
    if cursor.kinds[cursor.position] == "(":
        cursor.position += 1
        origin = cursor.expression()
        cursor.expect(")")
        index = len(attrs.inherit_from)
        attrs.inherit_from.append(origin)
    while cursor.kinds[cursor.position] != ";":
        at = cursor.position
        if cursor.kinds[at] not in ("ID", "or", "STRING", '"', "${"):
            cursor.unexpected()
        name = _attr(cursor)
        start, end = cursor.starts[at], cursor.ends[cursor.position - 1]
        if not isinstance(name, str):
            raise cursor.error("dynamic attributes not allowed in inherit", start, end)
        before = attrs.bindings.get(name)
        if before is not None:
            raise _duplicate(cursor, [name], start, end, before.start)
        value = ast.Name(start, end, name)
        if index < 0:
            attrs.bindings[name] = ast.Binding(value, start, end, "inherit")
        else:
            attrs.bindings[name] = ast.Binding(value, start, end, "inherit-from", index)
    cursor.position += 1


def _add(cursor: TokenCursor, attrs: ast.AttrSet, path: ast.AttrPath, value: ast.Node, start: int, end: int) -> None:
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
            raise _duplicate(cursor, path[: depth + 1], start, end, there.start)
    if isinstance(last, str):
        _insert(cursor, attrs, path, last, ast.Binding(value, start, end))
    else:
        attrs.dynamic.append(ast.DynamicBinding(last, value, start, end))


def _insert(cursor: TokenCursor, attrs: ast.AttrSet, path: ast.AttrPath, name: str, binding: ast.Binding) -> None:
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
        raise _duplicate(cursor, path, binding.start, binding.end, there.start)
    offset = len(old.inherit_from)
    for inner_name, inner in new.bindings.items():
        if inner.kind == "inherit-from":
            inner.source_index += offset
        _insert(cursor, old, [*path, inner_name], inner_name, inner)
    old.dynamic.extend(new.dynamic)
    old.inherit_from.extend(new.inherit_from)


def _name_function(value: ast.Node, name: str) -> None:
    while isinstance(value, ast.Function):
        value.name = name
        value = value.body


def _duplicate(cursor: TokenCursor, path: ast.AttrPath, start: int, end: int, before: int) -> Failure:
    place = Span(cursor.source, before, before + 1)
    message = f"attribute '{show_path(path)}' already defined at {place}"
    return cursor.error(message, start, end, Label(place, "defined here before"))
