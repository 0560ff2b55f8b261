"""Power that fails: what a disk holds then, of a switch that believes to have written all of it.

A switch runs once, and every system call that changes the file system is written down, with what it waits for (`fsync`,
`syncfs`). From that, the disk at each moment is made as it may be found after the power failed: of what was not waited
for, names and contents are missing or torn. A disk that keeps the order of names (a journal, as ext4 and XFS have) loses
the last of them; one that keeps none loses every name whose directory was not waited for.
"""

from __future__ import annotations

import os
import random
import stat
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from disaster import Scene, Tally, judge
from killing import judge_removal, take_away

from home_manager.activation import System
from home_manager.store.removal import remove_tree

Op = tuple[Any, ...]
"""What was done: its name, then paths and data."""

NAMING = ("mkdir", "rmdir", "symlink", "link", "rename", "unlink", "chmod", "create")


@dataclass
class Node:
    """A file, link, directory or FIFO; `safe` is what of a file's content is on the disk for certain, `written` when it
    was written to, of what was there before."""

    kind: str
    mode: int
    data: bytes = b""
    safe: bytes = b""
    written: int | None = None


@dataclass
class Disk:
    """A tree by paths; a file with several names is one node."""

    nodes: dict[str, Node] = field(default_factory=dict)

    @classmethod
    def of(cls, top: str, at: str) -> Disk:
        """What lies below `top`, as if it were below `at`."""
        found: dict[str, Node] = {}
        known: dict[int, Node] = {}
        pending = [""]
        while pending:
            below = pending.pop()
            path = f"{top}{below}"
            status = os.lstat(path)
            if stat.S_ISDIR(status.st_mode):
                node = Node("directory", stat.S_IMODE(status.st_mode))
                pending += [f"{below}/{name}" for name in os.listdir(path)]
            elif stat.S_ISLNK(status.st_mode):
                node = Node("link", 0, os.fsencode(os.readlink(path)))
            elif stat.S_ISREG(status.st_mode):
                if status.st_ino not in known:
                    with open(path, "rb") as file:
                        data = file.read()
                    known[status.st_ino] = Node("file", stat.S_IMODE(status.st_mode), data, data, status.st_mtime_ns)
                node = known[status.st_ino]
            else:
                node = Node("fifo", stat.S_IMODE(status.st_mode))
            found[f"{at}{below}"] = node
        return cls(found)

    def apply(self, op: Op) -> None:
        """Do what was done once; what it needs may be missing, and then it is not done."""
        name, path, *more = op
        nodes, node = self.nodes, self.nodes.get(path)
        if name in ("mkdir", "symlink", "create") and os.path.dirname(path) not in nodes:
            return
        if name == "mkdir":
            nodes.setdefault(path, Node("directory", more[0]))
        elif name == "symlink":
            nodes.setdefault(path, Node("link", 0, more[0]))
        elif name == "create":
            nodes.setdefault(path, Node("file", more[0]))
        elif name == "link" and node is not None and os.path.dirname(more[0]) in nodes:
            nodes.setdefault(more[0], node)
        elif name == "rename" and node is not None and os.path.dirname(more[0]) in nodes:
            moved = {each: nodes.pop(each) for each in [*nodes] if each == path or each.startswith(f"{path}/")}
            nodes.update({more[0] + each[len(path) :]: found for each, found in moved.items()})
        elif name in ("unlink", "rmdir"):
            # A directory that is gone was empty, whatever the disk kept of what was in it.
            for each in [each for each in nodes if each == path or each.startswith(f"{path}/")]:
                del nodes[each]
        elif name == "chmod" and node is not None:
            node.mode = more[0]
        elif name == "write" and node is not None:
            node.data, node.written = node.data + more[0], None
        elif name == "truncate" and node is not None:
            node.data = node.data[: more[0]]
        elif name == "sync" and node is not None:
            node.safe = node.data

    def put(self) -> None:
        """Make the tree on the real disk; nothing is there before."""
        made: dict[int, str] = {}
        for path, node in sorted(self.nodes.items()):
            if node.kind == "directory":
                os.mkdir(path)
            elif id(node) in made:
                os.link(made[id(node)], path, follow_symlinks=False)
            elif node.kind == "link":
                os.symlink(node.data, path)
            elif node.kind == "fifo":
                os.mkfifo(path, node.mode)
            else:
                with open(path, "wb") as file:
                    file.write(node.data)
                os.chmod(path, node.mode)
                if node.written is not None:
                    os.utime(path, ns=(node.written, node.written))
            made[id(node)] = path
        for path, node in sorted(self.nodes.items(), reverse=True):
            if node.kind == "directory":
                os.chmod(path, node.mode)


