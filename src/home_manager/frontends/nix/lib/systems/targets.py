"""What the compilers of Rust, Go, Node and Nim call a platform."""

from __future__ import annotations

from home_manager.frontends.nix.lib.arguments import (
    Later,
    attribute,
    attrs_of,
    has,
    joined_attrs,
    select,
    string_of,
    to_json,
)
from home_manager.frontends.nix.lib.attrset_paths import follow
from home_manager.frontends.nix.lib.systems.parse import name_of
from home_manager.frontends.nix.lib.systems.platform import Platform
from home_manager.nix.evaluation import call
from home_manager.values import MISSING, Attrs, Value
from home_manager.values.lazy import force

RUST_CPUS = {
    "armv7a": "armv7", "armv7l": "armv7", "armv6l": "arm", "armv5tel": "armv5te", "riscv32": "riscv32gc",
    "riscv64": "riscv64gc",
}  # fmt: skip
GO_CPUS = {
    "aarch64": "arm64", "arm": "arm", "armv5tel": "arm", "armv6l": "arm", "armv7l": "arm", "i686": "386",
    "loongarch64": "loong64", "mips": "mips", "mips64el": "mips64le", "mipsel": "mipsle", "powerpc64": "ppc64",
    "powerpc64le": "ppc64le", "riscv64": "riscv64", "s390x": "s390x", "x86_64": "amd64", "wasm32": "wasm",
}  # fmt: skip
NODE_SYSTEMS = (
    ("isAndroid", "android"), ("isDarwin", "darwin"), ("isFreeBSD", "freebsd"), ("isLinux", "linux"),
    ("isOpenBSD", "openbsd"), ("isSunOS", "sunos"), ("isWindows", "win32"), ("isCygwin", "win32"),
)  # fmt: skip
NIM_CPUS = (
    ("isAarch32", "arm"), ("isAarch64", "arm64"), ("isAlpha", "alpha"), ("isAvr", "avr"), ("isMips32", "mips"),
    ("isMips64", "mips64"), ("isMsp430", "msp430"), ("isPower64", "powerpc64"), ("isPower", "powerpc"),
    ("isRiscV64", "riscv64"), ("isSparc", "sparc"), ("isx86_32", "i386"), ("isx86_64", "amd64"),
)  # fmt: skip
NIM_SYSTEMS = (
    ("isAndroid", "Android"), ("isDarwin", "MacOSX"), ("isFreeBSD", "FreeBSD"), ("isGenode", "Genode"),
    ("isLinux", "Linux"), ("isNetBSD", "NetBSD"), ("isNone", "Standalone"), ("isOpenBSD", "OpenBSD"),
    ("isWindows", "Windows"), ("isiOS", "iOS"),
)  # fmt: skip


def go(platform: Platform) -> Value:
    version = attribute(platform.part("cpu"), "version", "")
    system = "wasip1" if platform.is_("isWasi") else name_of(platform.part("kernel"))
    return Attrs(
        {
            "GOARCH": GO_CPUS.get(platform.cpu()),
            "GOOS": system,
            "GOARM": version if version in ("5", "6", "7") else "",
        }
    )


def node_cpu(platform: Platform) -> Value:
    wide = "64" if platform.is_("is64bit") else ""
    little = "el" if platform.is_("isLittleEndian") else ""
    if platform.is_("isMips64") and not little:
        return None
    choices: list[tuple[str, Value]] = [("isAarch", f"arm{wide}"), ("isMips32", f"mips{little}")]
    choices += [("isMips64", "mips64el"), ("isPower", f"ppc{wide}"), ("isx86_64", "x64"), ("isx86_32", "ia32")]
    choices += [("isS390x", "s390x"), ("isRiscV64", "riscv64"), ("isLoongArch64", "loong64")]
    return platform.first(choices, None)


def node(platform: Platform) -> Value:
    return Attrs({"arch": Later(node_cpu, platform), "platform": platform.first(NODE_SYSTEMS, None)})


