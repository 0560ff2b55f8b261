"""`lib.sourceTypes`: what a package was made from."""

from __future__ import annotations

from home_manager.frontends.nix.lib.topic import Topic
from home_manager.values import Attrs

topic = Topic()
topic.constant("fromSource", Attrs({"shortName": "fromSource", "isSource": True}))
for _name in ("binaryNativeCode", "binaryBytecode", "binaryFirmware", "obfuscatedCode"):
    topic.constant(_name, Attrs({"shortName": _name, "isSource": False}))
