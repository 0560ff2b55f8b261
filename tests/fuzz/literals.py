"""Literals of the language, drawn at random: numbers at the edges, strings of both kinds, names, paths, patterns."""

from __future__ import annotations

from typing import Protocol, TypeVar

T = TypeVar("T")


class Chooser(Protocol):
    """What is needed of `random.Random`; Hypothesis has one whose choices shrink."""

    def random(self) -> float: ...
    def randrange(self, stop: int, /) -> int: ...


def pick(choose: Chooser, items: list[T] | tuple[T, ...]) -> T:
    return items[choose.randrange(len(items))]


INTEGERS = (
    *("0", "1", "2", "3", "7", "10", "255", "4096", "007", "2147483648", "4611686018427387904"),
    *("9223372036854775807", "9223372036854775806", "3037000500", "4294967296"),
)
SMALL = ("0", "1", "1", "2", "2", "3", "4", "5", "6", "10")
FLOATS = (
    *("0.0", "1.0", "0.5", ".5", "1.", "2.25", "1e3", "1.5e-7", "1e10", "123456.7", "1234567.8", "0.1", "100000.0"),
    *("1000000.0", "1e22", "1.0e100", "3.0e-310", "9223372036854775807.0", "0.30000000000000004", "1e308", "999999.5"),
    *("12345678.9", "1.7976931348623157e308", "0.0001", "0.00001", "2.5", "16777217.0"),
)
NAMES = ("a", "b", "c", "d", "x", "y", "x'", "a-b", "_z", "name", "value", "or'", "é1")
WORDS = (
    *("", "a", "b", "ab", "abc", "foo", "bar-1.2", "hello world", "é", "€uro", "𝄞", "/x", "a/b/../c", "/tmp/./y/", "1"),
    *(
        "-12",
        "1.5",
        "true",
        "null",
        "x=1",
        "A",
        "Z",
        "aa",
        "aB",
        " ",
        "  a ",
        "a.b",
        "2.3pre1",
        "foo-bar-0.9",
        "~",
        "*",
    ),
)
ESCAPES = (
    *(
        "\\n",
        "\\t",
        "\\r",
        '\\"',
        "\\\\",
        "\\${",
        "\\$",
        "$",
        "$$",
        "$${a}",
        "\\a",
        "''",
        "'",
        "\\'",
        "{",
        "}",
        "\n",
        "\t",
    ),
    *("#", "/*", "\\\n", "\u007f", "\x01", "&<>", "\\é", "\u200b"),
)
INDENTED = (
    *(
        "''$",
        "''${",
        "'''",
        "''\\n",
        "''\\t",
        "''\\\\",
        "''\\x",
        "$",
        "$$",
        "$${a}",
        "'",
        '"',
        "\\n",
        "\\",
        "''\\$",
        "' '",
    ),
    *("\t", "é", "#", "''\\\n"),
)
FIELDS = ("a", "b", "c", "d", "e", "x", "y", "z", "name", "value", "if'", "k-1")
QUOTED_FIELDS = (
    '"a b"',
    '"if"',
    '""',
    '"1"',
    '"é"',
    '"a.b"',
    '"\\n"',
    '"$"',
    '"a"',
    '"b"',
    '"__x"',
    '"x\\"y"',
    '"rec"',
    '"or"',
)
BINDINGS = (
    *(
        "m.a = 1; m.b = 2;",
        "m = { a = 1; }; m.b = 2;",
        "m.a = 1; m = { b = 2; };",
        "m = rec { a = 1; c = a; }; m.b = 2;",
    ),
    *("m.a.b = 1; m.a.c = 2;", 'm."a" = 1; m.${"b"} = 2;', "m.a = { b = 1; }; m.a.c = 2;", "inherit ({ m = 1; }) m;"),
    *(
        "m = { }; m = { };",
        "m.a = 1; m.a = 2;",
        "m = 1; m.a = 2;",
        '"m" = 1; ${"m"} = 2;',
        "__overrides = { m = 2; }; m = 1;",
    ),
    *('inherit ({ "m" = 1; }) "m";', "inherit;", "inherit ({ }) m;", "m = m;", "or = 1;", "m.or = 1;", "m = __curPos;"),
    *(
        "m = { inherit ({ a = 1; }) a; }; m.b = 2;",
        "m = let x = 1; in { inherit x; };",
        "${null} = 1; m = 2;",
        "m = builtins;",
    ),
)
"""Bindings of a set, some of which it refuses."""
ODD = (
    *(
        "1 2",
        "a: a: a",
        "x@{ x }: x",
        "{ x, x }: x",
        "{ }: 1",
        "{ ... }: 1",
        "{ x ? y, y ? 1 }: x",
        "let in 1",
        "with 1; 2",
    ),
    *(
        "if 1 then 2 else 3",
        "{ a = 1; }.a.b or 2",
        "[ 1 -1 ]",
        "[ a.b or 1 ]",
        "1 == 1 == 1",
        "1 < 2 < 3",
        "! 1",
        "-{ }",
    ),
    *(
        "a.b or c",
        "{ } ? a.b",
        "{ } // 1",
        "[ ] ++ { }",
        '"${1}"',
        '"${{ }}"',
        '"${[ ]}"',
        "./a + 1",
        '1 + "a"',
        '"a" + 1',
    ),
    *(
        "x:x",
        "x: x",
        "a:b",
        "a?b:c",
        "{ a = 1 }",
        "{ a 1; }",
        "( 1",
        "[ 1",
        "let a = 1; a",
        "rec { }",
        "rec { a = b; b = 1; }",
    ),
    *(
        "<nixpkgs>",
        "<nope/x>",
        "~/a",
        "__curPos",
        "1.2.3",
        "1.e3",
        ".5.5",
        "0.0 / 0.0",
        "1 / 0",
        "09",
        "1a",
        "a'b",
        "''a''",
    ),
    *(
        "{ a.b.c = 1; }.a.b",
        "(x: x.y) { y = 1; }",
        "{ __functor = self: x: self.v + x; v = 1; } 2",
        "builtins.nope",
        "__nope",
    ),
    *(
        "let a = a; in a",
        "let a = { b = a; }; in a.b.b",
        "let f = x: f x; in 1",
        "rec { a = a; }.a",
        "1 -> 2",
        "true -> 1",
    ),
    *(
        "x: y: x",
        "{ a, b ? a }@c: c",
        "assert 1; 2",
        "assert false; 2",
        "let { body = 1; }",
        "let { }",
        "{ inherit a; }",
        "null.a",
    ),
    *(
        '{ "${"a"}" = 1; }',
        '{ a = 1; "a" = 2; }',
        "{ a = 1; ${null} = 2; }",
        "{ a = 1; ${1} = 2; }",
        "1 ? a",
        'null ? ${"a"}',
    ),
    *(
        "/*",
        "# c",
        '"',
        "''",
        "${",
        "}",
        ";",
        "@",
        "...",
        "a..b",
        "a.",
        ".a",
        "&& 1",
        "1 &&",
        "1 +",
        "|| 1",
        "\\",
        "$",
        "\u00a0",
    ),
)
"""Programs and pieces of them at the borders of the language, most of which are refused."""
FAILING = ('(throw "no")', "(assert false; 1)", '(abort "stop")', "undefined", "{ }.missing", "(1 + null)")
"""What fails when it is evaluated."""
RECURSIVE = (
    "go = n: if n <= 0 then 0 else n + go (n - 1);",
    "go = n: if n > 20 || n < 2 then 1 else go (n - 1) + go (n - 2);",
    "go = n: if n < 1 || n > 50 then 1 else n * go (n - 1);",
)
"""Functions that call themselves, and end."""
PATHS = (
    *(
        "./a",
        "./.",
        "./..",
        "../x",
        "/a",
        "/a/b",
        "/.",
        "/a/../b",
        "/a/./b",
        "a/b",
        "./a/../../b",
        "/..",
        "./a-b.c_d+e",
    ),
    *("/nix/store", "./dir", "./data.json", "./missing", "/a//b", "./dir/text"),
)
VERSIONS = (
    *(
        "1.2.3",
        "1.2",
        "1.2pre1",
        "1.10",
        "2",
        "",
        "1.0a",
        "1.0-rc1",
        "foo-1.2",
        "a-b-2.3.4-x",
        "1..2",
        "1.-2",
        "01",
        "pre",
    ),
    *("foo", "1.2.3-4", "x-y", "glibc-2.38-44", "1.é", "2.3pre12", "2.3.a", "9999999999999999999", "--1", "1_2"),
)
JSON = (
    *(
        "{}",
        "[]",
        "1",
        "-0",
        "1.5",
        "1e3",
        "true",
        "null",
        '"a"',
        '{"a":1,"b":[1,2.0,null]}',
        '{"a":{"a":{}}}',
        " [ 1 , 2 ] ",
    ),
    *(
        '"\\u00e9\\n\\/"',
        '"\\ud834\\udd1e"',
        '"\\ud834"',
        "{",
        "[1,]",
        "nul",
        '{"a":1,"a":2}',
        "9223372036854775807",
        "01",
    ),
    *(
        "9223372036854775808",
        "18446744073709551616",
        "-9223372036854775809",
        "1E400",
        '"\\x"',
        '"\t"',
        "",
        "1 2",
        "-",
        "1.",
        "[1}",
    ),
    *(
        '{"a" 1}',
        "'a'",
        "// x\n1",
        '"é"',
        "-1",
        "0.1",
        "[[[]]]",
        "\ufeff1",
        "NaN",
        '"\\u0000"',
        "1e-5",
        "123456789.123",
    ),
)
TOML = (
    *(
        "",
        "a = 1",
        "a = 1.5",
        "a = 'x'",
        '[t]\na = "y"',
        "[[t]]\na = 1\n[[t]]\na = 2",
        "a.b.c = true",
        "a = [1, 2]",
        "a = {b = 1}",
    ),
    *(
        "a = 0x1F",
        "a = 1_000",
        "a = inf",
        "a = nan",
        "a = ",
        "a = 1\na = 2",
        "[a]\n[a]",
        'a = """\nx\\\n  y"""',
        "a = -0.0",
    ),
    *(
        "a = 1979-05-27",
        "a = 07:32:00",
        '"k e" = 1',
        "a = 9223372036854775808",
        "'' = 1",
        "a = 1e5",
        "a = +1",
        "a = 0b101",
    ),
    *(
        "= 1",
        "a = [1, 'x', 2.0]",
        "[a.b]\nc = 1\n[a]\nd = 2",
        "# only\n",
        'a = "\\u00e9"',
        "a = true # x",
        "a = 'b",
        "a = tru",
    ),
)


