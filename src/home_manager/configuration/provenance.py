"""Where things of a home come from: the definitions of an option, a file or a package, with place and priority."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from home_manager.configuration.generation import Evaluated
from home_manager.diagnostics import Span
from home_manager.options.definition import DEFINED, FORCE, MODULE_DEFAULT, OPTION_DEFAULT, UNORDERED, Definition, tag
from home_manager.options.eval_modules import Evaluation
from home_manager.options.location import parse_path, show_path
from home_manager.options.namespace import Slot
from home_manager.packages.realise import reference_finder
from home_manager.values import Value
from home_manager.values.lazy import force

FILE_OPTIONS = ("home.file", "xdg.configFile", "xdg.dataFile", "xdg.cacheFile", "xdg.stateFile")
"""The options that hold files of the home; those of the last four end up in the first."""

Effect = Literal["counts", "overridden", "off"]


@dataclass(frozen=True, slots=True)
class Origin:
    """One definition: its file, its place there if it was written in the language, and how it takes part.

    `effect` is "overridden" where another has a stronger (smaller) priority, "off" where its condition is false.
    """

    option: str
    file: str
    span: Span | None
    priority: int
    order: int
    effect: Effect

    @property
    def counts(self) -> bool:
        return self.effect == "counts"

    @property
    def word(self) -> str:
        """The priority as it is written."""
        return {FORCE: "mkForce", DEFINED: "", MODULE_DEFAULT: "mkDefault", OPTION_DEFAULT: "default"}.get(
            self.priority, f"mkOverride {self.priority}"
        )


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is there: what it is, its definitions, and for each module that made it why that takes part."""

    kind: Literal["option", "file", "package"]
    name: str
    origins: tuple[Origin, ...]
    because: tuple[Origin, ...] = ()


def why(configuration: Evaluated, home: str, asked: str) -> Reason | None:
    """The reason for a file (below `home`, or relative to it), an option or a package; None where there is no such thing."""
    found = _file(configuration, home, asked)
    if found is None and not asked.startswith(("/", "~")):
        found = _option(configuration.evaluation, asked) or _package(configuration, asked)
    if found is None:
        return None
    return Reason(found.kind, found.name, found.origins, tuple(_because(configuration.evaluation, found.origins)))


def origins_of(slot: Slot) -> list[Origin]:
    """All definitions of an option, those that do not count too, in the order in which they are merged."""
    parts = [part for definition in slot.merged().definitions for part in _parts(definition, definition.value)]
    if len(parts) == 1 and not slot.definitions():
        # An only default stands without its wrapper.
        parts = [(parts[0][0], OPTION_DEFAULT, *parts[0][2:])]
    best = min((priority for _, priority, _, on in parts if on), default=DEFINED)
    option = str(slot.place)
    return [
        Origin(
            option,
            definition.file,
            definition.span,
            priority,
            order,
            "off" if not on else "counts" if priority == best else "overridden",
        )
        for definition, priority, order, on in parts
    ]


Part = tuple[Definition, int, int, bool]
"""A definition with the priority and order around it, and whether its conditions hold; its value has no properties."""


def _parts(definition: Definition, value: Value, priority: int = DEFINED, on: bool = True) -> Iterator[Part]:
    """A definition in the parts that `mkMerge` makes of it, with the properties around each."""
    value = force(value) if on else value
    kind = tag(value) if on else None
    if not isinstance(value, dict) or kind not in ("merge", "if", "override", "order", "definition"):
        yield definition.of(value), priority, UNORDERED, on
        return
    if kind == "merge":
        contents = force(value["contents"])
        for content in contents if isinstance(contents, list) else []:
            yield from _parts(definition, content, priority, on)
    elif kind == "if":
        yield from _parts(definition, value["content"], priority, force(value["condition"]) is True)
    elif kind == "override":
        number = force(value["priority"])
        yield from _parts(definition, value["content"], number if isinstance(number, int) else DEFINED, on)
    elif kind == "order":
        number = force(value["priority"])
        for part, strength, _, holds in _parts(definition, value["content"], priority, on):
            yield part, strength, number if isinstance(number, int) else UNORDERED, holds
    else:
        yield from _parts(
            Definition(None, str(force(value.get("file"))), definition.span), value["value"], priority, on
        )


def _option(evaluation: Evaluation, asked: str) -> Reason | None:
    """An option, or what is defined inside of its value."""
    names = parse_path(asked)
    for end in range(len(names), 0, -1):
        slot = evaluation.find(names[:end])
        if isinstance(slot, Slot):
            if end == len(names):
                return Reason("option", asked, tuple(origins_of(slot)))
            inside = _inside(slot, names[end:])
            return Reason("option", asked, tuple(inside)) if inside else None
    return None


