"""TOML: `fromTOML`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from home_manager.nix.builtins.text import reject_zero_byte
from home_manager.nix.errors import eval_error
from home_manager.nix.evaluation import expect_plain_string
from home_manager.nix.values import Builtin, Value

if TYPE_CHECKING:
    from home_manager.nix.evaluation import Evaluator

_INT_MAX = 2**63 - 1


def parse_toml(text: str) -> Value:
    """The value that a TOML text stands for."""
    import tomllib

    try:
        value = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise eval_error(f"while parsing TOML: {error}", code="nix-toml") from None
    except (ValueError, RecursionError) as error:
        # Python's limit on the digits of one number, and on nesting.
        raise eval_error(f"while parsing TOML: {error}", code="nix-toml") from None
    _check(value)
    return value


def _check(value: Value) -> None:
    """Refuses what TOML has and the language has not: dates, integers beyond 64 bits, zero bytes."""
    todo: list[Value] = [value]
    while todo:
        item = todo.pop()
        if isinstance(item, dict):
            for name, inner in item.items():
                reject_zero_byte(name)
                todo.append(inner)
        elif isinstance(item, list):
            todo.extend(item)
        elif isinstance(item, str):
            reject_zero_byte(item)
        elif isinstance(item, int):
            if not -_INT_MAX - 1 <= item <= _INT_MAX:
                raise eval_error(f"while parsing TOML: the integer {item} does not fit in 64 bits", code="nix-toml")
        elif not isinstance(item, float):
            raise eval_error("while parsing TOML: Dates and times are not supported", code="nix-toml")


def _from_toml(text: Value) -> Value:
    return parse_toml(expect_plain_string(text, "while evaluating the argument passed to builtins.fromTOML"))


def builtins(ev: Evaluator) -> Iterable[Builtin | tuple[str, Value]]:
    """The built-ins of this topic."""
    return (Builtin("fromTOML", 1, _from_toml),)
