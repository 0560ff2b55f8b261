"""The built-in functions of the Nix language, one file per topic."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from home_manager.nix.values import Builtin, Value

if TYPE_CHECKING:
    from home_manager.nix.evaluation import Evaluator


def all_builtins(ev: Evaluator) -> Iterable[Builtin | tuple[str, Value]]:
    """Everything that `builtins` holds, without `true`, `false`, `null` and `builtins` itself.

    The topics are imported here because they themselves import the evaluator.
    """
    from home_manager.nix.builtins import (
        attrsets,
        closure,
        context,
        control,
        derivations,
        fetchers,
        files,
        flakerefs,
        hashing,
        json,
        lists,
        machine,
        numbers,
        paths,
        strings,
        toml,
        versions,
        xml,
    )
    from home_manager.nix.builtins.derivation import Derivations

    topics = (
        attrsets,
        closure,
        context,
        control,
        fetchers,
        flakerefs,
        hashing,
        json,
        lists,
        machine,
        numbers,
        paths,
        strings,
        toml,
        versions,
        xml,
    )
    for topic in topics:
        yield from topic.builtins(ev)
    known = Derivations(ev.store_dir)
    yield from derivations.builtins(ev, known)
    yield from files.builtins(ev, known)
