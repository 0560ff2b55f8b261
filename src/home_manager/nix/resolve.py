"""From what was written to what is evaluated: every variable becomes a place in an environment.

Undefined variables are found here, before anything is evaluated. Where it saves work, an expression becomes a
specialised node: constants, `builtins.x`, functions of several arguments, `n + 1`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from home_manager.diagnostics import Failure, Failures, Source, Span
from home_manager.lazy import Lazy
from home_manager.nix import arithmetic, syntax
from home_manager.nix.ast.base import Constant, Delayed, Env, Expr, LazyConstant, ListData, SetData
from home_manager.nix.ast.control import Assert, CurrentPosition, If, Let, ListLiteral
from home_manager.nix.ast.functions import Call1, Call2, CallMany, Code, Parameter, Pattern
from home_manager.nix.ast.logic import Not
from home_manager.nix.ast.operators import AddConstant, operator
from home_manager.nix.ast.origins import Origins
from home_manager.nix.ast.sets import (
    AttrSet,
    DynamicAttr,
    HasAttr,
    PathPart,
    RecursiveAttrSet,
    SelectVariable,
    select,
)
from home_manager.nix.ast.strings import HomePath, Interpolation, PathInterpolation
from home_manager.nix.ast.variables import Variable, With, WithVariable, variable
from home_manager.nix.errors import undefined_variable
from home_manager.nix.paths import canonical
from home_manager.nix.runtime import Runtime
from home_manager.nix.stored_syntax import Deferred
from home_manager.nix.values import MISSING, Attrs, PathValue, Value

_CONSTANT: Final = (Constant, ListData, SetData)
"""The kinds of nodes whose value is known here."""

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


def resolve(node: syntax.Node, source: Source, run: Runtime, names: Mapping[str, Value]) -> Expr:
    """The expression that evaluates; `names` are the global ones."""
    resolver = Resolver(source, run, names)
    expression = resolver.expr(node, None)
    undefined = resolver.undefined
    if undefined:
        raise undefined[0] if len(undefined) == 1 else Failures(tuple(each.diagnostic for each in undefined))
    return expression


class Unread(Expr):
    """A part of a cached tree: it is decoded and resolved when it is first evaluated."""

    __slots__ = ("expr", "node", "resolver", "scope")

    def __init__(self, resolver: Resolver, node: Deferred, scope: Scope | None) -> None:
        self.source = resolver.source
        self.start = node.start
        self.end = node.end
        self.resolver = resolver
        self.node = node
        self.scope = scope
        self.expr: Expr | None = None

    def eval(self, env: Env) -> Value:
        expr = self.expr
        return self.read().eval(env) if expr is None else expr.eval(env)

    def read(self) -> Expr:
        """The expression itself."""
        expr = self.expr
        if expr is None:
            expr = self.expr = self.resolver.expr(self.node.load(), self.scope)
        return expr

    def place(self) -> Span:
        return self.read().place()


class Resolver:
    """Resolves the expressions of one source."""

    __slots__ = ("globals", "overloaded", "run", "source", "undefined")

    def __init__(self, source: Source, run: Runtime, names: Mapping[str, Value]) -> None:
        self.source: Final = source
        self.run: Final = run
        self.globals: Final = names
        self.undefined: Final[list[Failure]] = []
        # Operators mean `__sub` and so on, and these names may be declared anew. Nobody does; then it must work.
        text = source.text
        self.overloaded: Final = "__" in text and any(name in text for name in _OPERATOR_FUNCTIONS.values())

    def expr(self, node: syntax.Node, scope: Scope | None) -> Expr:
        return _METHODS[type(node)](self, node, scope)

    def deferred(self, node: Deferred, scope: Scope | None) -> Expr:
        return Unread(self, node, scope)

    # Variables

    def find(self, name: str, scope: Scope | None) -> tuple[int, int] | tuple[int, ...] | None:
        """Level and slot; or, marked by a leading -1, the levels of the `with`s around it; or `None`."""
        level = 0
        withs: list[int] = []
        while scope is not None:
            if scope.names is None:
                withs.append(level)
            else:
                index = scope.names.get(name)
                if index is not None:
                    return level, index
            scope = scope.parent
            level += 1
        return (-1, *withs) if withs else None

    def name(self, name: str, start: int, end: int, scope: Scope | None, further: int = 0) -> Expr:
        """A variable seen from `scope`, for an expression that lies `further` environments inside it."""
        level = further
        withs = False
        around = scope
        while around is not None:
            names = around.names
            if names is None:
                withs = True
            else:
                index = names.get(name)
                if index is not None:
                    return variable(self.source, start, end, name, level, index)
            around = around.parent
            level += 1
        value = self.globals.get(name, MISSING)
        if value is not MISSING:
            if isinstance(value, Lazy):
                return LazyConstant(self.source, start, end, value)
            return Constant(self.source, start, end, value)
        if withs:
            found = self.find(name, scope) or ()
            levels = tuple([distance + further for distance in found[1:]])
            return WithVariable(self.source, start, end, name, levels)
        # One such name says nothing of the others: all of a text are told of together.
        self.undefined.append(undefined_variable(name, self._visible(scope), Span(self.source, start, end)))
        return Constant(self.source, start, end, None)

    def _visible(self, scope: Scope | None) -> list[str]:
        names = [name for name in self.globals if not name.startswith("__")]
        while scope is not None:
            names.extend(name for name in scope.names or () if not name.startswith("\0"))
            scope = scope.parent
        return names

    def variable_node(self, node: syntax.Name, scope: Scope | None) -> Expr:
        return self.name(node.name, node.start, node.end, scope)

    # Constants, strings, paths

    def constant(self, node: syntax.Constant, scope: Scope | None) -> Expr:
        return Constant(self.source, node.start, node.end, node.value)

    def path(self, node: syntax.PathText, scope: Scope | None) -> Expr:
        if node.text.startswith("~"):
            return HomePath(self.source, node.start, node.end, node.text, self.run)
        return Constant(self.source, node.start, node.end, PathValue(canonical(node.text)))

    def search_path(self, node: syntax.SearchPath, scope: Scope | None) -> Expr:
        function = self.name("__findFile", node.start, node.end, scope)
        path = self.name("__nixPath", node.start, node.end, scope)
        name = Constant(self.source, node.start, node.end, node.text)
        return Call2(self.source, node.start, node.end, node.start, function, path, name)

    def concatenation(self, node: syntax.Concatenation, scope: Scope | None) -> Expr:
        parts = node.parts
        if not node.text and node.at != node.start:
            left, right = self.expr(parts[0], scope), self.expr(parts[1], scope)
            return operator("+", self.source, node.start, node.end, node.at, left, right, self.run)
        if node.text:
            return Interpolation(self.source, node.start, node.end, self._pieces(parts, scope), self.run)
        first = parts[0]
        assert isinstance(first, syntax.PathText)
        pieces = self._pieces(parts[1:], scope)
        return PathInterpolation(self.source, node.start, node.end, first.text, pieces, self.run)

    def _pieces(self, parts: list[syntax.Node], scope: Scope | None) -> list[str | Expr]:
        return [
            part.value if isinstance(part, syntax.Constant) and isinstance(part.value, str) else self.expr(part, scope)
            for part in parts
        ]

    def current_position(self, node: syntax.CurrentPosition, scope: Scope | None) -> Expr:
        return CurrentPosition(self.source, node.start, node.end)

    # Lists and sets

    def list_node(self, node: syntax.ListNode, scope: Scope | None) -> Expr:
        items = [self.expr(item, scope) for item in node.items]
        constants = [item for item in items if type(item) in _CONSTANT and isinstance(item, Constant)]
        if len(constants) < len(items):
            return ListLiteral(self.source, node.start, node.end, items)
        if not items:
            return Constant(self.source, node.start, node.end, [])
        return ListData(self.source, node.start, node.end, constants)

    def attr_set(self, node: syntax.AttrSet, scope: Scope | None) -> Expr:
        origins = Origins(self.source, {name: (binding.start, binding.end) for name, binding in node.bindings.items()})
        if node.recursive:
            values, hidden, inner = self.recursive_bindings(node, scope)
            names = list(node.bindings)
            return RecursiveAttrSet(
                self.source, node.start, node.end, names, values, hidden, origins, self._dynamic(node, inner)
            )
        hidden_names = _hidden(node) if node.inherit_from else []
        outer = scope
        if hidden_names:
            scope = Scope({f"\0{index}": slot for slot, index in enumerate(hidden_names, 1)}, scope)
        items: list[tuple[str, Expr]] = []
        known = True
        for name, binding in node.bindings.items():
            if binding.kind == "plain":
                value = self.expr(binding.value, scope)
            else:
                value = self.binding(node, name, binding, scope, scope, 0)
            if type(value) not in _CONSTANT:
                known = False
            items.append((name, value))
        dynamic = self._dynamic(node, scope) if node.dynamic else []
        if known and not dynamic and not hidden_names:
            constants = {name: value for name, value in items if isinstance(value, Constant)}
            attrs = Attrs({name: value.value for name, value in constants.items()})
            attrs.origin = origins
            if not items:
                return Constant(self.source, node.start, node.end, attrs)
            return SetData(self.source, node.start, node.end, attrs, constants)
        result = AttrSet(self.source, node.start, node.end, items, origins, dynamic)
        if not hidden_names:
            return result
        further = Scope({}, outer)
        sources = [self.expr(node.inherit_from[index], further) for index in hidden_names]
        return Let(self.source, node.start, node.end, sources, result)

    def _dynamic(self, node: syntax.AttrSet, scope: Scope | None) -> list[DynamicAttr]:
        return [
            DynamicAttr(self.expr(each.name, scope), self.expr(each.value, scope), each.start, each.end)
            for each in node.dynamic
        ]

    def recursive_bindings(self, node: syntax.AttrSet, scope: Scope | None) -> tuple[list[Expr], list[Expr], Scope]:
        """The values of a `rec` or `let`, the sources of its `inherit (…)`, and the scope inside."""
        slots = {name: slot for slot, name in enumerate(node.bindings, 1)}
        hidden_names = _hidden(node)
        first_hidden = len(slots) + 1
        slots.update((f"\0{index}", slot) for slot, index in enumerate(hidden_names, first_hidden))
        inner = Scope(slots, scope)
        values = [
            incomplete(self.binding(node, name, binding, inner, scope, 1)) for name, binding in node.bindings.items()
        ]
        sources = [incomplete(self.expr(node.inherit_from[index], inner)) for index in hidden_names]
        return values, sources, inner

    def binding(
        self,
        node: syntax.AttrSet,
        name: str,
        binding: syntax.Binding,
        scope: Scope | None,
        outside: Scope | None,
        further: int,
    ) -> Expr:
        """The value of an attribute; plain `inherit` looks `outside`, which is `further` environments away."""
        if binding.kind == "inherit":
            return self.name(name, binding.start, binding.end, outside, further)
        if binding.kind == "inherit-from":
            origin = node.inherit_from[binding.source_index]
            if isinstance(origin, syntax.Name):
                base = self.name(origin.name, origin.start, origin.end, scope)
            else:
                base = self.name(f"\0{binding.source_index}", origin.start, origin.end, scope)
            return self.selected(binding.start, binding.end, base, [name], None, binding.start)
        return self.expr(binding.value, scope)

    def let(self, node: syntax.Let, scope: Scope | None) -> Expr:
        values, hidden, inner = self.recursive_bindings(node.attrs, scope)
        return Let(self.source, node.start, node.end, values + hidden, self.expr(node.body, inner))

    def with_node(self, node: syntax.WithNode, scope: Scope | None) -> Expr:
        attrs = self.expr(node.attrs, scope)
        return With(self.source, node.start, node.end, attrs, self.expr(node.body, Scope(None, scope)))

    # Selection

    def _path(self, path: syntax.AttrPath, scope: Scope | None) -> list[PathPart]:
        return [part if isinstance(part, str) else self.expr(part, scope) for part in path]

    def select(self, node: syntax.SelectNode, scope: Scope | None) -> Expr:
        base = self.expr(node.base, scope)
        default = None if node.default is None else self.expr(node.default, scope)
        return self.selected(node.start, node.end, base, self._path(node.path, scope), default, node.base.end)

    def selected(
        self, start: int, end: int, base: Expr, path: list[PathPart], default: Expr | None, name_start: int
    ) -> Expr:
        if len(path) == 1 and type(base) is SetData and isinstance(path[0], str):
            member = base.member(path[0])
            if member is not None and not isinstance(member.value, Lazy):
                return member
        if len(path) == 1 and type(base) is Constant and isinstance(path[0], str) and type(base.value) is Attrs:
            value = base.value.get(path[0], MISSING)
            if value is not MISSING and not isinstance(value, Lazy):
                return Constant(self.source, start, end, value)
        return select(self.source, start, end, base, path, default, name_start)

    def has_attr(self, node: syntax.HasAttrNode, scope: Scope | None) -> Expr:
        base = self.expr(node.base, scope)
        return HasAttr(self.source, node.start, node.end, base, self._path(node.path, scope))

    # Functions

    def function(self, node: syntax.Function, scope: Scope | None) -> Expr:
        if node.formals is not None:
            return self._pattern_function(node, node.formals, scope)
        names: list[str] = []
        starts: list[int] = []
        body: syntax.Node = node
        while isinstance(body, syntax.Function) and body.formals is None and body.argument is not None:
            names.append(body.argument)
            starts.append(body.start)
            body = body.body
        inner = Scope({name: slot for slot, name in enumerate(names, 1)}, scope)
        code = self.expr(body, inner)
        return Code(self.source, node.start, node.end, self.run, node.name, names, starts, None, code)

    def _pattern_function(self, node: syntax.Function, formals: list[syntax.Formal], scope: Scope | None) -> Expr:
        required = [formal.name for formal in formals if formal.default is None]
        optional = [formal.name for formal in formals if formal.default is not None]
        whole = [] if node.argument is None else [node.argument]
        inner = Scope({name: slot for slot, name in enumerate([*whole, *required, *optional], 1)}, scope)
        parameters = [
            Parameter(
                formal.name,
                None if formal.default is None else incomplete(self.expr(formal.default, inner)),
                formal.start,
                formal.end,
            )
            for formal in formals
        ]
        pattern = Pattern(parameters, ellipsis=node.ellipsis, whole=bool(whole))
        body = self.expr(node.body, inner)
        return Code(self.source, node.start, node.end, self.run, node.name, [], [node.start], pattern, body)

    def apply(self, node: syntax.Apply, scope: Scope | None) -> Expr:
        function = self.expr(node.function, scope)
        arguments = [self.expr(argument, scope) for argument in node.arguments]
        return self.called(node.start, node.end, node.at, function, arguments)

    def called(self, start: int, end: int, at: int, function: Expr, arguments: list[Expr]) -> Expr:
        if len(arguments) == 1:
            return Call1(self.source, start, end, at, function, arguments[0])
        if len(arguments) == 2:
            return Call2(self.source, start, end, at, function, arguments[0], arguments[1])
        return CallMany(self.source, start, end, at, function, arguments)

    # Control and operators

    def if_node(self, node: syntax.IfNode, scope: Scope | None) -> Expr:
        condition = self.expr(node.condition, scope)
        return If(self.source, node.start, node.end, condition, self.expr(node.yes, scope), self.expr(node.no, scope))

    def assert_node(self, node: syntax.AssertNode, scope: Scope | None) -> Expr:
        condition = self.expr(node.condition, scope)
        body = self.expr(node.body, scope)
        return Assert(self.source, node.start, node.end, condition, node.condition, body)

    def not_node(self, node: syntax.NotNode, scope: Scope | None) -> Expr:
        return Not(self.source, node.start, node.end, self.expr(node.operand, scope))

    def negation(self, node: syntax.Negation, scope: Scope | None) -> Expr:
        operand = self.expr(node.operand, scope)
        zero = Constant(self.source, node.start, node.start + 1, 0)
        if self._is_overloaded("-", scope):
            function = self.name("__sub", node.start, node.start + 1, scope)
            return self.called(node.start, node.end, node.start, function, [zero, operand])
        if type(operand) is Constant and type(operand.value) in (int, float):
            return Constant(self.source, node.start, node.end, arithmetic.subtract(0, operand.value))
        return operator("-", self.source, node.start, node.end, node.start, zero, operand, self.run)

    def binary(self, node: syntax.Binary, scope: Scope | None) -> Expr:
        left, right = self.expr(node.left, scope), self.expr(node.right, scope)
        kind = node.operator
        if self._is_overloaded(kind, scope):
            function = self.name(_OPERATOR_FUNCTIONS[kind], node.at, node.at + len(kind), scope)
            arguments = [right, left] if kind in (">", "<=") else [left, right]
            result = self.called(node.start, node.end, node.at, function, arguments)
            return Not(self.source, node.start, node.end, result) if kind in ("<=", ">=") else result
        return operator(kind, self.source, node.start, node.end, node.at, left, right, self.run)

    def _is_overloaded(self, kind: str, scope: Scope | None) -> bool:
        if not self.overloaded or kind not in _OPERATOR_FUNCTIONS:
            return False
        found = self.find(_OPERATOR_FUNCTIONS[kind], scope)
        return found is not None and found[0] >= 0


def incomplete(expr: Expr) -> Expr:
    """An expression for a slot of its own scope: what would look at that scope at once must wait until it is filled."""
    if (isinstance(expr, (Variable, SelectVariable)) and expr.level == 0) or isinstance(expr, AddConstant):
        return Delayed(expr)
    return expr


def _hidden(node: syntax.AttrSet) -> list[int]:
    """Which sources of `inherit (…)` need a slot, so that they are evaluated once: all but plain variables."""
    return [index for index, origin in enumerate(node.inherit_from) if not isinstance(origin, syntax.Name)]


_METHODS: Final[dict[type[syntax.Node], Callable[..., Expr]]] = {
    Deferred: Resolver.deferred,
    syntax.Constant: Resolver.constant,
    syntax.PathText: Resolver.path,
    syntax.SearchPath: Resolver.search_path,
    syntax.Name: Resolver.variable_node,
    syntax.CurrentPosition: Resolver.current_position,
    syntax.Concatenation: Resolver.concatenation,
    syntax.ListNode: Resolver.list_node,
    syntax.AttrSet: Resolver.attr_set,
    syntax.Let: Resolver.let,
    syntax.SelectNode: Resolver.select,
    syntax.HasAttrNode: Resolver.has_attr,
    syntax.Function: Resolver.function,
    syntax.Apply: Resolver.apply,
    syntax.IfNode: Resolver.if_node,
    syntax.WithNode: Resolver.with_node,
    syntax.AssertNode: Resolver.assert_node,
    syntax.NotNode: Resolver.not_node,
    syntax.Negation: Resolver.negation,
    syntax.Binary: Resolver.binary,
}
