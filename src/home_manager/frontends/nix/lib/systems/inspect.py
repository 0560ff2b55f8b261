"""`lib.systems.inspect`: patterns of platforms, and whether one fits."""

from __future__ import annotations

from functools import cache

from home_manager.frontends.nix.lib.arguments import attrs_of, to_json
from home_manager.frontends.nix.lib.attrset_paths import matches
from home_manager.frontends.nix.lib.systems.tables import (
    cpu_types,
    exec_formats,
    kernel_families,
    kernels,
    plain_abis,
    significant_bytes,
)
from home_manager.nix.errors import throw
from home_manager.nix.evaluation import equal
from home_manager.values import Attrs, Builtin, Value
from home_manager.values.lazy import force

FAMILIES = {
    "isx86": "x86", "isPower": "power", "isAarch": "arm", "isMicroBlaze": "microblaze", "isMips": "mips",
    "isMmix": "mmix", "isRiscV": "riscv", "isRx": "rx", "isSparc": "sparc", "isWasm": "wasm", "isMsp430": "msp430",
    "isVc4": "vc4", "isAvr": "avr", "isAlpha": "alpha", "isOr1k": "or1k", "isM68k": "m68k", "isArc": "arc",
    "isSh4": "sh", "isS390": "s390",
}  # fmt: skip
SIZED_FAMILIES = {
    "isx86_32": ("x86", 32), "isx86_64": ("x86", 64), "isPower64": ("power", 64), "isAarch32": ("arm", 32),
    "isAarch64": ("arm", 64), "isMips32": ("mips", 32), "isMips64": ("mips", 64), "isRiscV32": ("riscv", 32),
    "isRiscV64": ("riscv", 64), "isSparc64": ("sparc", 64), "isS390x": ("s390", 64),
    "isLoongArch64": ("loongarch", 64),
}  # fmt: skip
KERNELS = {
    "isMacOS": "macos", "isiOS": "ios", "isLinux": "linux", "isSunOS": "solaris", "isNetBSD": "netbsd",
    "isOpenBSD": "openbsd", "isWindows": "windows", "isCygwin": "cygwin", "isWasi": "wasi", "isRedox": "redox",
    "isGhcjs": "ghcjs", "isGenode": "genode", "isNone": "none",
}  # fmt: skip
ABIS = {
    "isAndroid": ("android", "androideabi"),
    "isGnu": ("gnuabi64", "gnuabin32", "gnu", "gnueabi", "gnueabihf", "gnuabielfv1", "gnuabielfv2"),
    "isMusl": ("musl", "musleabi", "musleabihf", "muslabin32", "muslabi64"),
    "isUClibc": ("uclibc", "uclibceabi", "uclibceabihf"),
}
FORMATS = {"isElf": "elf", "isMacho": "macho", "isPE": "pe"}
UNIX = ("isBSD", "isDarwin", "isLinux", "isSunOS", "isCygwin", "isRedox")


def part(component: str, /, **attributes: Value) -> Attrs:
    return Attrs({component: Attrs(attributes)})


