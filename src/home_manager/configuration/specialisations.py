"""The variants of a configuration: `specialisation.<name>.configuration`, each evaluated as a whole of its own."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import cast

from home_manager.diagnostics import Failure, failure, nearest
from home_manager.options.eval_modules import Evaluation
from home_manager.options.proxies import Unchecked
from home_manager.values import Value
from home_manager.values.lazy import force

NAMES = ("specialisation", "specialization")
"""The option, and what it is called too."""


def variants_of(evaluation: Evaluation) -> dict[str, Evaluation]:
    """The evaluation of each variant by name, in order; without any, no more is computed than that there are none."""
    if not any(evaluation.mentions((name,)) for name in NAMES):
        return {}
    found = {}
    for name, value in sorted(cast(Mapping[str, Value], evaluation.value("specialisation")).items()):
        try:
            variant = force(cast(Mapping[str, Value], force(value))["configuration"])
        except Failure as failed:
            failed.add_frame(f"while evaluating the specialisation `{name}`")
            raise
        assert isinstance(variant, Unchecked)
        found[name] = variant.evaluation
    return found


def variants_in(generation: str) -> list[str]:
    """The names of the variants that a generation in the store has."""
    try:
        return sorted(os.listdir(f"{generation}/specialisation"))
    except (FileNotFoundError, NotADirectoryError):
        return []


def no_variant(name: str, names: Iterable[str], whose: str = "configuration") -> Failure:
    """The failure of a wish for a variant that there is not; `whose` says of what."""
    known = list(names)
    meant = nearest(name, known)
    return failure(
        "no-specialisation",
        f'the {whose} does not contain the specialisation "{name}"',
        notes=(f"it has {', '.join(f'`{each}`' for each in known)}" if known else "it has none",),
        hints=(f"did you mean `{meant[0]}`?",) if meant else (),
    )
