"""Nix texts as Python literals: what a default or an example of a dump is in a module."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from home_manager.authoring import seen
from home_manager.diagnostics import Failure
from home_manager.nix.evaluation import Evaluator
from home_manager.nix.io import SystemIO

_FREE = re.compile(r"\b(pkgs|lib|config|options|import|builtins)\b|<")


@cache
def _evaluator() -> Evaluator:
    return Evaluator(SystemIO(), store_dir="/nix/store", pure=True)


def python(text: str) -> str | None:
    """The literal for a text that stands for itself; None where it needs a configuration to be known."""
    if _FREE.search(re.sub(r'"(\\.|[^"\\])*"', '""', text)):
        return None
    try:
        value: Any = seen(_evaluator().eval_text(text))
    except (Failure, RecursionError):
        return None
    return repr(value) if _is_plain(value) else None


def _is_plain(value: Any) -> bool:
    if isinstance(value, list):
        return all(map(_is_plain, value))
    if type(value) is dict:
        return all(map(_is_plain, value.values()))
    return value is None or type(value) in (bool, int, float, str)
