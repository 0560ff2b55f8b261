"""`lib.derivations`: packages that are looked at late, or only under a condition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import (
    Later,
    attribute,
    attrs_of,
    equal,
    flag_of,
    has,
    list_of,
    select,
    string_of,
)
from home_manager.frontends.nix.lib.pretty import Style, pretty
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.frontends.nix.lib.trivial import is_function
from home_manager.nix.errors import throw
from home_manager.nix.evaluation import LazyCall, call
from home_manager.values import Attrs, Builtin, Value
from home_manager.values.lazy import Delayed

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library

topic = Topic()
topic.builtins("addDrvOutputDependencies", "unsafeDiscardOutputDependency")


@topic.function("lazyDerivation", 1)
def lazy_derivation(arguments: Value) -> Value:
    """A package whose attributes are known without evaluating it; they come from it when they are used."""
    given = attrs_of(arguments)
    package = select(given, "derivation")
    outputs = given.get("outputs", ["out"])

    def checked() -> Value:
        if attribute(package, "type") != "derivation":
            raise throw("lazyDerivation: input must be a derivation.")
        actual = select(package, "outputs")
        if not equal(actual, outputs):
            line = Style(multiline=False)
            raise throw(
                f"lib.lazyDerivation: The derivation {attribute(package, 'name', '<unknown>')} has outputs that don't "
                f"match the assumed outputs.\nassumed: {pretty(outputs, line)}\nactual: {pretty(actual, line)}"
            )
        return package

    whole = Delayed(checked)
    result = Attrs({"type": "derivation", "outputs": outputs})
    for name in ("outPath", "outputName", "drvPath", "name", "system"):
        result[name] = Later(select, whole, name)
    result["meta"] = given["meta"] if "meta" in given else Delayed(lambda: select(whole, "meta"))
    for item in list_of(outputs):
        name = str(string_of(item))
        result[name] = Later(select, whole, name)
    result.update(attrs_of(given.get("passthru", Attrs())).items())
    return result


@topic.function("optionalDrvAttr", 2)
def optional_drv_attr(condition: Value, value: Value) -> Value:
    return value if flag_of(condition) else None


@topic.bound("warnOnInstantiate", 2)
def warn_on_instantiate(library: Library, message: Value, package: Value) -> Value:
    source = attrs_of(package)
    warn = library.builtin("warn")
    result = Attrs(source)
    for name, value in source.items():
        if name not in ("meta", "name", "type", "outputName"):
            result[name] = LazyCall(warn, message, value)
    if has(source, "overrideAttrs") and is_function(source["overrideAttrs"]):
        inner = source["overrideAttrs"]
        result["overrideAttrs"] = Builtin(
            "overrideAttrs", 1, lambda change: warn_on_instantiate(library, message, call(inner, change))
        )
    return result
