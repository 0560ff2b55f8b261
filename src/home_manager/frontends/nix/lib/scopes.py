"""Package scopes of `lib.customisation`: sets of packages that call each other, and cross-compilation indices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import Later, attrs_of, flag_of, joined_attrs, list_of, select, string_of
from home_manager.frontends.nix.lib.fixed_points import FixedPoint, extended
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.frontends.nix.lib.trivial import IDENTITY, function_args, is_function
from home_manager.nix.evaluation import LazyCall, call
from home_manager.values import Attrs, Builtin, Value
from home_manager.values.lazy import Delayed

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library

INDICES = ("buildBuild", "buildHost", "buildTarget", "hostHost", "hostTarget", "targetTarget")

topic = Topic()


@topic.function("makeScope", 2)
def make_scope(new_scope: Value, packages: Value) -> Value:
    """A set of packages whose `callPackage` finds the others."""

    def run(self: Value) -> Value:
        call_package = LazyCall(Builtin("callPackage", 1, lambda scope: call(select(self, "newScope"), scope)), Attrs())
        base = joined_attrs(Attrs({"callPackage": call_package}), call(packages, self))
        own = Attrs(
            {
                "newScope": Builtin("newScope", 1, lambda scope: call(new_scope, joined_attrs(self, scope))),
                "overrideScope": Builtin(
                    "overrideScope", 1, lambda overlay: make_scope(new_scope, extended(overlay, packages))
                ),
                "packages": packages,
            }
        )
        return joined_attrs(base, own)

    return FixedPoint(Builtin("makeScope", 1, run))


@topic.function("makeScopeWithSplicing'", 2)
def make_scope_with_splicing(environment: Value, arguments: Value) -> Value:
    splice, new_scope = select(environment, "splicePackages"), select(environment, "newScope")
    given = attrs_of(arguments)
    others, packages = select(given, "otherSplices"), select(given, "f")
    keep = given.get("keep", Builtin("keep", 1, lambda self: Attrs()))
    extra = given.get("extra", Builtin("extra", 1, lambda spliced: Attrs()))

    def run(self: Value) -> Value:
        def spliced() -> Value:
            sets = Attrs({"pkgsHostTarget": self})
            for index in INDICES:
                if index != "hostTarget":
                    name = index[0].upper() + index[1:]
                    sets[f"pkgs{name}"] = Later(select, others, f"self{name}")
            base = call(splice, sets)
            return joined_attrs(joined_attrs(call(extra, base), base), call(keep, self))

        whole = Delayed(spliced)

        def override(overlay: Value) -> Value:
            return make_scope_with_splicing(environment, joined_attrs(given, Attrs({"f": extended(overlay, packages)})))

        own = Attrs(
            {
                "newScope": Builtin("newScope", 1, lambda scope: call(new_scope, joined_attrs(whole, scope))),
                "callPackage": LazyCall(new_scope, whole),
                "overrideScope": Builtin("overrideScope", 1, override),
                "packages": packages,
            }
        )
        return joined_attrs(call(packages, self), own)

    return FixedPoint(Builtin("makeScopeWithSplicing'", 1, run))


@topic.function("makeScopeWithSplicing", 6)
def make_scope_with_splicing_old(
    splice: Value, new_scope: Value, others: Value, keep: Value, extra: Value, packages: Value
) -> Value:
    environment = Attrs({"splicePackages": splice, "newScope": new_scope})
    given = Attrs({"otherSplices": others, "keep": keep, "extra": extra, "f": packages})
    return make_scope_with_splicing(environment, given)


@topic.bound("extendMkDerivation", 1)
def extend_mk_derivation(library: Library, arguments: Value) -> Value:
    """A function like `constructDrv` whose attributes are changed by `extendDrvArgs` first."""
    given = attrs_of(arguments)
    construct, extend = select(given, "constructDrv"), select(given, "extendDrvArgs")
    transform = given.get("transformDrv", IDENTITY)
    left_out = {string_of(name) for name in list_of(given.get("excludeDrvArgNames", []))}
    hidden = {string_of(name) for name in list_of(given.get("excludeFunctionArgNames", []))}

    def run(self: Value, own: Value) -> Value:
        def attributes(final: Value) -> Value:
            previous = attrs_of(call(own, final) if is_function(own) else own)
            base = Attrs({name: value for name, value in previous.items() if name not in left_out})
            return joined_attrs(base, call(extend, final, previous))

        return call(transform, LazyCall(construct, Builtin("attributes", 1, attributes)))

    def announced() -> Value:
        names = Attrs()
        if flag_of(given.get("inheritFunctionArgs", True)):
            names.update(attrs_of(function_args(library, construct)).items())
            for name in left_out:
                names.pop(name, None)
        names.update(attrs_of(function_args(library, call(extend, Attrs()))).items())
        for name in hidden:
            names.pop(name, None)
        return names

    return Attrs(
        {
            "__functor": Builtin("extendMkDerivation", 2, run),
            "__functionArgs": Delayed(announced),
            "constructDrv": construct,
            "excludeDrvArgNames": given.get("excludeDrvArgNames", []),
            "extendDrvArgs": extend,
            "transformDrv": transform,
        }
    )


def long_index(prefix: str, index: str) -> str:
    return f"{prefix}{index[0].upper()}{index[1:]}"


@topic.function("renameCrossIndexFrom", 2)
def rename_cross_index_from(prefix: Value, sets: Value) -> Value:
    start = string_of(prefix)
    return Attrs({index: Delayed(lambda index=index: select(sets, long_index(start, index))) for index in INDICES})  # type: ignore[misc]


@topic.function("renameCrossIndexTo", 2)
def rename_cross_index_to(prefix: Value, sets: Value) -> Value:
    start = string_of(prefix)
    return Attrs({long_index(start, index): Later(select, sets, index) for index in INDICES})


@topic.function("mapCrossIndex", 2)
def map_cross_index(function: Value, sets: Value) -> Value:
    source = attrs_of(sets)
    return Attrs({index: LazyCall(function, select(source, index)) for index in INDICES})
