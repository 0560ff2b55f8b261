"""`lib.types`: the types of options, those of the engine under nixpkgs' names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import (
    Later,
    attribute,
    attrs_of,
    flag_of,
    holds,
    integer_of,
    joined_attrs,
    list_of,
    select,
    string_of,
)
from home_manager.frontends.nix.lib.escaping import nix_identifier, nix_string
from home_manager.frontends.nix.lib.options import check_arguments, is_tagged
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.frontends.nix.lib.trivial import formals_of, with_arguments
from home_manager.frontends.nix.lib.type_values import LaterType, TypeValue, option_of
from home_manager.nix.errors import assertion_failed, throw
from home_manager.nix.evaluation import call
from home_manager.options.definition import Definition
from home_manager.options.location import Location
from home_manager.options.types import public_names as t
from home_manager.options.types.alternatives import Narrowed, Unique
from home_manager.options.types.base import Described, OptionType
from home_manager.options.types.compound import AttrsOf, FunctionTo
from home_manager.options.types.scalars import Enum, Simple
from home_manager.values import Attrs, Builtin, Value
from home_manager.values.lazy import force

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library

SIMPLE: dict[str, OptionType] = {
    "anything": t.anything,
    "attrs": t.attrs,
    "bool": t.bool,
    "boolByOr": t.bool_by_or,
    "commas": t.commas,
    "deferredModule": t.deferred_module,
    "envVar": t.env_var,
    "externalPath": t.external_path,
    "float": t.float,
    "int": t.int,
    "json": t.json,
    "lines": t.lines,
    "luaInline": t.lua_inline,
    "nonEmptyStr": t.non_empty_str,
    "number": t.number,
    "optionType": t.option_type,
    "package": t.package,
    "path": t.path,
    "pathInStore": t.path_in_store,
    "pkgs": t.pkgs,
    "port": t.port,
    "raw": t.raw,
    "shellPackage": t.shell_package,
    "singleLineStr": t.single_line_str,
    "str": t.str,
    "toml": t.toml,
    "unspecified": t.unspecified,
}
INTS: dict[str, OptionType] = {
    "positive": t.positive,
    "s16": t.s16,
    "s32": t.s32,
    "s8": t.s8,
    "u16": t.u16,
    "u32": t.u32,
    "u8": t.u8,
    "unsigned": t.unsigned,
}
SUBMODULE_ARGUMENTS = frozenset(("modules", "specialArgs", "shorthandOnlyDefinesConfig", "description", "class"))

topic = Topic()
for _name, _type in SIMPLE.items():
    topic.entries[_name] = lambda library, type_=_type: library.type_value(type_)  # type: ignore[misc]


def wrapper(name: str, make: Callable[[OptionType], OptionType]) -> None:
    """Adds a type made from one other type."""

    def run(library: Library, element: Value) -> Value:
        return TypeValue(library, lambda: make(library.type(element)))

    topic.bound(name, 1)(run)


wrapper("listOf", t.list_of)
wrapper("nonEmptyListOf", t.non_empty_list_of)
wrapper("attrsOf", t.attrs_of)
wrapper("lazyAttrsOf", t.lazy_attrs_of)
wrapper("nullOr", t.null_or)
wrapper("uniq", t.uniq)


class NixFunctionTo(FunctionTo):
    """Functions whose merged form says which arguments it takes: all that the definitions take."""

    __slots__ = ()

    def merge(self, place: Location, definitions: Sequence[Definition]) -> Value:
        function = super().merge(place, definitions)
        arguments: dict[str, Value] = {}
        for definition in definitions:
            for name, optional in (formals_of(definition.value) or {}).items():
                arguments[name] = arguments.get(name, True) is True and optional
        return with_arguments(function, Attrs(arguments))


@topic.bound("functionTo", 1)
def function_to(library: Library, element: Value) -> Value:
    return TypeValue(library, lambda: NixFunctionTo(LaterType(lambda: library.type(element))))


@topic.value("ints")
def ints(library: Library) -> Value:
    result = Attrs({name: library.type_value(type_) for name, type_ in INTS.items()})

    def between(lowest: Value, highest: Value) -> Value:
        low, high = integer_of(lowest), integer_of(highest)
        if low > high:
            raise throw("ints.between: lowest must be smaller than highest")
        return library.type_value(t.between(low, high))

    result["between"] = Builtin("between", 2, between)
    return result


def number(value: Value) -> float:
    value = force(value)
    return value if isinstance(value, float) else integer_of(value)


@topic.value("numbers")
def numbers(library: Library) -> Value:
    def between(lowest: Value, highest: Value) -> Value:
        low, high = number(lowest), number(highest)
        if low > high:
            raise throw("numbers.between: lowest must be smaller than highest")
        return library.type_value(t.number_between(low, high))

    return Attrs(
        {
            "between": Builtin("between", 2, between),
            "nonnegative": library.type_value(t.number_nonnegative),
            "positive": library.type_value(t.number_positive),
        }
    )


@topic.bound("attrsWith", 1)
def attrs_with(library: Library, arguments: Value) -> Value:
    given = attrs_of(arguments)
    check_arguments("attrsWith", given, frozenset(("elemType", "lazy", "placeholder")))
    return TypeValue(
        library,
        lambda: AttrsOf(
            library.type(select(given, "elemType")),
            lazy=flag_of(given.get("lazy", False)),
            placeholder=string_of(given.get("placeholder", "name")),
        ),
    )


@topic.bound("either", 2)
def either(library: Library, left: Value, right: Value) -> Value:
    return TypeValue(library, lambda: t.either(library.type(left), library.type(right)))


@topic.bound("oneOf", 1)
def one_of(library: Library, types: Value) -> Value:
    def make() -> OptionType:
        members = [library.type(item) for item in list_of(types)]
        if not members:
            raise throw("types.oneOf needs to get at least one type in its argument")
        return t.one_of(*members)

    return TypeValue(library, make)


@topic.bound("enum", 1)
def enum(library: Library, values: Value) -> Value:
    return TypeValue(library, lambda: Enum(list_of(values)))


@topic.bound("coercedTo", 3)
def coerced_to(library: Library, source: Value, convert: Value, final: Value) -> Value:
    return TypeValue(
        library,
        lambda: t.coerced_to(library.type(source), lambda value: call(convert, value), library.type(final)),
    )


@topic.bound("unique", 2)
def unique(library: Library, arguments: Value, element: Value) -> Value:
    message = select(arguments, "message")
    return TypeValue(library, lambda: Unique(library.type(element), string_of(message)))


@topic.bound("addCheck", 2)
def add_check(library: Library, element: Value, check: Value) -> Value:
    return TypeValue(library, lambda: Narrowed(library.type(element), lambda value: holds(check, value)))


@topic.bound("passwdEntry", 1)
def passwd_entry(library: Library, element: Value) -> Value:
    def make() -> OptionType:
        inner = library.type(element)
        text = inner.describe() if inner.description_class() == "noun" else f"({inner.describe()})"
        narrowed = Narrowed(inner, lambda value: not set(":\n") & set(string_of(value)))
        description = f"{text}, not containing newlines or colons"
        return Described(narrowed, description, f"passwdEntry {inner.name}", "nonRestrictiveClause")

    return TypeValue(library, make)


@topic.bound("loaOf", 1)
def list_or_attrs_of(library: Library, element: Value) -> Value:
    message = (
        "Mixing lists with attribute values is no longer possible; please use `types.attrsOf` instead. "
        "See https://github.com/NixOS/nixpkgs/issues/1800 for the motivation."
    )
    base = TypeValue(library, lambda: t.attrs_of(library.type(element)))
    return joined_attrs(base, Attrs({"name": "loaOf", "deprecationMessage": message}))


@topic.bound("strMatching", 1)
def str_matching(library: Library, pattern: Value) -> Value:
    """Strings that match as a whole, by the language's own regular expressions."""

    def make() -> OptionType:
        text = str(string_of(pattern))
        match = library.builtin("match")

        def accepts(value: Value) -> bool:
            return isinstance(value, str) and call(match, text, value) is not None

        return Simple(f"strMatching {nix_string(text)}", f"string matching the pattern {text}", accepts)

    return TypeValue(library, make)


