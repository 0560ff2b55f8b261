"""Values shown as Nix code: `lib.generators.toPretty`."""

from __future__ import annotations

from dataclasses import dataclass, replace

from home_manager.frontends.nix.lib.arguments import joined, string_of, to_json, with_context
from home_manager.frontends.nix.lib.escaping import nix_identifier
from home_manager.nix.errors import NixThrow
from home_manager.nix.evaluation import call, function_arguments
from home_manager.values import Function, PathValue, Value
from home_manager.values.lazy import force

NOT_DESCENDED = frozenset(("__functor", "__functionArgs", "__toString", "__pretty"))


@dataclass(frozen=True, slots=True)
class Style:
    """How values are laid out; beyond `depth` levels nothing is computed."""

    multiline: bool = True
    pretty_values: bool = False
    indent: str = ""
    depth: int | None = None

    @property
    def intro(self) -> str:
        return f"\n{self.indent}  " if self.multiline else " "

    @property
    def outro(self) -> str:
        return f"\n{self.indent}" if self.multiline else " "

    def deeper(self) -> Style:
        return replace(self, indent=self.indent + "  ", depth=None if self.depth is None else self.depth - 1)


def pretty(value: Value, style: Style) -> str:
    """A value as Nix code, with `<function>` and `<derivation …>` where there is none."""
    if style.depth is not None and style.depth < 0:
        return '"<unevaluated>"'
    value = force(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return to_json(value)
    if isinstance(value, str):
        return pretty_string(value, style)
    if isinstance(value, PathValue):
        return value.text
    if isinstance(value, list):
        items = [pretty(item, style.deeper()) for item in value]
        return joined("", ["[", style.intro, joined(style.intro, items), style.outro, "]"]) if items else "[ ]"
    if isinstance(value, Function):
        return pretty_function(value)
    assert isinstance(value, dict)
    return pretty_attrs(value, style)


def pretty_string(text: str, style: Style) -> str:
    lines = text.split("\n")
    if style.multiline and len(lines) > 1:
        escaped = [line.replace("''", "'''").replace("${", "''${") for line in lines]
        last = style.outro if escaped[-1] == "" else style.intro + escaped[-1]
        return with_context("''" + style.intro + style.intro.join(escaped[:-1]) + last + "''", text)
    escaped = [line.replace("\\", "\\\\").replace('"', '\\"').replace("${", "\\${") for line in lines]
    return with_context('"' + "\\n".join(escaped) + '"', text)


def pretty_function(function: Value) -> str:
    arguments = function_arguments(function)
    if not arguments:
        return "<function>"
    shown = ", ".join([name + "?" if arguments[name] else name for name in sorted(arguments)])
    return f"<function, args: {{{shown}}}>"


def pretty_attrs(value: dict[str, Value], style: Style) -> str:
    functor = value.get("__functor")
    if functor is not None:
        announced = force(value.get("__functionArgs"))
        if isinstance(announced, dict):
            shown = ", ".join([name + "?" if force(announced[name]) else name for name in sorted(announced)])
            return f"<function, args: {{{shown}}}>" if announced else "<function>"
        return pretty_function(call(functor, value))
    if style.pretty_values and "__pretty" in value and "val" in value:
        return string_of(call(value["__pretty"], value["val"]))
    if not value:
        return "{ }"
    if force(value.get("type")) == "derivation":
        return f"<derivation {string_of(value['name']) if 'name' in value else '???'}>"
    parts: list[str] = []
    for name in sorted(value):
        try:
            shown = pretty(value[name], style.deeper())
        except NixThrow as error:
            error.add_frame(f"while evaluating an attribute `{name}`", nix=True)
            raise
        parts.append(with_context(f"{nix_identifier(name)} = {shown};", shown))
    return joined("", ["{", style.intro, joined(style.intro, parts), style.outro, "}"])
