"""Types of single values: strings, numbers, booleans, paths, packages, and the ones that take anything."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence

from home_manager.nix.evaluation import call
from home_manager.options.definition import Definition
from home_manager.options.errors import option_errors
from home_manager.options.location import Location
from home_manager.options.types.base import OptionType, is_package, is_text, same, text_of
from home_manager.paths import STORE_NAME
from home_manager.values import Attrs, Builtin, ContextString, Function, PathValue, Value
from home_manager.values.lazy import force


def merge_equal(place: Location, definitions: Sequence[Definition]) -> Value:
    """The value that all definitions agree on."""
    first = definitions[0]
    for other in definitions[1:]:
        if not same(first.value, other.value):
            raise option_errors.conflict(place, [first, other])
    return first.value


def merge_one(place: Location, definitions: Sequence[Definition]) -> Value:
    """The value of the only definition."""
    if len(definitions) != 1:
        raise option_errors.not_unique(place, definitions)
    return definitions[0].value


def merge_default(place: Location, definitions: Sequence[Definition]) -> Value:
    """What untyped definitions become: lists and strings are joined, sets united, booleans or-ed."""
    values = [each.value for each in definitions]
    if len(values) == 1:
        return values[0]
    if all(isinstance(value, Function) for value in values):

        def run(argument: Value) -> Value:
            return merge_default(place, [each.of(force(call(each.value, argument))) for each in definitions])

        return Builtin("merged", 1, run)
    if all(isinstance(value, list) for value in values):
        return [item for value in values for item in value]  # type: ignore[attr-defined]
    if all(isinstance(value, dict) for value in values):
        return _united(values)
    if all(isinstance(value, bool) for value in values):
        return any(values)
    if all(isinstance(value, str) for value in values):
        return joined("", values)
    if all(isinstance(value, int) and value == values[0] for value in values):
        return values[0]
    raise option_errors.unmergeable(place, definitions)


def _united(values: Sequence[Value]) -> Attrs:
    result: Attrs = Attrs()
    for value in values:
        assert isinstance(value, dict)
        result = Attrs({**dict(result), **dict(value.items())}, origin=(result, value))
    return result


def joined(separator: str, values: Sequence[Value]) -> str:
    """Strings joined, with the context of all of them."""
    texts = [value for value in values if isinstance(value, str)]
    context = frozenset[str]().union(*(text.context for text in texts if isinstance(text, ContextString)))
    text = separator.join(texts)
    return ContextString(text, context) if context else text


class Simple(OptionType):
    """A type that a predicate decides and whose definitions must agree."""

    __slots__ = ("_accepts", "_class", "_description", "_merge", "_plain", "name")

    def __init__(
        self,
        name: str,
        description: str,
        accepts: Callable[[Value], bool],
        merge: Callable[[Location, Sequence[Definition]], Value] = merge_equal,
        class_: str | None = "noun",
        plain: bool = True,
    ) -> None:
        self.name = name
        self._description = description
        self._accepts = accepts
        self._merge = merge
        self._class = class_
        self._plain = plain

    @property
    def plain(self) -> bool:  # type: ignore[override]
        return self._plain

    def describe(self) -> str:
        return self._description

    def description_class(self) -> str | None:
        return self._class

    def accepts(self, value: Value) -> bool:
        return self._accepts(value)

    def merge(self, place: Location, definitions: Sequence[Definition]) -> Value:
        return self._merge(place, definitions)

    def combined(self, other: OptionType) -> OptionType | None:
        if isinstance(other, Simple) and other.name == self.name and other._description == self._description:
            return self
        return None


def _is_bool(value: Value) -> bool:
    return isinstance(value, bool)


def is_int(value: Value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_float(value: Value) -> bool:
    return isinstance(value, float)


def is_str(value: Value) -> bool:
    return isinstance(value, str)


def _anything(value: Value) -> bool:
    return True


BOOL = Simple("bool", "boolean", _is_bool)
BOOL_BY_OR = Simple(
    "boolByOr", "boolean (merged using or)", _is_bool, lambda place, defs: any(each.value for each in defs)
)
INT = Simple("int", "signed integer", is_int)
FLOAT = Simple("float", "floating point number", _is_float)
STR = Simple("str", "string", is_str)
NON_EMPTY_STR = Simple(
    "nonEmptyStr", "non-empty string", lambda value: is_str(value) and bool(str(value).strip(" \t\n"))
)
RAW = Simple("raw", "raw value", _anything, merge_one)
UNSPECIFIED = Simple("unspecified", "unspecified value", _anything, merge_default)


def _merge_line(place: Location, definitions: Sequence[Definition]) -> Value:
    text = merge_equal(place, definitions)
    assert isinstance(text, str)
    if not text.endswith("\n"):
        return text
    return joined("", [ContextString(text[:-1], text.context) if isinstance(text, ContextString) else text[:-1]])


SINGLE_LINE_STR = Simple(
    "singleLineStr",
    "(optionally newline-terminated) single-line string",
    lambda value: isinstance(value, str) and re.fullmatch(r"[^\n\r]*\n?", value) is not None,
    _merge_line,
    plain=False,
)


def between(lowest: int, highest: int, name: str = "intBetween", start: str = "") -> Simple:
    """Integers of a range, both ends included."""
    words = f"{lowest} and {highest} (both inclusive)"
    description = f"{start}; between {words}" if start else f"integer between {words}"
    return Simple(name, description, lambda value: is_int(value) and lowest <= value <= highest)  # type: ignore[operator]


def _unsigned(bits: int) -> Simple:
    return between(0, 2**bits - 1, f"unsignedInt{bits}", f"{bits} bit unsigned integer")


def _signed(bits: int) -> Simple:
    return between(-(2 ** (bits - 1)), 2 ** (bits - 1) - 1, f"signedInt{bits}", f"{bits} bit signed integer")


U8, U16, U32 = _unsigned(8), _unsigned(16), _unsigned(32)
S8, S16, S32 = _signed(8), _signed(16), _signed(32)
UNSIGNED = Simple(
    "unsignedInt",
    "unsigned integer, meaning >=0",
    lambda value: is_int(value) and value >= 0,  # type: ignore[operator]
    class_="nonRestrictiveClause",
)
POSITIVE = Simple(
    "positiveInt",
    "positive integer, meaning >0",
    lambda value: is_int(value) and value > 0,  # type: ignore[operator]
    class_="nonRestrictiveClause",
)


def is_number(value: Value) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def number_between(lowest: float, highest: float) -> Simple:
    """Integers or floats of a range, both ends included."""
    words = f"{json.dumps(lowest)} and {json.dumps(highest)} (both inclusive)"
    return Simple(
        "numberBetween",
        f"integer or floating point number between {words}",
        lambda value: is_number(value) and lowest <= value <= highest,  # type: ignore[operator]
        class_="conjunction",
    )


NUMBER_NONNEGATIVE = Simple(
    "numberNonnegative",
    "nonnegative integer or floating point number, meaning >=0",
    lambda value: is_number(value) and value >= 0,  # type: ignore[operator]
    class_="nonRestrictiveClause",
)
NUMBER_POSITIVE = Simple(
    "numberPositive",
    "positive integer or floating point number, meaning >0",
    lambda value: is_number(value) and value > 0,  # type: ignore[operator]
    class_="nonRestrictiveClause",
)

_CLASSES = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "digit": "0-9",
    "lower": "a-z",
    "upper": "A-Z",
    "space": r"\s",
    "xdigit": "0-9A-Fa-f",
    "punct": r"!-/:-@\[-`{-~",
    "blank": r" \t",
}


def str_matching(pattern: str) -> Simple:
    """Strings that match a pattern as a whole (extended regular expression)."""
    python = re.sub(r"\[:(\w+):\]", lambda found: _CLASSES.get(found.group(1), found.group(0)), pattern)
    compiled = re.compile(python, re.DOTALL)
    name = 'strMatching "' + pattern.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return Simple(
        name,
        f"string matching the pattern {pattern}",
        lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None,
    )


def separated_string(separator: str) -> Simple:
    """Strings whose definitions are joined with a separator."""
    return Simple(
        "separatedString",
        f"strings concatenated with {json.dumps(separator, ensure_ascii=False)}",
        is_str,
        lambda place, definitions: joined(separator, [each.value for each in definitions]),
    )


LINES = separated_string("\n")
COMMAS = separated_string(",")
ENV_VAR = separated_string(":")


def is_store_path(value: Value) -> bool:
    """Whether a forced value names an object of a store, not something inside one."""
    if not is_text(value):
        return False
    text = text_of(value)
    return text.startswith("/") and STORE_NAME.fullmatch(text.rpartition("/")[2]) is not None


def _in_store(text: str) -> bool:
    return any(STORE_NAME.fullmatch(part) for part in text.split("/"))


def path_with(in_store: bool | None = None, absolute: bool | None = None) -> Simple:
    """Paths: absolute or relative, in the store or not, or all of them."""
    words = ("" if absolute is None else "absolute " if absolute else "relative ") + "path"
    words += "" if in_store is None else " in the Nix store" if in_store else " not in the Nix store"

    def accepts(value: Value) -> bool:
        if in_store is False and not isinstance(value, str):
            return False
        if not is_text(value):
            return False
        text = text_of(value)
        if in_store is not None and _in_store(text) != in_store:
            return False
        return absolute is None or text.startswith("/") == absolute

    return Simple("path", words, accepts)


PATH = path_with(absolute=True)
PATH_IN_STORE = path_with(in_store=True)
EXTERNAL_PATH = path_with(in_store=False, absolute=True)


def _merge_package(place: Location, definitions: Sequence[Definition]) -> Value:
    value = merge_one(place, definitions)
    if isinstance(value, PathValue) or (isinstance(value, str) and not isinstance(value, ContextString)):
        text = text_of(value)
        found = STORE_NAME.fullmatch(text.rpartition("/")[2])
        assert found is not None
        package = Attrs(
            {"type": "derivation", "name": found.group(2), "outPath": text, "outputs": ["out"], "outputName": "out"}
        )
        package["out"] = package
        return package
    return value


PACKAGE = Simple(
    "package", "package", lambda value: is_package(value) or is_store_path(value), _merge_package, plain=False
)
SHELL_PACKAGE = Simple(
    "package",
    "package",
    lambda value: is_package(value) and isinstance(value, dict) and "shellPath" in value,
    merge_one,
)
PKGS = Simple(
    "pkgs",
    "Nixpkgs package set",
    lambda value: isinstance(value, dict) and "_type" in value and force(value["_type"]) == "pkgs",
    merge_one,
)
LUA_INLINE = Simple(
    "luaInline",
    "inline lua",
    lambda value: isinstance(value, dict) and "_type" in value and force(value["_type"]) == "lua-inline",
)


class Attributes(OptionType):
    """One level of attributes; a later definition of a name wins over an earlier one."""

    __slots__ = ()
    name = "attrs"

    def describe(self) -> str:
        return "attribute set"

    def accepts(self, value: Value) -> bool:
        return isinstance(value, dict)

    def merge(self, place: Location, definitions: Sequence[Definition]) -> Value:
        return _united([each.value for each in definitions])

    def empty(self) -> Value:
        return Attrs()


ATTRS = Attributes()


def enum_words(value: Value) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return "<null>" if value is None else "<value>"


class Enum(OptionType):
    """One of some values."""

    __slots__ = ("values",)
    name = "enum"
    plain = True

    def __init__(self, values: Sequence[Value]) -> None:
        self.values = tuple(values)

    def describe(self) -> str:
        match self.values:
            case ():
                return "impossible (empty enum)"
            case (only,):
                return f"value {enum_words(only)} (singular enum)"
            case values:
                return f"one of {', '.join(map(enum_words, values))}"

    def description_class(self) -> str | None:
        return "noun" if len(self.values) < 2 else "conjunction"

    def accepts(self, value: Value) -> bool:
        return any(same(value, each) for each in self.values)

    def merge(self, place: Location, definitions: Sequence[Definition]) -> Value:
        return merge_equal(place, definitions)

    def combined(self, other: OptionType) -> OptionType | None:
        if not isinstance(other, Enum):
            return None
        extra = [value for value in other.values if not self.accepts(value)]
        return Enum((*self.values, *extra))

    def payload(self) -> Value:
        return Attrs({"values": list(self.values)})
