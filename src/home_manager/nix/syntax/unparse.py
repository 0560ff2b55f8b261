"""Syntax trees as text, in the fully bracketed form of `nix-instantiate --parse`."""

from __future__ import annotations

from home_manager.nix.quoting import quote, quote_name, show_float
from home_manager.nix.syntax import ast

_BUILT_IN = {"-": "__sub", "*": "__mul", "/": "__div"}

_CALLS = frozenset(("-", "*", "/", "<", ">"))


def show(node: ast.Node) -> str:
    """The expression as Nix prints it."""
    match node:
        case ast.Constant(value=str() as text):
            return quote(text)
        case ast.Constant(value=float() as number):
            return show_float(number)
        case ast.Constant():
            return str(node.value)
        case ast.PathText():
            return node.text
        case ast.SearchPath():
            return f"(__findFile __nixPath {quote(node.text)})"
        case ast.Name():
            return quote_name(node.name)
        case ast.CurrentPosition():
            return "__curPos"
        case ast.Concatenation():
            return f"({' + '.join(show(part) for part in node.parts)})"
        case ast.ListNode():
            return "[ " + "".join(f"({show(item)}) " for item in node.items) + "]"
        case ast.AttrSet():
            return f"{'rec ' if node.recursive else ''}{{ {_show_bindings(node)}}}"
        case ast.Let():
            return f"(let {_show_bindings(node.attrs)}in {show(node.body)})"
        case ast.SelectNode():
            default = "" if node.default is None else f" or ({show(node.default)})"
            return f"({show(node.base)}).{show_path(node.path)}{default}"
        case ast.HasAttrNode():
            return f"(({show(node.base)}) ? {show_path(node.path)})"
        case ast.Function():
            return f"({_show_pattern(node)}: {show(node.body)})"
        case ast.Apply():
            function = show(node.function)
            if isinstance(node.function, ast.Negation) or (
                isinstance(node.function, ast.Binary) and node.function.operator in _CALLS
            ):
                function = function[1:-1]  # To Nix these are calls, which more arguments are added to.
            return f"({' '.join((function, *map(show, node.arguments)))})"
        case ast.IfNode():
            return f"(if {show(node.condition)} then {show(node.yes)} else {show(node.no)})"
        case ast.WithNode():
            return f"(with {show(node.attrs)}; {show(node.body)})"
        case ast.AssertNode():
            return f"assert {show(node.condition)}; {show(node.body)}"
        case ast.NotNode():
            return f"(! {show(node.operand)})"
        case ast.Negation():
            return f"(__sub 0 {show(node.operand)})"
        case ast.Binary():
            return _show_binary(node)
    raise AssertionError(type(node))


def show_path(path: ast.AttrPath) -> str:
    """`a.b."${c}"`."""
    return ".".join(quote_name(name) if isinstance(name, str) else f'"${{{show(name)}}}"' for name in path)


def _show_binary(node: ast.Binary) -> str:
    left, right = show(node.left), show(node.right)
    match node.operator:
        case "<":
            return f"(__lessThan {left} {right})"
        case ">":
            return f"(__lessThan {right} {left})"
        case "<=":
            return f"(! (__lessThan {right} {left}))"
        case ">=":
            return f"(! (__lessThan {left} {right}))"
        case operator if operator in _BUILT_IN:
            return f"({_BUILT_IN[operator]} {left} {right})"
        case operator:
            return f"({left} {operator} {right})"


def _show_pattern(node: ast.Function) -> str:
    if node.formals is None:
        return quote_name(node.argument or "")
    shown = [
        quote_name(formal.name) + ("" if formal.default is None else f" ? {show(formal.default)}")
        for formal in sorted(node.formals, key=lambda formal: formal.name)
    ]
    if node.ellipsis:
        shown.append("...")
    argument = "" if node.argument is None else f" @ {quote_name(node.argument)}"
    return f"{{ {', '.join(shown)} }}{argument}"


def _show_bindings(attrs: ast.AttrSet) -> str:
    inherited: list[str] = []
    inherited_from: dict[int, list[str]] = {}
    plain: list[str] = []
    for name, binding in sorted(attrs.bindings.items()):
        if binding.kind == "inherit":
            inherited.append(quote_name(name))
        elif binding.kind == "inherit-from":
            inherited_from.setdefault(binding.source_index, []).append(quote_name(name))
        else:
            plain.append(f"{quote_name(name)} = {show(binding.value)}; ")
    shown = [f"inherit {' '.join(inherited)}; "] if inherited else []
    for index, names in sorted(inherited_from.items()):
        shown.append(f"inherit ({show(attrs.inherit_from[index])}) {' '.join(names)}; ")
    shown += plain
    shown += [f'"${{{show(dynamic.name)}}}" = {show(dynamic.value)}; ' for dynamic in attrs.dynamic]
    return "".join(shown)
