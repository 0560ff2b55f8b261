"""A `.deb` file made into a directory, without dpkg and without root.

The directory has the files at Debian's places below `usr/` and `etc/` (`/bin`, `/sbin`, `/lib` are `/usr/…` in Debian),
and a listing of them, `.contents`, by which packages are put together without looking at every file again. What only
a whole system has a use for is left out; whatever could reach outside of the directory is refused.
"""

from __future__ import annotations

import io
import json
import os
import re
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, cast

from home_manager.diagnostics import Failure, failure
from home_manager.net.limits import Budget, Counted, LimitReached
from home_manager.packages.providers.debian.elf import interpreter_of, is_elf, library_path, soname

if TYPE_CHECKING:
    import tarfile

LISTING = ".contents"
FORMAT = 1

FILE, EXECUTABLE, PROGRAM, LIBRARY, SCRIPT, LINK = "f", "x", "p", "o", "s", "l"
"""Kinds of entries: plain, with the executable bit, ELF program with a loader, other ELF, with `#!`, symbolic link."""

MERGED = re.compile(r"(?:bin|sbin|lib|lib32|lib64|libx32)(?:/|$)")
LEFT_OUT = re.compile(
    r"(?:var|dev|proc|run|sys|tmp|boot|root|home|srv|media|mnt|opt/[^/]+/var)(?:/|$)"
    r"|etc/(?:init\.d|init|cron[^/]*|default|apparmor\.d|logrotate\.d|pam\.d|ppp|network|sudoers\.d|kernel)(?:/|$)"
    r"|usr/lib/(?:systemd/system(?:-[^/]+)?|udev|tmpfiles\.d|sysusers\.d|modprobe\.d|modules-load\.d|mime)(?:/|$)"
    r"|usr/share/(?:lintian|bug|locale|apport|polkit-1|initramfs-tools|debianutils|doc-base|menu|gcc|reportbug)(?:/|$)"
    r"|usr/share/doc/(?![^/]+(?:$|/copyright$|/contrib(?:/|$)|/examples(?:/|$)))"
)


@dataclass(slots=True)
class Contents:
    """What a package holds: path to kind and detail, and its alternatives.

    The detail is a link's target, a script's interpreter, or a library's own library path.
    `alternatives` are the names that Debian chooses at installation: path to the program that it stands for.
    """

    entries: dict[str, tuple[str, str]] = field(default_factory=dict)
    alternatives: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> str:
        return json.dumps({"entries": self.entries, "alternatives": self.alternatives}, separators=(",", ":"))

    @classmethod
    def read(cls, directory: str) -> Contents:
        with open(os.path.join(directory, LISTING), "rb") as file:
            data = json.load(file)
        return cls({path: (kind, detail) for path, (kind, detail) in data["entries"].items()}, data["alternatives"])


NONSENSE = (ValueError, OverflowError, RuntimeError)
"""What Python's readers of archives raise over numbers out of range."""


def unpack(deb: str, directory: str, name: str) -> None:
    """Makes `directory` from the file `deb`; `name` is for messages. Raises `Failure` with `package-damaged`."""
    import lzma
    import tarfile
    import zlib

    contents = Contents()
    budget = Budget.for_archive(os.path.getsize(deb))
    try:
        with open(deb, "rb") as file:
            for member, body in _members(file, name):
                if member.startswith("control.tar"):
                    with _tar(member, body, name, budget) as tar:
                        contents.alternatives = _alternatives(tar)
                elif member.startswith("data.tar"):
                    os.mkdir(directory)
                    with _tar(member, body, name, budget) as tar:
                        _Writer(directory, name, contents).write(tar)
    except LimitReached as limit:
        raise _damaged(name, f"{limit}, which no package of its size does") from None
    except (tarfile.TarError, lzma.LZMAError, zlib.error, EOFError, *NONSENSE) as problem:
        raise _damaged(name, str(problem) or type(problem).__name__) from None
    if not os.path.isdir(directory):
        raise _damaged(name, "it has no files")
    with open(os.path.join(directory, LISTING), "x", encoding="utf-8") as out:
        out.write(contents.to_json())


def _damaged(name: str, why: str) -> Failure:
    return failure("package-damaged", f"Debian's package `{name}` cannot be unpacked: {why}")


def _members(file: IO[bytes], name: str) -> list[tuple[str, IO[bytes]]]:
    """The members of an `ar` archive: 60 bytes of header each, padded to even offsets."""
    if file.read(8) != b"!<arch>\n":
        raise _damaged(name, "it is not a Debian package")
    found: list[tuple[str, IO[bytes]]] = []
    while len(header := file.read(60)) == 60:
        try:
            size = int(header[48:58])
        except ValueError:
            raise _damaged(name, "its members are broken") from None
        body = file.read(max(size, 0) + size % 2)
        if size < 0 or header[58:60] != b"`\n" or len(body) < size:
            raise _damaged(name, "its members are broken")
        found.append((header[:16].decode("ascii", "replace").strip().rstrip("/"), io.BytesIO(body[:size])))
    return found


def _tar(member: str, body: IO[bytes], name: str, budget: Budget) -> tarfile.TarFile:
    import tarfile

    match member.rpartition(".")[2]:
        case "xz":
            import lzma

            body = lzma.LZMAFile(body)  # noqa: SIM115
        case "gz":
            import gzip

            body = cast("IO[bytes]", gzip.GzipFile(fileobj=body))
        case "zst":
            body = _zstandard(body, name)
        case "tar":
            pass
        case other:
            raise _damaged(name, f"it is compressed as `{other}`, which is not known here")
    return tarfile.open(fileobj=cast("IO[bytes]", Counted(body, budget)), mode="r|")


