"""`lib.hm.assertions`: assertions that modules have in common."""

from __future__ import annotations

from home_manager.frontends.nix.lib.arguments import list_of, select, string_of
from home_manager.frontends.nix.lib.lists import contains
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.values import Attrs, Value
from home_manager.values.lazy import Delayed

topic = Topic()


@topic.function("assertPlatform", 3)
def assert_platform(module: Value, packages: Value, platforms: Value) -> Value:
    def supported() -> bool:
        host = select(select(packages, "stdenv"), "hostPlatform")
        return contains(list_of(platforms), select(host, "system"))

    def message() -> str:
        names = sorted([string_of(name) for name in list_of(platforms)])
        listed = "\n".join([f"  - {name}" for name in names])
        return f"The module {string_of(module)} does not support your platform. It only supports\n\n{listed}"

    return Attrs({"assertion": Delayed(supported), "message": Delayed(message)})
