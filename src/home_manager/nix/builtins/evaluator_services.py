"""Services of the evaluator that built-in functions use: files, the store, and how deep calls are nested."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from home_manager.nix.io import NixIO
from home_manager.values import PathValue, Value


class EvaluatorServices(Protocol):
    """What built-ins know of the evaluator, which is made with them; see `evaluation.Evaluator`."""

    @property
    def io(self) -> NixIO: ...

    @property
    def store_dir(self) -> str: ...

    @property
    def pure(self) -> bool: ...

    @property
    def search_path(self) -> list[tuple[str, str]]: ...

    @property
    def features(self) -> frozenset[str]: ...

    @property
    def max_call_depth(self) -> int: ...

    @property
    def depth(self) -> int: ...

    def copy_path(self, path: PathValue) -> str: ...

    def eval_file(self, path: str) -> Value: ...

    def eval_file_in(self, path: str, scope: Mapping[str, Value]) -> Value: ...

    def find_file(self, entries: Value, name: str) -> PathValue: ...
