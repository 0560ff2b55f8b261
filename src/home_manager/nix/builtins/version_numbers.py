"""Versions and package names: `compareVersions`, `splitVersion`, `parseDrvName`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from home_manager.nix.operations import expect_plain_string
from home_manager.values import Attrs, Builtin, Value

if TYPE_CHECKING:
    from home_manager.nix.builtins.evaluator_services import EvaluatorServices

_COMPONENT = re.compile(r"[0-9]+|[^0-9.\-]+")
_NAME_END = re.compile(r"-(?=[^a-zA-Z])", re.DOTALL)
_INT_MAX = 2**31 - 1


def components(version: str) -> list[str]:
    """The parts that versions are compared by: runs of digits and runs of anything else but `.` and `-`."""
    return _COMPONENT.findall(version)


def _number(component: str) -> int | None:
    """The component as the original's 32-bit integer."""
    if component.isascii() and component.isdigit():
        value = int(component)
        return value if value <= _INT_MAX else None
    return None


def _less(left: str, right: str) -> bool:
    left_number, right_number = _number(left), _number(right)
    if left_number is not None and right_number is not None:
        return left_number < right_number
    if left == "" and right_number is not None:
        return True
    if left == "pre" and right != "pre":
        return True
    if right == "pre":
        return False
    # "2.3a" comes before "2.3.1".
    if right_number is not None:
        return True
    if left_number is not None:
        return False
    return left < right


def compare_versions(left: str, right: str) -> int:
    """-1, 0 or 1: which of two versions is the older one."""
    left_parts, right_parts = components(left), components(right)
    for index in range(max(len(left_parts), len(right_parts))):
        one = left_parts[index] if index < len(left_parts) else ""
        other = right_parts[index] if index < len(right_parts) else ""
        if _less(one, other):
            return -1
        if _less(other, one):
            return 1
    return 0


def parse_name(text: str) -> tuple[str, str]:
    """Name and version of a package: they part at the first dash that no letter follows."""
    found = _NAME_END.search(text)
    return (text, "") if found is None else (text[: found.start()], text[found.end() :])


def _compare(left: Value, right: Value) -> Value:
    first = expect_plain_string(left, "while evaluating the first argument passed to builtins.compareVersions")
    second = expect_plain_string(right, "while evaluating the second argument passed to builtins.compareVersions")
    return compare_versions(first, second)


def _split(version: Value) -> Value:
    return components(
        expect_plain_string(version, "while evaluating the first argument passed to builtins.splitVersion")
    )


def _parse(name: Value) -> Value:
    parsed = parse_name(
        expect_plain_string(name, "while evaluating the first argument passed to builtins.parseDrvName")
    )
    return Attrs({"name": parsed[0], "version": parsed[1]})


def builtins(ev: EvaluatorServices) -> Iterable[Builtin | tuple[str, Value]]:
    """The built-ins of this topic."""
    return (
        Builtin("compareVersions", 2, _compare),
        Builtin("splitVersion", 1, _split),
        Builtin("parseDrvName", 1, _parse),
    )
