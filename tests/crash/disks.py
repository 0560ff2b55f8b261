"""Disks that are full or read-only: switches on a tiny file system of their own, in a mount namespace of their own.

Run as a program below `unshare -rm`, it makes that file system, tries, and prints the tallies as JSON.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict, replace
from pathlib import Path

HERE = Path(__file__).parent
ALONE = ("unshare", "-rm")


def why_not() -> str:
    """Why no file system can be mounted here; empty where one can."""
    if shutil.which("unshare") is None:
        return "there is no `unshare` here"
    with tempfile.TemporaryDirectory() as place:
        done = subprocess.run(
            [*ALONE, "mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", place],
            capture_output=True,
            text=True,
            check=False,
        )
    return f"mounting a tmpfs is not allowed here: {done.stderr.strip()}" if done.returncode else ""


def tallies(kind: str, points: int) -> list[dict[str, object]]:
    """The tallies of trials in a process of their own."""
    done = subprocess.run(
        [*ALONE, sys.executable, __file__, kind, str(points)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise AssertionError(done.stderr)
    found: list[dict[str, object]] = json.loads(done.stdout)
    return found


def _main(kind: str, points: int) -> None:
    sys.path[:0] = [str(HERE), str(HERE.parent / "unit/activation")]
    with tempfile.TemporaryDirectory() as place:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", place], check=True)
        try:
            found = _full(Path(place), points) if kind == "full" else _read_only(Path(place), points)
        finally:
            subprocess.run(["umount", "-l", place], check=True)
    print(json.dumps([asdict(tally) for tally in found]))


def _full(place: Path, points: int) -> list[object]:
    """A disk with room for fewer and fewer pages: from all that a switch needs down to none."""
    from disaster import Tally, judge, make_scene

    from home_manager.diagnostics import Failure

    scene = make_scene(place)
    filler = place / "filler"
    tally = Tally("the disk is full (ENOSPC from a tiny tmpfs)")
    for pages in range(points):
        scene.reset()
        _fill(filler, pages)
        failed = False
        try:
            scene.switch()
        except Failure as failure:
            failed = True
            if failure.diagnostic.code != "disk-full":
                tally = replace(tally, wrong=(*tally.wrong, f"{pages} pages left: {failure.diagnostic.message}"))
        filler.unlink()
        tally = judge(scene, tally, f"{pages} pages left", died=failed)
    return [tally]


def _fill(filler: Path, pages: int) -> None:
    """Take all space but some pages of 4 KiB."""
    with open(filler, "wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
        file.truncate(max(0, file.tell() // 4096 - pages) * 4096)


def _read_only(place: Path, points: int) -> list[object]:
    """A file system that becomes read-only in the middle of a switch, as one with errors does."""
    from disaster import Mortal, Tally, count_actions, judge, make_scene

    from home_manager.diagnostics import Failure

    class Remounting(Mortal):
        """A machine on which the file system is remounted before change number `at`."""

        def __getattribute__(self, name: str) -> object:
            try:
                return super().__getattribute__(name)
            except _Now:
                mounted.append(at)
                _remount(scene.home.path, "ro")
                return super(Mortal, self).__getattribute__(name)

    scene = make_scene(place)
    mounted: list[int] = []
    total = count_actions(scene)
    tally = Tally("the disk becomes read-only (a real remount)")
    for at in sorted({1 + total * point // points for point in range(points)}):
        scene.reset()
        failed = False
        try:
            scene.switch(Remounting(at, _Now(), dead=False))
        except Failure:
            failed = True
        finally:
            if mounted:
                _remount(scene.home.path, "rw")
                mounted.clear()
        tally = judge(scene, tally, at, died=failed)
    return [tally]


class _Now(Exception):
    """The moment to remount."""


def _remount(home: Path, how: str) -> None:
    """Make a home read-only, or writable again.

    A file system with files open for writing cannot be remounted, and the lock is such a file: so a second mount of
    the home, without open files, is put over the first one.
    """
    commands = [["mount", "--bind", home, home], ["mount", "-o", "remount,bind,ro", home]]
    for command in commands if how == "ro" else [["umount", "-l", home]]:
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"remounting is refused: {done.stderr.strip()}")


if __name__ == "__main__":
    _main(sys.argv[1], int(sys.argv[2]))
    sys.stdout.flush()
    os._exit(0)
