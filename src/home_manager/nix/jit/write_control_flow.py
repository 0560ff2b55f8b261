"""`if`, `let` and lists as Python."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from home_manager.nix.jit.draft import Draft, Writer
from home_manager.nix.jit.write_logic import boolean
from home_manager.nix.nodes.control_flow import If, Let, ListLiteral
from home_manager.nix.nodes.node import Expr, framed


def _if(draft: Draft, expr: If, to: str) -> None:
    condition = expr.condition
    with draft.step(lambda failure, _: framed(failure, "while evaluating a branch condition", condition.place())):
        draft.line(f"if {boolean(draft, condition)}:")
    with draft.indented():
        draft.emit(expr.yes, to)
    if to:
        with draft.block("else:"):
            draft.emit(expr.no, to)
    else:
        draft.emit(expr.no, to)


def _let(draft: Draft, expr: Let, to: str) -> None:
    environment = draft.variable("env")
    draft.line(f"{environment} = [{draft.here}{', None' * len(expr.values)}]")
    with draft.inside(environment):
        for index, slot in enumerate(expr.values, 1):
            draft.line(f"{environment}[{index}] = {draft.later(slot.expr, delay=slot.delay)}")
        draft.emit(expr.body, to)


def _list(draft: Draft, expr: ListLiteral, to: str) -> None:
    items = [draft.later(item) for item in expr.items]
    draft.finish(to, f"[{', '.join(items)}]")


WRITERS: Final[Mapping[type[Expr], Writer]] = {If: _if, Let: _let, ListLiteral: _list}
