"""`lib.hm.booleans`: booleans as words."""

from __future__ import annotations

from home_manager.frontends.nix.lib.arguments import flag_of
from home_manager.frontends.nix.lib.topic import Topic

topic = Topic()
topic.function("yesNo", 1)(lambda value: "yes" if flag_of(value) else "no")
