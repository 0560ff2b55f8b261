"""The table of all built-in functions."""

from __future__ import annotations

from collections.abc import Iterable

from home_manager.nix.builtins import (
    attrsets,
    control,
    derivations,
    fetch,
    flakerefs,
    generic_closure,
    hashes,
    json,
    lists,
    machine,
    numbers,
    path_parts,
    read_files,
    string_context,
    strings,
    toml,
    version_numbers,
    xml,
)
from home_manager.nix.builtins.derivation import Derivations
from home_manager.nix.builtins.evaluator_services import EvaluatorServices
from home_manager.values import Builtin, Value


def all_builtins(ev: EvaluatorServices) -> Iterable[Builtin | tuple[str, Value]]:
    """Everything that `builtins` holds, without `true`, `false`, `null` and `builtins` itself."""
    topics = (
        attrsets,
        generic_closure,
        string_context,
        control,
        fetch,
        flakerefs,
        hashes,
        json,
        lists,
        machine,
        numbers,
        path_parts,
        strings,
        toml,
        version_numbers,
        xml,
    )
    for topic in topics:
        yield from topic.builtins(ev)
    known = Derivations(ev.store_dir)
    yield from derivations.builtins(ev, known)
    yield from read_files.builtins(ev, known)
