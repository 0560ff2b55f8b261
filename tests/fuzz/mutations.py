"""Inputs that are no programs, or hardly: bytes at random, tokens at random, and programs with something broken."""

from __future__ import annotations

from collections.abc import Sequence

from fuzz import literals
from fuzz.literals import Chooser, pick
from fuzz.programs import Programs

TOKENS = (
    *(
        "let",
        "in",
        "rec",
        "with",
        "inherit",
        "if",
        "then",
        "else",
        "assert",
        "or",
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        ";",
        ":",
        "@",
        ",",
    ),
    *(
        "...",
        ".",
        "?",
        "=",
        "==",
        "!=",
        "<",
        "<=",
        ">",
        ">=",
        "&&",
        "||",
        "->",
        "!",
        "//",
        "++",
        "+",
        "-",
        "*",
        "/",
        "|>",
        "<|",
    ),
    *(
        '"',
        "''",
        "${",
        "$",
        "\\",
        "''${",
        "''\\",
        "'''",
        "$$",
        "#",
        "/*",
        "*/",
        "\n",
        "\r\n",
        "\r",
        "\t",
        " ",
        "\0",
        "\u00a0",
        "\ufeff",
    ),
    *(
        "a",
        "b",
        "x'",
        "1",
        "1.5",
        "1e5",
        ".5",
        "0",
        "9223372036854775808",
        "./a",
        "/a/",
        "~/x",
        "~",
        "<a/b>",
        "<",
        "a:b",
        "http://x",
    ),
    *(
        "true",
        "null",
        "builtins",
        "throw",
        "__curPos",
        "é",
        "𝄞",
        "body",
        "__functor",
        "outPath",
        "__toString",
        "__overrides",
    ),
    *(
        "builtins.toJSON",
        "builtins.fromJSON",
        "builtins.fromTOML",
        "builtins.match",
        "builtins.split",
        "builtins.toString",
        "map",
    ),
    *(
        "builtins.substring",
        "builtins.replaceStrings",
        "builtins.sort",
        "builtins.genList",
        "builtins.derivation",
        "derivation",
    ),
)


def some_bytes(choose: Chooser) -> bytes:
    """Any bytes at all."""
    return bytes(choose.randrange(256) for _ in range(choose.randrange(64)))


def some_tokens(choose: Chooser) -> bytes:
    """Tokens without an order."""
    return "".join(pick(choose, TOKENS) + pick(choose, ("", " ", " ")) for _ in range(choose.randrange(24))).encode()


def mutated(choose: Chooser, text: bytes) -> bytes:
    """A text with a few changes: bytes turned, pieces gone, doubled, moved or put in."""
    data = bytearray(text)
    for _ in range(1 + choose.randrange(4)):
        at = choose.randrange(len(data) + 1)
        end = min(len(data), at + choose.randrange(12))
        match choose.randrange(7):
            case 0:
                data[at:at] = pick(choose, TOKENS).encode()
            case 1:
                del data[at:end]
            case 2:
                data[at:at] = data[at:end] * (1 + choose.randrange(3))
            case 3:
                data[at:end] = bytes(choose.randrange(256) for _ in range(choose.randrange(4)))
            case 4:
                piece = data[at:end]
                del data[at:end]
                other = choose.randrange(len(data) + 1)
                data[other:other] = piece
            case 5:
                if at < len(data):
                    data[at] ^= 1 << choose.randrange(8)
            case _:
                del data[at:]
    return bytes(data)


def nested(choose: Chooser) -> bytes:
    """One form inside of itself, again and again."""
    opening, closing = pick(choose, NESTED)
    depth = pick(choose, (10, 100, 1000, 5000, 20000))
    text = opening * depth + pick(choose, ("1", "", "a", "null", '""'))
    return (text + closing * (depth if choose.random() < 0.8 else choose.randrange(depth))).encode()


NESTED = (
    *(
        ("(", ")"),
        ("[", "]"),
        ("{a=", ";}"),
        ("let a=", ";in a"),
        ("x:", ""),
        ("!", ""),
        ("-", ""),
        ('"${', '}"'),
        ("''${", "}''"),
    ),
    *(
        ("if true then ", " else 1"),
        ("with {};", ""),
        ("assert true;", ""),
        ("1+", ""),
        ("1++", ""),
        ("a.", ""),
        ("a ", ""),
        ("[ ", " ]"),
    ),
    *(
        ("{ a ? ", " }:1"),
        ("rec{a=", ";}"),
        ("1//", ""),
        ("a->", ""),
        ("./a${", "}"),
        ("a: a ", ""),
        ("(x: x) (", ")"),
        ("1 |> ", ""),
    ),
    *(
        ("builtins.toJSON ", ""),
        ("builtins.seq 1 ", ""),
        ("(throw ", ")"),
        ("a.b or ", ""),
        ("<| ", ""),
        ("1 <| ", ""),
        ("a?", ""),
    ),
)


def some_input(choose: Chooser, known: Sequence[bytes]) -> bytes:
    """An input of any sort; `known` are programs to break."""
    roll = choose.random()
    if roll < 0.08:
        return some_bytes(choose)
    if roll < 0.25:
        return some_tokens(choose)
    if roll < 0.2505:
        return nested(choose)
    if roll < 0.45:
        program = Programs(choose, size=25).program().encode("utf-8", "surrogateescape")
        return mutated(choose, program)
    if roll < 0.5:
        pattern = literals.quoted(literals.pattern(choose, 5))
        text = f"builtins.{pick(choose, ('match', 'split'))} {pattern} {literals.quoted(pick(choose, literals.WORDS))}"
        return mutated(choose, text.encode()) if choose.random() < 0.5 else text.encode()
    return mutated(choose, pick(choose, list(known)) if known else b"{ a = 1; }")
