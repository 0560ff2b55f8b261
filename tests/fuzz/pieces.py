"""Pieces of programs, and how strongly the forms of the language bind."""

from __future__ import annotations

from typing import NamedTuple

# How strongly forms bind; an operand that binds less than its place wants is put in brackets.
LOOSE, PIPE, IMPLIES, OR, AND, EQUAL, ORDER, UPDATE, NOT, SUM, PRODUCT, CONCAT, HAS, NEGATE, CALL, SELECT, ATOM = range(
    17
)


class Piece(NamedTuple):
    """A piece of a program, and how strongly it binds."""

    text: str
    level: int = ATOM
