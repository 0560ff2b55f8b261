"""The cursor over the tokens of a text: where the parser stands, what it expects there, and syntax errors.

The parser is a subclass, and the parts of the grammar in files of their own (`bindings`, `patterns`) work with the
cursor: what they need of the rest of the grammar are its three methods without a body.
"""

from __future__ import annotations

from typing import Final, NoReturn

from home_manager.diagnostics import Failure, Label, Source, Span
from home_manager.nix.errors import syntax_error
from home_manager.nix.syntax import ast
from home_manager.nix.syntax.lexer import tokenize

_SHOWN: Final = {
    "ID": "identifier",
    "INT": "integer",
    "FLOAT": "floating-point literal",
    "STR": "string",
    "IND": "indented string",
    "ESC": "indented string",
    "STRING": "'\"'",
    "CLOSE": "'\"'",
    "PATH": "path",
    "SPATH": "'<…>' path",
    "PATH_END": "end of path",
    "URI": "URI",
    "END": "end of file",
    "''": "start of an indented string",
    "CLOSE''": "end of an indented string",
    "CHARACTER": "invalid token",
}


class TokenCursor:
    """A place in the tokens of one source."""

    __slots__ = ("ends", "kinds", "pipes", "position", "source", "starts", "values")

    def __init__(self, source: Source, *, pipe_operators: bool) -> None:
        tokens = tokenize(source.text)
        self.source: Final = source
        self.pipes: Final = pipe_operators
        self.kinds: Final = tokens.kinds
        self.starts: Final = tokens.starts
        self.ends: Final = tokens.ends
        self.values: Final = tokens.values
        self.position = 0

    # The grammar

    def expression(self) -> ast.Node:
        """The expression that begins here."""
        raise NotImplementedError

    def string(self, start: int) -> ast.Node:
        """The rest of a string, after its opening quote."""
        raise NotImplementedError

    def interpolation(self) -> ast.Node:
        """The rest of an interpolation, after its `${`."""
        raise NotImplementedError

    # Errors

    def error(self, message: str, start: int, end: int, *others: Label) -> Failure:
        return syntax_error(message, Span(self.source, start, end), *others)

    def unexpected(self, *expected: str) -> NoReturn:
        """Complains about the current token; `expected` are names as they are shown."""
        at = self.position
        kind, start, end = self.kinds[at], self.starts[at], self.ends[at]
        if kind == "ERROR":
            raise self.error(str(self.values[at]), start, end)
        if kind in ("|>", "<|") and not self.pipes:
            raise self.error(
                "experimental Nix feature 'pipe-operators' is disabled; "
                "add '--extra-experimental-features pipe-operators' to enable it",
                start,
                end,
            )
        shown = "'~/…' path" if kind == "PATH" and str(self.values[at]).startswith("~") else shown_kind(kind)
        wanted = f", expecting {' or '.join(expected)}" if 0 < len(expected) < 5 else ""
        others = self._forgotten_semicolon(at) if kind == "=" and expected == ("';'",) else ()
        raise self.error(f"syntax error, unexpected {shown}{wanted}", start, end, *others)

    def _forgotten_semicolon(self, at: int) -> tuple[Label, ...]:
        """Where a `;` is probably missing, given the `=` of a definition that was read as part of the one before."""
        text = self.source.text
        line = text.rfind("\n", 0, self.starts[at]) + 1
        before = at - 1
        while before >= 0 and self.starts[before] >= line:
            before -= 1
        if before < 0 or before == at - 1:
            return ()
        end = self.ends[before]
        return (Label(Span(self.source, end - 1, end), "a `;` may be missing after this"),)

    def expect(self, kind: str, *others: str) -> int:
        """Steps over a token of this kind and returns its place; `others` would have been right as well."""
        at = self.position
        if self.kinds[at] != kind:
            self.unexpected(*(shown_kind(each) for each in (kind, *others)))
        self.position = at + 1
        return at

    def end(self) -> int:
        """Where the last token that was read ends."""
        return self.ends[self.position - 1]


def shown_kind(kind: str) -> str:
    return _SHOWN.get(kind) or f"'{kind}'"
