"""Programs of the language, drawn at random by the type of the value that is wanted, now and then of a wrong one.

`Programs(random.Random(seed)).program()` is a text; a program has no effects and ends soon, but it may well fail.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from fuzz import literals
from fuzz.calls import CALLS
from fuzz.kinds import Function, Kind, List, Set, list_of, set_of, some_kind
from fuzz.literals import Chooser, pick
from fuzz.pieces import (
    AND,
    CALL,
    CONCAT,
    EQUAL,
    HAS,
    IMPLIES,
    LOOSE,
    NEGATE,
    NOT,
    OR,
    ORDER,
    PIPE,
    PRODUCT,
    SELECT,
    SUM,
    UPDATE,
    Piece,
)


class Programs:
    """Draws programs. `mistakes` is the probability, for each node, that it has another type than is wanted."""

    def __init__(self, choose: Chooser, *, mistakes: float | None = None, size: int = 60) -> None:
        self.choose: Chooser = choose
        if mistakes is None:
            mistakes = pick(choose, (0.0, 0.0, 0.0, 0.01, 0.03, 0.08))
        self.mistakes = mistakes
        self.left = size
        self.scope: list[tuple[str, Kind]] = []

    # Chances

    def chance(self, probability: float) -> bool:
        return self.choose.random() < probability

    def some_kind(self, depth: int = 2) -> Kind:
        return some_kind(self.choose, depth)

    def gap(self) -> str:
        if self.chance(0.04):
            return pick(self.choose, ("\n", "  ", "\t", " /* c */ ", " # c\n", "\n\n  ", " /** d */ "))
        return " "

    # Programs

    def program(self) -> str:
        """A whole program."""
        self.scope = []
        return self.expression(self.some_kind(), 6).text + ("\n" if self.chance(0.5) else "")

    def expression(self, wanted: Kind, depth: int) -> Piece:
        """An expression whose value is of this kind, as a rule."""
        self.left -= 1
        if self.chance(self.mistakes):
            wanted = self.some_kind()
        if depth <= 0 or self.left <= 0:
            return self.leaf(wanted)
        roll = self.choose.random()
        if roll < 0.14:
            return self.leaf(wanted)
        if roll < 0.44:
            return self.around(wanted, depth)
        if roll < 0.62:
            return self.application(wanted, depth)
        return self.of_kind(wanted, depth)

    def operand(self, piece: Piece, level: int) -> str:
        if piece.level >= level:
            return f"({piece.text})" if self.chance(0.03) else piece.text
        if self.mistakes and self.chance(0.02):
            return piece.text
        return f"({piece.text})"

    def at(self, wanted: Kind, depth: int, level: int) -> str:
        """An expression as an operand of something that binds with `level`."""
        return self.operand(self.expression(wanted, depth), level)

    def atom(self, wanted: Kind, depth: int) -> str:
        return self.at(wanted, depth, SELECT)

    @contextmanager
    def names(self, *added: tuple[str, Kind]) -> Iterator[None]:
        """Within, these variables can be used."""
        before = self.scope
        hidden = {name for name, _ in added}
        self.scope = [each for each in before if each[0] not in hidden] + list(added)
        yield
        self.scope = before

    # Forms that fit any type

    def around(self, wanted: Kind, depth: int) -> Piece:
        match self.choose.randrange(12):
            case 0:
                condition = self.expression("bool", depth - 2).text
                yes, no = (self.expression(wanted, depth - 1).text for _ in "yn")
                return Piece(f"if {condition} then{self.gap()}{yes}{self.gap()}else {no}", LOOSE)
            case 1 | 2:
                return self.let(wanted, depth)
            case 3:
                return self.with_(wanted, depth)
            case 4:
                if self.chance(0.8):
                    condition = pick(self.choose, ("true", "1 == 1", "!false", "1 < 2"))
                else:
                    condition = self.expression("bool", depth - 2).text
                return Piece(f"assert {condition};{self.gap()}{self.expression(wanted, depth - 1).text}", LOOSE)
            case 5 | 6:
                return self.selection(wanted, depth)
            case 7 | 8:
                return self.call(wanted, depth)
            case 9:
                inner = self.at(wanted, depth - 1, SELECT)
                text = pick(
                    self.choose,
                    ("builtins.seq 1", "builtins.deepSeq [ ]", 'builtins.trace "t"', 'builtins.addErrorContext "c"'),
                )
                if self.chance(0.4):
                    what = pick(self.choose, ("seq", "trace", "deepSeq"))
                    text = f"builtins.{what} {self.atom(self.some_kind(1), depth - 2)}"
                return Piece(f"{text} {inner}", CALL)
            case 10:
                thrown = self.atom(wanted, depth - 1) if self.chance(0.8) else pick(self.choose, literals.FAILING)
                return Piece(f"(builtins.tryEval {thrown}).value", SELECT)
            case _:
                if self.chance(0.6):
                    return Piece(f"({self.expression(wanted, depth - 1).text})")
                kind = self.some_kind(1)
                function = self.at(Function(kind, wanted), depth - 1, IMPLIES)
                value = self.at(kind, depth - 1, IMPLIES)
                return Piece(f"{value} |> {function}" if self.chance(0.5) else f"{function} <| {value}", PIPE)

    def let(self, wanted: Kind, depth: int) -> Piece:
        bound: list[tuple[str, Kind]] = []
        texts: list[str] = []
        for _ in range(1 + self.choose.randrange(3)):
            name = pick(self.choose, literals.NAMES[:-1])
            if name in dict(bound):
                continue
            kind = self.some_kind()
            with self.names(*bound):
                value = self.expression(kind, depth - 2).text
            bound.append((name, kind))
            texts.append(f"{name} = {value};")
        if self.chance(0.15):
            texts.append(f"unused = {pick(self.choose, literals.FAILING)};")
        if self.chance(0.1):
            texts.append(self.recursive_function(bound))
        if self.chance(0.12) and self.scope:
            name, kind = pick(self.choose, self.scope)
            if name not in dict(bound):
                texts.append(f"inherit {name};")
        if self.chance(0.1):
            kind = self.some_kind(1)
            texts.append(f"inherit ({self.expression(set_of({'i': kind, 'j': 'int'}), depth - 2).text}) i j;")
            bound += [("i", kind), ("j", "int")]
        if self.chance(0.4):
            texts.reverse()
        with self.names(*bound):
            if self.chance(0.04):
                texts.append(f"body = {self.expression(wanted, depth - 1).text};")
                return Piece(f"let {{ {' '.join(texts)} }}")
            body = self.expression(wanted, depth - 1).text
        return Piece(f"let{self.gap()}{self.gap().join(texts)}{self.gap()}in {body}", LOOSE)

    def recursive_function(self, bound: list[tuple[str, Kind]]) -> str:
        if "go" in dict(bound):
            return ""
        bound.append(("go", Function("int", "int")))
        return pick(self.choose, literals.RECURSIVE)

    def with_(self, wanted: Kind, depth: int) -> Piece:
        names = {pick(self.choose, literals.FIELDS[:8]) for _ in range(1 + self.choose.randrange(3))}
        kinds = {name: self.some_kind(1) for name in sorted(names)}
        attrs = self.expression(set_of(kinds), depth - 2).text
        # A variable hides what comes from a `with`.
        seen = dict(self.scope)
        with self.names(*[(name, seen.get(name, kind)) for name, kind in kinds.items()]):
            return Piece(f"with {attrs};{self.gap()}{self.expression(wanted, depth - 1).text}", LOOSE)

    def selection(self, wanted: Kind, depth: int) -> Piece:
        """`set.name`, and what else finds a value in a set or list."""
        plain = name = pick(self.choose, literals.FIELDS)
        inner = {plain: wanted}
        if self.chance(0.3):
            inner[pick(self.choose, literals.FIELDS)] = self.some_kind(1)
            inner[plain] = wanted
        if self.chance(0.15):
            name = pick(self.choose, (f'"{plain}"', f'${{"{plain}"}}', f'"${{"{plain}"}}"'))
        elif self.mistakes and self.chance(0.05):
            name = self.field()
        match self.choose.randrange(6):
            case 0 | 1:
                return Piece(f"{self.atom(set_of(inner), depth - 1)}.{name}", SELECT)
            case 2:
                other = self.atom(wanted, depth - 2)
                if self.chance(0.5):
                    return Piece(f"{self.atom(set_of(inner), depth - 1)}.{name} or {other}", SELECT)
                path = f"{self.field()}.{self.field()}"
                return Piece(f"{self.atom(self.some_kind(), depth - 2)}.{path} or {other}", SELECT)
            case 3:
                return Piece(f"{{ a.b = {self.expression(wanted, depth - 1).text}; a.c = 1; }}.a.b", SELECT)
            case 4:
                return Piece(f"builtins.head {self.atom(list_of(wanted), depth - 1)}", CALL)
            case _:
                items = f"[ {self.atom(wanted, depth - 1)} {self.atom(wanted, depth - 2)} ]"
                return Piece(f"builtins.elemAt {items} {pick(self.choose, ('0', '1', '1', '2'))}", CALL)

    def field(self) -> str:
        roll = self.choose.random()
        if roll < 0.75:
            return pick(self.choose, literals.FIELDS)
        if roll < 0.9:
            return pick(self.choose, literals.QUOTED_FIELDS)
        names = ('${"a"}', '${"b" + "c"}', '"${"x"}y"', '"a${"b"}"', "${if true then null else null}")
        return pick(self.choose, names[: 4 + (self.mistakes > 0)])

    def call(self, wanted: Kind, depth: int) -> Piece:
        """A call of a function that is written where it is called, or of a variable."""
        functions = [(name, kind) for name, kind in self.scope if isinstance(kind, Function) and kind.result == wanted]
        if functions and self.chance(0.5):
            name, function = pick(self.choose, functions)
            return Piece(f"{name} {self.atom(function.argument, depth - 1)}", CALL)
        if self.chance(0.5):
            return self.pattern_call(wanted, depth)
        kind = self.some_kind(1)
        called = self.at(Function(kind, wanted), depth - 1, CALL)
        return Piece(f"{called} {self.atom(kind, depth - 1)}", CALL)

    def pattern_call(self, wanted: Kind, depth: int) -> Piece:
        formals: list[str] = []
        given: list[str] = []
        bound: list[tuple[str, Kind]] = []
        for name in sorted({pick(self.choose, ("p", "q", "r", "s")) for _ in range(self.choose.randrange(4))}):
            kind = self.some_kind(1)
            with self.names(*bound):
                default = f" ? {self.expression(kind, depth - 2).text}" if self.chance(0.5) else ""
            if not default or self.chance(0.5):
                given.append(f"{name} = {self.expression(kind, depth - 2).text};")
            formals.append(name + default)
            bound.append((name, kind))
        if self.chance(0.35):
            formals.append("...")
            if self.chance(0.6):
                given.append("extra = 1;")
        elif self.mistakes and self.chance(0.05):
            given.append("extra = 1;")
        head = "{ " + ", ".join(formals) + " }"
        if self.chance(0.3):
            head = f"all@{head}" if self.chance(0.5) else f"{head}@all"
            bound.append(("all", Set(())))
        with self.names(*bound):
            body = self.expression(wanted, depth - 1).text
        return Piece(f"({head}:{self.gap()}{body}) {{ {' '.join(given)} }}", CALL)

    def application(self, wanted: Kind, depth: int) -> Piece:
        """A call of a built-in that gives what is wanted."""
        fitting = [call for call in CALLS if call.fits(wanted) and (call.result != "T" or self.chance(0.5))]
        if not fitting:
            return self.of_kind(wanted, depth)
        call = pick(self.choose, fitting)
        arguments = call.arguments(self, wanted, depth)
        if any("'" in name for name in (call.name,)) or self.chance(0.9):
            return Piece(" ".join((f"builtins.{call.name}", *arguments)), CALL)
        return Piece(" ".join((f"__{call.name}", *arguments)), CALL)

    # Forms of one type

    def variable(self, wanted: Kind) -> Piece | None:
        found = [name for name, kind in self.scope if kind == wanted]
        if self.mistakes and self.chance(0.03):
            found += [name for name, _ in self.scope]
        return Piece(pick(self.choose, found)) if found else None

    def leaf(self, wanted: Kind) -> Piece:
        if self.mistakes and self.chance(0.01):
            return Piece(pick(self.choose, literals.ODD), LOOSE)
        if self.chance(0.5):
            known = self.variable(wanted)
            if known is not None:
                return known
        match wanted:
            case "int":
                return Piece(literals.integer(self.choose))
            case "float":
                return Piece(pick(self.choose, literals.FLOATS))
            case "bool":
                return Piece(pick(self.choose, ("true", "false")))
            case "null":
                return Piece("null")
            case "string":
                return self.string(0)
            case "path":
                return Piece(pick(self.choose, literals.PATHS))
            case "drv":
                return Piece('derivation { name = "n"; builder = "/b"; system = "s"; }', CALL)
            case List(of):
                if self.left > 0 and self.chance(0.6):
                    return Piece(f"[ {self.operand(self.leaf(of), SELECT)} ]")
                return Piece(pick(self.choose, ("[ ]", "[]")))
            case Set(fields):
                if not fields:
                    return Piece(pick(self.choose, ("{ }", "{}", "{ a = 1; }")))
                inner = " ".join(f"{name} = {self.leaf(kind).text};" for name, kind in fields)
                return Piece(f"{{ {inner} }}")
            case Function(_, result):
                return Piece(f"_: {self.leaf(result).text}", LOOSE)
        raise AssertionError(wanted)

    def binary(self, operator: str, left: Kind, right: Kind, level: int, depth: int, associates: str = "left") -> Piece:
        first = self.at(left, depth - 1, level if associates == "left" else level + 1)
        second = self.at(right, depth - 1, level if associates == "right" else level + 1)
        if self.mistakes and self.chance(0.02):
            return Piece(f"{first}{operator}{second}", level)
        return Piece(f"{first} {operator}{self.gap()}{second}", level)

    def of_kind(self, wanted: Kind, depth: int) -> Piece:
        match wanted:
            case "int" | "float":
                return self.number(wanted, depth)
            case "bool":
                return self.truth(depth)
            case "string":
                return self.string(depth) if self.chance(0.6) else self.binary("+", "string", "string", SUM, depth)
            case "path":
                return self.path(depth)
            case List(of):
                if self.chance(0.25):
                    return self.binary("++", wanted, wanted, CONCAT, depth, "right")
                count = self.choose.randrange(4)
                items = [self.atom(of, depth - 1) for _ in range(count)]
                if self.chance(0.05):
                    return Piece(f"builtins.map (x: x) [ {' '.join(items)} ]", CALL)
                return Piece(f"[{self.gap()}{self.gap().join(items)}{' ' if items else ''}]")
            case Set():
                return self.attrs(wanted, depth)
            case Function():
                return self.function(wanted, depth)
            case "drv":
                extra = self.expression("string", depth - 1).text
                outputs = pick(
                    self.choose, ("", 'outputs = [ "out" "dev" ];', "__structuredAttrs = true;", "flag = true;")
                )
                return Piece(f'derivation {{ name = "d"; builder = "/b"; system = "s"; e = {extra}; {outputs} }}', CALL)
        return self.leaf(wanted)

    def number(self, wanted: Kind, depth: int) -> Piece:
        if self.chance(0.1):
            return Piece(f"-{self.at(wanted, depth - 1, NEGATE + 1)}", NEGATE)
        kinds: tuple[Kind, Kind] = (wanted, wanted)
        if wanted == "float" and self.chance(0.4):
            kinds = ("int", "float") if self.chance(0.5) else ("float", "int")
        operator = pick(self.choose, ("+", "-", "*", "/"))
        return self.binary(operator, *kinds, SUM if operator in "+-" else PRODUCT, depth)

    def truth(self, depth: int) -> Piece:
        match self.choose.randrange(9):
            case 0:
                return self.binary("&&", "bool", "bool", AND, depth)
            case 1:
                return self.binary("||", "bool", "bool", OR, depth)
            case 2:
                return self.binary("->", "bool", "bool", IMPLIES, depth, "right")
            case 3:
                return Piece(f"!{self.at('bool', depth - 1, NOT)}", NOT)
            case 4 | 5:
                kind = self.some_kind()
                other = kind if self.chance(0.85) else self.some_kind()
                return self.binary(pick(self.choose, ("==", "!=")), kind, other, EQUAL, depth, "none")
            case 6:
                base: Kind = pick(self.choose, ("int", "float", "string", "path"))
                kind = list_of(base) if self.chance(0.3) else base
                return self.binary(pick(self.choose, ("<", ">", "<=", ">=")), kind, kind, ORDER, depth, "none")
            case 7:
                path = ".".join(self.field() for _ in range(1 + self.choose.randrange(2)))
                return Piece(f"{self.at(self.some_kind(), depth - 1, HAS + 1)} ? {path}", HAS)
            case _:
                return Piece(f"(builtins.tryEval {self.atom(self.some_kind(1), depth - 1)}).success", SELECT)

    def function(self, wanted: Function, depth: int) -> Piece:
        name = pick(self.choose, ("x", "y", "f", "n", "_"))
        if self.chance(0.08):
            with self.names(("self", Set(())), (name, wanted.argument)):
                body = self.expression(wanted.result, depth - 1).text
            return Piece(f"{{ __functor = self: {name}: {body}; }}")
        if isinstance(wanted.argument, Set) and wanted.argument.fields and self.chance(0.6):
            names = ", ".join(name for name, _ in wanted.argument.fields)
            with self.names(*wanted.argument.fields):
                return Piece(f"{{ {names}, ... }}: {self.expression(wanted.result, depth - 1).text}", LOOSE)
        with self.names((name, wanted.argument)):
            return Piece(f"{name}:{self.gap()}{self.expression(wanted.result, depth - 1).text}", LOOSE)

    def attrs(self, wanted: Set, depth: int) -> Piece:
        if self.chance(0.15):
            return self.binary("//", Set(()), wanted, UPDATE, depth, "right")
        texts: list[str] = []
        recursive = self.chance(0.25)
        bound: list[tuple[str, Kind]] = []
        for name, kind in wanted.fields:
            with self.names(*bound):
                if self.chance(0.1) and (name, kind) in self.scope and not recursive:
                    texts.append(f"inherit {name};")
                    continue
                value = self.expression(kind, depth - 1).text
            if recursive:
                bound.append((name, kind))
            shown = name
            if self.chance(0.08):
                shown = f'"{name}"' if self.chance(0.5) else f'${{"{name}"}}'
            texts.append(f"{shown} = {value};")
        if self.chance(0.15):
            texts.append(f"{self.field()} = {self.expression(self.some_kind(1), depth - 1).text};")
        if self.chance(0.08):
            texts.append(
                f"lazy = {self.atom(self.some_kind(1), depth - 2)}; n.m = 1; n.o.p = {literals.integer(self.choose)};"
            )
        if self.chance(0.05):
            texts.append(f"${{null}} = {pick(self.choose, literals.FAILING)};")
        if self.chance(0.04):
            texts.append(f"__toString = self: {self.expression('string', depth - 2).text};")
        if self.chance(0.04):
            texts.append(f"outPath = {self.expression('string', depth - 2).text};")
        if self.chance(0.05):
            texts.append(f"inherit ({self.expression(set_of({'k': 'int'}), depth - 2).text}) k;")
        if self.chance(0.06):
            texts.append(pick(self.choose, literals.BINDINGS))
        if self.chance(0.3):
            texts.reverse()
        return Piece(f"{'rec ' if recursive else ''}{{{self.gap()}{self.gap().join(texts)} }}")

    def interpolated(self, depth: int) -> str:
        kind: Kind = pick(
            self.choose, ("string", "string", "string", "string", "drv" if self.chance(0.2) else "string")
        )
        if self.chance(0.06):
            return pick(
                self.choose,
                ('${{ outPath = "o"; }}', '${{ __toString = _: "t"; }}', "${{ outPath = { outPath = /a; }; }}"),
            )
        return f"${{{self.expression(kind, depth - 1).text}}}"

    def string(self, depth: int) -> Piece:
        if self.chance(0.25):
            return self.indented(depth)
        if self.chance(0.03):
            return Piece(pick(self.choose, ("http://a.b/c", "x:y", "mailto:a@b", "a+b:c")))
        if depth > 0 and self.chance(0.04):
            name = pick(self.choose, ("t", "a.txt", "x-1"))
            return Piece(f'builtins.toFile "{name}" {self.atom("string", depth - 1)}', CALL)
        pieces: list[str] = []
        for _ in range(self.choose.randrange(4)):
            if depth > 0 and self.chance(0.35):
                pieces.append(self.interpolated(depth))
            else:
                pieces.append(literals.plain_piece(self.choose))
        return Piece(f'"{"".join(pieces)}"')

    def indented(self, depth: int) -> Piece:
        lines: list[str] = []
        for _ in range(self.choose.randrange(5)):
            line = " " * self.choose.randrange(6)
            for _ in range(self.choose.randrange(4)):
                roll = self.choose.random()
                if roll < 0.25:
                    line += pick(self.choose, literals.INDENTED)
                elif roll < 0.4 and depth > 0:
                    line += self.interpolated(depth)
                else:
                    line += pick(self.choose, ("a", "b c", " ", "x  ", "\t"))
            lines.append(line)
        first = "" if self.chance(0.3) else "\n"
        last = "\n" + " " * self.choose.randrange(5) if self.chance(0.6) else ""
        return Piece(f"''{first}{chr(10).join(lines)}{last}''")

    def path(self, depth: int) -> Piece:
        match self.choose.randrange(4):
            case 0:
                return self.binary("+", "path", "string", SUM, depth)
            case 1:
                return Piece(f"./a${{{self.expression('string', depth - 1).text}}}b")
            case 2:
                return Piece(f"builtins.dirOf {self.atom('path', depth - 1)}", CALL)
            case _:
                return self.leaf("path")
