"""`lib.strings`: joining, cutting, searching and changing texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import (
    attrs_of,
    flag_of,
    holds,
    integer_of,
    interpolated,
    is_string_like,
    joined,
    list_of,
    select,
    string_of,
    text_of,
    to_string,
    type_name,
    with_context,
)
from home_manager.frontends.nix.lib.attrsets import output_of
from home_manager.frontends.nix.lib.escaping import LOWER, upper_case
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.nix.errors import throw
from home_manager.nix.evaluation import call
from home_manager.values import MISSING, PathValue, Value
from home_manager.values.lazy import force

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library

topic = Topic()
topic.builtins(
    "compareVersions", "elem", "elemAt", "filter", "fromJSON", "genList", "head", "isInt", "isList", "isAttrs",
    "isPath", "isString", "match", "parseDrvName", "readFile", "replaceStrings", "split", "storeDir", "stringLength",
    "substring", "tail", "toJSON", "typeOf", "unsafeDiscardStringContext", "appendContext", "concatStringsSep",
)  # fmt: skip
topic.also("join", "concatStringsSep")
topic.constant("lowerChars", list("abcdefghijklmnopqrstuvwxyz"))
topic.constant("upperChars", list("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


@topic.bound("concatStrings", 1)
def concat_strings(library: Library, items: Value) -> Value:
    return joined("", [text_of(library, item) for item in list_of(items)])


@topic.bound("concatMapStrings", 2)
def concat_map_strings(library: Library, function: Value, items: Value) -> Value:
    return joined("", [text_of(library, call(function, item)) for item in list_of(items)])


@topic.bound("concatImapStrings", 2)
def concat_imap_strings(library: Library, function: Value, items: Value) -> Value:
    return joined("", [text_of(library, call(function, index, item)) for index, item in enumerate(list_of(items), 1)])


@topic.function("intersperse", 2)
def intersperse(separator: Value, items: Value) -> Value:
    result: list[Value] = []
    for item in list_of(items):
        result += [separator, item]
    return result[1:]


@topic.bound("concatMapStringsSep", 3)
def concat_map_strings_sep(library: Library, separator: Value, function: Value, items: Value) -> Value:
    return joined(string_of(separator), [text_of(library, call(function, item)) for item in list_of(items)])


@topic.bound("concatImapStringsSep", 3)
def concat_imap_strings_sep(library: Library, separator: Value, function: Value, items: Value) -> Value:
    parts = [text_of(library, call(function, index, item)) for index, item in enumerate(list_of(items), 1)]
    return joined(string_of(separator), parts)


@topic.bound("concatMapAttrsStringSep", 3)
def concat_map_attrs_string_sep(library: Library, separator: Value, function: Value, attrs: Value) -> Value:
    source = attrs_of(attrs)
    return joined(
        string_of(separator), [text_of(library, call(function, name, source[name])) for name in sorted(source)]
    )


@topic.bound("concatLines", 1)
def concat_lines(library: Library, lines: Value) -> Value:
    parts = [text_of(library, line) for line in list_of(lines)]
    return joined("\n", [*parts, ""]) if parts else ""


@topic.bound("replaceString", 3)
def replace_string(library: Library, old: Value, new: Value, string: Value) -> Value:
    return call(library.builtin("replaceStrings"), [old], [new], string)


@topic.function("replicate", 2)
def replicate(number: Value, string: Value) -> Value:
    text = string_of(string)
    return with_context(text * integer_of(number), text)


BLANKS = " \t\r\n"


@topic.function("trim", 1)
def trim(string: Value) -> Value:
    return str(string_of(string)).strip(BLANKS)


@topic.function("trimWith", 2)
def trim_with(where: Value, string: Value) -> Value:
    sides, text = attrs_of(where), str(string_of(string))
    unknown = sorted(set(sides) - {"start", "end"})
    if unknown:
        raise throw(f"trimWith: unexpected argument {unknown[0]}")
    if flag_of(sides.get("start", False)):
        text = text.lstrip(BLANKS)
    return text.rstrip(BLANKS) if flag_of(sides.get("end", False)) else text


def search_path(library: Library, directory: str, packages: list[Value]) -> str:
    """Directories below packages with colons between them; null ones are left out."""
    parts: list[str] = []
    for item in packages:
        package = force(item)
        if isinstance(package, PathValue):
            parts.append(interpolated(library, PathValue(f"{package.text}/{directory}")))
        elif package is not None:
            base = interpolated(library, package)
            parts.append(with_context(f"{base}/{directory}", base, directory))
    return joined(":", parts)


@topic.bound("makeSearchPath", 2)
def make_search_path(library: Library, directory: Value, packages: Value) -> Value:
    return search_path(library, string_of(directory), list_of(packages))


def search_path_output(library: Library, output: str, directory: str, packages: Value) -> str:
    chosen: list[Value] = []
    for item in list_of(packages):
        package = force(item)
        chosen.append(output_of(output, package) if isinstance(package, dict) else package)
    return search_path(library, directory, chosen)


@topic.bound("makeSearchPathOutput", 3)
def make_search_path_output(library: Library, output: Value, directory: Value, packages: Value) -> Value:
    return search_path_output(library, string_of(output), string_of(directory), packages)


topic.bound("makeLibraryPath", 1)(lambda library, packages: search_path_output(library, "lib", "lib", packages))
topic.bound("makeIncludePath", 1)(lambda library, packages: search_path_output(library, "dev", "include", packages))
topic.bound("makeBinPath", 1)(lambda library, packages: search_path_output(library, "bin", "bin", packages))


@topic.bound("normalizePath", 1)
def normalize_path(library: Library, path: Value) -> Value:
    import re

    text = text_of(library, path)
    return with_context(re.sub("/+", "/", text), text)


@topic.function("optionalString", 2)
def optional_string(condition: Value, string: Value) -> Value:
    return string if flag_of(condition) else ""


def affix(library: Library, function: str, value: Value) -> str | None:
    """A prefix, suffix or infix; a path value is never one, which deserves a warning."""
    value = force(value)
    if not isinstance(value, PathValue):
        return text_of(library, value)
    message = (
        f"lib.strings.{function}: The first argument ({value.text}) is a path value, but only strings are supported.\n"
        "    A path is never part of a string, so the calling code is most likely wrong."
    )
    force(call(library.builtin("warn"), message, None))
    return None


@topic.bound("hasPrefix", 2)
def has_prefix(library: Library, prefix: Value, string: Value) -> Value:
    part = affix(library, "hasPrefix", prefix)
    return part is not None and text_of(library, string).startswith(part)


@topic.bound("hasSuffix", 2)
def has_suffix(library: Library, suffix: Value, string: Value) -> Value:
    part = affix(library, "hasSuffix", suffix)
    return part is not None and text_of(library, string).endswith(part)


@topic.bound("hasInfix", 2)
def has_infix(library: Library, infix: Value, string: Value) -> Value:
    part = affix(library, "hasInfix", infix)
    return part is not None and part in text_of(library, string)


@topic.bound("removePrefix", 2)
def remove_prefix(library: Library, prefix: Value, string: Value) -> Value:
    part, text = affix(library, "removePrefix", prefix), text_of(library, string)
    return text if part is None else with_context(text.removeprefix(part), text)


@topic.bound("removeSuffix", 2)
def remove_suffix(library: Library, suffix: Value, string: Value) -> Value:
    part, text = affix(library, "removeSuffix", suffix), text_of(library, string)
    return text if part is None else with_context(text.removesuffix(part), text)


def characters(text: str) -> list[Value]:
    """The characters of a text, each with its context."""
    return [with_context(character, text) for character in text]


@topic.function("stringToCharacters", 1)
def string_to_characters(string: Value) -> Value:
    return characters(string_of(string))


@topic.bound("stringAsChars", 2)
def string_as_chars(library: Library, function: Value, string: Value) -> Value:
    return joined("", [text_of(library, call(function, character)) for character in characters(string_of(string))])


@topic.function("toLower", 1)
def to_lower(string: Value) -> Value:
    text = string_of(string)
    return with_context(text.translate(LOWER), text)


@topic.function("toUpper", 1)
def to_upper(string: Value) -> Value:
    text = string_of(string)
    return with_context(upper_case(text), text)


def sentence_case(text: str) -> str:
    return with_context(upper_case(text[:1]) + text[1:].translate(LOWER), text)


@topic.function("toSentenceCase", 1)
def to_sentence_case(string: Value) -> Value:
    value = force(string)
    if not isinstance(value, str):
        raise throw(f"toSentenceCase does only accepts string values, but got {type_name(value)}")
    return sentence_case(value)


@topic.function("toCamelCase", 1)
def to_camel_case(string: Value) -> Value:
    import re

    value = force(string)
    if not isinstance(value, str):
        raise throw(f"toCamelCase does only accepts string values, but got {type_name(value)}")
    words: list[str] = []
    for part in re.split("[-_ ]", value):
        words += re.split("(?<=[a-z])(?=[A-Z])", part)
    return with_context(words[0].translate(LOWER) + "".join(map(sentence_case, words[1:])), value)


@topic.bound("addContextFrom", 2)
def add_context_from(library: Library, source: Value, target: Value) -> Value:
    text = text_of(library, target)
    return with_context(text, text_of(library, source), text)


@topic.function("splitString", 2)
def split_string(separator: Value, string: Value) -> Value:
    mark, text = to_string(separator), to_string(string)
    # An empty separator matches before every character and at the end.
    parts = text.split(mark) if mark else ["", *text, ""] if text else ["", ""]
    return [with_context(part, text) for part in parts]


@topic.function("splitStringBy", 3)
def split_string_by(predicate: Value, keep: Value, string: Value) -> Value:
    text, kept = string_of(string), flag_of(keep)
    parts: list[str] = []
    start, previous = 0, ""
    for index, character in enumerate(str(text)):
        if holds(predicate, previous, character):
            parts.append(text[start:index])
            start = index if kept else index + 1
        previous = character
    parts.append(text[start:])
    return [with_context(part, text) for part in parts]


@topic.bound("versionOlder", 2)
def version_older(library: Library, first: Value, second: Value) -> Value:
    return force(call(library.builtin("compareVersions"), second, first)) == 1


@topic.bound("versionAtLeast", 2)
def version_at_least(library: Library, first: Value, second: Value) -> Value:
    return force(call(library.builtin("compareVersions"), second, first)) != 1


def part_of_name(library: Library, attribute: str, part: str, package: Value) -> Value:
    """The name or the version of a package, given as a set or by its full name."""
    package = force(package)
    if isinstance(package, dict):
        found = package.get(attribute, MISSING)
        if found is not MISSING:
            return found
        package = select(package, "name")
    return select(call(library.builtin("parseDrvName"), package), part)


topic.bound("getName", 1)(lambda library, package: part_of_name(library, "pname", "name", package))
topic.bound("getVersion", 1)(lambda library, package: part_of_name(library, "version", "version", package))


@topic.function("nameFromURL", 2)
def name_from_url(url: Value, separator: Value) -> Value:
    text, mark = to_string(url), to_string(separator)
    file = text.rsplit("/", 1)[-1]
    name = file.partition(mark)[0] if mark else file
    if name == file:
        raise throw(f"nameFromURL: {file} has no {mark}")
    return with_context(name, text)


@topic.bound("fileContents", 1)
def file_contents(library: Library, file: Value) -> Value:
    text = string_of(call(library.builtin("readFile"), file))
    return with_context(text.removesuffix("\n"), text)


@topic.function("isStringLike", 1)
def is_string_like_value(value: Value) -> Value:
    return is_string_like(value)


def is_convertible(value: Value) -> bool:
    """Whether `toString` takes a value."""
    value = force(value)
    if isinstance(value, list):
        for item in value:  # noqa: SIM110 - `any` would call back out of C
            if not is_convertible(item):
                return False
        return True
    return value is None or isinstance(value, (bool, int, float)) or is_string_like(value)


@topic.function("isConvertibleWithToString", 1)
def is_convertible_with_to_string(value: Value) -> Value:
    return is_convertible(value)


@topic.bound("isStorePath", 1)
def is_store_path(library: Library, value: Value) -> Value:
    import re

    if not is_string_like(value):
        return False
    text = to_string(value)
    store = string_of(library.builtin("storeDir"))
    return text.startswith("/") and (
        text.rpartition("/")[0] == store or re.fullmatch("/[0-9a-z]{52}", text) is not None
    )
