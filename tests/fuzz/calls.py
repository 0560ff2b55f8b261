"""The built-ins that generated programs call: what each is given, and the kind of what it gives.

A parameter is a kind; a function of the drawer that returns text; or a name standing for a kind: `T` is what the
call is to give (of a list: what is in it), `U` a kind drawn once for each call.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from fuzz import literals
from fuzz.kinds import Function, Kind, List, Set, list_of, set_of
from fuzz.literals import pick

if TYPE_CHECKING:
    from fuzz.programs import Programs

Drawn = Callable[["Programs", int], str]
Parameter: TypeAlias = "Kind | Drawn"


@dataclass(frozen=True, slots=True)
class Call:
    """A built-in, the kind of its result (`T` for any), and its parameters."""

    name: str
    result: Kind
    parameters: tuple[Parameter, ...]

    def fits(self, wanted: Kind) -> bool:
        if self.result == "T":
            return True
        if self.result == List("T"):
            return isinstance(wanted, List)
        if self.result == Set(()):
            return isinstance(wanted, Set) and not wanted.fields
        return self.result == wanted

    def arguments(self, drawer: Programs, wanted: Kind, depth: int) -> list[str]:
        known: dict[str, Kind] = {"T": wanted.of if self.result == List("T") and isinstance(wanted, List) else wanted}
        known["U"] = drawer.some_kind(1)
        ordered: tuple[Kind, ...] = ("int", "string", "float", list_of("int"))
        known["O"] = pick(drawer.choose, ordered)
        return [
            drawer.atom(_filled(parameter, known), depth - 1) if not callable(parameter) else parameter(drawer, depth)
            for parameter in self.parameters
        ]


def _filled(kind: Kind, known: dict[str, Kind]) -> Kind:
    """The kind with its variables replaced."""
    match kind:
        case List(of):
            return List(_filled(of, known))
        case Set(fields):
            return Set(tuple((name, _filled(inner, known)) for name, inner in fields))
        case Function(argument, result):
            return Function(_filled(argument, known), _filled(result, known))
    return known.get(kind, kind)


def _quoted(*texts: str) -> Drawn:
    return lambda drawer, depth: (
        literals.quoted(pick(drawer.choose, texts)) if drawer.chance(0.9) else drawer.atom("string", depth - 1)
    )


def _pattern(drawer: Programs, depth: int) -> str:
    return literals.quoted(literals.pattern(drawer.choose))


def _subject(drawer: Programs, depth: int) -> str:
    if drawer.chance(0.3):
        return drawer.atom("string", depth - 1)
    letters = [
        pick(drawer.choose, ("a", "b", "c", "1", "-", ".", "é", "\n")) for _ in range(drawer.choose.randrange(8))
    ]
    return literals.quoted("".join(letters))


def _few(drawer: Programs, depth: int) -> str:
    return (
        pick(drawer.choose, ("0", "1", "2", "3", "5", "(-1)")) if drawer.chance(0.95) else drawer.atom("int", depth - 1)
    )


def _names(drawer: Programs, depth: int) -> str:
    return "[ " + "".join(f'"{pick(drawer.choose, literals.FIELDS)}" ' for _ in range(drawer.choose.randrange(3))) + "]"


def _name(drawer: Programs, depth: int) -> str:
    return f'"{pick(drawer.choose, literals.FIELDS)}"'


def _comparator(drawer: Programs, depth: int) -> str:
    return pick(
        drawer.choose,
        (
            "builtins.lessThan",
            "(a: b: a < b)",
            "(a: b: a > b)",
            "(a: b: a <= b)",
            "(_: _: true)",
            "(_: _: false)",
            "__lessThan",
        ),
    )


def _replacements(drawer: Programs, depth: int) -> str:
    count = drawer.choose.randrange(4)
    sources = " ".join(
        literals.quoted(pick(drawer.choose, ("a", "b", "ab", "", "o", "é", " ", "x"))) for _ in range(count)
    )
    if drawer.chance(0.05):
        count += 1
    targets = " ".join(drawer.atom("string", depth - 2) for _ in range(count))
    return f"[ {sources} ] [ {targets} ]"


def _pairs(drawer: Programs, depth: int) -> str:
    kind = drawer.some_kind(1)
    pairs = [
        f'{{ name = "{pick(drawer.choose, literals.FIELDS[:4])}"; value = {drawer.expression(kind, depth - 2).text}; }}'
        for _ in range(drawer.choose.randrange(4))
    ]
    return f"[ {' '.join(pairs)} ]"


def _closure(drawer: Programs, depth: int) -> str:
    step = pick(
        drawer.choose,
        (
            "if n.key > 5 then [ ] else [ { key = n.key + 1; } { key = n.key * 2; } ]",
            "[ ]",
            "[ { key = 1; v = n.key; } ]",
            "map (k: { key = k; }) [ 1 2 3 ]",
            '[ { key = "a"; } ]',
            "[ { key = [ 1 ]; } ]",
            "[ 1 ]",
            "{ }",
        ),
    )
    start = pick(
        drawer.choose, ("[ { key = 0; } ]", "[ ]", "[ { key = 3; } { key = 1; } ]", "[ { key = 1.0; } { key = 1; } ]")
    )
    return f"{{ startSet = {start}; operator = n: {step}; }}"


def _hash_kind(drawer: Programs, depth: int) -> str:
    return pick(drawer.choose, ('"sha256"', '"md5"', '"sha1"', '"sha512"', '"sha3"'))


_JSON = _quoted(*literals.JSON)
_TOML = _quoted(*literals.TOML)
_VERSION = _quoted(*literals.VERSIONS)
_ANY: Kind = "U"
_SOME_SET = Set(())

CALLS: tuple[Call, ...] = (
    Call("head", "T", (list_of("T"),)),
    Call("seq", "T", ("U", "T")),
    Call("foldl'", "T", (Function("T", Function("U", "T")), "T", list_of("U"))),
    Call("getAttr", "T", (lambda drawer, depth: '"g"', set_of({"g": "T"}))),
    Call("map", list_of("T"), (Function("U", "T"), list_of("U"))),
    Call("filter", list_of("T"), (Function("T", "bool"), list_of("T"))),
    Call("tail", list_of("T"), (list_of("T"),)),
    Call("concatLists", list_of("T"), (list_of(list_of("T")),)),
    Call("concatMap", list_of("T"), (Function("U", list_of("T")), list_of("U"))),
    Call("genList", list_of("T"), (Function("int", "T"), _few)),
    Call("sort", list_of("int"), (_comparator, list_of("int"))),
    Call("sort", list_of("string"), (_comparator, list_of("string"))),
    Call("sort", list_of("float"), (_comparator, list_of("float"))),
    Call("sort", list_of("path"), (_comparator, list_of("path"))),
    Call("attrValues", list_of("T"), (set_of({"a": "T", "b": "T"}),)),
    Call("catAttrs", list_of("T"), (lambda drawer, depth: '"c"', list_of(set_of({"c": "T"})))),
    Call("attrNames", list_of("string"), (_SOME_SET,)),
    Call("split", list_of("string"), (_pattern, _subject)),
    Call("match", list_of("string"), (_pattern, _subject)),
    Call("match", "null", (_pattern, _subject)),
    Call("splitVersion", list_of("string"), (_VERSION,)),
    Call("genericClosure", list_of("int"), (_closure,)),
    Call("genericClosure", list_of(_SOME_SET), (_closure,)),
    Call("all", "bool", (Function("U", "bool"), list_of("U"))),
    Call("any", "bool", (Function("U", "bool"), list_of("U"))),
    Call("elem", "bool", ("U", list_of("U"))),
    Call("hasAttr", "bool", (_name, _SOME_SET)),
    Call("lessThan", "bool", ("O", "O")),
    *(
        Call(f"is{name}", "bool", ("U",))
        for name in ("Attrs", "Bool", "Float", "Function", "Int", "List", "Null", "Path", "String")
    ),
    Call("hasContext", "bool", ("string",)),
    Call("pathExists", "bool", ("path",)),
    Call("length", "int", (list_of("U"),)),
    *(Call(name, "int", ("int", "int")) for name in ("add", "sub", "mul", "div", "bitAnd", "bitOr", "bitXor")),
    *(Call(name, "float", ("float", "int")) for name in ("add", "sub", "mul", "div")),
    Call("ceil", "int", ("float",)),
    Call("floor", "int", ("float",)),
    Call("stringLength", "int", ("string",)),
    Call("compareVersions", "int", (_VERSION, _VERSION)),
    Call("fromJSON", "int", (_JSON,)),
    Call("fromJSON", "float", (_JSON,)),
    Call("fromJSON", "string", (_JSON,)),
    Call("fromJSON", _SOME_SET, (_JSON,)),
    Call("fromTOML", _SOME_SET, (_TOML,)),
    Call("fromTOML", _SOME_SET, (_TOML,)),
    Call("toString", "string", (_ANY,)),
    Call("toString", "string", (_ANY,)),
    Call("toJSON", "string", (_ANY,)),
    Call("toJSON", "string", (_SOME_SET,)),
    Call("toXML", "string", (_ANY,)),
    Call("typeOf", "string", (_ANY,)),
    Call("substring", "string", (_few, _few, "string")),
    Call("substring", "string", (_few, _few, "string")),
    Call("concatStringsSep", "string", ("string", list_of("string"))),
    Call("replaceStrings", "string", (_replacements, "string")),
    Call("baseNameOf", "string", ("string",)),
    Call("baseNameOf", "string", ("path",)),
    Call("dirOf", "string", ("string",)),
    Call("hashString", "string", (_hash_kind, "string")),
    Call("unsafeDiscardStringContext", "string", ("string",)),
    Call("unsafeDiscardOutputDependency", "string", ("string",)),
    Call("addDrvOutputDependencies", "string", ("string",)),
    Call("placeholder", "string", ("string",)),
    Call(
        "readFile",
        "string",
        (lambda drawer, depth: pick(drawer.choose, ("./data.json", "./dir/text", "./missing", "./dir")),),
    ),
    Call("readFileType", "string", (lambda drawer, depth: pick(drawer.choose, ("./data.json", "./dir", "./missing")),)),
    Call("readDir", _SOME_SET, (lambda drawer, depth: pick(drawer.choose, ("./dir", "./missing", "./data.json")),)),
    Call("toPath", "string", ("path",)),
    Call(
        "import",
        "int",
        (lambda drawer, depth: pick(drawer.choose, ("./dir/number.nix", "./dir", "./dir/missing.nix")),),
    ),
    Call("getContext", _SOME_SET, ("string",)),
    Call("parseDrvName", _SOME_SET, (_VERSION,)),
    Call("functionArgs", _SOME_SET, (Function(_SOME_SET, "int"),)),
    Call(
        "functionArgs",
        _SOME_SET,
        (lambda drawer, depth: pick(drawer.choose, ("({ a, b ? 1 }: a)", "({ ... }@x: x)", "(x: x)", "builtins.map")),),
    ),
    Call("listToAttrs", _SOME_SET, (_pairs,)),
    Call("removeAttrs", _SOME_SET, (_SOME_SET, _names)),
    Call("intersectAttrs", _SOME_SET, (_SOME_SET, _SOME_SET)),
    Call("mapAttrs", _SOME_SET, (Function("string", Function("int", "U")), set_of({"a": "int", "d": "int"}))),
    Call("mapAttrs", _SOME_SET, (Function("string", Function("U", "string")), _SOME_SET)),
    Call("zipAttrsWith", _SOME_SET, (Function("string", Function(list_of("int"), "U")), list_of(set_of({"a": "int"})))),
    Call("groupBy", _SOME_SET, (Function("string", "string"), list_of("string"))),
    Call("groupBy", _SOME_SET, (Function("U", "string"), list_of("U"))),
    Call("partition", _SOME_SET, (Function("U", "bool"), list_of("U"))),
    Call("tryEval", _SOME_SET, (_ANY,)),
    Call("unsafeGetAttrPos", _SOME_SET, (_name, _SOME_SET)),
    Call("appendContext", "string", ("string", _SOME_SET)),
)
