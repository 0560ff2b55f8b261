"""Formulas: the base of what `cheap_eagerness` calculates at once, known to the nodes that keep one."""

from __future__ import annotations

from typing import Final

from home_manager.nix.nodes.node import Env
from home_manager.values.classes import Value
from home_manager.values.mypyc_shim import i64

LARGEST: Final[i64] = 0x1000000000000000
FACTOR: Final[i64] = 0x20000000
"""Numbers up to these can be added and multiplied without leaving 64 bits."""

NONE: Final[i64] = -0x4000000000000000
"""Stands for "no value" where there can only be numbers."""


class Formula:
    """A calculation. `reach` is the last slot of the innermost scope that it looks at, `size` counts its operations."""

    __slots__ = ("reach", "size")

    def __init__(self, reach: int, size: int) -> None:
        self.reach: Final = reach
        self.size: Final = size

    def number(self, env: Env) -> i64:
        """The value if it is there and a number of moderate size, else `NONE`."""
        value = self.value(env)
        if type(value) is int:
            number: i64 = value
            if -LARGEST <= number <= LARGEST:
                return number
        return NONE

    def value(self, env: Env) -> Value:
        """The value if it is there, else `MISSING`."""
        raise NotImplementedError
