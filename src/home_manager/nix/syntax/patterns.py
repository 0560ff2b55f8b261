"""Functions with a set pattern: `{ a, b ? c, ... }`."""

from __future__ import annotations

from home_manager.nix.syntax import ast
from home_manager.nix.syntax.token_cursor import TokenCursor


def ahead(cursor: TokenCursor, at: int) -> bool:
    """Whether the `{` at `at` opens the pattern of a function rather than an attribute set."""
    kinds = cursor.kinds
    following = kinds[at + 1]
    if following == "...":
        return True
    if following == "}":
        return kinds[at + 2] in (":", "@")
    if following != "ID":
        return False
    after = kinds[at + 2]
    return after in (",", "?") or (after == "}" and kinds[at + 3] in (":", "@"))


def formals(cursor: TokenCursor) -> tuple[list[ast.Formal], bool]:
    """A set pattern, from its `{` (not yet read) to its `}`."""
    cursor.expect("{")
    found: list[ast.Formal] = []
    while True:
        at = cursor.position
        kind = cursor.kinds[at]
        cursor.position = at + 1
        if kind == "}":
            return found, False
        if kind == "...":
            cursor.expect("}")
            return found, True
        if kind != "ID":
            cursor.position = at
            cursor.unexpected(*(("identifier", "'...'", "'}'") if found else ("identifier", "'...'")))
        default = None
        end = cursor.ends[at]
        if cursor.kinds[cursor.position] == "?":
            cursor.position += 1
            default = cursor.expression()
            end = cursor.end()
        found.append(ast.Formal(str(cursor.values[at]), default, cursor.starts[at], end))
        if cursor.kinds[cursor.position] == ",":
            cursor.position += 1
        elif cursor.kinds[cursor.position] != "}":
            cursor.unexpected("'}'", "','")


def check(cursor: TokenCursor, formals: list[ast.Formal], argument: str | None, start: int) -> None:
    """Complains about a name that stands twice in a function's pattern."""
    seen: set[str] = set()
    for formal in formals:
        if formal.name in seen:
            text = f"duplicate formal function argument '{formal.name}'"
            raise cursor.error(text, formal.start, formal.end)
        seen.add(formal.name)
    if argument is not None and argument in seen:
        raise cursor.error(f"duplicate formal function argument '{argument}'", start, start + len(argument))