@topic.bound("separatedString", 1)
def separated_string(library: Library, separator: Value) -> Value:
    return TypeValue(library, lambda: t.separated_string(string_of(separator)))


@topic.bound("pathWith", 1)
def path_with(library: Library, arguments: Value) -> Value:
    def make() -> OptionType:
        given = attrs_of(arguments)
        check_arguments("pathWith", given, frozenset(("inStore", "absolute")))
        in_store, absolute = force(given.get("inStore")), force(given.get("absolute"))
        if in_store is True and absolute is False:
            raise throw("In pathWith, inStore means the path must be absolute")
        return t.path_with(in_store, absolute)  # type: ignore[arg-type]

    return TypeValue(library, make)


@topic.bound("attrTag", 1)
def attr_tag(library: Library, tags: Value) -> Value:
    def make() -> OptionType:
        options = {}
        given = attrs_of(tags)
        for name, value in given.items():
            if not is_tagged(value, "option"):
                kind = attribute(value, "_type")
                shown = "was not."
                if kind is not None:
                    bare = kind == "option-type"
                    shown = (
                        "was a bare type, not wrapped in mkOption."
                        if bare
                        else f"was of type {nix_string(string_of(kind))}."
                    )
                raise throw(f"In attrTag, each tag value must be an option, but tag {nix_identifier(name)} {shown}")
            span = given.position(name) if isinstance(given, Attrs) else None
            options[name] = option_of(library, value, "" if span is None else span.source.name, span)
        return t.attr_tag(options)

    return TypeValue(library, make)


