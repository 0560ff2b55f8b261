"""`lib.fixedPoints`: values defined by themselves, and overlays on them."""

from __future__ import annotations

from home_manager.frontends.nix.lib.arguments import equal, joined_attrs, list_of, string_of
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.frontends.nix.lib.trivial import is_function
from home_manager.nix.evaluation import call
from home_manager.values import Attrs, Builtin, Value
from home_manager.values.lazy import Lazy, force

topic = Topic()


class FixedPoint(Lazy):
    """The value `x` with `x = f x`; `keep`, where given, is an attribute that is added and holds `f`."""

    __slots__ = ("function", "keep")

    def __init__(self, function: Value, keep: str = "") -> None:
        super().__init__()
        self.function = function
        self.keep = keep

    def compute(self) -> Value:
        result = call(self.function, self)
        return joined_attrs(result, Attrs({self.keep: self.function})) if self.keep else result


@topic.function("fix", 1)
def fix(function: Value) -> Value:
    return FixedPoint(function)


@topic.function("fix'", 1)
def fix_with_function(function: Value) -> Value:
    return FixedPoint(function, "__unfix__")


@topic.function("converge", 2)
def converge(function: Value, value: Value) -> Value:
    while True:
        following = force(call(function, value))
        if equal(following, force(value)):
            return value
        value = following


def extended(overlay: Value, function: Value) -> Builtin:
    """The function of `final` that applies an overlay to what `function` gives."""

    def run(final: Value) -> Value:
        previous = force(call(function, final))
        return joined_attrs(previous, call(overlay, final, previous))

    return Builtin("extends", 1, run)


@topic.function("extends", 2)
def extends(overlay: Value, function: Value) -> Value:
    return extended(overlay, function)


@topic.function("composeExtensions", 4)
def compose_extensions(first: Value, second: Value, final: Value, previous: Value) -> Value:
    changes = force(call(first, final, previous))
    return joined_attrs(changes, call(second, final, joined_attrs(previous, changes)))


@topic.function("composeManyExtensions", 1)
def compose_many_extensions(overlays: Value) -> Value:
    extensions = list_of(overlays)

    def run(final: Value, previous: Value) -> Value:
        changes: Value = Attrs()
        for overlay in extensions:
            here = force(call(overlay, final, previous))
            changes = joined_attrs(changes, here)
            previous = joined_attrs(previous, here)
        return changes

    return Builtin("composeManyExtensions", 2, run)


def extensible(name: str, function: Value) -> FixedPoint:
    """The fixed point of a function, with an attribute `name` that applies an overlay and starts again."""

    def run(self: Value) -> Value:
        extend = Builtin(name, 1, lambda overlay: extensible(name, extended(overlay, function)))
        return joined_attrs(call(function, self), Attrs({name: extend}))

    return FixedPoint(Builtin("makeExtensible", 1, run), "__unfix__")


@topic.function("makeExtensible", 1)
def make_extensible(function: Value) -> Value:
    return extensible("extend", function)


@topic.function("makeExtensibleWithCustomName", 2)
def make_extensible_with_custom_name(name: Value, function: Value) -> Value:
    return extensible(string_of(name), function)


@topic.function("toExtension", 1)
def to_extension(value: Value) -> Value:
    if not is_function(value):
        return Builtin("toExtension", 2, lambda final, previous: value)

    def run(final: Value, previous: Value) -> Value:
        result = call(value, previous)
        return call(value, final, previous) if is_function(result) else result

    return Builtin("toExtension", 2, run)
