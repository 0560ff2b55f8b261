"""`lib.flakes`: references of flakes as text and as sets."""

from __future__ import annotations

from home_manager.frontends.nix.lib.topic import Topic

topic = Topic()
topic.builtins("parseFlakeRef", "flakeRefToString")
