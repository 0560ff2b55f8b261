"""`lib.hm.git`: settings of git that programs have in common."""

from __future__ import annotations

from home_manager.frontends.nix.lib.topic import Topic
from home_manager.values import Attrs

topic = Topic()
topic.function("diffPagerConfig", 1)(
    lambda command: Attrs({"pager": Attrs({name: command for name in ("diff", "log", "show")})})
)
