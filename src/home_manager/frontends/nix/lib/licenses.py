"""`lib.licenses`: the licenses of packages, and expressions of several of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import flag_of, has, holds, list_of, select, string_of
from home_manager.frontends.nix.lib.lists import contains
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.nix.errors import throw
from home_manager.values import Attrs, Value
from home_manager.values.lazy import force

if TYPE_CHECKING:
    from collections.abc import Callable

topic = Topic()


def license_of(line: str) -> tuple[str, Attrs]:
    """A line of the table as a name and the attribute set of a license."""
    name, spdx, full_name, flags, short, url = (line.split("|") + [""] * 5)[:6]
    free = "n" not in flags
    result = Attrs(
        {
            "deprecated": "d" in flags,
            "free": free,
            "fullName": full_name,
            "licenseType": "simple",
            "redistributable": free or "r" in flags,
            "shortName": short or name,
        }
    )
    if spdx:
        result["spdxId"] = spdx
    if url or spdx:
        result["url"] = url or f"https://spdx.org/licenses/{spdx}.html"
    return name, result


def fill() -> None:
    """Reads the table. Its columns: attribute, SPDX identifier, full name, flags, other short name, other address.

    The flags: `n` is not free and not redistributable, `r` redistributable nevertheless, `d` a deprecated name.
    """
    for line in Path(__file__).with_name("licenses.txt").read_text(encoding="utf-8").splitlines():
        name, value = license_of(line)
        topic.constant(name, value)


fill()


def compound(operator: str) -> Callable[[Value], Value]:
    return lambda members: Attrs({"licenseType": "compound", "operator": operator, "licenses": members})


topic.function("OR", 1)(compound("OR"))
topic.function("AND", 1)(compound("AND"))
topic.function("PLUS", 1)(lambda member: Attrs({"licenseType": "plus", "operator": "+", "license": member}))
topic.function("WITH", 2)(
    lambda member, exception: Attrs(
        {"licenseType": "exception", "operator": "WITH", "license": member, "exception": exception}
    )
)


def evaluated(property_of: Callable[[Value], bool], permissive: bool, value: Value) -> bool:
    """A property of an expression of licenses; `permissive` says whether one alternative is enough."""
    kind = force(select(value, "licenseType"))
    if kind == "simple":
        return property_of(value)
    if kind == "plus":
        return evaluated(property_of, permissive, select(value, "license"))
    if kind == "exception":
        members = [select(value, "license"), select(value, "exception")]
        return all([evaluated(property_of, permissive, member) for member in members])
    if kind != "compound":
        raise throw("Unknown license type or legacy license")
    found = [evaluated(property_of, permissive, member) for member in list_of(select(value, "licenses"))]
    operator = force(select(value, "operator"))
    if operator not in ("OR", "AND"):
        raise throw("Unknown license operator")
    return any(found) if (operator == "OR") == permissive else all(found)


@topic.function("evaluateProperty", 3)
def evaluate_property(predicate: Value, permissive: Value, value: Value) -> Value:
    return evaluated(lambda member: holds(predicate, member), flag_of(permissive), value)


@topic.function("evaluateNamedProperty", 3)
def evaluate_named_property(name: Value, permissive: Value, value: Value) -> Value:
    wanted = string_of(name)
    return evaluated(lambda member: flag_of(select(member, wanted)), flag_of(permissive), value)


topic.function("isFree", 1)(lambda value: evaluated(lambda member: flag_of(select(member, "free")), True, value))
topic.function("isRedistributable", 1)(
    lambda value: evaluated(lambda member: flag_of(select(member, "redistributable")), True, value)
)
topic.function("containsLicenses", 2)(
    lambda wanted, value: evaluated(lambda member: contains(list_of(wanted), member), False, value)
)


def spdx(value: Value) -> str:
    """The SPDX expression of a license."""
    kind = force(select(value, "licenseType"))
    if kind == "simple":
        if has(value, "spdxId"):
            return string_of(select(value, "spdxId"))
        return f"LicenseRef-nixos-{string_of(select(value, 'shortName'))}"
    if kind == "compound":
        operator = string_of(select(value, "operator"))
        return f" {operator} ".join([bracketed(member) for member in list_of(select(value, "licenses"))])
    operator = string_of(select(value, "operator"))
    if kind == "exception":
        return f"{bracketed(select(value, 'license'))} {operator} {bracketed(select(value, 'exception'))}"
    if kind == "plus":
        return f"{bracketed(select(value, 'license'))}{operator}"
    raise throw("Unknown license type")


def bracketed(value: Value) -> str:
    text = spdx(value)
    return f"({text})" if force(select(value, "licenseType")) in ("compound", "exception") else text


topic.function("toSPDX", 1)(spdx)
