"""`lib.systems.elaborate`: everything that follows from the name of a platform, made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import (
    Later,
    attribute,
    attrs_of,
    equal,
    flag_of,
    has,
    list_of,
    select,
    string_of,
)
from home_manager.frontends.nix.lib.attrset_paths import follow
from home_manager.frontends.nix.lib.systems import targets
from home_manager.frontends.nix.lib.systems.parse import (
    compatible,
    darwin_arch,
    double_of,
    name_of,
    older_than_6,
    system_from_string,
    triple_of,
)
from home_manager.frontends.nix.lib.systems.platform import Platform
from home_manager.frontends.nix.lib.systems.tables import tables, value_of
from home_manager.nix.errors import assertion_failed, throw
from home_manager.nix.evaluation import call
from home_manager.values import MISSING, Attrs, Builtin, Value
from home_manager.values.lazy import force

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library

FUNCTIONS = ("canExecute", "emulator", "emulatorAvailable", "staticEmulatorAvailable")
LIBC = (
    ("isDarwin", "libSystem"), ("isMsvc", "ucrt"), ("isMinGW", "msvcrt"), ("isCygwin", "cygwin"),
    ("isWasi", "wasilibc"), ("isWasm", None), ("isRedox", "relibc"), ("isMusl", "musl"), ("isUClibc", "uclibc"),
    ("isAndroid", "bionic"), ("isLinux", "glibc"), ("isFreeBSD", "fblibc"), ("isOpenBSD", "oblibc"),
    ("isNetBSD", "nblibc"), ("isAvr", "avrlibc"), ("isGhcjs", None), ("isNone", "newlib"),
)  # fmt: skip
LINUX_ARCH = (
    ("isAarch32", "arm"), ("isAarch64", "arm64"), ("isx86_32", "i386"), ("isx86_64", "x86_64"),
    ("isMicroBlaze", "microblaze"), ("isMips32", "mips"), ("isMips64", "mips"), ("isPower", "powerpc"),
    ("isRiscV", "riscv"), ("isSh4", "sh"), ("isS390", "s390"), ("isLoongArch64", "loongarch"),
)  # fmt: skip
EFI_ARCH = (("isx86_32", "ia32"), ("isx86_64", "x64"), ("isAarch32", "arm"), ("isAarch64", "aa64"))
SHARED = (
    "isAndroid", "isGnu", "isMusl", "isDarwin", "isSunOS", "isOpenBSD", "isFreeBSD", "isNetBSD", "isCygwin", "isMinGW",
    "isWindows", "isWasm",
)  # fmt: skip
KERNEL_NAMES = {
    "linux": "Linux", "windows": "Windows", "cygwin": "CYGWIN_NT", "darwin": "Darwin", "netbsd": "NetBSD",
    "freebsd": "FreeBSD", "openbsd": "OpenBSD", "wasi": "Wasi", "redox": "Redox", "genode": "Genode",
}  # fmt: skip


def architecture_runs(host: str, made_for: str) -> bool:
    return host == made_for or made_for in tables()["inferiors"].get(host, [])


def parsed(platform: Platform) -> Value:
    if platform.name_given is MISSING:
        raise throw("elaborate: a platform needs a `system` or a `config`")
    return system_from_string(platform.name_given)


def can_execute(platform: Platform, other: Value) -> Value:
    mine, theirs = attrs_of(platform["parsed"]), attrs_of(select(other, "parsed"))
    if platform.is_("isAndroid") != flag_of(select(other, "isAndroid")):
        return False
    cpu, other_cpu = platform.cpu(), name_of(select(theirs, "cpu"))
    if not compatible(cpu, other_cpu) or not equal(mine["kernel"], select(theirs, "kernel")):
        return False
    wanted, arch = follow(["gcc", "arch"], other), follow(["gcc", "arch"], platform)
    if cpu != other_cpu or wanted is MISSING:
        return True
    return arch is not MISSING and architecture_runs(string_of(arch), string_of(wanted))


def extensions(platform: Platform) -> Value:
    static = ".lib" if platform.is_("isWindows") else ".a"
    windows = platform.is_("isWindows") or platform.is_("isCygwin")
    result = Attrs({"staticLibrary": static, "executable": ".exe" if windows else ""})
    if platform.is_("hasSharedLibraries"):
        result["sharedLibrary"] = ".dylib" if platform.is_("isDarwin") else ".dll" if windows else ".so"
    result["library"] = static if platform.is_("isStatic") else Later(select, result, "sharedLibrary")
    return result


def processor(platform: Platform) -> Value:
    """What `uname -p` says."""
    little = "le" if platform.is_("isLittleEndian") else ""
    if platform.is_("isPower64"):
        return f"ppc64{little}"
    if platform.is_("isPower"):
        return f"ppc{little}"
    if platform.is_("isMips64"):
        return "mips64"
    return platform["darwinArch"] if platform.is_("isDarwin") else platform.cpu()


def uname(platform: Platform) -> Value:
    kernel = name_of(platform.part("kernel"))
    return Attrs({"system": KERNEL_NAMES.get(kernel), "processor": Later(processor, platform), "release": None})


def gcc(platform: Platform) -> Value:
    """The compiler's settings that are customary for a processor."""
    machines = tables()["platforms"]
    choice = ""
    if platform.is_("isAarch32"):
        version = attribute(platform.part("cpu"), "version")
        if version is not None:
            old, six = older_than_6(string_of(version)), string_of(version).startswith("6")
            choice = "armv5tel-multiplatform" if old else "raspberrypi" if six else "armv7l-hf-multiplatform"
    elif platform.is_("isAarch64"):
        choice = "apple-m1" if platform.is_("isDarwin") else "aarch64-multiplatform"
    elif platform.is_("isLoongArch64"):
        choice = "loongarch64-multiplatform"
    elif platform.cpu() == "mipsel":
        return value_of(tables()["examples"]["mipsel-linux-gnu"].get("gcc", {}))
    return value_of(machines[choice]["gcc"]) if choice else Attrs()


