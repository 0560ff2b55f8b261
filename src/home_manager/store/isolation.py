"""Namespaces of their own for builders: they see the machine's programs and their inputs, and reach nothing else.

Everything happens in the child, between the fork and the program: no other program is needed for it, and no privilege
where the kernel lets users make namespaces. What the child needs is prepared before the fork.
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

SYSTEM: Final = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store", "/run/current-system")
"""Where a machine has its programs."""

SETTINGS: Final = (
    "/etc/alternatives", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/ld-musl-x86_64.path",
    "/etc/ld-musl-aarch64.path", "/etc/static", "/etc/fonts", "/etc/man_db.conf", "/etc/manpath.config", "/etc/terminfo",
)  # fmt: skip
"""What programs need to start, of the machine's settings."""


def own_program() -> tuple[str, ...]:
    """Where this very program lies, which a home can have as a package: its interpreter's folders, and its modules."""
    modules = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    found = dict.fromkeys(os.path.realpath(path) for path in (sys.prefix, sys.base_prefix, modules))
    system = tuple(f"{path}/" for path in SYSTEM)
    home = os.path.realpath(os.path.expanduser("~")) + "/"
    # Never what holds more than a program, as the root or a home does.
    return tuple(
        path
        for path in found
        if path not in SYSTEM and not path.startswith(system) and not home.startswith(f"{path.rstrip('/')}/")
    )


ACCOUNTS: Final = (
    ("root", 0, 0), ("man", 6, 12), ("nobody", 65534, 65534),
)  # fmt: skip
"""Accounts that programs look for by name, as mandb does for `man`. Only the builder's own exists in the namespace."""

DEVICES: Final = ("full", "null", "random", "tty", "urandom", "zero")

INSIDE: Final = "/build"
"""Where a builder finds its own folder."""

_USER, _GROUP = 1000, 100

_CLONE: Final = {
    "user": 0x10000000, "mount": 0x00020000, "pid": 0x20000000, "net": 0x40000000, "ipc": 0x08000000, "uts": 0x04000000,
}  # fmt: skip
_RDONLY, _NOSUID, _NODEV, _REMOUNT, _BIND, _REC, _PRIVATE = 1, 2, 4, 32, 4096, 16384, 1 << 18
_KEPT: Final = {2: 2, 4: 4, 8: 8, 1024: 1024, 2048: 2048, 4096: 1 << 21}
"""Flags of a mount as `statvfs` gives them, and as `mount` takes them: what is locked must be said again."""
_MOUNT_SETATTR: Final = 442
_DETACH: Final = 2
_SET_PDEATHSIG: Final = 1
_KILL: Final = 9


class Unavailable(Exception):
    """The kernel, or whoever keeps us in a container, does not allow it; the text says what failed."""


