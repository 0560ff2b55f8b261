"""What classes tell the compiler of the fast build (`make compiled`); without it, nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mypy_extensions import i64, mypyc_attr
else:
    i64 = int

    def mypyc_attr(*flags: str, **settings: Any) -> Any:
        """A decorator that leaves a class as it is."""
        return lambda kind: kind


__all__ = ["i64", "mypyc_attr"]
