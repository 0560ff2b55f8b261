"""`lib.systems.parse`: from the name of a platform to its parts and back."""

from __future__ import annotations

import re
from collections.abc import Callable

from home_manager.frontends.nix.lib.arguments import attribute, attrs_of, equal, has, list_of, select, string_of
from home_manager.frontends.nix.lib.options import is_tagged
from home_manager.frontends.nix.lib.systems.inspect import predicate
from home_manager.frontends.nix.lib.systems.tables import (
    abis,
    cpu_types,
    exec_formats,
    kernel_families,
    kernels,
    significant_bytes,
    vendors,
)
from home_manager.nix.errors import assertion_failed, throw
from home_manager.values import Attrs, Builtin, Value

RUNS_ON = {
    "i386": "i486", "i486": "i586", "i586": "i686", "i686": "x86_64", "arm": "armv5tel", "armv5tel": "armv6l",
    "armv6m": "armv6l", "armv6l": "armv7l", "armv7l": ("armv7a", "armv7r"), "armv7m": ("armv7a", "armv7r"),
    "armv8a": "aarch64", "powerpc": "powerpc64", "powerpcle": "powerpc64le", "mips": "mips64", "mipsel": "mips64el",
    "sparc": "sparc64",
}  # fmt: skip
"""The processors that also run what was made for one, nearest first."""

MUSL = {
    "gnueabi": "musleabi", "gnueabihf": "musleabihf", "gnuabin32": "muslabin32", "gnuabi64": "muslabi64",
    "musleabi": "musleabi", "musleabihf": "musleabihf", "muslabin32": "muslabin32", "muslabi64": "muslabi64",
}  # fmt: skip
VENDOR_IN_THE_MIDDLE = ("redox", "mmixware", "ghcjs", "mingw32", "uefi", "cygwin")
NUMBERED_KERNELS = ("freebsd", "netbsd", "openbsd", "genode")


def compatible(host: str, made_for: str) -> bool:
    """Whether a processor runs what was made for another one."""
    if host == made_for:
        return True
    wider = RUNS_ON.get(made_for, ())
    return any([compatible(host, name) for name in ((wider,) if isinstance(wider, str) else wider)])


def skeleton(parts: list[str]) -> dict[str, str]:
    """The parts of a name, by what they say; a short name leaves some out."""
    text = "-".join(parts)
    match parts:
        case ["avr"]:
            return {"cpu": "avr", "kernel": "none", "abi": "unknown"}
        case [_]:
            raise throw(f"system string '{text}' with 1 component is ambiguous")
        case [cpu, "cygwin"]:
            return {"cpu": cpu, "vendor": "pc", "kernel": "cygwin"}
        case [cpu, "windows"]:
            return {"cpu": cpu, "kernel": "windows", "abi": "msvc"}
        case [cpu, "elf"]:
            return {"cpu": cpu, "vendor": "unknown", "kernel": "none", "abi": "elf"}
        case [cpu, kernel]:
            return {"cpu": cpu, "kernel": kernel}
        case [cpu, middle, last]:
            if middle == "linux" or last in ("eabi", "eabihf", "elf", "gnu"):
                return {"cpu": cpu, "kernel": middle, "abi": last, "vendor": "unknown"}
            known = middle == "apple" or last in VENDOR_IN_THE_MIDDLE or cpu.startswith("wasm32")
            if known or last.startswith(NUMBERED_KERNELS):
                return {"cpu": cpu, "vendor": middle, "kernel": "windows" if last == "mingw32" else last}
            raise throw(f"system string '{text}' with 3 components is ambiguous")
        case [cpu, vendor, kernel, abi]:
            return {"cpu": cpu, "vendor": vendor, "kernel": kernel, "abi": abi}
    raise throw(f"system string '{text}' has invalid number of hyphen-separated components")


def known(table: Attrs, what: str, name: str) -> Value:
    if name not in table:
        raise throw(f"Unknown {what}: {name}")
    return table[name]


def older_than_6(version: str) -> bool:
    return int(re.match("[0-9]*", version)[0] or 0) < 6  # type: ignore[index]


