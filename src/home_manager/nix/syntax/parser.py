"""Nix text to a syntax tree: recursive descent, with binding powers for the operators.

The grammar is that of Nix 2.34, its oddities included: `or` as a name, `let { … }`, paths and URIs as tokens,
operators that do not associate. Messages follow Nix's (which are Bison's).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from home_manager.diagnostics import Source, Span
from home_manager.nix.path_text import canonical
from home_manager.nix.syntax import ast, bindings, patterns
from home_manager.nix.syntax.indentation import strip_indentation
from home_manager.nix.syntax.token_cursor import TokenCursor

_BINARY: Final[dict[str, tuple[int, int]]] = {
    # operator: (how strongly it binds, the least that its right operand must bind)
    "->": (1, 1),
    "||": (2, 3),
    "&&": (3, 4),
    "==": (4, 5),
    "!=": (4, 5),
    "<": (5, 6),
    ">": (5, 6),
    "<=": (5, 6),
    ">=": (5, 6),
    "//": (6, 6),
    "+": (8, 9),
    "-": (8, 9),
    "*": (9, 10),
    "/": (9, 10),
    "++": (10, 10),
    "?": (11, 12),
}
_NOT_ASSOCIATIVE: Final = frozenset((4, 5, 11))
_NOT: Final = 8
_NEGATE: Final = 12

_AFTER_ALL: Final = frozenset((";", ")", "]", "}", ",", "then", "else", "in", "END"))
"""After these an expression is complete, so that a single name or number before them is all of it."""

_OPERAND: Final = frozenset(
    ("ID", "INT", "FLOAT", "STRING", '"', "''", "PATH", "SPATH", "URI", "(", "{", "[", "rec", "let")
)


def parse(
    source: Source, base: str, *, pipe_operators: bool = True, notice: Callable[[str], None] | None = None
) -> ast.Node:
    """The expression in a text; relative paths start from the directory `base`. `notice` is told what to change."""
    parser = Parser(source, base, pipe_operators=pipe_operators)
    result = parser.expression()
    parser.expect("END")
    if parser.name_or and notice is not None:
        for start, end in parser.name_or:
            notice(_name_or(Span(source, start, end)))
    return result


def _name_or(span: Span) -> str:
    """What there is to say about `f or` where more follows on either side."""
    return (
        f"at {span}: This expression uses `or` as an identifier in a way that will change in a future Nix release.\n"
        "Wrap this entire expression in parentheses to preserve its current meaning:\n"
        f"    ({span.source.text[span.start : span.end]})\n"
        "Give feedback at https://github.com/NixOS/nix/pull/11121"
    )


class Parser(TokenCursor):
    """The grammar: a method for each kind of expression."""

    __slots__ = ("base", "name_or")

    def __init__(self, source: Source, base: str, *, pipe_operators: bool) -> None:
        super().__init__(source, pipe_operators=pipe_operators)
        self.base: Final = base
        self.name_or: list[tuple[int, int]] = []

    # Expressions

    def expression(self) -> ast.Node:
        at = self.position
        kinds = self.kinds
        kind = kinds[at]
        start = self.starts[at]
        if kind == "ID":
            follower = kinds[at + 1]
            if follower in _AFTER_ALL:
                self.position = at + 1
                return self.name(at)
            if follower == ":":
                self.position = at + 2
                body = self.expression()
                return ast.Function(start, self.end(), str(self.values[at]), None, False, body)
            if follower == "@" and kinds[at + 2] == "{":
                self.position = at + 2
                formals, ellipsis = patterns.formals(self)
                self.expect(":")
                return self.function(start, str(self.values[at]), formals, ellipsis)
            if follower == "@":
                self.position = at + 2
                self.unexpected("'{'")
        elif kind == "STRING" or kind == "INT":
            if kinds[at + 1] in _AFTER_ALL:
                self.position = at + 1
                return ast.Constant(start, self.ends[at], self.values[at])  # type: ignore[arg-type]
        elif kind == "{":
            if patterns.ahead(self, at):
                formals, ellipsis = patterns.formals(self)
                argument = None
                if kinds[self.position] == "@":
                    self.position += 1
                    argument = str(self.values[self.expect("ID")])
                    self.expect(":")
                else:
                    self.expect(":", "@")
                return self.function(start, argument, formals, ellipsis)
        elif kind == "let":
            if kinds[at + 1] != "{":
                return self.let(start)
        elif kind == "if":
            self.position = at + 1
            condition = self.expression()
            self.expect("then")
            yes = self.expression()
            self.expect("else")
            no = self.expression()
            return ast.IfNode(start, self.end(), condition, yes, no)
        elif kind == "with":
            self.position = at + 1
            attrs = self.expression()
            self.expect(";")
            body = self.expression()
            return ast.WithNode(start, self.end(), attrs, body)
        elif kind == "assert":
            self.position = at + 1
            condition = self.expression()
            self.expect(";")
            body = self.expression()
            return ast.AssertNode(start, self.end(), condition, body)
        return self.piped()

    def function(self, start: int, argument: str | None, formals: list[ast.Formal], ellipsis: bool) -> ast.Function:
        patterns.check(self, formals, argument, start)
        body = self.expression()
        return ast.Function(start, self.end(), argument, formals, ellipsis, body)

    def let(self, start: int) -> ast.Node:
        self.position += 1
        attrs = ast.AttrSet(start, start)
        bindings.parse_bindings(self, attrs, "in")
        attrs.end = self.ends[self.position - 1]
        if attrs.dynamic:
            raise self.error("dynamic attributes not allowed in let", start, start + 3)
        body = self.expression()
        return ast.Let(start, self.end(), attrs, body)

    def piped(self) -> ast.Node:
        left = self.operation(0)
        kind = self.kinds[self.position]
        if kind != "|>" and kind != "<|":
            return left
        if not self.pipes:
            self.unexpected()
        if kind == "|>":
            while self.kinds[self.position] == "|>":
                at = self.starts[self.position]
                self.position += 1
                function = self.operation(0)
                left = apply(function, left, left.start, max(left.end, function.end), at)
            return left
        functions: list[tuple[ast.Node, int]] = []
        while self.kinds[self.position] == "<|":
            functions.append((left, self.starts[self.position]))
            self.position += 1
            left = self.operation(0)
        for function, at in reversed(functions):
            left = apply(function, left, function.start, left.end, at)
        return left

    def operation(self, least: int) -> ast.Node:
        """Operands and operators that bind at least as strongly as `least`."""
        kind = self.kinds[self.position]
        start = self.starts[self.position]
        if kind == "!":
            self.position += 1
            operand = self.operation(_NOT)
            left: ast.Node = ast.NotNode(start, self.end(), operand)
        elif kind == "-":
            self.position += 1
            operand = self.operation(_NEGATE)
            left = ast.Negation(start, self.end(), operand)
        else:
            left = self.application()
        while True:
            at = self.position
            operator = self.kinds[at]
            power = _BINARY.get(operator)
            if power is None or power[0] < least:
                return left
            self.position = at + 1
            if operator == "?":
                path = bindings.attr_path(self)
                left = ast.HasAttrNode(start, self.end(), left, path)
            else:
                right = self.operation(power[1])
                if operator == "+":
                    parts = [left, right]
                    left = ast.Concatenation(start, self.end(), parts, text=False, at=self.starts[at])
                else:
                    left = ast.Binary(start, self.end(), operator, left, right, self.starts[at])
            if power[0] in _NOT_ASSOCIATIVE:
                following = _BINARY.get(self.kinds[self.position])
                if following is not None and following[0] == power[0]:
                    self.unexpected()

    def application(self) -> ast.Node:
        start = self.starts[self.position]
        left = self.selection(True)
        kinds = self.kinds
        while kinds[self.position] in _OPERAND:
            argument = self.selection()
            left = apply(left, argument, start, self.ends[self.position - 1], start)
        return left

    def name(self, at: int) -> ast.Node:
        """The variable whose token lies at `at`."""
        name = self.values[at]
        if name == "__curPos":
            return ast.CurrentPosition(self.starts[at], self.ends[at])
        return ast.Name(self.starts[at], self.ends[at], name)  # type: ignore[arg-type]

    def selection(self, alone: bool = False) -> ast.Node:
        """What an operand of a call is. Unless it stands `alone`, the name `or` after it will be read otherwise."""
        at = self.position
        start = self.starts[at]
        if self.kinds[at] == "ID":
            self.position = at + 1
            left = self.name(at)
        else:
            left = self.simple()
        kind = self.kinds[self.position]
        if kind == ".":
            at = self.position + 1
            # The last token is `END`, so that one follows every name.
            if self.kinds[at] == "ID" and self.kinds[at + 1] != "." and self.kinds[at + 1] != "or":
                self.position = at + 1
                name = self.values[at]
                return ast.SelectNode(start, self.ends[at], left, [name], None)  # type: ignore[list-item]
            self.position = at
            path = bindings.attr_path(self)
            default = None
            if self.kinds[self.position] == "or":
                self.position += 1
                default = self.selection()
            return ast.SelectNode(start, self.end(), left, path, default)
        if kind == "or":
            # nixpkgs once had a function named `or`: `f or` passes it as an argument.
            at = self.position
            self.position += 1
            if not alone:
                self.name_or.append((start, self.ends[at]))
            argument = ast.Name(start, self.ends[at], "or")
            return ast.Apply(start, self.ends[at], left, [argument], start)
        return left

    def simple(self) -> ast.Node:
        at = self.position
        kind = self.kinds[at]
        start = self.starts[at]
        self.position = at + 1
        if kind == "ID":
            return self.name(at)
        if kind in ("STRING", "INT", "FLOAT", "URI"):
            return ast.Constant(start, self.ends[at], self.values[at])  # type: ignore[arg-type]
        if kind == '"':
            return self.string(start)
        if kind == "{":
            return self.attr_set(start, recursive=False)
        if kind == "(":
            inner = self.expression()
            self.expect(")")
            return inner
        if kind == "[":
            items: list[ast.Node] = []
            while self.kinds[self.position] != "]":
                if self.kinds[self.position] not in _OPERAND:
                    self.unexpected()
                items.append(self.selection())
            self.position += 1
            return ast.ListNode(start, self.ends[self.position - 1], items)
        if kind == "''":
            return self.indented_string(start)
        if kind == "PATH":
            return self.path(at)
        if kind == "rec":
            self.expect("{")
            return self.attr_set(start, recursive=True)
        if kind == "let":
            self.expect("{")
            attrs = self.attr_set(start, recursive=True)
            return ast.SelectNode(start, attrs.end, attrs, ["body"], None)
        if kind == "SPATH":
            return ast.SearchPath(start, self.ends[at], str(self.values[at]))
        self.position = at
        self.unexpected()

    def attr_set(self, start: int, *, recursive: bool) -> ast.AttrSet:
        attrs = ast.AttrSet(start, start)
        attrs.recursive = recursive
        bindings.parse_bindings(self, attrs, "}")
        attrs.end = self.ends[self.position - 1]
        return attrs

    # Strings and paths

    def interpolation(self) -> ast.Node:
        """What stands between `${` (already read) and `}`."""
        inner = self.expression()
        self.expect("}")
        return inner

    def string(self, start: int) -> ast.Node:
        """The rest of a string, its opening quote already read."""
        parts: list[ast.Node] = []
        interpolated = False
        while True:
            at = self.position
            kind = self.kinds[at]
            if kind == "STR":
                self.position = at + 1
                parts.append(ast.Constant(self.starts[at], self.ends[at], str(self.values[at])))
            elif kind == "${":
                self.position = at + 1
                interpolated = True
                parts.append(self.interpolation())
            elif kind == "CLOSE":
                self.position = at + 1
                break
            else:
                self.unexpected("'\"'")
        end = self.ends[at]
        if interpolated:
            return ast.Concatenation(start, end, parts, text=True, at=start)
        value = parts[0].value if parts and isinstance(parts[0], ast.Constant) else ""
        return ast.Constant(start, end, value)

    def indented_string(self, start: int) -> ast.Node:
        parts: list[ast.Node | tuple[str, str, int, int]] = []
        while True:
            at = self.position
            kind = self.kinds[at]
            self.position = at + 1
            if kind == "IND" or kind == "ESC":
                parts.append((kind, str(self.values[at]), self.starts[at], self.ends[at]))
            elif kind == "${":
                parts.append(self.interpolation())
            elif kind == "CLOSE''":
                return strip_indentation(parts, start, self.ends[at])
            else:
                self.position = at
                self.unexpected("indented string", "'${'", "end of an indented string")

    def path(self, at: int) -> ast.Node:
        """The rest of a path, whose first piece is the token at `at`."""
        literal = str(self.values[at])
        start = self.starts[at]
        if literal.startswith("~"):
            text = literal
        else:
            text = canonical(literal if literal.startswith("/") else f"{self.base}/{literal}")
            if literal.endswith("/") and text != "/":
                text += "/"
        parts: list[ast.Node] = [ast.PathText(start, self.ends[at], text)]
        while self.kinds[self.position] != "PATH_END":
            here = self.position
            self.position = here + 1
            if self.kinds[here] == "STR":
                if len(parts) == 1 and self.kinds[here + 1] != "${":
                    # What follows the beginning needs an interpolation: `/a//b` is no path.
                    self.position = here + 1
                    self.unexpected("'${'")
                parts.append(ast.Constant(self.starts[here], self.ends[here], str(self.values[here])))
            elif self.kinds[here] == "${":
                parts.append(self.interpolation())
            else:
                self.position = here
                self.unexpected("'${'")
        end = self.ends[self.position]
        self.position += 1
        return parts[0] if len(parts) == 1 else ast.Concatenation(start, end, parts, text=False, at=start)


def apply(function: ast.Node, argument: ast.Node, start: int, end: int, at: int) -> ast.Apply:
    """A call, joined with the one that gives the function, as Nix does."""
    if isinstance(function, ast.Apply):
        function.arguments.append(argument)
        function.end = end
        return function
    return ast.Apply(start, end, function, [argument], at)