def _zstandard(body: IO[bytes], name: str) -> IO[bytes]:
    """Zstandard is in Python from 3.14; before that, a package may offer it. Debian itself compresses with xz."""
    from importlib import import_module

    for module in ("compression.zstd", "zstandard"):
        try:
            opened: IO[bytes] = import_module(module).open(body, "rb")
            return opened
        except ImportError:
            continue
    raise _damaged(name, "it is compressed as Zstandard, which needs Python 3.14 or the package zstandard")


INSTALLED = re.compile(r"--install\s+(\S+)\s+\S+\s+(\S+)\s+\d+")
SLAVE = re.compile(r"--slave\s+(\S+)\s+\S+\s+(\S+)")


def _alternatives(tar: tarfile.TarFile) -> dict[str, str]:
    """The alternatives that the installation script registers with plain words; those with variables are not known."""
    for member in tar:
        if member.name.lstrip("./") == "postinst" and member.isfile():
            file = tar.extractfile(member)
            text = file.read().decode("utf-8", "replace").replace("\\\n", " ") if file else ""
            pairs = [*INSTALLED.findall(text), *SLAVE.findall(text)]
            return {
                link.lstrip("/"): target.lstrip("/")
                for link, target in pairs
                if re.match(r"/usr/(?:bin|share/man/man\d)/[^$]+$", link) and re.match(r"/usr/[^$]+$", target)
            }
    return {}


class _Writer:
    """Writes the files of one package."""

    def __init__(self, directory: str, name: str, contents: Contents) -> None:
        self._directory = directory
        self._name = name
        self._entries = contents.entries
        self._made = {""}

    def write(self, tar: tarfile.TarFile) -> None:
        for member in tar:
            path = self._path(member.name)
            if not path or LEFT_OUT.match(path):
                continue
            if member.isdir():
                continue
            if member.isfile():
                self._file(tar, member, path)
            elif member.issym():
                self._link(path, member.linkname)
            elif member.islnk():
                # A second name of a file: a link serves as well, and keeps the objects of the store apart.
                self._link(path, "/" + self._path(member.linkname))
            else:
                raise _damaged(self._name, f"`{member.name}` is neither a file nor a link")

    def _path(self, text: str) -> str:
        """A member's name as a path below the directory; one that leaves it is refused."""
        parts = [part for part in text.split("/") if part not in ("", ".")]
        if text.startswith("/") or ".." in parts or "\0" in text:
            raise _damaged(self._name, f"`{text}` lies outside of it")
        return _merged("/".join(parts))

    def _parent(self, path: str) -> None:
        """Makes the folders above a path. None of them can be a link: a link is never made where a folder is needed."""
        above = os.path.dirname(path)
        if above in self._made:
            return
        walk = ""
        for part in above.split("/"):
            walk = f"{walk}/{part}" if walk else part
            if walk in self._entries:
                raise _damaged(self._name, f"`{path}` lies below `{walk}`, which is no folder")
            if walk not in self._made:
                os.mkdir(os.path.join(self._directory, walk))
                self._made.add(walk)

    def _file(self, tar: tarfile.TarFile, member: tarfile.TarInfo, path: str) -> None:
        source = tar.extractfile(member)
        data = source.read() if source else b""
        if len(data) != member.size or path in self._entries or path in self._made:
            raise _damaged(self._name, f"`{path}` is broken, or there twice")
        self._parent(path)
        executable = bool(member.mode & 0o111)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(os.path.join(self._directory, path), flags, 0o755 if executable else 0o644)
        with open(descriptor, "wb") as out:
            out.write(data)
        self._entries[path] = _kind(data, executable)

    def _link(self, path: str, target: str) -> None:
        inside = inside_target(path, target)
        if inside is None or path in self._entries or path in self._made:
            return
        self._parent(path)
        os.symlink(inside, os.path.join(self._directory, path))
        self._entries[path] = (LINK, inside)


def _merged(path: str) -> str:
    return f"usr/{path}" if MERGED.match(path) else path


def inside_target(path: str, target: str) -> str | None:
    """A link's target, relative, such that it stays in the tree; `None` if it leads out or to what is left out."""
    if target.startswith("/"):
        whole = os.path.normpath(target).lstrip("/")
    else:
        whole = os.path.normpath(os.path.join(os.path.dirname(path), target))
        if whole.startswith("..") or whole == ".":
            return None
    whole = _merged(whole)
    if not whole or LEFT_OUT.match(whole):
        return None
    return os.path.relpath(whole, os.path.dirname(path) or ".")


def _kind(data: bytes, executable: bool) -> tuple[str, str]:
    if is_elf(data[:64]):
        loader = interpreter_of(data)
        # libc names a loader as well, and is a library: it has a name for others.
        if loader and executable and not soname(data):
            return PROGRAM, loader
        return LIBRARY, ":".join(library_path(data))
    if data[:2] == b"#!" and executable:
        return SCRIPT, data[2:256].split(b"\n", 1)[0].decode("utf-8", "replace").strip()
    return (EXECUTABLE if executable else FILE), ""