@cache
def patterns() -> Attrs:
    """Each predicate as a pattern, or a list of patterns of which one must fit."""
    result = Attrs({name: part("cpu", family=family) for name, family in FAMILIES.items()})
    for name, (family, bits) in SIZED_FAMILIES.items():
        result[name] = part("cpu", family=family, bits=bits)
    for name, kernel in KERNELS.items():
        result[name] = Attrs({"kernel": kernels()[kernel]})
    for name, abis in ABIS.items():
        result[name] = [Attrs({"abi": plain_abis()[abi]}) for abi in abis]
    for name, file_format in FORMATS.items():
        result[name] = part("kernel", execFormat=exec_formats()[file_format])
    for name, bits in {"is32bit": 32, "is64bit": 64}.items():
        result[name] = part("cpu", bits=bits)
    for name, order in {"isBigEndian": "bigEndian", "isLittleEndian": "littleEndian"}.items():
        result[name] = part("cpu", significantByte=significant_bytes()[order])
    for name, family in {"isBSD": "bsd", "isDarwin": "darwin"}.items():
        result[name] = part("kernel", families=Attrs({family: kernel_families()[family]}))
    for name, abi in {"isMips64n32": "n32", "isMips64n64": "64"}.items():
        result[name] = Attrs({**part("cpu", family="mips", bits=64), **part("abi", abi=abi)})
    arches = [attrs_of(cpu_types()[name]).get("arch", "") for name in sorted(cpu_types())]
    version_7 = [arch for arch in arches if isinstance(arch, str) and arch.startswith("armv7")]
    efi: list[Value] = [part("cpu", family="arm", version=version) for version in "678"]
    result.update(
        {
            "isi686": Attrs({"cpu": cpu_types()["i686"]}),
            "isJavaScript": Attrs({"cpu": cpu_types()["javascript"]}),
            "isAbiElfv1": part("abi", abi="elfv1"),
            "isAbiElfv2": [
                part("abi", abi="elfv2"),
                Attrs({**part("abi", name="musl"), **part("cpu", family="power", bits=64)}),
            ],
            "isArmv7": [part("cpu", arch=arch) for arch in version_7],
            "isILP32": [
                part("cpu", family="wasm", bits=32),
                *[part("abi", abi=abi) for abi in ("n32", "ilp32", "x32")],
            ],
            "isFreeBSD": part("kernel", name="freebsd"),
            "isMinGW": Attrs({"kernel": kernels()["windows"], "abi": plain_abis()["gnu"]}),
            "isMsvc": Attrs({"kernel": kernels()["windows"], "abi": plain_abis()["msvc"]}),
            "isEfi": efi + [part("cpu", family=family) for family in ("riscv", "x86", "loongarch")],
            "isUefi": [Attrs({"kernel": kernels()["uefi"]})],
            "isEabi": part("abi", eabi=True),
        }
    )
    result["isUnix"] = [result[name] for name in UNIX]
    return result


def fits(pattern: Value, system: dict[str, Value]) -> bool:
    """Whether a parsed platform fits a pattern or one of several."""
    value = force(pattern)
    if isinstance(value, list):
        return any([matches(attrs_of(item), system) for item in value])
    return matches(attrs_of(value), system)


def predicate(name: str, system: dict[str, Value]) -> bool:
    return fits(patterns()[name], system)


def both(first: Value, second: Value) -> Value:
    """The patterns that fit where a pattern of each list does."""
    left, right = force(first), force(second)
    return [
        combined([], attrs_of(a), attrs_of(b))
        for a in (left if isinstance(left, list) else [left])
        for b in (right if isinstance(right, list) else [right])
    ]


def combined(path: list[str], a: dict[str, Value], b: dict[str, Value]) -> Attrs:
    result = Attrs({**a, **b})
    for name in a:
        if name not in b:
            continue
        here = [*path, name]
        left, right = attrs_of(a[name]), attrs_of(b[name])
        shared = [key for key in left if key in right]
        if shared and not equal(left, right):
            raise throw(f"pattern conflict at path {' '.join(here)}:\n  {to_json(left)}\n  {to_json(right)}\n")
    return result


def inspect_topic() -> Attrs:
    """`lib.systems.inspect`"""
    predicates = Attrs(
        {
            name: Builtin(name, 1, lambda system, pattern=pattern: fits(pattern, attrs_of(system)))
            for name, pattern in patterns().items()
        }
    )
    return Attrs(
        {
            "patterns": patterns(),
            "predicates": predicates,
            "matchAnyAttrs": Builtin("matchAnyAttrs", 2, lambda pattern, system: fits(pattern, attrs_of(system))),
            "patternLogicalAnd": Builtin("patternLogicalAnd", 2, both),
            "platformPatterns": Attrs({"isStatic": Attrs({"parsed": Attrs(), "isStatic": True})}),
        }
    )