@topic.bound("submodule", 1)
def submodule(library: Library, modules: Value) -> Value:
    def make() -> OptionType:
        value = force(modules)
        items = value if isinstance(value, list) else [value]
        return t.submodule_with([library.module(item) for item in items], shorthand=True, shared=library.shared)

    return TypeValue(library, make)


@topic.bound("submoduleWith", 1)
def submodule_with(library: Library, arguments: Value) -> Value:
    given = attrs_of(arguments)
    check_arguments("submoduleWith", given, SUBMODULE_ARGUMENTS)

    def make() -> OptionType:
        description, class_ = force(given.get("description")), force(given.get("class"))
        return t.submodule_with(
            [library.module(item) for item in list_of(select(given, "modules"))],
            special_args=attrs_of(given.get("specialArgs", Attrs())),
            shorthand=force(given.get("shorthandOnlyDefinesConfig", False)),  # type: ignore[arg-type]
            description=None if description is None else string_of(description),
            class_=None if class_ is None else string_of(class_),
            shared=library.shared,
        )

    return TypeValue(library, make)


@topic.bound("deferredModuleWith", 1)
def deferred_module_with(library: Library, arguments: Value) -> Value:
    modules = attrs_of(arguments).get("staticModules", [])
    return TypeValue(library, lambda: t.deferred_module_with(list_of(modules), shared=library.shared))


@topic.value("optionDeclaration")
def option_declaration(library: Library) -> Value:
    def accepts(value: Value) -> bool:
        return isinstance(value, dict) and is_tagged(value, "option") and "value" not in value

    return library.type_value(Simple("optionDeclaration", "option declaration", accepts))


@topic.value("fileset")
def fileset(library: Library) -> Value:
    functions = library.topic("fileset")
    merge = Builtin(
        "merge",
        2,
        lambda place, definitions: call(
            functions["unions"], [select(definition, "value") for definition in list_of(definitions)]
        ),
    )
    description = {
        "name": "fileset",
        "descriptionClass": "noun",
        "check": functions["isFileset"],
        "merge": merge,
        "emptyValue": Attrs({"value": functions["empty"]}),
    }
    return make_option_type(library, Attrs(description))