def nim(platform: Platform) -> Value:
    return Attrs({"cpu": platform.first(NIM_CPUS, None), "os": platform.first(NIM_SYSTEMS, None)})


def target_family(platform: Platform) -> Value:
    given = follow(["rust", "platform", "target-family"], platform.given)
    if given is not MISSING:
        return given
    given = follow(["rustc", "platform", "target-family"], platform.given)
    if given is not MISSING:
        value = force(given)
        return value if isinstance(value, list) else [value]
    names = {"unix": "isUnix", "windows": "isWindows", "wasm": "isWasm"}
    return [family for family, name in names.items() if platform.is_(name)]


def rust_platform(platform: Platform) -> Value:
    """The parts of a platform as Rust names them."""
    own = attribute(platform.rust, "platform", MISSING)
    base: Value = Attrs()
    if isinstance(own, dict):
        base = own
    else:
        file = attribute(platform.rust, "rustcTargetSpec", "")
        if isinstance(file, str) and file.endswith(".json"):
            base = call(platform.library.topic("trivial")["importJSON"], file)
    vendor = name_of(platform.part("vendor"))
    if own is not MISSING:
        cpu: Value = Later(select, own, "arch")
        system: Value = attribute(own, "os", "none")
    else:
        default = platform.cpu()
        choices = (("isAarch32", "arm"), ("isMips64", "mips64"), ("isPower64", "powerpc64"))
        cpu = platform.first(choices, default)
        system = "macos" if platform.is_("isDarwin") else name_of(platform.part("kernel"))
        if platform.is_("isWasm") and not platform.is_("isWasi"):
            system = "unknown"
    return joined_attrs(
        base,
        Attrs(
            {
                "arch": cpu,
                "os": system,
                "target-family": Later(target_family, platform),
                "vendor": attribute(own, "vendor", "pc" if vendor == "w64" else vendor),
            }
        ),
    )


def inferred_target(platform: Platform) -> str:
    cpu, abi = platform.cpu(), name_of(platform.part("abi"))
    name = attribute(attribute(platform.rust, "platform"), "arch", RUST_CPUS.get(cpu, cpu))
    if platform.is_("isWasi"):
        return f"{name}-wasip1"
    vendor = string_of(select(rust_platform(platform), "vendor"))
    target = f"{name}-{vendor}-{name_of(platform.part('kernel'))}"
    if abi == "unknown":
        return target
    return f"{target}-gnu" if cpu.startswith("powerpc") and abi.startswith("gnuabielfv") else f"{target}-{abi}"


def target_spec(platform: Platform) -> Value:
    for path in (["rust", "rustcTargetSpec"], ["rustc", "config"]):
        found = follow(path, platform.given)
        if found is not MISSING:
            return found
    if has(platform.rust, "platform"):
        name = attribute(platform.rust, "rustcTarget", MISSING)
        file = inferred_target(platform) + ".json" if name is MISSING else name
        return call(platform.library.builtin("toFile"), file, to_json(select(platform.rust, "platform")))
    found = follow(["rust", "rustcTarget"], platform.given)
    return inferred_target(platform) if found is MISSING else found


def rust(platform: Platform) -> Value:
    given = attrs_of(platform.rust)
    result = Attrs(given)

    def short() -> str:
        return string_of(select(result, "rustcTargetSpec")).rpartition("/")[2].removesuffix(".json")

    def no_std() -> bool:
        target = string_of(select(result, "rustcTarget"))
        return any([mark in target for mark in ("-none", "nvptx", "switch", "-uefi")])

    result["platform"] = Later(rust_platform, platform)
    result["rustcTargetSpec"] = Later(target_spec, platform)
    result["cargoShortTarget"] = Later(short)
    result["rustcTarget"] = given.get("rustcTarget", result["cargoShortTarget"])
    result["cargoEnvVarTarget"] = Later(lambda: short().replace("-", "_").upper())
    result["isNoStdTarget"] = Later(no_std)
    return result
