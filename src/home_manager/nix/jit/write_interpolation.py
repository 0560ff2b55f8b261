"""Strings with interpolations as Python."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from home_manager.nix.byte_strings import rejoined
from home_manager.nix.jit.draft import Draft, Writer
from home_manager.nix.nodes.interpolation import Interpolation
from home_manager.nix.nodes.node import Expr, framed


def _interpolation(draft: Draft, expr: Interpolation, to: str) -> None:
    pieces: list[str] = []
    written: list[str] = []
    for part in expr.parts:
        if isinstance(part, str):
            pieces.append(repr(part))
            continue
        piece = _piece(draft, expr, part)
        pieces.append(piece)
        written.append(piece)
    plain = " and ".join(f"type({name}) is str" for name in written) or "True"
    whole = to or draft.variable()
    with draft.block(f"if {plain}:"):
        draft.line(f"{whole} = {' + '.join(pieces) if len(pieces) < 3 else _joined(pieces)}")
        draft.line(f"if not {whole}.isascii(): {whole} = {draft.refer(rejoined)}({whole})")
    with draft.block("else:"):
        draft.line(f"{whole} = {draft.refer(expr.joined)}(({', '.join(pieces)},))")
    draft.finish(to, whole)


def _piece(draft: Draft, expr: Interpolation, part: Expr) -> str:
    with draft.step(lambda failure, _: framed(failure, "in an operand of '+'", part.place())):
        value = draft.value(part)
    name = draft.variable()
    coerced, inner = draft.refer(expr.coerced), draft.refer(part)
    draft.line(f"{name} = {value} if type({value}) is str else {coerced}({value}, {inner})")
    return name


def _joined(pieces: list[str]) -> str:
    return f"''.join(({', '.join(pieces)}))"


WRITERS: Final[Mapping[type[Expr], Writer]] = {Interpolation: _interpolation}
