"""Every module against every rule of the module language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from audit.conftest import CATALOGUE, DEVIATIONS, FACTS, Fact, Whole, is_expected
from home_manager.authoring.catalogue import Catalogue
from home_manager.authoring.module_entry import Entry, inside, starred
from home_manager.authoring.modules import Program
from home_manager.authoring.options_class import Options
from home_manager.authoring.sink_check import exists, unknown_sinks
from home_manager.diagnostics import Failure
from home_manager.modules.owed_sinks import OWED_SINKS
from home_manager.nix.evaluation import equal, force
from home_manager.options import Evaluation, Option
from home_manager.options.declaration import InContext
from home_manager.options.definition import Definition
from home_manager.options.documentation import OptionDoc
from home_manager.options.location import Location, parse_path, show_path
from home_manager.options.merging import Merged
from home_manager.options.namespace import Slot
from home_manager.values import MISSING, Value

Deeply = Callable[[Callable[[], Any]], Any]


def programs_of(entry: Entry) -> list[type[Program]]:
    return [cls for cls in entry.classes()[0] if issubclass(cls, Program)]


def options_of(entry: Entry) -> Iterator[tuple[tuple[str, ...], Option]]:
    """The options that a file declares, with their paths; not those inside submodules."""
    for base, tree in entry.trees():
        yield from _walk(base, tree)


def _walk(path: tuple[str, ...], tree: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Option]]:
    for name, declared in tree.items():
        if isinstance(declared, Mapping):
            yield from _walk((*path, name), declared)
        else:
            yield (*path, name), declared


def set_at(path: tuple[str, ...], value: Value) -> dict[str, Any]:
    result: Any = value
    for name in reversed(path):
        result = {name: result}
    return result  # type: ignore[no-any-return]


def docs_of(entry: Entry, docs: dict[str, OptionDoc]) -> Iterator[OptionDoc]:
    """The documentation of what a file declares, with what is inside its submodules."""
    paths = [path for path, _ in options_of(entry)]
    for doc in docs.values():
        plain = tuple("*" if part.startswith("<") and part.endswith(">") else part for part in doc.path)
        if any(plain[: len(path)] == path for path in paths):
            yield doc


def test_every_option_is_documented(entry: Entry, docs: dict[str, OptionDoc]) -> None:
    bare = [doc.name for doc in docs_of(entry, docs) if doc.visible and not doc.internal and not doc.description]
    assert bare == []
    for cls in entry.classes()[0]:
        assert cls.__doc__, f"{cls.__name__} has no docstring"


def test_defaults_and_examples_are_of_their_own_type(entry: Entry, whole: Whole, deeply: Deeply) -> None:
    shared = whole.library.new_shared()

    def wrong() -> list[str]:
        found: list[str] = []
        for path, option in options_of(entry):
            if option.type is None:
                continue
            for what, value in (("default", option.default), ("example", option.example)):
                if value is MISSING or isinstance(value, InContext):
                    continue
                if isinstance(value, dict) and value.get("_type") in ("literalExpression", "literalMD"):
                    continue
                try:
                    merged = Merged(Location(path, shared), option.type, [Definition(value, what)])
                    check_elements(merged.force(), option)
                except Failure as problem:
                    found.append(f"{what} of {show_path(path)}: {problem}")
        return found

    assert deeply(wrong) == []


def check_elements(value: Value, option: Option) -> None:
    assert option.type is not None
    pending = list(option.type.elements(value))
    while pending:
        element, inner = pending.pop()
        try:
            forced = force(element)
        except Failure as problem:
            # An example of a submodule need not be complete, nor have a configuration around it.
            if problem.diagnostic.code in ("option-undefined", "unknown-option"):
                continue
            raise
        pending.extend(inner.elements(forced))


def sinks_of(cls: type[Options], base: tuple[str, ...]) -> set[tuple[str, ...]]:
    return {sink.names(base) for sink in cls._sinks(base)}


def test_every_sink_exists(entry: Entry, catalogue: Catalogue) -> None:
    missing = [show_path(path) for path in entry.sinks if not exists(catalogue, path)]
    assert sorted(set(missing) - OWED_SINKS) == []
    for extension in entry.classes()[1]:
        path = starred(extension.extends)
        for sink in sinks_of(extension, inside(path)):
            assert sink, f"{extension.__name__} defines nothing"


def test_what_is_owed_is_defined_and_still_missing(catalogue: Catalogue) -> None:
    missing = {sink for _, sink in unknown_sinks(catalogue)}
    assert OWED_SINKS - missing == set(), "it is there now, or nobody defines it: take it off the list"
    assert [name for name in OWED_SINKS if not any(fact.startswith(f"{name}.") or fact == name for fact in FACTS)] == []


def values_of(evaluation: Evaluation, paths: set[tuple[str, ...]]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for path in sorted(paths):
        slot = evaluation.find(path)
        if isinstance(slot, Slot):
            found[show_path(path)] = slot.force()
    return found


def test_what_is_not_enabled_contributes_nothing(entry: Entry, whole: Whole, deeply: Deeply) -> None:
    gated = [cls for cls in programs_of(entry) if getattr(cls.enable, "default", False) is False]

    def differing() -> list[str]:
        found: list[str] = []
        for cls in gated:
            base = cls._namespace()
            sinks = {path for path in sinks_of(cls, base) if path[: len(base)] != base}
            named = values_of(whole.evaluated(set_at((*base, "enable"), False)), sinks)
            unnamed = values_of(whole.evaluated({}), sinks)
            found.extend(path for path, value in named.items() if not equal(value, unnamed[path]))
        return found

    assert deeply(differing) == []


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_enabling_it_alone_evaluates(entry: Entry, platform: str, whole: Whole, deeply: Deeply) -> None:
    wanted = [cls for cls in programs_of(entry) if platform in cls.platforms]

    def mistakes() -> list[str]:
        found: list[str] = []
        for cls in wanted:
            base = cls._namespace()
            evaluation = whole.evaluated(set_at((*base, "enable"), True), platform)
            for path in sorted(sinks_of(cls, base)):
                slot = evaluation.find(path)
                if isinstance(slot, Slot):
                    found.extend(_mistakes(slot))
        return found

    assert deeply(mistakes) == []


def _mistakes(slot: Slot) -> list[str]:
    from home_manager.options.errors.check_everything import mistakes_in

    told: list[str] = []
    for problem in mistakes_in(slot):
        # Some options have to be given by the user; that an enabled module says so is right.
        if problem.diagnostic.code != "option-undefined":
            told.append(f"{problem}: {[frame.text for frame in problem.frames]}")
    return told


def same_text(one: str, other: str) -> bool:
    return " ".join(one.split()) == " ".join(other.split())


def differences(doc: OptionDoc, fact: Fact) -> Iterator[tuple[str, str]]:
    """How an option differs from the original's, by kind."""
    if doc.type != fact.type:
        yield "type", f"{doc.name} is {doc.type!r}, was {fact.type!r}"
    if fact.default is False:
        if doc.default is not None:
            yield "default", f"{doc.name} has the default {doc.default!r}, had none"
    elif doc.default is None:
        yield "default", f"{doc.name} has no default, had {fact.default!r}"
    elif isinstance(fact.default, str) and not same_text(doc.default, fact.default):
        yield "default", f"{doc.name} has the default {doc.default!r}, had {fact.default!r}"


