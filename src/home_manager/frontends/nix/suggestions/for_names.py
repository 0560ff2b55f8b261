"""Options that do not exist: other levels, other systems, other spellings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from home_manager.diagnostics import Diagnostic, Label, Span, nearest
from home_manager.frontends.nix.suggestions.written import bound_value, path_parts, unwrapped
from home_manager.nix.syntax import ast
from home_manager.options.errors.subjects import Unknown
from home_manager.options.location import show_path
from home_manager.options.namespace import Slot

if TYPE_CHECKING:
    from home_manager.options.eval_modules import Evaluation

OF_THE_SYSTEM = {
    ("environment", "systemPackages"): "home.packages",
    ("environment", "variables"): "home.sessionVariables",
    ("environment", "sessionVariables"): "home.sessionVariables",
    ("environment", "shellAliases"): "home.shellAliases",
    ("environment", "etc"): "home.file",
    ("fonts", "packages"): "home.packages",
    ("systemd", "services"): "systemd.user.services",
    ("systemd", "timers"): "systemd.user.timers",
}
"""Options of NixOS, and what a home has in their place."""

SYSTEM = frozenset(
    (
        *("boot", "console", "containers", "environment", "fileSystems", "hardware", "networking", "power", "security"),
        *("powerManagement", "swapDevices", "system", "time", "users", "virtualisation", "zramSwap"),
    )
)
"""Groups of options that only NixOS has."""

LEAVES = 12


def unknown(diagnostic: Diagnostic, subject: Unknown, evaluation: Evaluation) -> Diagnostic:
    """An unknown option with the part of its path marked that is wrong, and the path that was probably meant."""
    names, span = subject.names, subject.definition.span
    labels = diagnostic.labels
    place = None if span is None else _component(span, names[-1])
    if place is not None:
        labels = (Label(place, _said(names)),)
    paths = [names] if span is None else [(*names, *rest) for rest in _below(span, names[-1])]
    hints = _system(names, paths) or _elsewhere(names, paths, evaluation) or diagnostic.hints
    if not hints:
        listing = f"`home-manager option {show_path(names[:-1])}`" if len(names) > 1 else "`home-manager option`"
        hints = (f"{listing} lists what there is",)
    return replace(diagnostic, labels=labels, hints=hints)


def _said(names: tuple[str, ...]) -> str:
    if len(names) == 1:
        return "there is no group of options with this name"
    return f"`{show_path(names[:-1])}` has no option of this name"


def _component(span: Span, name: str) -> Span | None:
    """The part of a written path that is this name."""
    for part, start, end in path_parts(span):
        if part == name:
            return Span(span.source, start, end)
    return None


def _below(span: Span, name: str) -> list[tuple[str, ...]]:
    """The names that are written below an attribute, down to the values."""
    found: list[tuple[str, ...]] = []

    def walk(node: ast.Node | None, way: tuple[str, ...]) -> None:
        inner = None if node is None else unwrapped(node)
        if isinstance(inner, ast.AttrSet) and inner.bindings and len(found) < LEAVES:
            for key, binding in inner.bindings.items():
                walk(binding.value if binding.kind == "plain" else None, (*way, key))
        else:
            found.append(way)

    walk(bound_value(span, name), ())
    return found


def _system(names: tuple[str, ...], paths: list[tuple[str, ...]]) -> tuple[str, ...]:
    """What is written in the configuration of a system, not of a home."""
    full = paths[0]
    if names[0] == "home-manager" and len(full) > 2 and full[1] == "users":
        return (
            "this file already is the configuration of one user: write what stands inside of it directly here"
            + (f": {show_path(full[3:])} = …;" if len(full) > 3 else ""),
        )
    for path, ours in OF_THE_SYSTEM.items():
        if full[: len(path)] == path:
            return (f"`{show_path(path)}` is an option of NixOS; for one home it is `{ours}`",)
    if names[0] in SYSTEM:
        return (f"`{names[0]}` belongs to the configuration of a NixOS system; this one is of a home",)
    return ()


def _elsewhere(names: tuple[str, ...], paths: list[tuple[str, ...]], evaluation: Evaluation) -> tuple[str, ...]:
    """The same names at another level."""
    catalogue = evaluation.catalogue
    for path in paths:
        if catalogue is not None:
            longer = [each for each in catalogue.named(path[-1]) if len(each) > len(path) and _ends(each, path)]
            if longer:
                best = min(longer, key=len)
                missing = show_path(best[: len(best) - len(path)])
                return (
                    (f"it belongs one level down, in `{missing}`: {show_path(best)} = …;",)
                    if len(best) == len(path) + 1
                    else (f"it is `{show_path(best)}`: put it into `{missing}`",)
                )
        for depth in range(1, len(path) - 1):
            if _is_option(evaluation, path[depth:]):
                outer = show_path(path[:depth])
                inner = show_path(path[depth:])
                if evaluation.find(path[:1]) is None and not nearest(path[0], evaluation.namespace.names()):
                    # A name of the user's own, of which nothing of ours is near.
                    return (
                        f"to have it as an option of your own, declare it: options.{outer} = lib.mkOption {{ }};",
                        f"or leave out `{outer}`: {inner} = …;",
                    )
                return (f"it belongs outside of `{outer}`: close that with `}};` before, then write {inner} = …;",)
        if catalogue is not None and len(path) > 1:
            same = [each for each in catalogue.named(path[-1]) if len(each) == len(path)]
            close = [each for each in same if all(a == b or nearest(a, (b,)) for a, b in zip(path, each, strict=True))]
            if close:
                return (f"did you mean `{show_path(close[0])}`?",)
    return ()


def _ends(long: tuple[str, ...], short: tuple[str, ...]) -> bool:
    return long[len(long) - len(short) :] == short


def _is_option(evaluation: Evaluation, path: tuple[str, ...]) -> bool:
    return any(isinstance(evaluation.find(path[:end]), Slot) for end in range(len(path), 1, -1))
