"""Three kinds of path that do not mix: anywhere, below the home, in the store; and where the home of the caller is."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass

from home_manager.diagnostics import Failure, failure

STORE_NAME = re.compile(r"([0-9a-z]{32})-([0-9A-Za-z+._?=-]{1,211})")
"""The last component of a store path: hash and name."""


_NOT_IN_NAMES = re.compile(r"[^0-9A-Za-z+._?=]")


def store_name(text: str) -> str:
    """A name for a store object from any text, as the original does it: `hm_`, then every letter that is safe.

    Dashes go too: Nix takes a dash with a digit behind it for the start of a version.
    """
    return "hm_" + _NOT_IN_NAMES.sub("", text)


LEVELS = 256
LENGTH = 3500
"""How deep a file may lie, in folders and in bytes: the system takes 4,096 bytes, of which some lead to the home."""


def too_long(path: str, why: str) -> Failure:
    """The failure for a path that no system could use."""
    shown = f"{path[:60]}…" if len(path) > 61 else path
    return failure("path-too-long", f"the path `{shown}` {why}", hints=("name a place that is less deep",))


def open_file(path: str) -> int:
    """A descriptor that reads a file.

    A FIFO would wait for somebody to write into it, and a device may have no end: both are an error of the system.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        return descriptor
    os.close(descriptor)
    what = "a FIFO" if stat.S_ISFIFO(mode) else "a device"
    raise OSError(errno.ENOTSUP, f"It is {what}, not a file", path)


@dataclass(frozen=True, slots=True, order=True)
class AbsPath:
    """An absolute path without `.`, `..` or doubled slashes."""

    text: str

    def __post_init__(self) -> None:
        if not self.text.startswith("/") or os.path.normpath(self.text) != self.text:
            raise ValueError(f"not a normal absolute path: {self.text!r}")

    @classmethod
    def parse(cls, text: str) -> AbsPath:
        """An absolute path as a user may write it, made normal without looking at the disk."""
        if not text.startswith("/") or "\0" in text:
            raise failure("path-not-absolute", f"the path `{text}` is not absolute", hints=("start it with /",))
        return cls(re.sub("^//+", "/", os.path.normpath(text)))

    def __str__(self) -> str:
        return self.text

    def __fspath__(self) -> str:
        return self.text

    def __truediv__(self, below: HomeRelPath | str) -> AbsPath:
        return AbsPath.parse(os.path.join(self.text, str(below)))


@dataclass(frozen=True, slots=True, order=True)
class HomeRelPath:
    """A path below the home directory, relative to it, that cannot leave it by its text."""

    text: str

    def __post_init__(self) -> None:
        parts = self.text.split("/")
        if not self.text or any(part in ("", ".", "..") for part in parts) or "\0" in self.text:
            raise ValueError(f"not a path below the home: {self.text!r}")

    @classmethod
    def parse(cls, text: str) -> HomeRelPath:
        """A target as a user may write it (`./.zshrc`, `.config//x`); `..` that leaves the home is refused."""
        normal = os.path.normpath(text) if text else "."
        if normal.startswith(("/", "../")) or normal in (".", "..") or "\0" in normal:
            raise failure(
                "path-outside-home",
                f"the target `{text}` is not below the home directory",
                hints=("name a path inside the home, relative to it",),
            )
        if normal.count("/") > LEVELS:
            raise too_long(normal, f"has more than {LEVELS} levels")
        if len(os.fsencode(normal)) > LENGTH or any(len(os.fsencode(part)) > 255 for part in normal.split("/")):
            raise too_long(normal, "is longer than a file system takes")
        return cls(normal)

    def __str__(self) -> str:
        return self.text

    @property
    def parents(self) -> list[HomeRelPath]:
        """The directories above it that lie below the home, the outermost first."""
        parts = self.text.split("/")
        return [HomeRelPath("/".join(parts[:n])) for n in range(1, len(parts))]


@dataclass(frozen=True, slots=True, order=True)
class StorePath:
    """An object of a store: `<store>/<hash>-<name>`."""

    store: str
    hash: str
    name: str

    @classmethod
    def parse(cls, text: str) -> StorePath:
        store, _, last = text.rpartition("/")
        found = STORE_NAME.fullmatch(last)
        if not store.startswith("/") or found is None:
            raise ValueError(f"not a store path: {text!r}")
        return cls(store, found.group(1), found.group(2))

    def __str__(self) -> str:
        return f"{self.store}/{self.hash}-{self.name}"

    def __fspath__(self) -> str:
        return str(self)


def home_of_caller(environment: Mapping[str, str] | None = None) -> str:
    """The home directory of whoever calls: `$HOME`, or where that is not set what the list of users says.

    An empty one is a mistake: everything would go to where the command happens to be called, or to the root.
    """
    variables = os.environ if environment is None else environment
    home = variables["HOME"] if "HOME" in variables else os.path.expanduser("~")
    if not home:
        raise failure(
            "home-unset",
            "the environment variable HOME is empty, so it is not known which home is meant",
            hints=("write it before the command: `HOME=/home/alice home-manager …`",),
        )
    return str(AbsPath.parse(home))


def folder_of_caller(variable: str, default: str, environment: Mapping[str, str] | None = None) -> str:
    """A folder that an XDG variable names, or else one below the home; what is not absolute does not count, as the
    specification of these variables wants it."""
    variables = os.environ if environment is None else environment
    given = variables.get(variable, "")
    return given if given.startswith("/") else os.path.join(home_of_caller(variables), default)