def qemu_arch(platform: Platform) -> Value:
    little = "el" if platform.is_("isLittleEndian") else ""
    if platform.is_("isAarch64"):
        return "aarch64_be" if platform.is_("isBigEndian") else "aarch64"
    if platform.is_("isS390") and not platform.is_("isS390x"):
        return None
    choices: list[tuple[str, Value]] = [("isAarch32", "arm"), ("isx86_64", "x86_64"), ("isx86", "i386")]
    choices += [("isMips64n32", f"mipsn32{little}"), ("isMips64", f"mips64{little}")]
    found = platform.first(choices, MISSING)
    return select(platform["uname"], "processor") if found is MISSING else found


def emulator(platform: Platform, packages: Value) -> Value:
    """The program that runs this platform's programs on the host, or null."""
    host = select(select(packages, "stdenv"), "hostPlatform")
    if flag_of(call(select(host, "canExecute"), platform)):
        script = call(select(packages, "writeShellScriptBin"), "exec", 'exec "$@"')
        return call(platform.library.topic("meta")["getExe"], script)

    def program(package: Value, path: str) -> Value:
        return f"{string_of(select(package, 'outPath'))}/bin/{path}"

    if platform.is_("isWindows"):
        wine = call(select(packages, "winePackagesFor"), f"wine{attribute(platform.part('cpu'), 'bits')}")
        return program(select(wine, "minimal"), "wine")
    if platform.is_("isLinux") and flag_of(select(host, "isLinux")) and force(platform["qemuArch"]) is not None:
        return program(select(packages, "qemu-user"), f"qemu-{platform.text('qemuArch')}")
    for name, package, path in (
        ("isWasi", "wasmtime", "wasmtime"),
        ("isGhcjs", "nodejs-slim", "node"),
        ("isMmix", "mmixware", "mmix"),
    ):
        if platform.is_(name):
            return program(select(packages, package), path)
    return None


def known_emulator(platform: Platform, packages: Value) -> Value:
    found = emulator(platform, packages)
    if found is None:
        raise throw(f"Don't know how to run {platform.text('config')} executables.")
    return found


def static_emulator(platform: Platform, packages: Value) -> bool:
    return emulator(platform, packages) is not None and any(
        [platform.is_(name) for name in ("isLinux", "isWasi", "isMmix")]
    )


