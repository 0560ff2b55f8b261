"""`lib.kernel`: options of the Linux kernel's configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import joined_attrs
from home_manager.frontends.nix.lib.strings import version_at_least, version_older
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.options.definition import mk_if
from home_manager.values import Attrs, Builtin, Value
from home_manager.values.lazy import Delayed

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library

topic = Topic()
for _name, _state in {"yes": "y", "no": "n", "module": "m", "unset": None}.items():
    topic.constant(_name, Attrs({"tristate": _state, "optional": False}))


@topic.function("option", 1)
def option(value: Value) -> Value:
    return joined_attrs(value, Attrs({"optional": True}))


@topic.function("freeform", 1)
def freeform(value: Value) -> Value:
    return Attrs({"freeform": value, "optional": False})


@topic.bound("whenHelpers", 1)
def when_helpers(library: Library, version: Value) -> Value:
    def at_least(wanted: Value, content: Value) -> Value:
        return mk_if(Delayed(lambda: version_at_least(library, version, wanted)), content)

    def older(limit: Value, content: Value) -> Value:
        return mk_if(Delayed(lambda: version_older(library, version, limit)), content)

    def between(wanted: Value, limit: Value, content: Value) -> Value:
        def both() -> Value:
            return version_at_least(library, version, wanted) and version_older(library, version, limit)

        return mk_if(Delayed(both), content)

    return Attrs(
        {
            "whenAtLeast": Builtin("whenAtLeast", 2, at_least),
            "whenOlder": Builtin("whenOlder", 2, older),
            "whenBetween": Builtin("whenBetween", 3, between),
        }
    )