def integer(choose: Chooser) -> str:
    return pick(choose, INTEGERS if choose.random() < 0.12 else SMALL)


def quoted(text: str) -> str:
    """A text as a string literal that means exactly it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("${", "\\${").replace("\r", "\\r")
    return f'"{escaped}"'


def plain_piece(choose: Chooser) -> str:
    """A piece of a `"` string, as it is written."""
    if choose.random() < 0.3:
        return pick(choose, ESCAPES)
    return pick(choose, WORDS)


def pattern(choose: Chooser, depth: int = 3) -> str:
    """A POSIX extended regular expression, nearly always valid."""
    chance = choose.random()
    if depth == 0 or chance < 0.35:
        atoms = (
            "a",
            "b",
            "c",
            ".",
            "[ab]",
            "[^a]",
            "[[:digit:]]",
            "a*",
            "b+",
            "[ab]?",
            "\\.",
            "[]a]",
            "[a-c]",
            "-",
            "",
            "é",
            "^",
            "$",
        )
        return pick(choose, atoms)
    if chance < 0.5:
        return f"({pattern(choose, depth - 1)}|{pattern(choose, depth - 1)})"
    if chance < 0.7:
        return f"({pattern(choose, depth - 1)})" + pick(choose, ("*", "+", "?", "{2}", "{1,2}", "{0,1}", ""))
    if chance < 0.98:
        return pattern(choose, depth - 1) + pattern(choose, depth - 1)
    return pick(choose, ("(", "[", "*", "a{", "a{2,1}", "\\d", "[[:foo:]]", ")", "a**", "(?:a)", "[b-a]", "a|*"))
