"""`lib.meta`: what packages say about themselves, their priority and their main program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import (
    Later,
    LazyCall,
    attrs_of,
    has,
    interpolated,
    joined_attrs,
    list_of,
    select,
    string_of,
    type_name,
    with_context,
)
from home_manager.frontends.nix.lib.attrset_paths import follow, matches
from home_manager.frontends.nix.lib.attrsets import is_derivation, output_of
from home_manager.frontends.nix.lib.escaping import nix_identifier
from home_manager.frontends.nix.lib.strings import part_of_name
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.nix.errors import throw
from home_manager.nix.evaluation import call
from home_manager.values import MISSING, Attrs, Builtin, Value
from home_manager.values.lazy import Delayed, force

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library

DEFAULT_PRIORITY = 5

topic = Topic()
topic.constant("defaultPriority", DEFAULT_PRIORITY)


def with_meta(changes: Value, package: Value) -> Value:
    """A package whose `meta` has further attributes, also after later overrides."""
    source = attrs_of(package)
    if "overrideAttrs" in source:
        return call(source["overrideAttrs"], Builtin("addMetaAttrs", 1, lambda old: changed_meta(changes, old)))
    return joined_attrs(source, changed_meta(changes, source))


def changed_meta(changes: Value, old: Value) -> Attrs:
    return Attrs({"meta": Delayed(lambda: joined_attrs(attrs_of(old).get("meta", Attrs()), changes))})


LOW = Builtin("lowPrio", 1, lambda package: with_meta(Attrs({"priority": 10}), package))
HIGH = Builtin("hiPrio", 1, lambda package: with_meta(Attrs({"priority": -10}), package))
topic.function("addMetaAttrs", 2)(with_meta)
topic.function("dontDistribute", 1)(lambda package: with_meta(Attrs({"hydraPlatforms": []}), package))
topic.function("setPrio", 2)(lambda priority, package: with_meta(Attrs({"priority": priority}), package))
topic.constant("lowPrio", LOW)
topic.constant("hiPrio", HIGH)
topic.function("lowPrioSet", 1)(lambda packages: each_package(LOW, packages))
topic.function("hiPrioSet", 1)(lambda packages: each_package(HIGH, packages))


@topic.function("setName", 2)
def set_name(name: Value, package: Value) -> Value:
    return joined_attrs(package, Attrs({"name": name}))


@topic.function("updateName", 2)
def update_name(function: Value, package: Value) -> Value:
    return joined_attrs(package, Attrs({"name": LazyCall(function, select(package, "name"))}))


@topic.bound("appendToName", 2)
def append_to_name(library: Library, suffix: Value, package: Value) -> Value:
    def renamed() -> Value:
        parts = call(library.builtin("parseDrvName"), select(package, "name"))
        name, version = string_of(select(parts, "name")), string_of(select(parts, "version"))
        return f"{name}-{string_of(suffix)}-{version}"

    return joined_attrs(package, Attrs({"name": Delayed(renamed)}))


def each_package(function: Value, packages: Value) -> Value:
    def changed(value: Value) -> Value:
        return call(function, value) if is_derivation(value) else value

    source = attrs_of(packages)
    return Attrs({name: Later(changed, value) for name, value in source.items()})


topic.function("mapDerivationAttrset", 2)(each_package)


def platform_matches(platform: Value, pattern: Value) -> bool:
    """Whether a platform is meant: by its double, by a pattern, or by a pattern of its parsed form."""
    here, wanted = attrs_of(platform), force(pattern)
    if isinstance(wanted, str):
        return "system" in here and force(here["system"]) == wanted
    source = attrs_of(wanted)
    return matches(source if "parsed" in source else Attrs({"parsed": source}), here)


topic.function("platformMatch", 2)(platform_matches)


@topic.function("availableOn", 2)
def available_on(platform: Value, package: Value) -> Value:
    good, bad = follow(["meta", "platforms"], package), follow(["meta", "badPlatforms"], package)
    if good is not MISSING and not any([platform_matches(platform, item) for item in list_of(good)]):
        return False
    return bad is MISSING or not any([platform_matches(platform, item) for item in list_of(bad)])


@topic.bound("getExe", 1)
def get_exe(library: Library, package: Value) -> Value:
    program = follow(["meta", "mainProgram"], package)
    if program is MISSING:
        named = follow(["meta", "name"], package)
        for name in ("pname", "name"):
            named = follow([name], package) if named is MISSING else named
        shown = nix_identifier(string_of(named)) if named is not MISSING else "?"
        message = (
            f"getExe: Package {shown} does not have the meta.mainProgram attribute. "
            "We'll assume that the main program has the same name for now. "
            "Use lib.getExe' to name the program, or set meta.mainProgram in the package."
        )
        program = call(library.builtin("warn"), message, part_of_name(library, "pname", "name", package))
    return program_of(library, package, program)


def program_of(library: Library, package: Value, program: Value) -> Value:
    value, name = force(package), force(program)
    if not is_derivation(value):
        raise throw(
            f"lib.meta.getExe': The first argument is of type {type_name(value)}, "
            "but it should be a derivation instead."
        )
    if not isinstance(name, str):
        raise throw(
            f"lib.meta.getExe': The second argument is of type {type_name(name)}, but it should be a string instead."
        )
    if "/" in name:
        raise throw(
            f'lib.meta.getExe\': The second argument "{name}" is a nested path with a "/" character, but it should '
            "just be the name of the executable instead."
        )
    base = interpolated(library, output_of("bin", value))
    return with_context(f"{base}/bin/{name}", base, name)


topic.bound("getExe'", 2)(program_of)


def by_spdx(library: Library) -> Attrs:
    licenses = library.topic("licenses")
    result = Attrs()
    for name in sorted(licenses):
        if has(licenses[name], "spdxId"):
            result.setdefault(str(string_of(select(licenses[name], "spdxId"))), licenses[name])
    return result


topic.value("licensesSpdx")(by_spdx)


@topic.bound("getLicenseFromSpdxIdOr", 2)
def license_or(library: Library, identifier: Value, default: Value) -> Value:
    wanted = string_of(identifier).lower()
    for name, value in attrs_of(library.topic("meta")["licensesSpdx"]).items():
        if name.lower() == wanted:
            return value
    return default


@topic.bound("getLicenseFromSpdxId", 1)
def license_of(library: Library, identifier: Value) -> Value:
    found = license_or(library, identifier, MISSING)
    if found is not MISSING:
        return found
    text = string_of(identifier)
    message = f"getLicenseFromSpdxId: No license with the given SPDX ID found: {text}"
    return call(library.builtin("warn"), message, Attrs({"shortName": text, "spdxId": text}))


@topic.function("cpeFullVersionWithVendor", 2)
def cpe_full_version(vendor: Value, version: Value) -> Value:
    return Attrs({"vendor": vendor, "version": version, "update": "*"})