def recorded(scene: Scene, work: Callable[[], object]) -> list[Op]:
    """Everything that some work does to the home, in order."""
    ops: list[Op] = []
    below = f"{scene.home.path}/"
    umask = os.umask(0o077)
    os.umask(umask)

    def note(*op: Any) -> None:
        if all(not isinstance(each, str) or f"{each}/".startswith(below) for each in op[1:]):
            ops.append(op)

    def full(path: Any, directory: int | None) -> str:
        text = os.fsdecode(path)
        return text if directory is None else os.path.join(os.readlink(f"/proc/self/fd/{directory}"), text)

    def at(descriptor: int) -> str:
        return os.readlink(f"/proc/self/fd/{descriptor}")

    real = {name: getattr(os, name) for name in (
        "mkdir", "rmdir", "symlink", "link", "rename", "replace", "unlink", "remove", "chmod", "fchmod", "open", "write",
        "ftruncate", "fsync",
    )}  # fmt: skip

    def mkdir(path: Any, mode: int = 0o777, *, dir_fd: int | None = None) -> None:
        real["mkdir"](path, mode, dir_fd=dir_fd)
        note("mkdir", full(path, dir_fd), mode & ~umask)

    def rmdir(path: Any, *, dir_fd: int | None = None) -> None:
        where = full(path, dir_fd)
        real["rmdir"](path, dir_fd=dir_fd)
        note("rmdir", where)

    def symlink(text: Any, path: Any, target_is_directory: bool = False, *, dir_fd: int | None = None) -> None:
        real["symlink"](text, path, dir_fd=dir_fd)
        note("symlink", full(path, dir_fd), os.fsencode(text))

    def link(old: Any, new: Any, *, src_dir_fd: int | None = None, dst_dir_fd: int | None = None, **more: Any) -> None:
        real["link"](old, new, src_dir_fd=src_dir_fd, dst_dir_fd=dst_dir_fd, **more)
        note("link", full(old, src_dir_fd), full(new, dst_dir_fd))

    def rename(old: Any, new: Any, *, src_dir_fd: int | None = None, dst_dir_fd: int | None = None) -> None:
        before, after = full(old, src_dir_fd), full(new, dst_dir_fd)
        real["rename"](old, new, src_dir_fd=src_dir_fd, dst_dir_fd=dst_dir_fd)
        note("rename", before, after)

    def unlink(path: Any, *, dir_fd: int | None = None) -> None:
        where = full(path, dir_fd)
        real["unlink"](path, dir_fd=dir_fd)
        note("unlink", where)

    def chmod(path: Any, mode: int, *, dir_fd: int | None = None, **more: Any) -> None:
        real["chmod"](path, mode, dir_fd=dir_fd, **more)
        note("chmod", full(path, dir_fd), mode)

    def fchmod(descriptor: int, mode: int) -> None:
        real["fchmod"](descriptor, mode)
        note("chmod", at(descriptor), mode)

    def opened(path: Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        new = bool(flags & os.O_CREAT) and not os.path.lexists(full(path, dir_fd))
        descriptor: int = real["open"](path, flags, mode, dir_fd=dir_fd)
        if new:
            note("create", full(path, dir_fd), mode & ~umask)
        return descriptor

    def write(descriptor: int, data: Any) -> int:
        count: int = real["write"](descriptor, data)
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            note("write", at(descriptor), bytes(data)[:count])
        return count

    def ftruncate(descriptor: int, length: int) -> None:
        real["ftruncate"](descriptor, length)
        note("truncate", at(descriptor), length)

    def fsync(descriptor: int) -> None:
        note("sync", at(descriptor))

    def everything(_: int) -> None:
        ops.append(("sync all", ""))

    shims: dict[str, Any] = {
        "mkdir": mkdir, "rmdir": rmdir, "symlink": symlink, "link": link, "rename": rename, "replace": rename,
        "unlink": unlink, "remove": unlink, "chmod": chmod, "fchmod": fchmod, "open": opened, "write": write,
        "ftruncate": ftruncate, "fsync": fsync,
    }  # fmt: skip
    with ExitStack() as stack:
        for name, shim in shims.items():
            stack.enter_context(patch.object(os, name, shim))
        for module in ("home_manager.activation.system", "home_manager.store.durability"):
            stack.enter_context(patch(f"{module}.flush_file_system", everything))
        work()
    return ops


def _directories(op: Op) -> tuple[str, ...]:
    """The directories whose names an operation changes."""
    paths = [op[1], *([op[2]] if op[0] in ("link", "rename") else [])]
    return tuple(os.path.dirname(path) for path in paths)


def after_failure(start: Callable[[], Disk], ops: list[Op], end: int, how: str, chance: random.Random) -> Disk:
    """The disk when the power fails before operation number `end`; `how` says what becomes of what was not waited for.

    `torn`: the names are there, of contents a part. `ordered`: names up to some moment after the last wait. `bare`: no
    name whose directory (or either, of a rename) was not waited for.
    """
    done = ops[:end]
    waits = [number for number, op in enumerate(done) if op[0] in ("sync", "sync all")]
    last = max(waits, default=-1)
    reach = {"torn": end, "ordered": chance.randint(last + 1, end), "bare": end}[how]
    whole = max((number for number in waits if done[number][0] == "sync all"), default=-1)
    seen: dict[str, int] = {}
    for number in waits:
        seen[done[number][1]] = number
    disk = start()
    for number, op in enumerate(done):
        if op[0] == "sync all":
            for node in disk.nodes.values():
                node.safe = node.data
        elif op[0] not in NAMING:
            disk.apply(op)
        elif number >= reach:
            continue
        elif (
            how != "bare"
            or number < whole
            or op[0] == "chmod"
            or any(seen.get(directory, -1) > number for directory in _directories(op))
        ):
            disk.apply(op)
    for node in disk.nodes.values():
        if node.kind == "file" and node.data != node.safe:
            common = len(node.safe) if node.data.startswith(node.safe) else 0
            node.data = node.data[: chance.randint(common, len(node.data))] if how == "torn" else node.safe
    return disk


NAMES = {
    "torn": "contents are torn",
    "ordered": "the last names are lost",
    "bare": "all else is lost",
}

Judge = Callable[..., Tally]


def fail_power(scene: Scene, how: str, step: int = 1, *, system: System | None = None) -> Tally:
    """A switch whose power fails at each moment, on a disk of a kind."""
    return _fail(scene, how, step, f"power fails: {NAMES[how]}", lambda: scene.switch(system or System()), judge)


def fail_power_in_removals(scene: Scene, how: str, step: int = 1) -> Tally:
    """An `uninstall` whose power fails at each moment."""
    return _fail(scene, how, step, f"power fails in uninstall: {NAMES[how]}", lambda: take_away(scene), judge_removal)


def _fail(scene: Scene, how: str, step: int, name: str, work: Callable[[], object], look: Judge) -> Tally:
    tally, chance = Tally(name), random.Random(0)
    scene.reset()
    ops = recorded(scene, work)
    assert sum(op[0] == "sync" for op in ops) > 5
    top = str(scene.home.path)
    for end in range(0, len(ops) + 1, step):
        remove_tree(top)
        after_failure(lambda: Disk.of(scene.pristine, top), ops, end, how, chance).put()
        tally = look(scene, tally, end, died=True)
    return tally
