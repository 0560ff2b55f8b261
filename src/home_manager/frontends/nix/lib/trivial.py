"""`lib.trivial`: small functions on booleans, numbers, functions and messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import (
    equal,
    flag_of,
    holds,
    integer_of,
    joined_attrs,
    less,
    list_of,
    string_of,
    to_string,
)
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.nix.errors import throw
from home_manager.nix.evaluation import call, function_arguments
from home_manager.values import MISSING, Attrs, Builtin, Function, Value
from home_manager.values.lazy import force

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library

RELEASE = "26.05"
OLDEST_SUPPORTED_RELEASE = 2511

topic = Topic()
topic.builtins(
    "pathExists", "readFile", "isBool", "isInt", "isFloat", "add", "sub", "mul", "div", "lessThan", "seq", "deepSeq",
    "genericClosure", "bitAnd", "bitOr", "bitXor", "ceil", "floor", "warn",
)  # fmt: skip
topic.constant("release", RELEASE)
topic.constant("version", RELEASE + "pre-git")
topic.constant("versionSuffix", "pre-git")
topic.constant("codeName", "Zokor")
topic.constant("oldestSupportedRelease", OLDEST_SUPPORTED_RELEASE)

IDENTITY = Builtin("id", 1, lambda x: x)
topic.constant("id", IDENTITY)


@topic.function("const", 2)
def const(x: Value, y: Value) -> Value:
    return x


@topic.function("pipe", 2)
def pipe(value: Value, functions: Value) -> Value:
    for function in list_of(functions):
        value = call(function, value)
    return value


@topic.function("concat", 2)
def concat(x: Value, y: Value) -> Value:
    return list_of(x) + list_of(y)


@topic.function("or", 2)
def either(x: Value, y: Value) -> Value:
    return flag_of(x) or flag_of(y)


@topic.function("and", 2)
def both(x: Value, y: Value) -> Value:
    return flag_of(x) and flag_of(y)


@topic.function("xor", 2)
def xor(x: Value, y: Value) -> Value:
    return flag_of(x) != flag_of(y)


@topic.function("bitNot", 1)
def bit_not(x: Value) -> Value:
    return ~integer_of(x)


@topic.function("boolToString", 1)
def bool_to_string(b: Value) -> Value:
    return "true" if flag_of(b) else "false"


@topic.function("boolToYesNo", 1)
def bool_to_yes_no(b: Value) -> Value:
    return "yes" if flag_of(b) else "no"


@topic.function("mergeAttrs", 2)
def merge_attrs(x: Value, y: Value) -> Value:
    return joined_attrs(x, y)


@topic.function("flip", 3)
def flip(f: Value, a: Value, b: Value) -> Value:
    return call(f, b, a)


@topic.function("defaultTo", 2)
def default_to(default: Value, value: Value) -> Value:
    value = force(value)
    return default if value is None else value


@topic.function("mapNullable", 2)
def map_nullable(f: Value, value: Value) -> Value:
    value = force(value)
    return None if value is None else call(f, value)


@topic.function("min", 2)
def minimum(x: Value, y: Value) -> Value:
    return x if less(force(x), force(y)) else y


@topic.function("max", 2)
def maximum(x: Value, y: Value) -> Value:
    return x if less(force(y), force(x)) else y


@topic.function("mod", 2)
def modulo(base: Value, divisor: Value) -> Value:
    """The remainder with the sign of `base`, as division in the language truncates towards zero."""
    left, right = integer_of(base), integer_of(divisor)
    if right == 0:
        raise throw("division by zero")
    rest = abs(left) % abs(right)
    return -rest if left < 0 else rest


@topic.function("compare", 2)
def compare(a: Value, b: Value) -> Value:
    a, b = force(a), force(b)
    if less(a, b):
        return -1
    return 1 if less(b, a) else 0


@topic.function("splitByAndCompare", 5)
def split_by_and_compare(predicate: Value, yes: Value, no: Value, a: Value, b: Value) -> Value:
    first, second = holds(predicate, a), holds(predicate, b)
    if first and second:
        return call(yes, a, b)
    if first:
        return -1
    return 1 if second else call(no, a, b)


@topic.bound("importJSON", 1)
def import_json(library: Library, path: Value) -> Value:
    return call(library.builtin("fromJSON"), call(library.builtin("readFile"), path))


@topic.bound("importTOML", 1)
def import_toml(library: Library, path: Value) -> Value:
    return call(library.builtin("fromTOML"), call(library.builtin("readFile"), path))


@topic.bound("warnIf", 2)
def warn_if(library: Library, condition: Value, message: Value) -> Value:
    return call(library.builtin("warn"), message) if flag_of(condition) else IDENTITY


@topic.bound("warnIfNot", 2)
def warn_if_not(library: Library, condition: Value, message: Value) -> Value:
    return IDENTITY if flag_of(condition) else call(library.builtin("warn"), message)


@topic.function("throwIfNot", 2)
def throw_if_not(condition: Value, message: Value) -> Value:
    if flag_of(condition):
        return IDENTITY
    raise throw(string_of(message))


@topic.function("throwIf", 2)
def throw_if(condition: Value, message: Value) -> Value:
    if not flag_of(condition):
        return IDENTITY
    raise throw(string_of(message))


@topic.function("checkListOfEnum", 3)
def check_list_of_enum(message: Value, valid: Value, given: Value) -> Value:
    allowed = list_of(valid)
    unexpected = []
    for item in list_of(given):
        for other in allowed:
            if equal(item, other):
                break
        else:
            unexpected.append(item)
    if not unexpected:
        return IDENTITY
    wrong = ", ".join([to_string(item) for item in unexpected])
    right = ", ".join([to_string(item) for item in allowed])
    raise throw(f"{string_of(message)}: {wrong} unexpected; valid ones: {right}")


@topic.bound("info", 2)
def info(library: Library, message: Value, value: Value) -> Value:
    return call(library.builtin("trace"), "INFO: " + string_of(message), value)


@topic.bound("showWarnings", 2)
def show_warnings(library: Library, warnings: Value, result: Value) -> Value:
    for message in reversed(list_of(warnings)):
        result = call(library.builtin("warn"), message, result)
    return result


@topic.value("nixpkgsVersion")
def nixpkgs_version(library: Library) -> Value:
    return call(
        library.builtin("warn"), "lib.nixpkgsVersion is a deprecated alias of lib.version.", RELEASE + "pre-git"
    )


@topic.function("oldestSupportedReleaseIsAtLeast", 1)
def oldest_supported_release_is_at_least(release: Value) -> Value:
    return integer_of(release) <= OLDEST_SUPPORTED_RELEASE


@topic.value("isInOldestRelease")
def is_in_oldest_release(library: Library) -> Value:
    message = "lib.isInOldestRelease is deprecated. Use lib.oldestSupportedReleaseIsAtLeast instead."
    return call(library.builtin("warn"), message, library.topic("trivial")["oldestSupportedReleaseIsAtLeast"])


@topic.function("revisionWithDefault", 1)
def revision_with_default(default: Value) -> Value:
    return default


@topic.value("inNixShell")
def in_nix_shell(library: Library) -> Value:
    return force(call(library.builtin("getEnv"), "IN_NIX_SHELL")) != ""


@topic.value("inPureEvalMode")
def in_pure_eval_mode(library: Library) -> Value:
    return "currentSystem" not in library.evaluator.builtins


def is_function(value: Value) -> bool:
    """Whether a value can be called: a function, or an attribute set with a `__functor`."""
    value = force(value)
    if isinstance(value, Function):
        return True
    if not isinstance(value, dict):
        return False
    functor = value.get("__functor", MISSING)
    return functor is not MISSING and is_function(call(functor, value))


@topic.function("isFunction", 1)
def is_function_value(value: Value) -> Value:
    return is_function(value)


def with_arguments(function: Value, arguments: Value) -> Attrs:
    """A callable attribute set that says which arguments its function takes."""
    return Attrs({"__functor": Builtin("functor", 1, lambda self: function), "__functionArgs": arguments})


@topic.function("setFunctionArgs", 2)
def set_function_args(function: Value, arguments: Value) -> Value:
    return with_arguments(function, arguments)


def formals_of(function: Value) -> dict[str, bool] | None:
    """The formal arguments of a function, true where they have a default; `None` where there are none to know."""
    function = force(function)
    if isinstance(function, dict) and "__functor" in function:
        announced = force(function.get("__functionArgs"))
        if isinstance(announced, dict):
            return {name: flag_of(optional) for name, optional in announced.items()}
        function = call(function["__functor"], function)
    return function_arguments(function)


def function_args(library: Library, function: Value) -> Value:
    """The formal arguments of a function, or those that a functor announces."""
    function = force(function)
    if isinstance(function, dict) and "__functor" in function:
        announced = function.get("__functionArgs", MISSING)
        if announced is not MISSING:
            return announced
        function = call(function["__functor"], function)
    return call(library.builtin("functionArgs"), function)


topic.bound("functionArgs", 1)(function_args)


@topic.bound("mirrorFunctionArgs", 2)
def mirror_function_args(library: Library, pattern: Value, function: Value) -> Value:
    return with_arguments(function, function_args(library, pattern))


@topic.function("toFunction", 1)
def to_function(value: Value) -> Value:
    return value if is_function(value) else Builtin("toFunction", 1, lambda _: value)


@topic.bound("fromHexString", 1)
def from_hex_string(library: Library, string: Value) -> Value:
    import re

    text = string_of(string)
    if re.fullmatch(r"(0x)?[0-7]?[0-9A-Fa-f]{1,15}", text):
        return int(text.removeprefix("0x"), 16)
    digits = text.lower().removeprefix("0x")
    if not re.fullmatch(r"[0-9a-f]+(_[0-9a-f]+)*", digits) or int(digits, 16) >= 2**63:
        raise throw(f"fromHexString: {text} is not a hexadecimal number")
    message = f'fromHexString: "{text}" is not a valid input and will be rejected in 26.05'
    return call(library.builtin("warn"), message, int(digits, 16))


@topic.function("toHexString", 1)
def to_hex_string(number: Value) -> Value:
    value = integer_of(number)
    if value < 0:
        raise throw("toHexString: the number must not be negative")
    return f"{value:X}"


@topic.function("toBaseDigits", 2)
def to_base_digits(base: Value, number: Value) -> Value:
    radix, rest = integer_of(base), integer_of(number)
    if radix < 2 or rest < 0:
        raise throw("toBaseDigits: the base must be 2 or more and the number not negative")
    digits = [rest % radix]
    while rest := rest // radix:
        digits.append(rest % radix)
    return digits[::-1]