@dataclass
class Room:
    """What a builder sees: `folder` is its own and holds everything that this needs, `store` the path of the store.

    `inputs` are objects of the store. What it makes at its path in the store is found at `made`. Without `pids` it sees
    the machine's processes: where parts of `/proc` are covered, as in many containers, there can be no other one.
    """

    folder: str
    store: str
    inputs: tuple[str, ...]
    pids: bool = True
    _libc: ctypes.CDLL = field(default_factory=lambda: ctypes.CDLL(None, use_errno=True), repr=False)

    def __post_init__(self) -> None:
        for name in ("root", "store", "build"):
            os.mkdir(f"{self.folder}/{name}", 0o755)
        self._ids = (os.geteuid(), os.getegid())
        self._parent = os.getpid()
        self._own = own_program()
        self._settings: Mapping[str, bytes] = {
            "/etc/passwd": "".join(
                f"{name}:x:{user}:{group}:{name}:/homeless-shelter:/bin/sh\n"
                for name, user, group in (("build", _USER, _GROUP), *ACCOUNTS)
            ).encode(),
            "/etc/group": f"build:x:{_GROUP}:\n".encode(),
            "/etc/hosts": b"127.0.0.1 localhost\n::1 localhost\n",
        }

    def made(self, path: str) -> str:
        """Where, on this machine, an object lies that the builder made."""
        return f"{self.folder}/store/{os.path.basename(path)}"

    @property
    def build(self) -> str:
        """Where, on this machine, the builder's own folder is."""
        return f"{self.folder}/build"

    def enter(self) -> int:
        """In the child: makes the namespaces, and forks once more, since the first process in one of pids is its init.

        Gives 0 in the process that the program shall take the place of, and its number in the one that waits for it.
        """
        if not sys.platform.startswith("linux"):
            raise Unavailable("only Linux has namespaces")
        self._call("unshare", self._libc.unshare(sum(_CLONE.values()) - (0 if self.pids else _CLONE["pid"])))
        self._say("/proc/self/setgroups", b"deny")
        self._say("/proc/self/uid_map", f"{_USER} {self._ids[0]} 1".encode())
        self._say("/proc/self/gid_map", f"{_GROUP} {self._ids[1]} 1".encode())
        child = os.fork()
        if child == 0:
            self._libc.prctl(_SET_PDEATHSIG, _KILL, 0, 0, 0)
            self._furnish()
        return child

    def _furnish(self) -> None:
        """Builds the file system, and makes it the root."""
        root = f"{self.folder}/root"
        self._mount("none", "/", None, _REC | _PRIVATE)
        self._mount("tmpfs", root, "tmpfs", _NOSUID | _NODEV, "mode=0755")
        for path in (*SYSTEM, *SETTINGS):
            self._show(path, root)
        for path, data in self._settings.items():
            self._say(root + path, data, new=True)
        os.mkdir(f"{root}/dev", 0o755)
        for name in DEVICES:
            self._bind(f"/dev/{name}", f"{root}/dev/{name}", writable=True)
        for name, target in (("fd", "fd"), ("stdin", "fd/0"), ("stdout", "fd/1"), ("stderr", "fd/2")):
            os.symlink(f"/proc/self/{target}", f"{root}/dev/{name}")
        os.makedirs(f"{root}/proc")
        if self.pids:
            self._mount("proc", f"{root}/proc", "proc", _NOSUID | _NODEV | 8)
        else:
            self._mount("/proc", f"{root}/proc", None, _BIND | _REC)
        for name in ("tmp", "dev/shm", "var/tmp"):
            os.makedirs(f"{root}/{name}", exist_ok=True)
            self._mount("tmpfs", f"{root}/{name}", "tmpfs", _NOSUID | _NODEV, "mode=1777")
        # This program may lie there.
        for path in self._own:
            self._show(path, root)
        self._bind(self.build, root + INSIDE, writable=True)
        self._bind(f"{self.folder}/store", root + self.store, writable=True)
        for path in self.inputs:
            self._show(path, root)
        os.chdir(root)
        self._call("pivot_root", self._libc.pivot_root(b".", b"."))
        self._call("umount", self._libc.umount2(b".", _DETACH))
        os.chdir(INSIDE)

    def _show(self, path: str, root: str) -> None:
        """Shows a file or directory of the machine, for reading, where it is; a link is the same link."""
        if os.path.islink(path):
            os.makedirs(os.path.dirname(root + path), exist_ok=True)
            os.symlink(os.readlink(path), root + path)
        elif os.path.exists(path):
            self._bind(path, root + path, writable=False)

    def _bind(self, path: str, place: str, *, writable: bool) -> None:
        if os.path.isdir(path):
            os.makedirs(place, exist_ok=True)
        elif os.path.exists(path):
            os.makedirs(os.path.dirname(place), exist_ok=True)
            os.close(os.open(place, os.O_WRONLY | os.O_CREAT, 0o644))
        else:
            return
        self._mount(path, place, None, _BIND | _REC)
        if not writable:
            # All that is mounted below it as well, where the kernel knows how.
            attributes = struct.pack("QQQQ", _RDONLY, 0, 0, 0)
            at = os.fsencode(place)
            if self._libc.syscall(_MOUNT_SETATTR, -100, at, 0x8000, attributes, len(attributes)):
                flags = os.statvfs(place).f_flag
                kept = sum(new for old, new in _KEPT.items() if flags & old)
                self._mount("none", place, None, _REMOUNT | _BIND | _RDONLY | kept)

    def _mount(self, what: str, place: str, kind: str | None, flags: int, options: str = "") -> None:
        done = self._libc.mount(
            os.fsencode(what),
            os.fsencode(place),
            None if kind is None else kind.encode(),
            ctypes.c_ulong(flags),
            options.encode() or None,
        )
        self._call(f"mount {place.removeprefix(f'{self.folder}/root') or '/'}", done)

    def _call(self, what: str, status: int) -> None:
        if status != 0:
            number = ctypes.get_errno()
            raise Unavailable(f"{what}: {os.strerror(number)}")

    def _say(self, path: str, data: bytes, *, new: bool = False) -> None:
        if new:
            os.makedirs(os.path.dirname(path), exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | (os.O_CREAT if new else 0), 0o644)
        try:
            os.write(descriptor, data)
        finally:
            os.close(descriptor)
