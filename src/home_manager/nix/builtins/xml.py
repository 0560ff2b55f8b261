"""XML: `toXML`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from home_manager.nix.nodes.functions import Code, Lambda, Partial
from home_manager.nix.operations import (
    context_of,
    force,
    is_derivation,
    with_context,
)
from home_manager.nix.quoting import show_float
from home_manager.values import MISSING, Builtin, PathValue, Value

if TYPE_CHECKING:
    from home_manager.nix.builtins.evaluator_services import EvaluatorServices

_NAME_BEFORE = re.compile(r"([A-Za-z_][\w'\-]*)\s*@")
_NAME_AFTER = re.compile(r"@\s*([A-Za-z_][\w'\-]*)\s*:?\s*\Z")
_ESCAPES = str.maketrans({'"': "&quot;", "<": "&lt;", ">": "&gt;", "&": "&amp;", "\n": "&#xA;"})


class _Writer:
    """Collects the lines of one document; `seen` holds the derivations already written out."""

    def __init__(self) -> None:
        self.lines = ["<?xml version='1.0' encoding='utf-8'?>"]
        self.context: set[str] = set()
        self.seen: set[str] = set()

    def element(self, depth: int, name: str, attributes: Mapping[str, str], end: str) -> None:
        shown = "".join([f' {key}="{attributes[key].translate(_ESCAPES)}"' for key in sorted(attributes)])
        self.lines.append(f"{'  ' * depth}<{name}{shown}{end}>")

    def empty(self, depth: int, name: str, attributes: Mapping[str, str] | None = None) -> None:
        self.element(depth, name, attributes or {}, " /")

    def close(self, depth: int, name: str) -> None:
        self.lines.append(f"{'  ' * depth}</{name}>")

    def value(self, item: Value, depth: int) -> None:
        value = force(item)
        if isinstance(value, str):
            self.context |= context_of(value)
            self.empty(depth, "string", {"value": value})
        elif isinstance(value, bool):
            self.empty(depth, "bool", {"value": "true" if value else "false"})
        elif isinstance(value, int):
            self.empty(depth, "int", {"value": str(value)})
        elif isinstance(value, float):
            self.empty(depth, "float", {"value": show_float(value)})
        elif value is None:
            self.empty(depth, "null")
        elif isinstance(value, PathValue):
            self.empty(depth, "path", {"value": value.text})
        elif isinstance(value, list):
            self.element(depth, "list", {}, "")
            for element in value:
                self.value(element, depth + 1)
            self.close(depth, "list")
        elif isinstance(value, dict):
            self.attrs(value, depth)
        elif isinstance(value, Lambda):
            self.function(value, depth)
        else:
            self.empty(depth, "unevaluated")

    def attrs(self, attrs: Mapping[str, Value], depth: int) -> None:
        if not is_derivation(attrs):
            self.element(depth, "attrs", {}, "")
            self.members(attrs, depth + 1)
            self.close(depth, "attrs")
            return
        shown: dict[str, str] = {}
        for name in ("drvPath", "outPath"):
            path = attrs.get(name, MISSING)
            if path is not MISSING:
                path = force(path)
                if isinstance(path, str):
                    shown[name] = path
        self.element(depth, "derivation", shown, "")
        drv = shown.get("drvPath", "")
        if drv and drv not in self.seen:
            self.seen.add(drv)
            self.members(attrs, depth + 1)
        else:
            self.empty(depth + 1, "repeated")
        self.close(depth, "derivation")

    def members(self, attrs: Mapping[str, Value], depth: int) -> None:
        for name in sorted(attrs):
            self.element(depth, "attr", {"name": name}, "")
            self.value(attrs[name], depth + 1)
            self.close(depth, "attr")

    def function(self, function: Lambda, depth: int) -> None:
        self.element(depth, "function", {}, "")
        code = function.code
        pattern = code.pattern
        if pattern is None:
            given = len(function.given) if isinstance(function, Partial) else 0
            self.empty(depth + 1, "varpat", {"name": code.names[given]})
        else:
            name = _pattern_name(code) if pattern.whole else ""
            shown = {"name": name} if name else {}
            if pattern.ellipsis:
                shown["ellipsis"] = "1"
            self.element(depth + 1, "attrspat", shown, "")
            for name in sorted(pattern.names):
                self.empty(depth + 2, "attr", {"name": name})
            self.close(depth + 1, "attrspat")
        self.close(depth, "function")


def _pattern_name(code: Code) -> str:
    """What a function calls its whole argument; the evaluator does not keep it, so it is read from the source."""
    head = code.head()
    text = head.source.text[head.start : head.end]
    found = _NAME_BEFORE.match(text) or _NAME_AFTER.search(text)
    return "" if found is None else found[1]


def _to_xml(value: Value) -> Value:
    writer = _Writer()
    writer.element(0, "expr", {}, "")
    writer.value(value, 1)
    writer.close(0, "expr")
    return with_context("\n".join(writer.lines) + "\n", writer.context)


def builtins(ev: EvaluatorServices) -> Iterable[Builtin | tuple[str, Value]]:
    """The built-ins of this topic."""
    return (Builtin("toXML", 1, _to_xml),)