def lib_dir(platform: Platform) -> Value:
    if not platform.is_("isLinux"):
        return None
    return "lib64" if any([platform.is_(name) for name in ("isx86_64", "isMips64", "isPower64")]) else "lib"


def without_functions(platform: Platform) -> Value:
    return Attrs({name: value for name, value in platform.items() if name not in (*FUNCTIONS, "_withoutFunctions")})


def shared_libraries(platform: Platform) -> bool:
    return any([platform.is_(name) for name in SHARED]) and not platform.is_("isStatic")


def boot_arch(platform: Platform) -> Value:
    return platform.first((("isx86_32", "x86"), ("isMips64", "mips64")), platform["linuxArch"])


DARWIN_PLATFORMS = (("isMacOS", "macos"), ("isiOS", "ios"))
DARWIN_VARIABLES = (("isMacOS", "MACOSX_DEPLOYMENT_TARGET"), ("isiOS", "IPHONEOS_DEPLOYMENT_TARGET"))

PROPERTIES: dict[str, Callable[[Platform], Value]] = {
    "_withoutFunctions": without_functions,
    "androidNdkVersion": lambda p: None,
    "androidSdkVersion": lambda p: None,
    "canExecute": lambda p: Builtin("canExecute", 1, lambda other: can_execute(p, other)),
    "config": lambda p: triple_of(p["parsed"]),
    "darwinArch": lambda p: darwin_arch(p.part("cpu")),
    "darwinMinVersion": lambda p: "14.0",
    "darwinMinVersionVariable": lambda p: p.first(DARWIN_VARIABLES, None),
    "darwinPlatform": lambda p: p.first(DARWIN_PLATFORMS, None),
    "darwinSdkVersion": lambda p: p.given.get("sdkVer", "14.4"),
    "efiArch": lambda p: p.first(EFI_ARCH, p.cpu()),
    "emulator": lambda p: Builtin("emulator", 1, lambda packages: known_emulator(p, packages)),
    "emulatorAvailable": lambda p: Builtin("emulatorAvailable", 1, lambda packages: emulator(p, packages) is not None),
    "extensions": extensions,
    "gcc": gcc,
    "go": targets.go,
    "hasSharedLibraries": shared_libraries,
    "isStatic": lambda p: p.is_("isWasi") or p.is_("isRedox"),
    "libDir": lib_dir,
    "libc": lambda p: p.first(LIBC, "native/impure"),
    "linker": lambda p: "lld" if p.is_("useLLVM") else "cctools" if p.is_("isDarwin") else "bfd",
    "linuxArch": lambda p: p.first(LINUX_ARCH, p.cpu()),
    "nim": targets.nim,
    "node": targets.node,
    "parsed": parsed,
    "qemuArch": qemu_arch,
    "rust": targets.rust,
    "rustc": lambda p: Attrs(),
    "staticEmulatorAvailable": lambda p: Builtin(
        "staticEmulatorAvailable", 1, lambda packages: static_emulator(p, packages)
    ),
    "system": lambda p: double_of(p["parsed"]),
    "ubootArch": boot_arch,
    "uname": uname,
    "useAndroidPrebuilt": lambda p: False,
    "useLLVM": lambda p: p.is_("isFreeBSD") or p.is_("isOpenBSD"),
    "useiOSPrebuilt": lambda p: False,
}


def elaborate(library: Library, system: Value) -> Value:
    """A platform from its name or from some of its properties."""
    value = force(system)
    arguments = value if isinstance(value, dict) else Attrs({"system": value})
    if has(arguments, "linux-kernel"):
        raise throw("lib.systems.elaborate: linux-kernel has been removed; see the 26.11 release notes")
    platform = Platform(library, arguments, PROPERTIES)
    if platform.is_("useAndroidPrebuilt") and not platform.is_("isAndroid"):
        raise assertion_failed("assertion failed")
    for rule in list_of(attribute(platform.part("abi"), "assertions", [])):
        if not flag_of(call(select(rule, "assertion"), platform)):
            raise throw(string_of(select(rule, "message")))
    return platform