def test_options_agree_with_the_catalogue(entry: Entry, docs: dict[str, OptionDoc]) -> None:
    found: list[str] = []
    for doc in docs_of(entry, docs):
        if doc.internal or not doc.visible:
            continue
        fact = FACTS.get(doc.name)
        if fact is None:
            if doc.name not in DEVIATIONS["extra"]:
                found.append(f"{doc.name} ({doc.type}) is not in the original")
            continue
        found.extend(text for kind, text in differences(doc, fact) if doc.name not in DEVIATIONS[kind])
    assert found == []


def test_no_option_of_the_original_is_missing(entry: Entry, docs: dict[str, OptionDoc]) -> None:
    names = [show_path(path) for path in entry.mounts]
    wanted = {
        option
        for option, fact in FACTS.items()
        if is_expected(option, fact)
        and any(
            option == name.replace("*", "<name>") or option.startswith(f"{name.replace('*', '<name>')}.")
            for name in names
        )
    }
    others = {
        show_path(path).replace("*", "<name>")
        for other in CATALOGUE.entries
        if other is not entry
        for path in other.mounts
    }
    missing = [
        name
        for name in sorted(wanted - set(docs) - set(DEVIATIONS["absent"]))
        if not any(name == other or name.startswith(f"{other}.") for other in others - set(names))
    ]
    assert missing == []


def test_deviations_are_needed(docs: dict[str, OptionDoc]) -> None:
    idle: list[str] = []
    for kind, entries in DEVIATIONS.items():
        for name, reason in entries.items():
            assert len(reason) > 10, f"{name} needs a reason"
            doc, fact = docs.get(name), FACTS.get(name)
            if kind == "absent":
                needed = fact is not None and doc is None
            elif kind == "extra":
                needed = fact is None and doc is not None
            else:
                needed = doc is not None and fact is not None and kind in dict(differences(doc, fact))
            if not needed:
                idle.append(f"{kind}: {name}")
    assert idle == []


def test_paths_of_the_catalogue_are_read() -> None:
    assert all(show_path(parse_path(name)) == name for name in FACTS)