@topic.function("isType", 2)
def is_type(tag: Value, value: Value) -> Value:
    return is_tagged(value, string_of(tag))


@topic.function("setType", 2)
def set_type(tag: Value, value: Value) -> Value:
    return joined_attrs(value, Attrs({"_type": tag}))


topic.function("isOptionType", 1)(lambda value: is_tagged(value, "option-type"))


@topic.function("optionDescriptionPhrase", 2)
def option_description_phrase(plain: Value, kind: Value) -> Value:
    text = string_of(select(kind, "description"))
    return text if holds(plain, attribute(kind, "descriptionClass")) else f"({text})"


@topic.function("defaultTypeMerge", 2)
def default_type_merge(first: Value, second: Value) -> Value:
    if string_of(select(first, "name")) != string_of(select(second, "name")):
        return None
    payload, other = force(select(first, "payload")), force(select(second, "payload"))
    if payload is None and other is None:
        return select(first, "type")
    merged = call(select(first, "binOp"), payload, other)
    return None if merged is None else call(select(first, "type"), merged)


@topic.bound("defaultFunctor", 1)
def default_functor(library: Library, name: Value) -> Value:
    return functor_of(library, string_of(name))


def functor_of(library: Library, name: str) -> Attrs:
    return Attrs(
        {
            "name": name,
            "type": Later(library.topic("types").get, name),
            "payload": None,
            "binOp": Builtin("binOp", 2, lambda first, second: None),
        }
    )


MADE = frozenset(
    ("name", "description", "descriptionClass", "check", "merge", "emptyValue", "getSubOptions", "getSubModules")
) | {"substSubModules", "typeMerge", "functor", "deprecationMessage", "nestedTypes"}


@topic.bound("mkOptionType", 1)
def make_option_type(library: Library, arguments: Value) -> Value:
    given = attrs_of(arguments)
    check_arguments("mkOptionType", given, MADE)
    name = string_of(select(given, "name"))
    functor = given.get("functor") or functor_of(library, name)
    result = Attrs(
        {
            "_type": "option-type",
            "name": name,
            "check": Builtin("check", 1, lambda value: True),
            "merge": library.topic("options")["mergeDefaultOption"],
            "emptyValue": Attrs(),
            "getSubOptions": Builtin("getSubOptions", 1, lambda prefix: Attrs()),
            "getSubModules": None,
            "substSubModules": Builtin("substSubModules", 1, lambda modules: None),
            "typeMerge": Builtin("typeMerge", 1, lambda other: default_type_merge(functor, other)),
            "functor": functor,
            "deprecationMessage": None,
            "nestedTypes": Attrs(),
            "descriptionClass": None,
        }
    )
    result.update(given.items())
    if "description" not in given or force(given["description"]) is None:
        result["description"] = name
    return result


@topic.bound("mergeTypes", 2)
def merge_types(library: Library, first: Value, second: Value) -> Value:
    if not (is_tagged(first, "option-type") and is_tagged(second, "option-type")):
        raise assertion_failed("assertion failed")
    merged = call(select(first, "typeMerge"), select(second, "functor"))
    return Attrs({"_type": "merge-error", "error": "Cannot merge types"}) if merged is None else merged


topic.entries["types"] = lambda library: library.topic("types")


@topic.bound("serializableValueWith", 1)
def serializable_value_with(library: Library, arguments: Value) -> Value:
    def make() -> OptionType:
        given = attrs_of(arguments)
        check_arguments("serializableValueWith", given, frozenset(("typeName", "nullable")))
        return t.serializable(string_of(select(given, "typeName")), nullable=flag_of(given.get("nullable", True)))

    return TypeValue(library, make)


@topic.value("noCheckForDocsModule")
def no_check_for_docs_module(library: Library) -> Value:
    override = Attrs({"_type": "override", "priority": 50, "content": False})
    return Attrs(
        {
            "_file": "<built-in module that disables checks for the purpose of documentation generation>",
            "config": Attrs({"_module": Attrs({"check": override})}),
        }
    )
