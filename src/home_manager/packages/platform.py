"""A platform as nixpkgs describes it: `stdenv.hostPlatform`."""

from __future__ import annotations

from home_manager.diagnostics import failure
from home_manager.values import Attrs, Value

PROCESSORS = {
    "x86_64": ("x86_64", 64, "x86", "amd64"),
    "aarch64": ("aarch64", 64, "arm", "arm64"),
    "armv7l": ("armv7l", 32, "arm", "arm"),
    "armv6l": ("armv6l", 32, "arm", "arm"),
    "i686": ("i686", 32, "x86", "386"),
    "riscv64": ("riscv64", 64, "riscv", "riscv64"),
    "powerpc64le": ("powerpc64le", 64, "power", "ppc64le"),
}
"""Processors: the name in `uname`, bits, family, and Go's name."""

KERNELS = {"linux": ("Linux", "unknown-linux-gnu"), "darwin": ("Darwin", "apple-darwin")}
"""Kernels: the name in `uname`, and what follows the processor in a GNU triple."""


def platform(system: str) -> Attrs:
    """The description of a system such as `x86_64-linux`."""
    processor, _, kernel = system.partition("-")
    if processor not in PROCESSORS or kernel not in KERNELS:
        raise failure(
            "system-unknown",
            f"`{system}` is not a system that is known here",
            hints=("write the processor and the kernel, as in x86_64-linux or aarch64-darwin",),
        )
    uname, bits, family, go = PROCESSORS[processor]
    name, triple = KERNELS[kernel]
    linux, darwin = kernel == "linux", kernel == "darwin"
    found: dict[str, Value] = {
        "system": system,
        "config": f"{'arm64' if darwin and processor == 'aarch64' else processor}-{triple}",
        "isLinux": linux,
        "isDarwin": darwin,
        "isMacOS": darwin,
        "isUnix": True,
        "isBSD": False,
        "isFreeBSD": False,
        "isOpenBSD": False,
        "isWindows": False,
        "isMinGW": False,
        "isCygwin": False,
        "isGnu": linux,
        "isMusl": False,
        "isStatic": False,
        "isAndroid": False,
        "isWasm": False,
        "isiOS": False,
        "isElf": linux,
        "isMachO": darwin,
        "isx86": family == "x86",
        "isx86_64": processor == "x86_64",
        "isx86_32": processor == "i686",
        "isi686": processor == "i686",
        "isAarch": family == "arm",
        "isAarch32": family == "arm" and bits == 32,
        "isAarch64": processor == "aarch64",
        "isArmv7": processor == "armv7l",
        "isRiscV": family == "riscv",
        "isRiscV64": processor == "riscv64",
        "isPower": family == "power",
        "is64bit": bits == 64,
        "is32bit": bits == 32,
        "isLittleEndian": True,
        "isBigEndian": False,
        "linuxArch": {"aarch64": "arm64"}.get(processor, processor),
        "qemuArch": processor,
        "darwinArch": {"aarch64": "arm64"}.get(processor, processor),
        "uname": Attrs(
            {"system": name, "processor": "arm64" if darwin and processor == "aarch64" else uname, "release": None}
        ),
        "parsed": Attrs(
            {
                "_type": "system",
                "cpu": Attrs({"name": processor, "bits": bits, "family": family}),
                "kernel": Attrs({"name": kernel}),
                "vendor": Attrs({"name": "apple" if darwin else "pc" if family == "x86" else "unknown"}),
                "abi": Attrs({"name": "gnu" if linux else "unknown"}),
            }
        ),
        "extensions": Attrs(
            {
                "sharedLibrary": ".dylib" if darwin else ".so",
                "staticLibrary": ".a",
                "executable": "",
                "library": ".dylib" if darwin else ".so",
            }
        ),
        "libc": "glibc" if linux else "libSystem",
        "go": Attrs({"GOOS": kernel, "GOARCH": go, "GOARM": None}),
        "node": Attrs({"arch": {"x86_64": "x64", "aarch64": "arm64"}.get(processor, processor), "platform": kernel}),
        "rust": Attrs({"rustcTarget": f"{processor}-{triple}", "rustcTargetSpec": f"{processor}-{triple}"}),
    }
    return Attrs(found)
