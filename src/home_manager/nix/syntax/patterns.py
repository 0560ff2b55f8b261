"""Functions with a set pattern: `{ a, b ? c, ... }`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from home_manager.nix.syntax import ast

if TYPE_CHECKING:
    from home_manager.nix.syntax.parser import Parser


def ahead(parser: Parser, at: int) -> bool:
    """Whether the `{` at `at` opens the pattern of a function rather than an attribute set."""
    kinds = parser.kinds
    following = kinds[at + 1]
    if following == "...":
        return True
    if following == "}":
        return kinds[at + 2] in (":", "@")
    if following != "ID":
        return False
    after = kinds[at + 2]
    return after in (",", "?") or (after == "}" and kinds[at + 3] in (":", "@"))


def formals(parser: Parser) -> tuple[list[ast.Formal], bool]:
    """A set pattern, from its `{` (not yet read) to its `}`."""
    parser.expect("{")
    found: list[ast.Formal] = []
    while True:
        at = parser.position
        kind = parser.kinds[at]
        parser.position = at + 1
        if kind == "}":
            return found, False
        if kind == "...":
            parser.expect("}")
            return found, True
        if kind != "ID":
            parser.position = at
            parser.unexpected(*(("identifier", "'...'", "'}'") if found else ("identifier", "'...'")))
        default = None
        end = parser.ends[at]
        if parser.kinds[parser.position] == "?":
            parser.position += 1
            default = parser.expression()
            end = parser.end()
        found.append(ast.Formal(str(parser.values[at]), default, parser.starts[at], end))
        if parser.kinds[parser.position] == ",":
            parser.position += 1
        elif parser.kinds[parser.position] != "}":
            parser.unexpected("'}'", "','")


def check(parser: Parser, formals: list[ast.Formal], argument: str | None, start: int) -> None:
    """Complains about a name that stands twice in a function's pattern."""
    seen: set[str] = set()
    for formal in formals:
        if formal.name in seen:
            text = f"duplicate formal function argument '{formal.name}'"
            raise parser.error(text, formal.start, formal.end)
        seen.add(formal.name)
    if argument is not None and argument in seen:
        raise parser.error(f"duplicate formal function argument '{argument}'", start, start + len(argument))
