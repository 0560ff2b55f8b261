"""Which checks of style are asked for; `lint` makes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Level = Literal["ignore", "warn", "fatal"]
LEVELS: Final[tuple[Level, ...]] = ("ignore", "warn", "fatal")


@dataclass(frozen=True, slots=True)
class Lints:
    """How each kind of literal is taken: `ignore`, `warn` or `fatal`."""

    url_literals: Level = "ignore"
    absolute_path_literals: Level = "ignore"
    short_path_literals: Level = "ignore"


NO_LINTS: Final = Lints()
