"""`lib.hm.deprecations`: warnings and renames for settings that change with time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import (
    Later,
    attribute,
    attrs_of,
    equal,
    flag_of,
    holds,
    integer_of,
    list_of,
    select,
    string_of,
    to_string,
)
from home_manager.frontends.nix.lib.attrset_paths import follow, path_of
from home_manager.frontends.nix.lib.hm.strings import separated
from home_manager.frontends.nix.lib.module_renames import mk_renamed_option_module
from home_manager.frontends.nix.lib.options import check_arguments, literal, show_option
from home_manager.frontends.nix.lib.pretty import Style, pretty
from home_manager.frontends.nix.lib.strings import version_older
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.frontends.nix.lib.trivial import is_function
from home_manager.nix.errors import throw
from home_manager.nix.evaluation import call
from home_manager.values import MISSING, Attrs, Builtin, Value
from home_manager.values.lazy import Delayed, force

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library

topic = Topic()


@topic.function("mkDeprecatedOptionValueWarning", 1)
def deprecated_value(arguments: Value) -> Value:
    given = attrs_of(arguments)
    details = string_of(given.get("details", ""))
    text = (
        f"Using `{show_option(list_of(select(given, 'option')))}` as {string_of(select(given, 'old'))} is deprecated "
        f"and will be\nremoved in a future release. Please use {string_of(select(given, 'replacement'))} instead.\n"
    )
    return f"{text}\n{details}\n" if details else text


@topic.function("mkDeprecatedOptionValueRenameWarning", 1)
def renamed_value(arguments: Value) -> Value:
    given = attrs_of(arguments)
    option, new = show_option(list_of(select(given, "option"))), string_of(select(given, "replacement"))
    return (
        f"The value {string_of(select(given, 'old'))} for `{option}` is deprecated and will be\n"
        f"removed in a future release. Please use {new} instead.\n"
    )


def listed(value: Value) -> list[Value]:
    value = force(value)
    return value if isinstance(value, list) else [value]


@topic.bound("mkSettingsRenamedOptionModules", 4)
def renamed_settings(library: Library, old: Value, new: Value, arguments: Value, names: Value) -> Value:
    """Modules that move settings from one prefix to another, their names changed by `transform`."""
    given = attrs_of(arguments)
    transform = given.get("transform", Builtin("toSnakeCase", 1, lambda text: separated("_", string_of(text))))
    result: list[Value] = []
    for item in list_of(names):
        spec = force(item)
        if isinstance(spec, dict):
            source, target = listed(select(spec, "old")), listed(select(spec, "new"))
        else:
            source = listed(spec)
            target = [call(transform, name) for name in source]
        result.append(mk_renamed_option_module(library, list_of(old) + source, list_of(new) + target))
    return result


@topic.bound("remapAttrsRecursive", 3)
def remap_attributes(library: Library, arguments: Value, place: Value, attrs: Value) -> Value:
    """Settings with changed names at every depth, each with a warning."""
    given = attrs_of(arguments)
    ignored = {string_of(name) for name in list_of(given.get("ignore", []))}
    warn = library.builtin("warn")

    def migrated(path: str, value: Value) -> Value:
        value = force(value)
        if isinstance(value, list):
            return [Later(migrated, f"{path}.[{index}]", item) for index, item in enumerate(value)]
        if not isinstance(value, dict):
            return value
        result = Attrs()
        for name in sorted(value):
            new = name
            if name not in ignored and holds(select(given, "pred"), name):
                new = str(string_of(call(select(given, "transform"), name)))
            if new != name:
                message = (
                    f"home-manager: The setting '{name}' in '{path}' was automatically renamed to '{new}'. "
                    "Please update your configuration."
                )
                force(call(warn, message, None))
            item = value[name]
            result.setdefault(new, Later(migrated, f"{path}.{name}", item))
        return result

    return migrated(string_of(place), attrs)


STATE_VERSION_ARGUMENTS = frozenset(
    (
        "stateVersion", "since", "optionPath", "legacy", "current", "extraWarning", "config", "options",
        "warningPriority", "shouldWarn", "deferWarningToConfig",
    )
)  # fmt: skip


def shown(side: Value) -> str:
    text = attribute(side, "text", MISSING)
    return pretty(select(side, "value"), Style()) if text is MISSING else string_of(text)


@topic.bound("mkStateVersionOptionDefault", 1)
def state_version_default(library: Library, arguments: Value) -> Value:
    """A default that depends on `home.stateVersion`, with the warning for those who still have the old one."""
    given = attrs_of(arguments)
    check_arguments("mkStateVersionOptionDefault", given, STATE_VERSION_ARGUMENTS)
    legacy, current = select(given, "legacy"), select(given, "current")
    since = string_of(select(given, "since"))
    names = list_of(select(given, "optionPath"))
    deferred = flag_of(given.get("deferWarningToConfig", False))
    options = force(given.get("options"))
    known = options is not None and force(given.get("config")) is not None
    if deferred and not known:
        raise throw(
            "`lib.hm.deprecations.mkStateVersionOptionDefault` requires both `config` and `options`\n"
            "when `deferWarningToConfig = true`.\n"
        )
    option = show_option(names)
    extra = string_of(given.get("extraWarning", ""))

    def warning() -> str:
        before, after = shown(legacy), shown(current)
        text = (
            f"The default value of `{option}` has changed from `{before}` to `{after}`.\n"
            f"You are currently using the legacy default (`{before}`) because `home.stateVersion` is less than "
            f'"{since}".\nTo silence this warning and keep legacy behavior, set:\n  {option} = {before};\n'
            f"To adopt the new default behavior, set:\n  {option} = {after};\n"
        )
        return f"{text}\n{extra}" if extra else text

    def is_legacy() -> bool:
        return flag_of(version_older(library, select(given, "stateVersion"), since))

    def differs() -> bool:
        return not equal(select(legacy, "value"), select(current, "value"))

    def default() -> Value:
        if is_legacy() and not deferred and differs():
            return call(library.builtin("warn"), warning(), select(legacy, "value"))
        return select(current, "value")

    def information() -> Value:
        found = follow(path_of(names), options) if known else Attrs()
        return Attrs() if found is MISSING else found

    def has_default_priority() -> bool:
        return known and integer_of(attribute(information(), "highestPrio")) >= integer_of(
            given.get("warningPriority", 1500)
        )

    def should_warn() -> bool:
        if not (deferred and is_legacy() and differs()):
            return False
        custom = given.get("shouldWarn")
        if force(custom) is None or not is_function(custom):
            return has_default_priority()
        facts = {"optionInfo": Delayed(information), "optionUsesDefaultPriority": Delayed(has_default_priority)}
        return holds(custom, Attrs(facts))

    def default_text() -> Value:
        text = f'if lib.versionAtLeast config.home.stateVersion "{since}" then {shown(current)} else {shown(legacy)}\n'
        return literal("literalExpression", text)

    return Attrs(
        {
            "default": Delayed(default),
            "defaultText": Delayed(default_text),
            "effectiveDefault": Delayed(lambda: select(legacy if is_legacy() else current, "value")),
            "warning": Delayed(warning),
            "optionUsesDefaultPriority": Delayed(has_default_priority),
            "shouldWarn": Delayed(should_warn),
        }
    )


@topic.function("mkListEntryOmittedFieldPredicate", 2)
def omitted_field(arguments: Value, entry: Value) -> Value:
    given = attrs_of(arguments)
    value = force(select(entry, "value"))
    trigger, omitted = string_of(select(given, "triggerField")), string_of(select(given, "omittedField"))
    if not isinstance(value, dict) or trigger not in value or omitted in value:
        return False
    if "triggerPredicate" in given:
        return holds(given["triggerPredicate"], value[trigger])
    return force(value[trigger]) not in (None, "")


@topic.bound("mkStateVersionListSubmoduleWarnings", 1)
def list_warnings(library: Library, arguments: Value) -> Value:
    given = attrs_of(arguments)
    if not flag_of(version_older(library, select(given, "stateVersion"), select(given, "since"))):
        return []
    base = string_of(select(given, "baseWarning")).removesuffix("\n")
    result: list[Value] = []
    for definition in list_of(select(given, "definitions")):
        file = to_string(select(definition, "file")).rpartition("/")[2]
        for index, value in enumerate(list_of(select(definition, "value")), 1):
            entry = Attrs({"index": index, "value": value, "file": file})
            if not holds(select(given, "shouldWarnEntry"), entry):
                continue
            name = string_of(call(given["describeEntry"], entry)) if "describeEntry" in given else "an entry"
            extra = string_of(call(given["extraEntryWarning"], entry)) if "extraEntryWarning" in given else ""
            lines = [base, f"Triggered by {name} defined in `{file}` at list index {index}."] + [extra] * bool(extra)
            result.append("\n".join(lines))
    return result