def system_of(parts: dict[str, str]) -> Attrs:
    """A platform, what its name leaves out filled in by custom."""
    system = Attrs({"cpu": known(cpu_types(), "CPU type", parts["cpu"])})
    kernel = parts["kernel"]
    for family in ("darwin", "netbsd"):
        kernel = family if kernel.startswith(family) else kernel
    without_abi = re.fullmatch("(.*)e?abi.*", kernel)
    system["kernel"] = known(kernels(), "kernel", without_abi[1] if without_abi else kernel)

    def holds(name: str) -> bool:
        return predicate(name, system)

    if "vendor" in parts:
        system["vendor"] = known(vendors(), "vendor", parts["vendor"])
    elif holds("isDarwin"):
        system["vendor"] = vendors()["apple"]
    else:
        system["vendor"] = vendors()["pc" if holds("isWindows") or holds("isCygwin") else "unknown"]
    abi = parts.get("abi")
    if abi is None:
        abi = "unknown"
        if holds("isLinux") or holds("isWindows"):
            abi = "gnu"
            if holds("isAarch32"):
                version = string_of(attribute(system["cpu"], "version", "0"))
                abi = "gnueabi" if older_than_6(version) else "gnueabihf"
            elif holds("isPower64") and holds("isBigEndian"):
                abi = "gnuabielfv1"
    system["abi"] = known(abis(), "ABI", abi)
    system["_type"] = "system"
    return system


def system_from_string(text: Value) -> Attrs:
    return system_of(skeleton(string_of(text).split("-")))


def name_of(value: Value) -> str:
    return string_of(select(value, "name"))


def kernel_name(kernel: Value) -> str:
    version = attribute(kernel, "version", "")
    return name_of(kernel) + (version if isinstance(version, str) else str(version))


def darwin_arch(cpu: Value) -> str:
    name = name_of(cpu)
    return "arm64" if name == "aarch64" else name


def is_darwin(kernel: Value) -> bool:
    return has(select(kernel, "families"), "darwin")


def double_of(system: Value) -> str:
    """`cpu-kernel`, as Nix names platforms."""
    cpu, kernel = name_of(select(system, "cpu")), select(system, "kernel")
    return f"{cpu}-darwin" if is_darwin(kernel) else f"{cpu}-{kernel_name(kernel)}"


def default_format(cpu: Value) -> Value:
    """The format of programs that NetBSD has where its name does not say."""
    old = attribute(cpu, "bits") == 32 and attribute(cpu, "family") in ("arm", "sparc", "m68k", "x86")
    return exec_formats()["aout" if old else "elf"]


def triple_of(system: Value) -> str:
    """`cpu-vendor-kernel-abi`, as compilers name platforms."""
    if not is_tagged(system, "system"):
        raise assertion_failed("assertion failed")
    cpu, kernel, abi = select(system, "cpu"), select(system, "kernel"), name_of(select(system, "abi"))
    file_format = ""
    if name_of(kernel) == "netbsd" and not equal(default_format(cpu), select(kernel, "execFormat")):
        file_format = name_of(select(kernel, "execFormat"))
    name = darwin_arch(cpu) if is_darwin(kernel) else name_of(cpu)
    vendor = name_of(select(system, "vendor"))
    return f"{name}-{vendor}-{kernel_name(kernel)}{file_format}" + ("" if abi == "unknown" else f"-{abi}")


def musl_system(system: Value) -> Attrs:
    source = attrs_of(system)
    name = MUSL.get(name_of(select(source, "abi")), "musl")
    return Attrs({**source, "abi": abis()[name]})


def parts_of(value: Value) -> dict[str, str]:
    return {name: string_of(item) for name, item in attrs_of(value).items()}


def parse_topic() -> Attrs:
    """`lib.systems.parse`, without its types."""
    functions: dict[str, tuple[int, Callable[..., Value]]] = {
        "darwinArch": (1, darwin_arch),
        "doubleFromSystem": (1, double_of),
        "gnuNetBSDDefaultExecFormat": (1, default_format),
        "isCompatible": (2, lambda host, made_for: compatible(name_of(host), name_of(made_for))),
        "isSystem": (1, lambda value: is_tagged(value, "system")),
        "kernelName": (1, kernel_name),
        "mkMuslSystem": (1, musl_system),
        "mkSkeletonFromList": (1, lambda parts: Attrs(skeleton([string_of(part) for part in list_of(parts)]))),
        "mkSystem": (1, lambda parts: Attrs({**attrs_of(parts), "_type": "system"})),
        "mkSystemFromSkeleton": (1, lambda parts: system_of(parts_of(parts))),
        "mkSystemFromString": (1, system_from_string),
        "tripleFromSystem": (1, triple_of),
    }
    result = Attrs({name: Builtin(name, arity, run) for name, (arity, run) in functions.items()})
    result["abis"] = abis()
    result["cpuTypes"] = cpu_types()
    result["execFormats"] = exec_formats()
    result["kernelFamilies"] = kernel_families()
    result["kernels"] = kernels()
    result["significantBytes"] = significant_bytes()
    result["vendors"] = vendors()
    return result
