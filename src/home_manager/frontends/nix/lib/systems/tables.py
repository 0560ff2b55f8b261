"""The processors, kernels, interfaces and vendors that platforms consist of, as values of the language."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from home_manager.frontends.nix.lib.arguments import flag_of, select
from home_manager.values import Attrs, Builtin, Value


@cache
def tables() -> dict[str, Any]:
    """Facts by topic, as nixpkgs has them."""
    found: dict[str, Any] = json.loads(Path(__file__).with_name("tables.json").read_text(encoding="utf-8"))
    return found


def value_of(data: Any) -> Value:
    """Data of JSON as a value of the language."""
    if isinstance(data, dict):
        return Attrs({name: value_of(item) for name, item in data.items()})
    return [value_of(item) for item in data] if isinstance(data, list) else data


def tagged(kind: str, name: str, attributes: dict[str, Value] | None = None) -> Attrs:
    return Attrs({"_type": kind, "name": name, **(attributes or {})})


@cache
def significant_bytes() -> Attrs:
    return Attrs({name: tagged("significant-byte", name) for name in ("bigEndian", "littleEndian")})


@cache
def cpu_types() -> Attrs:
    result = Attrs()
    for name, facts in tables()["cpus"].items():
        attributes = dict(facts)
        if "significantByte" in attributes:
            attributes["significantByte"] = significant_bytes()[attributes["significantByte"]]
        result[name] = tagged("cpu-type", attributes.pop("name", name), attributes)
    return result


@cache
def vendors() -> Attrs:
    return Attrs({name: tagged("vendor", name) for name in tables()["vendors"]})


@cache
def exec_formats() -> Attrs:
    return Attrs({name: tagged("exec-format", name) for name in tables()["formats"]})


@cache
def kernel_families() -> Attrs:
    return Attrs({name: tagged("exec-format", name) for name in ("bsd", "darwin")})


@cache
def kernels() -> Attrs:
    result = Attrs()
    for name, facts in tables()["kernels"].items():
        families = Attrs({family: kernel_families()[family] for family in facts["families"]})
        attributes: dict[str, Value] = {"execFormat": exec_formats()[facts["format"]], "families": families}
        result[name] = tagged("kernel", facts.get("name", name), attributes)
    return result


def assertion(message: str, *predicates: str) -> Attrs:
    """Refuses a platform for which all predicates hold."""

    def holds(platform: Value) -> Value:
        return not all([flag_of(select(platform, predicate)) for predicate in predicates])

    return Attrs({"assertion": Builtin("assertion", 1, holds), "message": message})


ASSERTIONS: dict[str, list[Value]] = {
    "android": [
        assertion('The "android" ABI is not for 32-bit ARM. Use "androideabi" instead.\n', "isAarch32"),
    ],
    "gnu": [
        assertion(
            'The "gnu" ABI is ambiguous on 32-bit ARM. Use "gnueabi" or "gnueabihf" instead.\n',
            "isAarch32",
        ),
        assertion(
            'The "gnu" ABI is ambiguous on big-endian 64-bit PowerPC. Use "gnuabielfv2" or "gnuabielfv1" instead.\n',
            "isPower64",
            "isBigEndian",
        ),
    ],
}


@cache
def plain_abis() -> Attrs:
    """The interfaces without what they refuse, which is how they are compared."""
    return Attrs({name: tagged("abi", name, facts) for name, facts in tables()["abis"].items()})


@cache
def abis() -> Attrs:
    result = Attrs(plain_abis())
    for name, assertions in ASSERTIONS.items():
        result[name] = Attrs({**tagged("abi", name), "assertions": assertions})
    return result
