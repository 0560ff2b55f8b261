"""Archives made into directories: nothing may leave the directory, and only files, links and directories come out."""

from __future__ import annotations

import errno
import os
import stat
from typing import IO, TYPE_CHECKING, Final, cast

from home_manager.diagnostics import Failure, failure
from home_manager.net.limits import Budget, Counted, LimitReached

if TYPE_CHECKING:
    import tarfile

CHUNK = 1 << 20


NONSENSE: Final = (ValueError, OverflowError, NotImplementedError, RuntimeError)
"""What Python's readers of archives raise over numbers out of range, unknown methods and encryption."""


def unpack(archive: str, directory: str, url: str) -> int:
    """Makes the new `directory` from a tar file, compressed or not, or a zip file; gives the newest time in it."""
    import lzma
    import tarfile
    import zipfile
    import zlib

    os.mkdir(directory)
    budget = Budget.for_archive(os.path.getsize(archive))
    try:
        if zipfile.is_zipfile(archive):
            return _unzip(archive, directory, url, budget)
        with open(archive, "rb") as file, _opened(file, url, budget) as tar:
            return _untar(tar, directory, url, budget)
    except LimitReached as limit:
        raise failure(
            "archive-damaged",
            f"the archive `{url}` is not unpacked: {limit}",
            notes=("that is far more than an archive of its size holds, unless it was made to fill the disk",),
        ) from None
    except (tarfile.TarError, zipfile.BadZipFile, lzma.LZMAError, zlib.error, EOFError, *NONSENSE) as problem:
        raise _damaged(url, str(problem) or type(problem).__name__) from None
    except OSError as problem:
        if problem.errno not in (None, errno.EINVAL):
            raise
        raise _damaged(url, str(problem)) from None  # gzip and bz2 say so that it is not theirs


def sole_directory(directory: str) -> str:
    """The one directory that everything lies in, as archives of releases have it; else the directory itself."""
    names = os.listdir(directory)
    if len(names) == 1:
        inside = f"{directory}/{names[0]}"
        if os.path.isdir(inside) and not os.path.islink(inside):
            return inside
    return directory


def _damaged(url: str, why: str) -> Failure:
    return failure("archive-damaged", f"the archive `{url}` cannot be unpacked: {why}")


def _opened(file: IO[bytes], url: str, budget: Budget) -> tarfile.TarFile:
    import tarfile

    return tarfile.open(fileobj=cast("IO[bytes]", Counted(_decompressed(file, url), budget)), mode="r|")


def _decompressed(file: IO[bytes], url: str) -> IO[bytes]:
    """The tar file itself, whatever it is compressed with."""
    from importlib import import_module

    start = file.read(6)
    file.seek(0)
    if start.startswith(b"\x1f\x8b"):
        import gzip

        return cast("IO[bytes]", gzip.GzipFile(fileobj=file))
    if start.startswith(b"BZh"):
        import bz2

        return cast("IO[bytes]", bz2.BZ2File(file))
    if start.startswith((b"\xfd7zXZ", b"\x5d\x00\x00")):
        import lzma

        return cast("IO[bytes]", lzma.LZMAFile(file))
    if start.startswith(b"\x28\xb5\x2f\xfd"):
        for module in ("compression.zstd", "zstandard"):
            try:
                opened: IO[bytes] = import_module(module).open(file, "rb")
                return opened
            except ImportError:
                continue
        raise _damaged(url, "it is compressed as Zstandard, which needs Python 3.14 or the package zstandard")
    return file


def _untar(tar: tarfile.TarFile, directory: str, url: str, budget: Budget) -> int:
    newest = 0
    for member in tar:
        budget.entry()
        place = _place(directory, member.name, url)
        newest = max(newest, int(member.mtime))
        if place is None:
            continue
        _make_way(directory, place, url)
        if member.isdir():
            if not os.path.isdir(place):
                os.mkdir(place)
        elif member.issym():
            _replace(place)
            os.symlink(member.linkname, place)
        elif member.islnk():
            source = _place(directory, member.linkname, url)
            if (
                source is None
                or os.path.islink(source)
                or not os.path.isfile(source)
                or _through_link(directory, source)
            ):
                raise _damaged(url, f"`{member.name}` is a link to `{member.linkname}`, which is not in it")
            _replace(place)
            os.link(source, place)
        elif member.isfile():
            body = tar.extractfile(member)
            assert body is not None
            _write(place, body, executable=bool(member.mode & 0o100))
        else:
            raise _damaged(url, f"`{member.name}` is neither a file, a link nor a directory")
    return newest


def _unzip(archive: str, directory: str, url: str, budget: Budget) -> int:
    import time
    import zipfile

    newest = 0
    with zipfile.ZipFile(archive) as zipped:
        for info in zipped.infolist():
            budget.entry()
            budget.data(info.file_size)
            place = _place(directory, info.filename, url)
            try:
                newest = max(newest, int(time.mktime((*info.date_time, 0, 0, -1))))
            except (OverflowError, ValueError):
                pass
            if place is None:
                continue
            _make_way(directory, place, url)
            mode = info.external_attr >> 16
            if info.is_dir():
                os.makedirs(place, exist_ok=True)
            elif stat.S_ISLNK(mode):
                _replace(place)
                os.symlink(zipped.read(info).decode("utf-8", "surrogateescape"), place)
            else:
                with zipped.open(info) as body:
                    _write(place, body, executable=bool(mode & 0o100))
    return newest


def _place(directory: str, name: str, url: str) -> str | None:
    """Where a member goes; one that would leave the directory is refused, the top itself has none."""
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if name.startswith("/") or ".." in parts or "\0" in name:
        raise _damaged(url, f"`{name}` would lie outside of it")
    return f"{directory}/{'/'.join(parts)}" if parts else None


def _make_way(directory: str, place: str, url: str) -> None:
    """The directories above a member, none of which may be a link."""
    above = os.path.dirname(place)
    if _through_link(directory, place):
        raise _damaged(url, f"`{place[len(directory) + 1 :]}` would lie behind a link")
    os.makedirs(above, exist_ok=True)


def _through_link(directory: str, place: str) -> bool:
    above = os.path.dirname(place)
    while len(above) > len(directory):
        if os.path.islink(above):
            return True
        above = os.path.dirname(above)
    return False


def _replace(place: str) -> None:
    """A later member of the same name takes the place of an earlier one."""
    if os.path.lexists(place):
        os.unlink(place)


def _write(place: str, body: IO[bytes], *, executable: bool) -> None:
    _replace(place)
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o755 if executable else 0o644)
    with open(descriptor, "wb") as out:
        while chunk := body.read(CHUNK):
            out.write(chunk)
