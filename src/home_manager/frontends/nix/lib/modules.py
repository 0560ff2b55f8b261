"""`lib.modules`: properties of definitions, aliases, and whole evaluations of modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import (
    Later,
    LazyCall,
    attribute,
    attrs_of,
    flag_of,
    integer_of,
    joined_attrs,
    list_of,
    select,
)
from home_manager.frontends.nix.lib.options import is_tagged, tagged
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.frontends.nix.lib.trivial import is_function
from home_manager.frontends.nix.lib.type_values import merged_value
from home_manager.frontends.nix.nix_modules import evaluated
from home_manager.nix.errors import assertion_failed, throw
from home_manager.nix.evaluation import call
from home_manager.options.definition import DEFINED, UNORDERED
from home_manager.values import Attrs, Value
from home_manager.values.lazy import Delayed, force

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library

OVERRIDES = {
    "mkOptionDefault": 1500,
    "mkDefault": 1000,
    "mkImageMediaOverride": 60,
    "mkForce": 50,
    "mkVMOverride": 10,
}
ORDERS = {"mkBefore": 500, "mkAfter": 1500}

topic = Topic()
topic.constant("defaultOverridePriority", DEFINED)
topic.constant("defaultOrderPriority", UNORDERED)


def override(priority: Value, content: Value) -> Attrs:
    return Attrs({"_type": "override", "priority": priority, "content": content})


def order(priority: Value, content: Value) -> Attrs:
    return Attrs({"_type": "order", "priority": priority, "content": content})


def condition(holds: Value, content: Value) -> Attrs:
    return Attrs({"_type": "if", "condition": holds, "content": content})


def merge(contents: Value) -> Attrs:
    return Attrs({"_type": "merge", "contents": contents})


topic.function("mkOverride", 2)(override)
topic.function("mkOrder", 2)(order)
topic.function("mkIf", 2)(condition)
topic.function("mkMerge", 1)(merge)
for _name, _priority in OVERRIDES.items():
    topic.function(_name, 1)(lambda content, priority=_priority: override(priority, content))
for _name, _priority in ORDERS.items():
    topic.function(_name, 1)(lambda content, priority=_priority: order(priority, content))


@topic.function("mkAssert", 3)
def mk_assert(assertion: Value, message: Value, content: Value) -> Value:
    def checked() -> Value:
        if flag_of(assertion):
            return True
        raise throw(f"\nFailed assertion: {force(message)}")

    return condition(Delayed(checked), content)


@topic.function("mkDefinition", 1)
def mk_definition(arguments: Value) -> Value:
    return tagged("definition", attrs_of(arguments))


@topic.bound("mkFixStrictness", 1)
def mk_fix_strictness(library: Library, value: Value) -> Value:
    message = "lib.mkFixStrictness has no effect and will be removed. It returns its argument unmodified."
    return call(library.builtin("warn"), message, value)


def aliased(wrap: Value, option: Value, definitions: Value) -> Attrs:
    """What `wrap` makes of definitions, if the option that they come from is one and is defined."""

    def defined() -> bool:
        return is_tagged(option, "option") and flag_of(select(option, "isDefined"))

    contents = merge(definitions)
    return condition(Delayed(defined), contents if wrap is None else LazyCall(wrap, contents))


def definitions_of(option: Value) -> Delayed:
    return Delayed(lambda: select(option, "definitions"))


def with_priority(option: Value) -> list[Value]:
    priority = attribute(option, "highestPrio", DEFINED)
    return [override(priority, item) for item in list_of(select(option, "definitions"))]


topic.function("mkAliasDefinitions", 1)(lambda option: aliased(None, option, definitions_of(option)))
topic.function("mkAliasAndWrapDefinitions", 2)(lambda wrap, option: aliased(wrap, option, definitions_of(option)))
topic.function("mkAliasAndWrapDefsWithPriority", 2)(
    lambda wrap, option: aliased(wrap, option, Delayed(lambda: with_priority(option)))
)


@topic.function("mkAliasIfDef", 2)
def mk_alias_if_defined(option: Value, content: Value) -> Value:
    return condition(Delayed(lambda: is_tagged(option, "option") and flag_of(select(option, "isDefined"))), content)


@topic.function("mkDerivedConfig", 2)
def mk_derived_config(option: Value, function: Value) -> Value:
    return override(
        Delayed(lambda: attribute(option, "highestPrio", DEFINED)),
        LazyCall(function, Delayed(lambda: select(option, "value"))),
    )


WRAPPERS = {"if": "content", "override": "content", "order": "content", "definition": "value"}
"""Where the properties with one value keep it."""


def mapped_definition(function: Value, definition: Value) -> Value:
    """A definition whose values are given to a function, below all properties."""
    here, kind = force(definition), attribute(definition, "_type")
    if kind == "merge":
        contents = [Later(mapped_definition, function, item) for item in list_of(select(here, "contents"))]
        return joined_attrs(here, Attrs({"contents": contents}))
    if isinstance(kind, str) and kind in WRAPPERS:
        inner = WRAPPERS[kind]
        changed = Delayed(lambda: mapped_definition(function, select(here, inner)))
        return joined_attrs(here, Attrs({inner: changed}))
    return call(function, here)


topic.function("mapDefinitionValue", 2)(mapped_definition)


@topic.bound("mergeAttrDefinitionsWithPrio", 1)
def merge_attr_definitions_with_priority(library: Library, option: Value) -> Value:
    """Each attribute of an option of attribute sets with its value and priority."""
    kind = select(option, "type")
    if attribute(kind, "name") not in ("attrsOf", "lazyAttrsOf"):
        raise assertion_failed("assertion failed")
    element = select(select(kind, "nestedTypes"), "elemType")
    by_name: dict[str, list[Value]] = {}
    for definition in list_of(select(option, "definitionsWithLocations")):
        parts: list[Value] = []
        pushed(select(definition, "value"), [], parts)
        for part in parts:
            for name, value in attrs_of(part).items():
                by_name.setdefault(name, []).append(joined_attrs(definition, Attrs({"value": value})))

    def merged(name: str) -> Value:
        place = [*list_of(select(option, "loc")), name]
        result = attrs_of(merge_definitions(library, place, element, by_name[name]))
        priority = Delayed(lambda: select(result["defsFinal'"], "highestPrio"))
        return Attrs({"value": result["mergedValue"], "highestPrio": priority})

    return Attrs({name: Later(merged, name) for name in by_name})


@topic.function("setDefaultModuleLocation", 2)
def set_default_module_location(file: Value, module: Value) -> Value:
    return Attrs({"_file": file, "imports": [module]})


@topic.bound("importApply", 2)
def import_apply(library: Library, path: Value, argument: Value) -> Value:
    module = Delayed(lambda: call(call(library.builtin("import"), path), argument))
    return Attrs({"_file": path, "imports": [module]})


@topic.bound("importJSON", 1)
def import_json(library: Library, file: Value) -> Value:
    return Attrs({"_file": file, "config": LazyCall(library.topic("trivial")["importJSON"], file)})


@topic.bound("importTOML", 1)
def import_toml(library: Library, file: Value) -> Value:
    return Attrs({"_file": file, "config": LazyCall(library.topic("trivial")["importTOML"], file)})


def discharged(value: Value, into: list[Value]) -> None:
    """The values that are left when conditions and merges are decided."""
    kind = attribute(value, "_type")
    if kind == "merge":
        for item in list_of(select(value, "contents")):
            discharged(item, into)
    elif kind == "if":
        holds = force(select(value, "condition"))
        if not isinstance(holds, bool):
            raise throw("‘mkIf’ called with a non-Boolean condition")
        if holds:
            discharged(select(value, "content"), into)
    else:
        into.append(value)


@topic.function("dischargeProperties", 1)
def discharge_properties(value: Value) -> Value:
    result: list[Value] = []
    discharged(value, result)
    return result


def pushed(value: Value, wrappers: list[Attrs], into: list[Value]) -> None:
    """Sets without merges, their conditions and priorities around each attribute."""
    kind = attribute(value, "_type")
    if kind == "merge":
        for item in list_of(select(value, "contents")):
            pushed(item, wrappers, into)
    elif kind in ("if", "override"):
        pushed(select(value, "content"), [*wrappers, Attrs(attrs_of(value))], into)
    else:
        here = force(value)
        if isinstance(here, dict):
            for wrapper in reversed(wrappers):
                here = Attrs({name: Attrs({**wrapper, "content": item}) for name, item in here.items()})
        into.append(here)


@topic.function("pushDownProperties", 1)
def push_down_properties(value: Value) -> Value:
    result: list[Value] = []
    pushed(value, [], result)
    return result


def filtered(definitions: list[Value]) -> tuple[list[Value], int]:
    """The definitions of the highest priority without their overrides, and that priority."""
    priorities: list[int] = []
    for item in definitions:
        value = select(item, "value")
        priorities.append(integer_of(select(value, "priority")) if is_tagged(value, "override") else DEFINED)
    best = min(priorities, default=9999)
    kept: list[Value] = []
    for item, priority in zip(definitions, priorities, strict=True):
        if priority == best:
            value = select(item, "value")
            if is_tagged(value, "override"):
                item = joined_attrs(item, Attrs({"value": select(value, "content")}))
            kept.append(item)
    return kept, best


topic.function("filterOverrides", 1)(lambda definitions: filtered(list_of(definitions))[0])


@topic.function("filterOverrides'", 1)
def filter_overrides(definitions: Value) -> Value:
    values, priority = filtered(list_of(definitions))
    return Attrs({"values": values, "highestPrio": priority})


def ordered(definitions: list[Value]) -> list[Value]:
    """Definitions in the order of their `mkOrder`, which is taken off."""
    keyed: list[tuple[int, Value]] = []
    for item in definitions:
        value, position = select(item, "value"), UNORDERED
        if is_tagged(value, "order"):
            position = integer_of(select(value, "priority"))
            item = joined_attrs(item, Attrs({"value": select(value, "content")}))
        keyed.append((position, item))
    keyed.sort(key=lambda pair: pair[0])
    return [item for _, item in keyed]


topic.function("sortProperties", 1)(lambda definitions: ordered(list_of(definitions)))


def prevailing(definitions: list[Value]) -> tuple[list[Value], int]:
    """Definitions without conditions and overrides, and their priority."""
    plain: list[Value] = []
    for item in definitions:
        values: list[Value] = []
        discharged(select(item, "value"), values)
        for value in values:
            if is_tagged(value, "definition"):
                plain.append(value)
            else:
                plain.append(Attrs({"file": select(item, "file"), "value": value}))
    return filtered(plain)


@topic.bound("mergeDefinitions", 3)
def merge_definitions(library: Library, place: Value, kind: Value, definitions: Value) -> Value:
    """The parts of a merge, each computed when it is asked for."""
    result = Delayed(lambda: settled_set(list_of(definitions)))

    def final() -> list[Value]:
        return list_of(select(result, "values"))

    def value() -> Value:
        return merged_value(library, place, kind, final())

    merged = Delayed(value)
    return Attrs(
        {
            "defsFinal'": result,
            "defsFinal": Delayed(final),
            "isDefined": Delayed(lambda: bool(final())),
            "mergedValue": merged,
            "optionalValue": Delayed(lambda: Attrs({"value": merged}) if final() else Attrs()),
        }
    )


def settled_set(definitions: list[Value]) -> Attrs:
    """The definitions that count, which are put in order when somebody looks at them, and their priority."""
    kept, priority = prevailing(definitions)
    return Attrs({"values": Later(ordered, kept), "highestPrio": priority})


@topic.bound("evalModules", 1)
def eval_modules(library: Library, arguments: Value) -> Value:
    return evaluated(library, attrs_of(arguments))


@topic.bound("fixMergeModules", 2)
def fix_merge_modules(library: Library, modules: Value, arguments: Value) -> Value:
    return eval_modules(library, Attrs({"modules": modules, "args": arguments, "check": False}))


@topic.function("unifyModuleSyntax", 3)
def unify_module_syntax(file: Value, key: Value, module: Value) -> Value:
    """The long form of a module that is an attribute set."""
    source = attrs_of(module)
    long = "config" in source or "options" in source
    result = Attrs(
        {
            "_file": source.get("_file", file),
            "_class": source.get("_class"),
            "key": source.get("key", key),
            "disabledModules": source.get("disabledModules", []),
            "imports": source.get("imports", [])
            if long
            else [*list_of(source.get("require", [])), *list_of(source.get("imports", []))],
            "options": source.get("options", Attrs()) if long else Attrs(),
        }
    )
    if long:
        parts: list[Value] = [source.get("config", Attrs())]
        if "meta" in source:
            parts.append(Attrs({"meta": source["meta"]}))
    else:
        parts = [Attrs({name: value for name, value in source.items() if name not in SHORT_FORM})]
    if "freeformType" in source:
        parts.append(Attrs({"_module": Attrs({"freeformType": source["freeformType"]})}))
    result["config"] = parts[0] if len(parts) == 1 else merge(parts)
    return result


SHORT_FORM = frozenset(("_class", "_file", "key", "disabledModules", "require", "imports", "freeformType"))


@topic.function("applyModuleArgsIfFunction", 3)
def apply_module_args_if_function(key: Value, module: Value, arguments: Value) -> Value:
    return call(module, arguments) if is_function(module) else module
