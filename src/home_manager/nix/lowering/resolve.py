"""From what was written to what it means: every variable becomes a place in an environment.

Undefined variables are found here, before anything is evaluated. `ir` says what comes out; `lower` makes nodes of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from home_manager.diagnostics import Failure, Failures, Source, Span
from home_manager.nix.errors import undefined_variable
from home_manager.nix.lowering.ir import (
    ASSERT,
    CALL,
    CONSTANT,
    FUNCTION,
    GLOBAL,
    HAS_ATTRIBUTE,
    HOME_PATH,
    IF,
    LATER,
    LET,
    LIST,
    LONG_PATH,
    NEGATION,
    NOT,
    OPERATOR,
    PATH,
    PATTERN_FUNCTION,
    POSITION,
    RECURSIVE_SET,
    SELECT,
    SELECT_PATH,
    SELECT_VARIABLE,
    SET,
    STRING,
    VARIABLE,
    WITH,
    WITH_VARIABLE,
    Form,
    Pieces,
)
from home_manager.nix.path_text import canonical
from home_manager.nix.syntax import ast
from home_manager.nix.syntax.unparse import show
from home_manager.values import Value

SMALLEST_PIECE: Final = 160
"""What is shorter than this in the text is built together with what is around it."""

_OPERATOR_FUNCTIONS: Final = {
    "-": "__sub",
    "*": "__mul",
    "/": "__div",
    "<": "__lessThan",
    ">": "__lessThan",
    "<=": "__lessThan",
    ">=": "__lessThan",
}


class Scope:
    """The variables of one environment: names to slots, or `None` for a `with`."""

    __slots__ = ("names", "parent")

    def __init__(self, names: dict[str, int] | None, parent: Scope | None) -> None:
        self.names = names
        self.parent = parent


def resolve(node: ast.Node, source: Source, names: Mapping[str, Value]) -> Pieces:
    """The IR of a file; `names` are the global ones."""
    resolver = Resolver(source, names)
    resolver.pieces[0] = resolver.form(node, None)
    undefined = resolver.undefined
    if undefined:
        raise undefined[0] if len(undefined) == 1 else Failures(tuple(each.diagnostic for each in undefined))
    return resolver.pieces


class Resolver:
    """Resolves the expressions of one source."""

    __slots__ = ("globals", "known", "overloaded", "pieces", "source", "undefined")

    def __init__(self, source: Source, names: Mapping[str, Value]) -> None:
        self.source: Final = source
        self.globals: Final = names
        self.pieces: Final[Pieces] = [None]
        self.undefined: Final[list[Failure]] = []
        # Equal names, and rows of them, are the same object: they are stored once, and compared faster.
        self.known: Final[dict[Any, Any]] = {}
        # Operators mean `__sub` and so on, and these names may be declared anew. Nobody does; then it must work.
        text = source.text
        self.overloaded: Final = "__" in text and any(name in text for name in _OPERATOR_FUNCTIONS.values())

    def form(self, node: ast.Node, scope: Scope | None) -> Form:
        return _METHODS[type(node)](self, node, scope)

    def forms(self, nodes: list[ast.Node], scope: Scope | None) -> tuple[Form, ...]:
        return tuple([_METHODS[type(node)](self, node, scope) for node in nodes])

    def later(self, node: ast.Node, scope: Scope | None) -> Form:
        """A form that need not be built with what is around it. (A function becomes one with its body left out.)"""
        if node.end - node.start < SMALLEST_PIECE or type(node) is ast.Function:
            return _METHODS[type(node)](self, node, scope)
        index = len(self.pieces)
        self.pieces.append(None)
        self.pieces[index] = _METHODS[type(node)](self, node, scope)
        return (LATER, node.start, node.end, index)

    # Variables

    def find(self, name: str, scope: Scope | None) -> tuple[int, int] | None:
        """Level and slot of a variable, if a scope declares it."""
        level = 0
        while scope is not None:
            if scope.names is not None:
                index = scope.names.get(name)
                if index is not None:
                    return level, index
            scope = scope.parent
            level += 1
        return None

    def name(self, name: str, start: int, end: int, scope: Scope | None, further: int = 0) -> Form:
        """A variable seen from `scope`, for an expression that lies `further` environments inside it."""
        level = further
        withs = False
        around = scope
        name = self.known.setdefault(name, name)
        while around is not None:
            names = around.names
            if names is None:
                withs = True
            else:
                index = names.get(name)
                if index is not None:
                    return (VARIABLE, start, end, name, level, index)
            around = around.parent
            level += 1
        if name in self.globals:
            return (GLOBAL, start, end, name)
        if withs:
            return (WITH_VARIABLE, start, end, name, _withs(scope, further))
        # One such name says nothing of the others: all of a text are told of together.
        self.undefined.append(undefined_variable(name, self._visible(scope), Span(self.source, start, end)))
        return (CONSTANT, start, end, None)

    def _visible(self, scope: Scope | None) -> list[str]:
        names = [name for name in self.globals if not name.startswith("__")]
        while scope is not None:
            names.extend(name for name in scope.names or () if not name.startswith("\0"))
            scope = scope.parent
        return names

    def variable(self, node: ast.Name, scope: Scope | None) -> Form:
        return self.name(node.name, node.start, node.end, scope)

    # Constants, strings, paths

    def constant(self, node: ast.Constant, scope: Scope | None) -> Form:
        return (CONSTANT, node.start, node.end, node.value)

    def path(self, node: ast.PathText, scope: Scope | None) -> Form:
        if node.text.startswith("~"):
            return (HOME_PATH, node.start, node.end, node.text)
        return (PATH, node.start, node.end, canonical(node.text))

    def search_path(self, node: ast.SearchPath, scope: Scope | None) -> Form:
        start, end = node.start, node.end
        function = self.name("__findFile", start, end, scope)
        path = self.name("__nixPath", start, end, scope)
        return (CALL, start, end, start, function, (path, (CONSTANT, start, end, node.text)))

    def concatenation(self, node: ast.Concatenation, scope: Scope | None) -> Form:
        parts = node.parts
        if not node.text and node.at != node.start:
            left, right = self.form(parts[0], scope), self.form(parts[1], scope)
            return (OPERATOR, node.start, node.end, "+", node.at, left, right)
        if node.text:
            return (STRING, node.start, node.end, self._texts(parts, scope))
        first = parts[0]
        assert isinstance(first, ast.PathText)
        return (LONG_PATH, node.start, node.end, first.text, self._texts(parts[1:], scope))

    def _texts(self, parts: list[ast.Node], scope: Scope | None) -> tuple[str | Form, ...]:
        return tuple(
            [
                part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else self.form(part, scope)
                for part in parts
            ]
        )

    def position(self, node: ast.CurrentPosition, scope: Scope | None) -> Form:
        return (POSITION, node.start, node.end)

    # Lists and sets

    def list_node(self, node: ast.ListNode, scope: Scope | None) -> Form:
        return (LIST, node.start, node.end, tuple([self.later(item, scope) for item in node.items]))

    def attr_set(self, node: ast.AttrSet, scope: Scope | None) -> Form:
        names, places = self._names(node)
        if node.recursive:
            values, hidden, inner = self.recursive_bindings(node, scope)
            return (RECURSIVE_SET, node.start, node.end, names, places, values, self._computed(node, inner), hidden)
        sources = _hidden(node) if node.inherit_from else []
        outer = scope
        if sources:
            scope = Scope({f"\0{index}": slot for slot, index in enumerate(sources, 1)}, scope)
        values = tuple(
            [
                self.later(binding.value, scope)
                if binding.kind == "plain"
                else self.binding(node, name, binding, scope, scope, 0)
                for name, binding in node.bindings.items()
            ]
        )
        computed = self._computed(node, scope) if node.dynamic else ()
        result = (SET, node.start, node.end, names, places, values, computed)
        if not sources:
            return result
        further = Scope({}, outer)
        origins = tuple([self.form(node.inherit_from[index], further) for index in sources])
        return (LET, node.start, node.end, origins, result)

    def _names(self, node: ast.AttrSet) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """The names of a set, and where each begins and ends."""
        known = self.known
        names = tuple([known.setdefault(name, name) for name in node.bindings])
        places = tuple([at for binding in node.bindings.values() for at in (binding.start, binding.end)])
        return known.setdefault(names, names), places

    def _computed(self, node: ast.AttrSet, scope: Scope | None) -> tuple[tuple[Form, Form, int, int], ...]:
        return tuple(
            [
                (self.form(each.name, scope), self.later(each.value, scope), each.start, each.end)
                for each in node.dynamic
            ]
        )

    def recursive_bindings(
        self, node: ast.AttrSet, scope: Scope | None
    ) -> tuple[tuple[Form, ...], tuple[Form, ...], Scope]:
        """The values of a `rec` or `let`, the sources of its `inherit (…)`, and the scope inside."""
        slots = {name: slot for slot, name in enumerate(node.bindings, 1)}
        sources = _hidden(node)
        first_hidden = len(slots) + 1
        slots.update((f"\0{index}", slot) for slot, index in enumerate(sources, first_hidden))
        inner = Scope(slots, scope)
        values = [self.binding(node, name, binding, inner, scope, 1) for name, binding in node.bindings.items()]
        return tuple(values), self.forms([node.inherit_from[index] for index in sources], inner), inner

    def binding(
        self,
        node: ast.AttrSet,
        name: str,
        binding: ast.Binding,
        scope: Scope | None,
        outside: Scope | None,
        further: int,
    ) -> Form:
        """The value of an attribute; plain `inherit` looks `outside`, which is `further` environments away."""
        if binding.kind == "inherit":
            return self.name(name, binding.start, binding.end, outside, further)
        if binding.kind == "inherit-from":
            origin = node.inherit_from[binding.source_index]
            if isinstance(origin, ast.Name):
                base = self.name(origin.name, origin.start, origin.end, scope)
            else:
                base = self.name(f"\0{binding.source_index}", origin.start, origin.end, scope)
            return self.selected(binding.start, binding.end, base, name, binding.start)
        return self.later(binding.value, scope)

    def let(self, node: ast.Let, scope: Scope | None) -> Form:
        values, hidden, inner = self.recursive_bindings(node.attrs, scope)
        return (LET, node.start, node.end, values + hidden, self.later(node.body, inner))

    def with_node(self, node: ast.WithNode, scope: Scope | None) -> Form:
        attrs = self.form(node.attrs, scope)
        return (WITH, node.start, node.end, attrs, self.later(node.body, Scope(None, scope)))

    # Selection

    def _path(self, path: ast.AttrPath, scope: Scope | None) -> tuple[str | Form, ...]:
        return tuple([part if isinstance(part, str) else self.form(part, scope) for part in path])

    def select(self, node: ast.SelectNode, scope: Scope | None) -> Form:
        """A selection; one without default and with known names only becomes a chain."""
        base = self.form(node.base, scope)
        start, end, path = node.start, node.end, node.path
        name = path[0]
        if len(path) == 1 and isinstance(name, str) and node.default is None:
            here = self.source.text.find(name, node.base.end, end)
            return self.selected(start, end, base, name, node.base.end if here < 0 else here)
        if node.default is not None or not all([isinstance(part, str) for part in path]):
            default = None if node.default is None else self.later(node.default, scope)
            return (SELECT_PATH, start, end, base, self._path(path, scope), default)
        text = self.source.text
        at = node.base.end
        last = len(path) - 1
        for number, part in enumerate(path):
            assert isinstance(part, str)
            found = text.find(part, at, end)
            here = at if found < 0 else found
            at = end if found < 0 else found + len(part)
            base = self.selected(start, end if number == last else at, base, part, here)
        return base

    def selected(self, start: int, end: int, base: Form, name: str, name_start: int) -> Form:
        """The attribute of a set; `name_start` is where its name stands."""
        name = self.known.setdefault(name, name)
        if base[0] == VARIABLE and base[2] - base[1] == len(base[3]):
            return (SELECT_VARIABLE, start, end, base[1], base[3], base[4], base[5], name, name_start)
        return (SELECT, start, end, base, name, name_start)

    def has_attr(self, node: ast.HasAttrNode, scope: Scope | None) -> Form:
        return (HAS_ATTRIBUTE, node.start, node.end, self.form(node.base, scope), self._path(node.path, scope))

    # Functions

    def function(self, node: ast.Function, scope: Scope | None) -> Form:
        if node.formals is not None:
            return self._pattern_function(node, node.formals, scope)
        names: list[str] = []
        starts: list[int] = []
        body: ast.Node = node
        while isinstance(body, ast.Function) and body.formals is None and body.argument is not None:
            names.append(body.argument)
            starts.append(body.start)
            body = body.body
        inner = Scope({name: slot for slot, name in enumerate(names, 1)}, scope)
        code = self.later(body, inner)
        return (FUNCTION, node.start, node.end, node.name, tuple(names), tuple(starts), code)

    def _pattern_function(self, node: ast.Function, formals: list[ast.Formal], scope: Scope | None) -> Form:
        required = [formal.name for formal in formals if formal.default is None]
        optional = [formal.name for formal in formals if formal.default is not None]
        whole = [] if node.argument is None else [node.argument]
        inner = Scope({name: slot for slot, name in enumerate([*whole, *required, *optional], 1)}, scope)
        parameters = tuple(
            [
                (
                    formal.name,
                    None if formal.default is None else self.later(formal.default, inner),
                    formal.start,
                    formal.end,
                )
                for formal in formals
            ]
        )
        body = self.later(node.body, inner)
        return (PATTERN_FUNCTION, node.start, node.end, node.name, parameters, node.ellipsis, bool(whole), body)

    def apply(self, node: ast.Apply, scope: Scope | None) -> Form:
        function = self.form(node.function, scope)
        arguments = tuple([self.later(argument, scope) for argument in node.arguments])
        return (CALL, node.start, node.end, node.at, function, arguments)

    # Control and operators

    def if_node(self, node: ast.IfNode, scope: Scope | None) -> Form:
        condition = self.form(node.condition, scope)
        return (IF, node.start, node.end, condition, self.later(node.yes, scope), self.later(node.no, scope))

    def assert_node(self, node: ast.AssertNode, scope: Scope | None) -> Form:
        condition = self.form(node.condition, scope)
        return (ASSERT, node.start, node.end, condition, show(node.condition), self.later(node.body, scope))

    def not_node(self, node: ast.NotNode, scope: Scope | None) -> Form:
        return (NOT, node.start, node.end, self.form(node.operand, scope))

    def negation(self, node: ast.Negation, scope: Scope | None) -> Form:
        start, end = node.start, node.end
        operand = self.form(node.operand, scope)
        if self._is_overloaded("-", scope):
            function = self.name("__sub", start, start + 1, scope)
            return (CALL, start, end, start, function, ((CONSTANT, start, start + 1, 0), operand))
        return (NEGATION, start, end, operand)

    def binary(self, node: ast.Binary, scope: Scope | None) -> Form:
        start, end, at = node.start, node.end, node.at
        left, right = self.form(node.left, scope), self.form(node.right, scope)
        kind = node.operator
        if self._is_overloaded(kind, scope):
            function = self.name(_OPERATOR_FUNCTIONS[kind], at, at + len(kind), scope)
            operands = (right, left) if kind in (">", "<=") else (left, right)
            result = (CALL, start, end, at, function, operands)
            return (NOT, start, end, result) if kind in ("<=", ">=") else result
        return (OPERATOR, start, end, kind, at, left, right)

    def _is_overloaded(self, kind: str, scope: Scope | None) -> bool:
        return (
            self.overloaded and kind in _OPERATOR_FUNCTIONS and self.find(_OPERATOR_FUNCTIONS[kind], scope) is not None
        )


def _hidden(node: ast.AttrSet) -> list[int]:
    """Which sources of `inherit (…)` need a slot, so that they are evaluated once: all but plain variables."""
    return [index for index, origin in enumerate(node.inherit_from) if not isinstance(origin, ast.Name)]


def _withs(scope: Scope | None, level: int) -> tuple[int, ...]:
    """How far out the sets of the `with`s around a scope are."""
    found: list[int] = []
    while scope is not None:
        if scope.names is None:
            found.append(level)
        scope = scope.parent
        level += 1
    return tuple(found)


_METHODS: Final[dict[type[ast.Node], Callable[..., Form]]] = {
    ast.Constant: Resolver.constant,
    ast.PathText: Resolver.path,
    ast.SearchPath: Resolver.search_path,
    ast.Name: Resolver.variable,
    ast.CurrentPosition: Resolver.position,
    ast.Concatenation: Resolver.concatenation,
    ast.ListNode: Resolver.list_node,
    ast.AttrSet: Resolver.attr_set,
    ast.Let: Resolver.let,
    ast.SelectNode: Resolver.select,
    ast.HasAttrNode: Resolver.has_attr,
    ast.Function: Resolver.function,
    ast.Apply: Resolver.apply,
    ast.IfNode: Resolver.if_node,
    ast.WithNode: Resolver.with_node,
    ast.AssertNode: Resolver.assert_node,
    ast.NotNode: Resolver.not_node,
    ast.Negation: Resolver.negation,
    ast.Binary: Resolver.binary,
}
