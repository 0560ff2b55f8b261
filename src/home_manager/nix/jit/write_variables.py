"""Variables, functions and `with` as Python."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from home_manager.nix.jit.draft import Draft, Writer
from home_manager.nix.nodes.functions import Code
from home_manager.nix.nodes.node import Expr
from home_manager.nix.nodes.variables import Local, Outer, Outermore, Variable, With


def _variable(draft: Draft, expr: Variable, to: str) -> None:
    draft.finish(to, draft.value(expr))


def _function(draft: Draft, expr: Code, to: str) -> None:
    draft.finish(to, draft.later(expr))


def _with(draft: Draft, expr: With, to: str) -> None:
    given, environment = draft.later(expr.attrs), draft.variable("env")
    draft.line(f"{environment} = [{draft.here}, {given}, {draft.refer(expr.attrs)}]")
    with draft.inside(environment):
        draft.emit(expr.body, to)


WRITERS: Final[Mapping[type[Expr], Writer]] = {
    Variable: _variable,
    Local: _variable,
    Outer: _variable,
    Outermore: _variable,
    Code: _function,
    With: _with,
}