def _inside(slot: Slot, names: Sequence[str]) -> list[Origin]:
    """The definitions of an option whose value goes on along names; the span is that of the innermost one written."""
    found: list[Origin] = []
    for definition, priority, order, on in (
        part for each in slot.merged().definitions for part in _parts(each, each.value)
    ):
        if not on:
            continue
        for inner, strength, inner_order, holds in _follow(definition, names):
            effect: Effect = "counts" if holds else "off"
            number = priority if strength == DEFINED else strength
            found.append(
                Origin(show_path((*slot.place.names, *names)), inner.file, inner.span, number, inner_order, effect)
            )
        del order
    best = min((each.priority for each in found if each.counts), default=DEFINED)
    return [
        each
        if not each.counts or each.priority == best
        else Origin(each.option, each.file, each.span, each.priority, each.order, "overridden")
        for each in found
    ]


def _follow(definition: Definition, names: Sequence[str]) -> Iterator[Part]:
    """The parts of a definition's value at names inside of it."""
    value = definition.value
    if not isinstance(value, dict) or names[0] not in value:
        return
    inner = Definition(value[names[0]], definition.file, (value, names[0]))
    if inner.span is None:
        inner = Definition(value[names[0]], definition.file, definition.span)
    for part in _parts(inner, inner.value):
        if len(names) == 1:
            yield part
        elif part[3]:
            yield from _follow(part[0], names[1:])


def _file(configuration: Evaluated, home: str, asked: str) -> Reason | None:
    """A file of the home, or something below a directory that is one."""
    manifest = configuration.manifest
    target = asked
    for top in (home, manifest.home_directory, "~"):
        target = target.removeprefix(f"{top}/")
    target = target.removeprefix("./").rstrip("/")
    entries = [
        entry.target.text
        for entry in manifest.files
        if target == entry.target.text or target.startswith(f"{entry.target}/")
    ]
    if not entries:
        return None
    entry = max(entries, key=len)
    evaluation = configuration.evaluation
    found: list[Origin] = []
    for option in FILE_OPTIONS:
        slot = evaluation.slot(option)
        for name, value in sorted(_forced_attrs(slot).items()):
            file = force(value)
            if isinstance(file, dict) and str(force(file["target"])) == entry:
                found += _inside(slot, (name,))
    return Reason("file", entry, tuple(found))


def _forced_attrs(slot: Slot) -> dict[str, Value]:
    value = force(slot)
    return value if isinstance(value, dict) else {}


def _package(configuration: Evaluated, asked: str) -> Reason | None:
    """A package of the home by its name, with or without the version."""
    evaluation = configuration.evaluation
    slot = evaluation.slot("home.packages")
    found: list[Origin] = []
    name = ""
    for definition, priority, order, on in (
        part for each in slot.merged().definitions for part in _parts(each, each.value)
    ):
        if not on or not isinstance(definition.value, list):
            continue
        for item in definition.value:
            package = force(item)
            names = _names_of(package)
            if asked not in names:
                continue
            name = names[0]
            span = definition.span
            mentioned = None if span is None else reference_finder([span])((names[-1],)) or _quoted(span, names[-1])
            found.append(Origin("home.packages", definition.file, mentioned or span, priority, order, "counts"))
            break
    best = min((each.priority for each in found), default=DEFINED)
    kept = [each for each in found if each.priority == best]
    return Reason("package", name, tuple(kept)) if kept else None


def _quoted(span: Span, name: str) -> Span | None:
    """The place of a name in quotes, behind the definition: that of a package which the configuration itself makes."""
    at = span.source.text.find(f'"{name}"', span.start)
    return None if at < 0 else Span(span.source, at + 1, at + 1 + len(name))


def _names_of(package: Value) -> list[str]:
    """What a package may be called by: name with version, then without."""
    if not isinstance(package, dict):
        return []
    return [str(force(package[key])) for key in ("name", "pname") if package.get(key) is not None]


def _because(evaluation: Evaluation, origins: Sequence[Origin]) -> Iterator[Origin]:
    """For what a program module made: the definition that switched the module on."""
    for file in dict.fromkeys(origin.file for origin in origins if origin.counts and origin.span is None):
        names = file.removesuffix(".py").removesuffix("/__init__").split("/")
        if names[:1] != ["modules"] or len(names) < 3:
            continue
        for spelling in dict.fromkeys((names[-1], names[-1].replace("_", "-"))):
            slot = evaluation.find((*names[1:-1], spelling, "enable"))
            if isinstance(slot, Slot):
                yield from (origin for origin in origins_of(slot) if origin.counts)
                break
