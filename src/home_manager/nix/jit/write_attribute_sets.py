"""Attribute sets as Python: literals, selection, `?`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from home_manager.diagnostics import Failure
from home_manager.nix.jit.draft import Draft, Writer
from home_manager.nix.nodes.attribute_positions import DynamicOrigins
from home_manager.nix.nodes.attribute_sets import (
    AttrSet,
    HasAttr,
    RecursiveAttrSet,
    Select,
    SelectLocal,
    SelectPath,
    SelectVariable,
    dynamic_name,
)
from home_manager.nix.nodes.node import Expr, framed


def _set(draft: Draft, expr: AttrSet, to: str) -> None:
    name = to or draft.variable()
    values = [(key, draft.later(value)) for key, value in zip(expr.names, expr.values, strict=True)]
    draft.line(f"{name} = new_attrs(Attrs); {name}.origin = {draft.refer(expr.origins)}")
    for key, value in values:
        draft.line(f"{name}[{key!r}] = {value}")
    if expr.dynamic:
        _dynamic(draft, expr, name)
    draft.finish(to, name)


def _dynamic(draft: Draft, expr: AttrSet, attrs: str) -> None:
    """Adds the attributes whose names are computed."""
    places, source = draft.variable(), draft.refer(expr.source)
    draft.line(f"{places} = {{}}")
    for each in expr.dynamic:
        key = draft.value(each.name)
        name, named = draft.variable(), draft.refer(dynamic_name)
        slow = f"{named}({draft.refer(each)}, {key}, {attrs}, {places}, {source})"
        draft.line(f"{name} = {key} if type({key}) is str and {key} not in {attrs} else {slow}")
        with draft.block(f"if {name} is not None:"):
            draft.line(f"{attrs}[{name}] = {draft.later(each.value)}")
            draft.line(f"{places}[{name}] = {draft.refer((each.start, each.end))}")
    origins = f"{draft.refer(DynamicOrigins)}({source}, {draft.refer(expr.origins)}, {places})"
    draft.line(f"if {places}: {attrs}.origin = {origins}")


def _recursive_set(draft: Draft, expr: RecursiveAttrSet, to: str) -> None:
    if expr.overrides or expr.dynamic:
        draft.finish(to, draft.evaluated(expr))
        return
    environment = draft.variable("env")
    name = to or draft.variable()
    size = len(expr.values) + len(expr.hidden)
    draft.line(f"{environment} = [{draft.here}{', None' * size}]")
    draft.line(f"{name} = new_attrs(Attrs); {name}.origin = {draft.refer(expr.origins)}")
    with draft.inside(environment):
        for index, slot in enumerate((*expr.values, *expr.hidden), 1):
            value = draft.later(slot.expr, delay=slot.delay)
            shown = f" = {name}[{slot.name!r}]" if index <= len(expr.values) else ""
            draft.line(f"{environment}[{index}]{shown} = {value}")
    draft.finish(to, name)


def _select(draft: Draft, expr: Select, to: str) -> None:
    with draft.step(lambda failure, _: expr.base_failed(failure)):
        base = draft.value_as(expr.base, "Attrs")
    name, attrs = to or draft.variable(), draft.reader(base)

    def value_failed(failure: Failure, here: Mapping[str, Any]) -> None:
        expr.value_failed(failure, attrs(here))

    with draft.left("try:"):
        draft.line(f"{name} = {base}[{expr.name!r}]")
    with draft.block("except (KeyError, TypeError):"):
        draft.line(f"raise {draft.refer(expr.missing)}({base}) from None")
    with draft.step(value_failed):
        draft.line(f"if isinstance({name}, Lazy): {name} = {name}.force()")
    draft.finish(to, name)


def _select_path(draft: Draft, expr: SelectPath, to: str) -> None:
    """Walks along the path while there are plain sets and known names on it; else the node does, from the base on."""
    with draft.step(lambda failure, _: framed(failure, "while selecting an attribute", expr.base.place())):
        base = draft.value_as(expr.base, "Attrs")
    if to:
        with draft.left("while True:"):
            _walk(draft, expr, base, to)
    else:
        _walk(draft, expr, base, to)


def _walk(draft: Draft, expr: SelectPath, base: str, to: str) -> None:
    environment, attrs = draft.here, draft.reader(base)
    otherwise = f"{draft.refer(expr.within)}({base}, {environment})"

    def failed(failure: Failure, here: Mapping[str, Any]) -> None:
        expr.failed(failure, here[environment], attrs(here))

    def leave(head: str, text: str) -> None:
        draft.line(f"{head}{to} = {text}; break" if to else f"{head}return {text}")

    found = base
    for part in expr.path:
        condition = f"type({found}) is Attrs"
        if isinstance(part, str):
            key = repr(part)
        else:
            with draft.step(failed):
                key = draft.value_as(part, "str")
            condition += f" and type({key}) is str"
        member = draft.variable()
        draft.line(f"{member} = {found}.get({key}, MISSING) if {condition} else None")
        leave(f"if {member} is None and not ({condition}): ", otherwise)
        if expr.default is None:
            leave(f"if {member} is MISSING: ", otherwise)
        else:
            with draft.block(f"if {member} is MISSING:"):
                with draft.step(failed):
                    draft.emit(expr.default, to)
                if to:
                    draft.line("break")
        with draft.step(failed):
            draft.line(f"if isinstance({member}, Lazy): {member} = {member}.force()")
        found = member
    leave("", found)


def _has(draft: Draft, expr: HasAttr, to: str) -> None:
    with draft.step(lambda failure, _: framed(failure, "in the argument of '?'", expr.base.place())):
        base = draft.value_as(expr.base, "Attrs")
    otherwise = f"{draft.refer(expr.within)}({base}, {draft.here})"
    part = expr.path[0]
    if len(expr.path) == 1 and isinstance(part, str):
        draft.finish(to, f"{part!r} in {base} if type({base}) is Attrs else {otherwise}")
    else:
        draft.finish(to, otherwise)


WRITERS: Final[Mapping[type[Expr], Writer]] = {
    AttrSet: _set,
    RecursiveAttrSet: _recursive_set,
    Select: _select,
    SelectVariable: _select,
    SelectLocal: _select,
    SelectPath: _select_path,
    HasAttr: _has,
}
