"""The names of `lib.systems`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import attrs_of, equal, select, string_of
from home_manager.frontends.nix.lib.systems.elaborate import FUNCTIONS, architecture_runs, elaborate, gcc
from home_manager.frontends.nix.lib.systems.inspect import inspect_topic, predicate
from home_manager.frontends.nix.lib.systems.parse import double_of, parse_topic, system_from_string
from home_manager.frontends.nix.lib.systems.platform import FEATURES, feature_support
from home_manager.frontends.nix.lib.systems.tables import tables, value_of
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.nix.evaluation import call
from home_manager.values import MISSING, Attrs, Builtin, OpenAttrs, Value
from home_manager.values.lazy import force

if TYPE_CHECKING:
    from collections.abc import Iterable

    from home_manager.frontends.nix.lib.library import Library

DOUBLES = {
    "arm": "isAarch32", "armv7": "isArmv7", "aarch": "isAarch", "aarch64": "isAarch64", "x86": "isx86",
    "i686": "isi686", "x86_64": "isx86_64", "microblaze": "isMicroBlaze", "mips": "isMips", "mmix": "isMmix",
    "power": "isPower", "riscv": "isRiscV", "riscv32": "isRiscV32", "riscv64": "isRiscV64", "rx": "isRx",
    "vc4": "isVc4", "or1k": "isOr1k", "m68k": "isM68k", "arc": "isArc", "sh4": "isSh4", "s390": "isS390",
    "s390x": "isS390x", "loongarch64": "isLoongArch64", "js": "isJavaScript", "bigEndian": "isBigEndian",
    "littleEndian": "isLittleEndian", "cygwin": "isCygwin", "darwin": "isDarwin", "freebsd": "isFreeBSD",
    "illumos": "isSunOS", "linux": "isLinux", "netbsd": "isNetBSD", "openbsd": "isOpenBSD", "unix": "isUnix",
    "wasi": "isWasi", "redox": "isRedox", "windows": "isWindows", "genode": "isGenode", "uefi": "isUefi",
    "embedded": "isNone",
}  # fmt: skip
GNU = ("gnu", "gnueabi", "gnueabihf", "gnuabin32", "gnuabi64", "gnuabielfv1", "gnuabielfv2")

topic = Topic()
topic.constant("functionNames", list(FUNCTIONS))
topic.bound("elaborate", 1)(elaborate)


class Doubles(OpenAttrs):
    """`lib.platforms`: lists of the names of platforms."""

    __slots__ = ()

    def names(self) -> Iterable[str]:
        return ["all", "none", "gnu", *DOUBLES]

    def find(self, name: str) -> Value:
        everything: list[str] = tables()["doubles"]
        if name == "all":
            return list(everything)
        if name == "none":
            return []
        parsed = [system_from_string(text) for text in everything]
        if name == "gnu":
            gnu = [system for system in parsed if predicate("isLinux", system)]
            return [
                double_of(system)
                for abi in GNU
                for system in gnu
                if force(select(select(system, "abi"), "name")) == abi
            ]
        if name not in DOUBLES:
            return MISSING
        return [double_of(system) for system in parsed if predicate(DOUBLES[name], system)]


topic.entries["doubles"] = lambda library: Doubles()
topic.entries["inspect"] = lambda library: inspect_topic()
topic.entries["flakeExposed"] = lambda library: list(tables()["exposed"])
topic.entries["examples"] = lambda library: value_of(tables()["examples"])


@topic.value("parse")
def parse(library: Library) -> Value:
    result = parse_topic()
    result["types"] = component_types(library, result)
    return result


def component_types(library: Library, parse: Attrs) -> Attrs:
    """The types of a platform's parts: the open ones, and those of the parts that are known."""
    types, one = library.topic("types"), library.topic("options")["mergeOneOption"]

    def opened(name: str, description: str) -> Value:
        return call(types["mkOptionType"], Attrs({"name": name, "description": description, "merge": one}))

    def closed(table: str) -> Value:
        values = attrs_of(parse[table])
        return call(types["enum"], [values[name] for name in sorted(values)])

    container = "executable container used by the kernel"
    return Attrs(
        {
            "openSignificantByte": opened("significant-byte", "Endianness"),
            "significantByte": closed("significantBytes"),
            "bitWidth": call(types["enum"], [8, 16, 32, 64, 128]),
            "openCpuType": opened("cpu-type", "instruction set architecture name and information"),
            "cpuType": closed("cpuTypes"),
            "openVendor": opened("vendor", "vendor for the platform"),
            "vendor": closed("vendors"),
            "openExecFormat": opened("exec-format", container),
            "execFormat": closed("execFormats"),
            "openKernelFamily": opened("exec-format", container),
            "kernelFamily": closed("kernelFamilies"),
            "openKernel": opened("kernel", "kernel name and information"),
            "kernel": closed("kernels"),
            "openAbi": opened("abi", "binary interface for compiled code and syscalls"),
            "abi": closed("abis"),
            "parsedPlatform": opened("system", "fully parsed representation of llvm- or nix-style platform tuple"),
        }
    )


@topic.value("platforms")
def machines(library: Library) -> Value:
    result = Attrs(attrs_of(value_of(tables()["platforms"])))
    result["select"] = Builtin(
        "select",
        1,
        lambda platform: Attrs({"gcc": gcc(platform)}),
    )
    return result


@topic.value("architectures")
def architectures(library: Library) -> Value:
    def inferior(host: Value, made_for: Value) -> Value:
        return string_of(made_for) in tables()["inferiors"].get(string_of(host), [])

    predicates = {
        name: Builtin(name, 1, lambda architecture, feature=feature: feature_support(feature, string_of(architecture)))
        for name, feature in FEATURES.items()
    }
    return Attrs(
        {
            "features": value_of(tables()["features"]),
            "inferiors": value_of(tables()["inferiors"]),
            "hasInferior": Builtin("hasInferior", 2, inferior),
            "canExecute": Builtin(
                "canExecute", 2, lambda host, made_for: architecture_runs(string_of(host), string_of(made_for))
            ),
            "predicates": Attrs(predicates),
        }
    )


@topic.function("equals", 2)
def equals(first: Value, second: Value) -> Value:
    return equal(select(first, "_withoutFunctions"), select(second, "_withoutFunctions"))


@topic.function("systemToAttrs", 1)
def system_to_attrs(system: Value) -> Value:
    value = force(system)
    return value if isinstance(value, dict) else Attrs({"system": value})
