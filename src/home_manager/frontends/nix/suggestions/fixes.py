"""The line to write in place of one whose value has the wrong type."""

from __future__ import annotations

import re

from home_manager.diagnostics import Span, nearest
from home_manager.frontends.nix.suggestions.written import as_argument, one_line, text_of
from home_manager.nix.syntax import ast
from home_manager.options.errors.option_errors import takes
from home_manager.options.location import Location
from home_manager.options.types.base import OptionType, is_package, show_value
from home_manager.values import Function, PathValue, Value
from home_manager.values.lazy import force

MEANT = {"true": True, "false": False, "yes": True, "no": False, "on": True, "off": False}
NUMBER = re.compile(r"-?\d+")
PACKAGE = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*(\.[A-Za-z_][A-Za-z0-9_-]*)*")
UNITS = frozenset(("services", "timers", "sockets", "targets", "paths", "mounts", "slices", "automounts"))
FEW = 6
"""Of so many choices, the first is named where none is like the value."""
SECTIONS = {
    "description": "Unit.Description",
    "documentation": "Unit.Documentation",
    "after": "Unit.After",
    "before": "Unit.Before",
    "wants": "Unit.Wants",
    "requires": "Unit.Requires",
    "partOf": "Unit.PartOf",
    "wantedBy": "Install.WantedBy",
    "requiredBy": "Install.RequiredBy",
    "script": "Service.ExecStart",
    "path": "Service.Environment",
    "startAt": "Timer.OnCalendar",
}
"""Options of NixOS' units, and where systemd's own files have them."""


def fixes(
    place: Location, type_: OptionType, value: Value, span: Span | None, node: ast.Node | None
) -> tuple[str, ...]:
    """What to write; `span` is the attribute path, `node` the value, where they are known."""
    unit = _unit(place, span, node)
    if unit:
        return unit
    entry = place.names[-1].startswith("[definition ")
    source = None if span is None else span.source
    path = "" if span is None else span.source.text[span.start : span.end]
    text = _text(value) if source is None or node is None else one_line(source, node, 70)

    def line(right: str) -> tuple[str, ...]:
        return (f"write this: {right}",) if entry or not path else (f"write this: {path} = {right};",)

    if isinstance(value, str):
        return _of_string(place, type_, value, text, path, line)
    if isinstance(value, bool):
        return line(f'"{text}"') if type_.accepts("x") else ()
    if isinstance(value, int | float):
        if type_.accepts(text):
            return line(f'"{text}"')
        if value in (0, 1) and type_.accepts(True):
            return line("true" if value else "false")
        if not type_.accepts([]):
            return _choice(type_, text, line)
    if isinstance(value, PathValue) and type_.accepts("x"):
        return (
            f"for the content of the file: {path} = builtins.readFile {text};",
            f'for the path of a copy of it: {path} = "${{{text}}}";',
        )
    if isinstance(value, Function):
        return _call(span, node)
    if isinstance(value, list):
        if len(value) == 1 and type_.accepts(_forced(value[0])):
            inner = text[1:-1].strip() if text.startswith("[") else "…"
            return (f"remove the brackets: {path} = {inner};",) if path else line(inner)
        if type_.accepts("x") and value and all(isinstance(_forced(each), str) for each in value):
            return (f'join the strings: lib.concatStringsSep " " {text}', "or give one string")
    if isinstance(value, dict) and not is_package(value) and type_.accepts("x") and not type_.accepts([]):
        return line('"…"')
    if isinstance(value, list) or not type_.accepts([]):
        return ()
    if value is None:
        return (f"a list may be empty: {path} = [ ];",) if path else ("a list may be empty: [ ]",)
    if takes(place, type_, [value]):
        return _listed(path, as_argument(text))
    if isinstance(value, int | float) and takes(place, type_, [text]):
        return _listed(path, f'"{text}"')
    return (f"write a list: {path} = [ … ];",) if path else ("write a list: [ … ]",)


def _listed(path: str, right: str) -> tuple[str, ...]:
    return (f"put it in a list: {path} = [ {right} ];",) if path else (f"put it in a list: [ {right} ]",)


def _of_string(place: Location, type_: OptionType, value: str, text: str, path: str, line: object) -> tuple[str, ...]:
    assert callable(line)
    if value.lower() in MEANT and type_.accepts(MEANT[value.lower()]):
        right = str(MEANT[value.lower()]).lower()
        return tuple(line(right))
    if NUMBER.fullmatch(value) and type_.accepts(int(value)):
        return (*line(value), "numbers stand without quotes")
    described = type_.describe()
    if type_.accepts([]):
        if takes(place, type_, [value]):
            return _listed(path, text)
        if described == "list of package" and PACKAGE.fullmatch(value):
            return ("a package is written without quotes, in a list", *_listed(path, f"pkgs.{value}"))
        return (f"write a list: {path} = [ … ];",) if path else ("write a list: [ … ]",)
    if "package" in described and "string" not in described and PACKAGE.fullmatch(value):
        return (f"a package is written without quotes: pkgs.{value}",)
    if "path" in described:
        if value.startswith("~"):
            return (f'name the whole path: "/home/…{value[1:]}"',)
        if value.startswith("./") or value.startswith("../"):
            return tuple(line(value))
    return _choice(type_, value, line)


def _choice(type_: OptionType, value: str, line: object) -> tuple[str, ...]:
    assert callable(line)
    choices = re.findall(r'"((?:[^"\\]|\\.)*)"', type_.describe())
    if not choices:
        return ()
    near = nearest(value, choices, 1) or [each for each in choices if value and (value in each or each in value)]
    if near or len(choices) <= FEW:
        return tuple(line(f'"{(near or choices)[0]}"'))
    return ()


def _call(span: Span | None, node: ast.Node | None) -> tuple[str, ...]:
    """A function in a list, whose arguments became entries of their own."""
    # Start-up: a fix is written only after an error.
    from home_manager.frontends.nix.suggestions.written import tree_of, way_to

    tree = None if span is None else tree_of(span.source)
    if span is None or node is None or tree is None:
        return ("give the function its arguments",)
    way = way_to(tree, node.start, node.end)
    outer = next((each for each in reversed(way) if isinstance(each, ast.ListNode)), None)
    if outer is None:
        return ("give the function its arguments",)
    following = [each for each in outer.items if each.start >= node.start]
    call = span.source.text[node.start : following[-1].end]
    shown = call if len(call) <= 70 and "\n" not in call else f"{text_of(span.source, node)} …"
    return (f"in a list, put parentheses around the call: ({shown})",)


def _unit(place: Location, span: Span | None, node: ast.Node | None) -> tuple[str, ...]:
    """Units that are written as in NixOS."""
    names = place.names
    if names[:2] != ("systemd", "user") or len(names) != 5 or names[2] not in UNITS:
        return ()
    section = SECTIONS.get(names[4])
    said = "the units of a home have the sections of systemd's own files, such as `Unit`, `Service` and `Install`"
    if section is None:
        return (said,)
    text = "…" if span is None or node is None else one_line(span.source, node)
    return (said, f"write this: {section} = {text};")


def _forced(value: Value) -> Value:
    return force(value)


def _text(value: Value) -> str:
    return show_value(value)
