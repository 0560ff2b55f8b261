"""Lowering from IR to the nodes that evaluate, piece by piece as evaluation comes to them.

Where it saves work, an expression becomes a specialised node: constants, `builtins.x`, functions of several arguments,
`n + 1`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from home_manager.diagnostics import Source, Span
from home_manager.nix import arithmetic
from home_manager.nix.jit import tiered
from home_manager.nix.lowering.ir import Form, Pieces, piece
from home_manager.nix.nodes.attribute_positions import Origins
from home_manager.nix.nodes.attribute_sets import (
    AttrSet,
    DynamicAttr,
    HasAttr,
    RecursiveAttrSet,
    SelectLocal,
    SelectPath,
    SelectVariable,
    select_one,
)
from home_manager.nix.nodes.cheap_eagerness import Prepared, prepared
from home_manager.nix.nodes.control_flow import Assert, CurrentPosition, If, Let, ListLiteral
from home_manager.nix.nodes.functions import Call1, Call2, CallMany, Code
from home_manager.nix.nodes.interpolation import HomePath, Interpolation, PathInterpolation
from home_manager.nix.nodes.logic import Not
from home_manager.nix.nodes.node import Constant, Delayed, Env, Expr, LazyConstant, ListData, SetData
from home_manager.nix.nodes.operators import AddConstant, operator
from home_manager.nix.nodes.set_patterns import Parameter, Pattern
from home_manager.nix.nodes.variables import Local, Variable, With, WithVariable, variable
from home_manager.nix.runtime import Runtime
from home_manager.values import MISSING, Attrs, PathValue, Value
from home_manager.values.lazy import Lazy

_CONSTANT: Final = (Constant, ListData, SetData)
"""The kinds of nodes whose value is known here."""


def build(pieces: Pieces, source: Source, run: Runtime, names: Mapping[str, Value]) -> Expr:
    """The expression that a text is; `names` are the global ones."""
    return Builder(pieces, source, run, names).piece(0)


class Unread(Expr):
    """A piece that is built when it is first evaluated."""

    __slots__ = ("builder", "expr", "index", "repeated")

    def __init__(self, builder: Builder, start: int, end: int, index: int) -> None:
        self.source = builder.source
        self.start = start
        self.end = end
        self.builder = builder
        self.index = index
        self.repeated = builder.repeated
        self.expr: Expr | None = None

    def eval(self, env: Env) -> Value:
        expr = self.expr
        return self.read().eval(env) if expr is None else expr.eval(env)

    def read(self) -> Expr:
        """The expression itself."""
        expr = self.expr
        if expr is None:
            expr = self.expr = self.builder.piece(self.index, self.repeated)
        return expr

    def place(self) -> Span:
        return self.read().place()


class Builder:
    """Builds the nodes of one text.

    `repeated` says whether what is being built lies in a function. Only what is evaluated often is prepared for that.
    """

    __slots__ = ("globals", "pieces", "repeated", "run", "source")

    def __init__(self, pieces: Pieces, source: Source, run: Runtime, names: Mapping[str, Value]) -> None:
        self.pieces: Final = pieces
        self.source: Final = source
        self.run: Final = run
        self.globals: Final = names
        self.repeated = False

    def piece(self, index: int, repeated: bool = False) -> Expr:
        form = piece(self.pieces, index)
        outside, self.repeated = self.repeated, repeated
        expr = _expr(self, form)
        self.repeated = outside
        self.pieces[index] = None
        return expr

    def body(self, form: Form) -> Expr:
        """The body of a function."""
        outside, self.repeated = self.repeated, True
        expr = _expr(self, form)
        self.repeated = outside
        return tiered(expr)


def _expr(builder: Builder, form: Form) -> Expr:
    expr: Expr = _BUILDERS[form[0]](builder, form)
    return expr


def _exprs(builder: Builder, forms: tuple[Form, ...]) -> list[Expr]:
    return [_BUILDERS[form[0]](builder, form) for form in forms]


def _waiting(builder: Builder, form: Form) -> Expr:
    """An expression whose value is for later."""
    expr = _expr(builder, form)
    return prepared(expr) if builder.repeated else expr


def _all_waiting(builder: Builder, forms: tuple[Form, ...]) -> list[Expr]:
    return [prepared(expr) for expr in _exprs(builder, forms)] if builder.repeated else _exprs(builder, forms)


def incomplete(expr: Expr, slot: int) -> Expr:
    """An expression for a slot of its own scope: what would look at once at what is not yet there must wait.

    Numbers in the slots before may be calculated with. All other variables of the scope wait, since thunks have names.
    """
    if isinstance(expr, (Variable, SelectVariable)) and expr.level == 0:
        return Delayed(expr)
    if isinstance(expr, AddConstant) and expr.index >= slot:
        return Delayed(expr)
    if isinstance(expr, Prepared) and expr.formula.reach >= slot:
        return Delayed(expr.expr)
    return expr


def _later(builder: Builder, form: Form) -> Expr:
    return Unread(builder, form[1], form[2], form[3])


# Constants and variables


def _constant(builder: Builder, form: Form) -> Expr:
    return Constant(builder.source, form[1], form[2], form[3])


def _global(builder: Builder, form: Form) -> Expr:
    _, start, end, name = form
    value = builder.globals[name]
    if isinstance(value, Lazy):
        return LazyConstant(builder.source, start, end, value)
    return Constant(builder.source, start, end, value)


def _variable(builder: Builder, form: Form) -> Expr:
    _, start, end, name, level, index = form
    return variable(builder.source, start, end, name, level, index)


def _with_variable(builder: Builder, form: Form) -> Expr:
    _, start, end, name, levels = form
    return WithVariable(builder.source, start, end, name, levels)


def _position(builder: Builder, form: Form) -> Expr:
    return CurrentPosition(builder.source, form[1], form[2])


# Strings and paths


def _path(builder: Builder, form: Form) -> Expr:
    return Constant(builder.source, form[1], form[2], PathValue(form[3]))


def _home_path(builder: Builder, form: Form) -> Expr:
    return HomePath(builder.source, form[1], form[2], form[3], builder.run)


def _texts(builder: Builder, parts: tuple[str | Form, ...]) -> list[str | Expr]:
    return [part if isinstance(part, str) else _expr(builder, part) for part in parts]


def _string(builder: Builder, form: Form) -> Expr:
    return Interpolation(builder.source, form[1], form[2], _texts(builder, form[3]), builder.run)


def _long_path(builder: Builder, form: Form) -> Expr:
    _, start, end, first, parts = form
    return PathInterpolation(builder.source, start, end, first, _texts(builder, parts), builder.run)


# Lists and sets


def _list(builder: Builder, form: Form) -> Expr:
    _, start, end, forms = form
    items = _all_waiting(builder, forms)
    constants = [item for item in items if type(item) in _CONSTANT and isinstance(item, Constant)]
    if len(constants) < len(items):
        return ListLiteral(builder.source, start, end, items)
    if not items:
        return Constant(builder.source, start, end, [])
    return ListData(builder.source, start, end, constants)


def _set(builder: Builder, form: Form) -> Expr:
    _, start, end, names, places, forms, computed = form
    source = builder.source
    values = _all_waiting(builder, forms)
    origins = Origins(source, names, places)
    if not computed:
        for value in values:
            if type(value) not in _CONSTANT:
                break
        else:
            return _known_set(source, start, end, names, values, origins)
    return AttrSet(source, start, end, names, values, origins, _computed(builder, computed) if computed else [])


def _known_set(
    source: Source, start: int, end: int, names: tuple[str, ...], values: list[Any], origins: Origins
) -> Expr:
    """A set of which nothing has to be computed."""
    attrs = Attrs({name: value.value for name, value in zip(names, values, strict=True)}, origin=origins)
    if not names:
        return Constant(source, start, end, attrs)
    return SetData(source, start, end, attrs, dict(zip(names, values, strict=True)))


def _recursive_set(builder: Builder, form: Form) -> Expr:
    _, start, end, names, places, values, computed, hidden = form
    source = builder.source
    overrides = "__overrides" in names  # which may take the place of anything
    return RecursiveAttrSet(
        source,
        start,
        end,
        list(names),
        [incomplete(each, 0 if overrides else slot) for slot, each in enumerate(_all_waiting(builder, values), 1)],
        [incomplete(each, 0) for each in _exprs(builder, hidden)],
        Origins(source, names, places),
        _computed(builder, computed),
    )


def _computed(builder: Builder, computed: tuple[tuple[Form, Form, int, int], ...]) -> list[DynamicAttr]:
    return [
        DynamicAttr(_expr(builder, name), _waiting(builder, value), start, end) for name, value, start, end in computed
    ]


def _let(builder: Builder, form: Form) -> Expr:
    _, start, end, values, inner = form
    slots = [incomplete(each, slot) for slot, each in enumerate(_all_waiting(builder, values), 1)]
    return Let(builder.source, start, end, slots, _expr(builder, inner))


def _with(builder: Builder, form: Form) -> Expr:
    _, start, end, attrs, inner = form
    return With(builder.source, start, end, _expr(builder, attrs), _expr(builder, inner))


# Selection


def _select(builder: Builder, form: Form) -> Expr:
    _, start, end, inner, name, name_start = form
    base = _expr(builder, inner)
    if type(base) is SetData:
        member = base.member(name)
        if member is not None and not isinstance(member.value, Lazy):
            return member
    elif type(base) is Constant and type(base.value) is Attrs:
        value = base.value.get(name, MISSING)
        if value is not MISSING and not isinstance(value, Lazy):
            return Constant(builder.source, start, end, value)
    return select_one(builder.source, start, end, base, name, name_start)


def _select_variable(builder: Builder, form: Form) -> Expr:
    _, start, end, base_start, base_name, level, index, name, name_start = form
    source = builder.source
    base_end = base_start + len(base_name)
    if level == 0:
        local = Local(source, base_start, base_end, base_name, 0, index)
        return SelectLocal(source, start, end, local, name, name_start)
    base = variable(source, base_start, base_end, base_name, level, index)
    return SelectVariable(source, start, end, base, name, name_start)


def _select_path(builder: Builder, form: Form) -> Expr:
    _, start, end, base, path, default = form
    otherwise = None if default is None else _expr(builder, default)
    return SelectPath(builder.source, start, end, _expr(builder, base), _texts(builder, path), otherwise)


def _has_attribute(builder: Builder, form: Form) -> Expr:
    _, start, end, base, path = form
    return HasAttr(builder.source, start, end, _expr(builder, base), _texts(builder, path))


# Functions


def _function(builder: Builder, form: Form) -> Expr:
    _, start, end, name, names, starts, inner = form
    body = builder.body(inner)
    return Code(builder.source, start, end, builder.run, name, list(names), list(starts), None, body)


def _pattern_function(builder: Builder, form: Form) -> Expr:
    _, start, end, name, formals, ellipsis, whole, inner = form
    # Nothing of the scope is calculated with at once: which slots are filled first depends on the call.
    parameters = [
        Parameter(each, None if default is None else incomplete(_expr(builder, default), 0), first, last)
        for each, default, first, last in formals
    ]
    pattern = Pattern(parameters, ellipsis=ellipsis, whole=whole)
    return Code(builder.source, start, end, builder.run, name, [], [start], pattern, builder.body(inner))


def _call(builder: Builder, form: Form) -> Expr:
    _, start, end, at, inner, forms = form
    function = _expr(builder, inner)
    if len(forms) == 1:
        return Call1(builder.source, start, end, at, function, _waiting(builder, forms[0]))
    arguments = _all_waiting(builder, forms)
    if len(arguments) == 2:
        return Call2(builder.source, start, end, at, function, arguments[0], arguments[1])
    return CallMany(builder.source, start, end, at, function, arguments)


# Control and operators


def _if(builder: Builder, form: Form) -> Expr:
    _, start, end, condition, positive, negative = form
    branches = _expr(builder, positive), _expr(builder, negative)
    return If(builder.source, start, end, _expr(builder, condition), *branches)


def _assert(builder: Builder, form: Form) -> Expr:
    _, start, end, condition, written, inner = form
    return Assert(builder.source, start, end, _expr(builder, condition), written, _expr(builder, inner))


def _not(builder: Builder, form: Form) -> Expr:
    return Not(builder.source, form[1], form[2], _expr(builder, form[3]))


def _negation(builder: Builder, form: Form) -> Expr:
    _, start, end, inner = form
    operand = _expr(builder, inner)
    if type(operand) is Constant and type(operand.value) in (int, float):
        return Constant(builder.source, start, end, arithmetic.subtract(0, operand.value))
    zero = Constant(builder.source, start, start + 1, 0)
    return operator("-", builder.source, start, end, start, zero, operand, builder.run)


def _operator(builder: Builder, form: Form) -> Expr:
    _, start, end, sign, at, left, right = form
    return operator(sign, builder.source, start, end, at, _expr(builder, left), _expr(builder, right), builder.run)


_BUILDERS: Final[tuple[Callable[[Builder, Form], Any], ...]] = (
    _constant,
    _global,
    _variable,
    _with_variable,
    _select,
    _select_variable,
    _select_path,
    _has_attribute,
    _call,
    _set,
    _recursive_set,
    _let,
    _list,
    _function,
    _pattern_function,
    _if,
    _with,
    _assert,
    _not,
    _negation,
    _operator,
    _string,
    _path,
    _home_path,
    _long_path,
    _position,
    _later,
)
"""What builds each kind of form, in the order of the kinds."""
