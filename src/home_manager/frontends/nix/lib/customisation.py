"""`lib.customisation`: functions whose results can be made again with other arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import Later, attrs_of, force, joined_attrs, list_of, select, string_of
from home_manager.frontends.nix.lib.attrsets import is_derivation
from home_manager.frontends.nix.lib.text_numbers import edit_distance
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.frontends.nix.lib.trivial import function_args, is_function, mirror_function_args, with_arguments
from home_manager.nix.errors import abort, assertion_failed, throw
from home_manager.nix.evaluation import call, deep_force, formal_positions
from home_manager.values import Attrs, Builtin, Value
from home_manager.values.lazy import Delayed

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library

topic = Topic()


def mirrored(library: Library, pattern: Value, name: str, arity: int, run: object) -> Value:
    """A Python function that announces the arguments of another one."""
    return mirror_function_args(library, pattern, Builtin(name, arity, run))  # type: ignore[arg-type]


def result_with_override(library: Library, function: Value, arguments: Value) -> Value:
    """What a function gives, with `override`, which calls it again."""
    result = force(call(function, arguments))

    def override(changes: Value) -> Value:
        new = call(changes, arguments) if is_function(changes) else changes
        return result_with_override(library, function, joined_attrs(arguments, new))

    def again(name: str, run: object) -> Value:
        """`name` applied to whatever the function will give then."""
        return overridable(library, mirrored(library, function, name, 1, run))

    if is_function(result) and not isinstance(result, dict):
        callable_result = with_arguments(result, function_args(library, result))
        return joined_attrs(callable_result, Attrs({"override": mirrored(library, function, "override", 1, override)}))
    if not isinstance(result, dict):
        return result

    def override_derivation_of(change: Value) -> Value:
        return call(
            again("overrideDerivation", lambda given: override_derivation(library, call(function, given), change)),
            arguments,
        )

    def override_attrs_of(change: Value) -> Value:
        return call(
            again("overrideAttrs", lambda given: call(select(call(function, given), "overrideAttrs"), change)),
            arguments,
        )

    extra = Attrs(
        {
            "override": mirrored(library, function, "override", 1, override),
            "overrideDerivation": Builtin("overrideDerivation", 1, override_derivation_of),
        }
    )
    if "overrideAttrs" in result:
        extra["overrideAttrs"] = Builtin("overrideAttrs", 1, override_attrs_of)
    return joined_attrs(result, extra)


def overridable(library: Library, function: Value) -> Value:
    """A function whose results have `override`."""
    function = force(function)
    result = mirrored(
        library, function, "makeOverridable", 1, lambda arguments: result_with_override(library, function, arguments)
    )
    if not isinstance(function, dict):
        return result
    combined = joined_attrs(function, result)
    if "override" in function:
        inner = function["override"]
        combined["override"] = Builtin("override", 1, lambda change: overridable(library, call(inner, change)))
    return combined


topic.bound("makeOverridable", 1)(overridable)


def loaded(library: Library, function: Value) -> Value:
    """A function, or the one in a file."""
    return function if is_function(function) else call(library.builtin("import"), function)


def automatic(library: Library, function: Value, available: Value) -> tuple[Attrs, dict[str, Value]]:
    """The formal arguments of a function that a set has, and all its formal arguments."""
    wanted, source = attrs_of(function_args(library, function)), attrs_of(available)
    return Attrs({name: source[name] for name in wanted if name in source}), wanted


@topic.bound("callPackageWith", 3)
def call_package_with(library: Library, available: Value, function: Value, arguments: Value) -> Value:
    made = loaded(library, function)
    given, wanted = automatic(library, made, available)
    given.update(attrs_of(arguments).items())
    missing = [name for name in sorted(wanted) if name not in given and force(wanted[name]) is not True]
    if missing:
        raise abort(missing_argument(missing[0], made, available, arguments))
    return call(overridable(library, made), given)


def missing_argument(name: str, function: Value, available: Value, arguments: Value) -> str:
    """What to say of an argument that nobody gives."""
    names = {*attrs_of(available), *attrs_of(arguments)}
    near = sorted([(edit_distance(name, other), other) for other in names if abs(len(name) - len(other)) <= 2])
    quoted = [f'"{other}"' for distance, other in near if distance <= 2][:3]
    hint = ""
    if quoted:
        hint = (
            f", did you mean {', '.join(quoted[:-1])} or {quoted[-1]}?"
            if len(quoted) > 1
            else f", did you mean {quoted[0]}?"
        )
    span = None if isinstance(force(function), dict) else formal_positions(function).get(name)
    place = "<unknown location>"
    if span is not None:
        place = f"{span.source.name}:{span.source.position(span.start)[0]}"
    return f'lib.customisation.callPackageWith: Function called without required argument "{name}" at {place}{hint}'


@topic.bound("callPackagesWith", 3)
def call_packages_with(library: Library, available: Value, function: Value, arguments: Value) -> Value:
    made = loaded(library, function)
    given, _ = automatic(library, made, available)
    given.update(attrs_of(arguments).items())
    packages = attrs_of(call(made, given))
    if is_derivation(packages):
        name = string_of(packages.get("name", "<unknown-name>"))
        raise throw(
            f'function `callPackages` was called on a *single* derivation "{name}"; '
            "did you mean to use `callPackage` instead?"
        )

    def one(name: str) -> Value:
        run = mirrored(library, made, "callPackages", 1, lambda new: select(call(made, new), name))
        return call(overridable(library, run), given)

    return Attrs({name: Later(one, name) for name in packages})


def guarded(condition: Value, value: Value, name: str) -> Delayed:
    """An attribute that needs a condition."""

    def get() -> Value:
        if force(condition) is not True:
            raise assertion_failed("assertion failed")
        return select(value, name)

    return Delayed(get)


def extended(condition: Value, extra: Value, package: Value) -> Attrs:
    """A package with further attributes, in each of its outputs as well."""
    source, more = attrs_of(package), attrs_of(extra)
    common = Attrs(source)
    outputs = [string_of(name) for name in list_of(source.get("outputs", ["out"]))]

    def output(name: str) -> Value:
        inner = Delayed(lambda: select(source, name))
        result = Attrs(common)
        result["type"] = Delayed(lambda: select(inner, "type"))
        result["outputName"] = Delayed(lambda: select(inner, "outputName"))
        result["outputSpecified"] = True
        result["drvPath"] = guarded(condition, inner, "drvPath")
        result["outPath"] = guarded(condition, inner, "outPath")
        if "overrideAttrs" in more:
            change = more["overrideAttrs"]
            result["overrideAttrs"] = Builtin("overrideAttrs", 1, lambda f: select(call(change, f), name))
        return result

    values: list[Value] = []
    for name in outputs:
        value = Later(output, name)
        common[name] = value
        values.append(value)
    common["all"] = values
    common.update(more.items())
    common["drvPath"] = guarded(condition, source, "drvPath")
    common["outPath"] = guarded(condition, source, "outPath")
    return common


topic.function("extendDerivation", 3)(extended)


def override_derivation(library: Library, package: Value, change: Value) -> Value:
    """A derivation made again with changed attributes."""
    source = attrs_of(package)
    passthru = source.get("passthru", Attrs())
    changed = call(library.builtin("derivation"), joined_attrs(select(source, "drvAttrs"), call(change, package)))
    extra = joined_attrs(Attrs({"meta": source.get("meta", Attrs()), "passthru": passthru}), passthru)
    if "__spliced" in source:
        spliced = attrs_of(source["__spliced"])
        extra["__spliced"] = Attrs(
            {name: Later(override_derivation, library, item, change) for name, item in spliced.items()}
        )

    def sound() -> Value:
        force(select(source, "drvPath"))
        return True

    return extended(Delayed(sound), extra, changed)


topic.bound("overrideDerivation", 2)(override_derivation)


@topic.function("hydraJob", 1)
def hydra_job(package: Value) -> Value:
    if force(package) is None:
        return None
    source = attrs_of(package)
    outputs = [string_of(name) for name in list_of(source.get("outputs", ["out"]))]
    common = Attrs({name: select(source, name) for name in ("name", "system", "meta")})
    common["outputs"] = list(outputs)
    if force(source.get("_hydraAggregate", False)) is True:
        common["_hydraAggregate"] = True
        common["constituents"] = [hydra_job(item) for item in list_of(select(source, "constituents"))]

    def output(name: str) -> Value:
        inner = select(source, name)
        paths = {key: Later(select, inner, key) for key in ("outPath", "drvPath")}
        return joined_attrs(common, Attrs({**paths, "type": "derivation", "outputName": name}))

    for name in outputs:
        common[name] = Later(output, name)
    return deep_force(common[outputs[0]])
