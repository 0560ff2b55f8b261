"""Set patterns of functions: `{ a, b ? c, ... }@d`."""

from __future__ import annotations

from home_manager.nix.nodes.node import Expr


class Parameter:
    """One attribute of a function's pattern."""

    __slots__ = ("default", "end", "name", "start")

    def __init__(self, name: str, default: Expr | None, start: int, end: int) -> None:
        self.name = name
        self.default = default
        self.start = start
        self.end = end


class Pattern:
    """`{ a, b ? c, ... }@d`. Environment: parent, the whole argument if it has a name, required, optional ones."""

    __slots__ = ("ellipsis", "names", "optional", "parameters", "required", "whole")

    def __init__(self, parameters: list[Parameter], *, ellipsis: bool, whole: bool) -> None:
        self.parameters = parameters
        self.ellipsis = ellipsis
        self.whole = whole
        self.required = [each.name for each in parameters if each.default is None]
        self.optional = [(each.name, each.default) for each in parameters if each.default is not None]
        self.names = frozenset(each.name for each in parameters)
