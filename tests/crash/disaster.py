"""A switch with more than sixty changes and everything in its way; ways to die in it; and what must hold afterwards.

A trial puts the home back to how it was, lets a switch end badly, has the next command recover, and looks: the home is
the old or the new one to the last byte and permission bit, and every text that was the user's is still somewhere.
"""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from homes import Home, Real, steps

from home_manager.activation import System, recover
from home_manager.manifest import FileEntry, Manifest
from home_manager.paths import HomeRelPath
from home_manager.store.removal import remove_tree

OPTIONS = {"backup_extension": "bak", "backup_overwrite": True}
Generation = tuple[Manifest, str]


class Died(BaseException):
    """The end of the process, as far as the code under test can tell: nothing may run after it."""


@dataclass
class Scene:
    """A home in use, the generation that it shall be switched to, and what both look like."""

    home: Home
    one: Generation
    two: Generation
    before: dict[str, str] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)
    texts: frozenset[str] = frozenset()

    @property
    def pristine(self) -> str:
        return f"{self.home.top}/pristine"

    def reset(self) -> None:
        """The home as it was before the switch, whatever happened since."""
        remove_tree(str(self.home.path))
        subprocess.run(["cp", "-a", self.pristine, str(self.home.path)], check=True)

    def switch(self, system: System | None = None) -> None:
        self.home.activate(self.two, system=system or System(durable=False), **OPTIONS)


def numbered(prefix: str, count: int, text: str) -> dict[str, str | Real | FileEntry]:
    return {f"{prefix}{n}": text for n in range(count)}


def make_scene(top: Path) -> Scene:
    """The scene below an empty directory."""
    home = Home(top)
    tree = top / "tree"
    for name in ("a", "b", "sub/c", "sub/deep/d"):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text(f"recursive {name}")
    recursive = FileEntry(HomeRelPath("rec"), home.store.add_tree("tree", str(tree)), recursive=True)
    copied = Real("", "copy").entry("copied", home.store.add_tree("tree", str(tree)))
    hook = {"on_change": f"echo hook >> {top}/log"}
    old: dict[str, str | Real | FileEntry] = {
        **numbered("changed/", 5, "1"), **numbered("gone/deep/", 5, "1"), **numbered("same/", 3, "same"),
        "was-dir/a": "1", "was-dir/b/c": "1", "becomes-dir": "1",
        "copy-changed": Real("copy 1", "copy", "0640"), "copy-gone": Real("1", "copy"), "copy-edited": Real("1", "copy"),
        "copy-mode": Real("m", "copy"), "link-to-copy": "1", "copy-to-link": Real("1", "copy"), "seed-old": Real("s", "seed"),
        "merge-drop.json": Real('{"ours": 1}', "merge"), "merge-gone.ini": Real("[a]\nb=1\n", "merge"),
        "merge-to-copy.json": Real('{"k": 1}', "merge"), "hooked": Real("1", "copy", more=hook),
    }  # fmt: skip
    new: dict[str, str | Real | FileEntry] = {
        **numbered("changed/", 5, "2"), **numbered("same/", 3, "same"), **numbered("new/deep/er/", 6, "2"),
        **numbered("in-the-way/", 5, "2"), **numbered("old-backup/", 2, "2"), **numbered("equal/", 3, "equal"),
        **numbered("foreign/", 3, "2"), **numbered("full/", 2, "2"), **numbered("fifo/", 1, "2"),
        "was-dir": "2", "becomes-dir/x": "2", "blocked/by/file": "2", "dangling/parent": "2", "rec": recursive,
        "copied": copied, "copy-changed": Real("copy 2", "copy", "0600"), "copy-edited": Real("2", "copy"),
        "copy-mode": Real("m", "copy", "0600"), "copy-new/x": Real("2", "copy"), "copy-blocked": Real("2", "copy"),
        "copy-over-dir": Real("2", "copy"), "link-to-copy": Real("2", "copy"), "copy-to-link": "2",
        "seed-old": Real("s2", "seed"), "seed-new": Real("s2", "seed"), "seed-there": Real("s2", "seed"),
        "merge-drop.json": Real('{"more": {"x": 1}}', "merge"), "merge.json": Real('{"theirs": "ours", "new": 1}', "merge"),
        "merge.ini": Real("[s]\nk=2\n", "merge"), "merge-broken.json": Real('{"k": 1}', "merge"),
        "merge-to-copy.json": Real('{"k": 2}', "copy"), "hooked": Real("2", "copy", more=hook),
    }  # fmt: skip
    forced = Real("2", "copy", more={"force": True})
    new |= {f"forced/{n}": forced for n in range(2)}
    one = home.generation(old, packages=["rg"])
    home.activate(one)
    furnish(home)
    late = steps(("write", 'run echo step >> "$HOME/../steps"'), after="onFilesChange")
    two = home.generation(new, packages=["rg", "fd"], steps=late)
    scene = Scene(home, one, two)
    subprocess.run(["cp", "-a", str(home.path), scene.pristine], check=True)
    scene.before = look(home)
    scene.texts = texts_of_the_user(home)
    scene.switch()
    scene.after = look(home)
    scene.reset()
    assert look(home) == scene.before
    return scene


def furnish(home: Home) -> None:
    """What the user has put into the home, and changed in it, each with a text of its own."""
    for target in (
        *(f"in-the-way/{n}" for n in range(5)), *(f"old-backup/{n}" for n in range(2)), "seed-there", "blocked",
        *(f"old-backup/{n}.bak" for n in range(2)), *(f"full/{n}/inside" for n in range(2)), "copy-blocked",
        "copy-over-dir/inside", *(f"forced/{n}" for n in range(2)), "full/0/deep/inside", "unrelated/file",
    ):  # fmt: skip
        home.put(target, f"<mine {target}>")
    for n in range(3):
        home.put(f"equal/{n}", "equal")
        (home.path / "foreign").mkdir(exist_ok=True)
        (home.path / f"foreign/{n}").symlink_to(f"/nowhere/{n}")
    (home.path / "dangling").symlink_to("/nowhere/at/all")
    (home.path / "fifo").mkdir()
    os.mkfifo(home.path / "fifo/0")
    home.put("merge.json", '{\n  // <mine comment>\n  "theirs": "<mine value>",\n  "kept": "<mine kept>"\n}\n')
    home.put("merge.ini", "; <mine ini>\n[s]\nother=<mine other>\n")
    home.put("merge-broken.json", "<mine broken")
    home.put("merge-drop.json", '{"ours": 1, "also": "<mine also>"}')
    home.put("copy-edited", "<mine edit>")
    home.put("seed-old", "<mine grown>")
    os.chmod(home.path / "in-the-way/0", 0o600)


def look(home: Home) -> dict[str, str]:
    """Everything in the home but our own state: path → kind, permission bits and content; and both pointers."""
    found: dict[str, str] = {}
    state = str(home.layout.state)
    for directory, names, files in os.walk(home.path):
        names[:] = [name for name in names if os.path.join(directory, name) != state]
        for name in [*names, *files]:
            path = os.path.join(directory, name)
            status = os.lstat(path)
            kind = stat.filemode(status.st_mode)
            if stat.S_ISLNK(status.st_mode):
                found[path] = "-> " + os.readlink(path)
            elif stat.S_ISREG(status.st_mode):
                found[path] = f"{kind} {Path(path).read_text()}"
            else:
                found[path] = kind
    for pointer in (home.layout.packages_profile, home.layout.profiles / "home-manager"):
        found[str(pointer)] = os.readlink(pointer) if os.path.islink(pointer) else "nothing"
    return found


def texts_of_the_user(home: Home) -> frozenset[str]:
    """Every marked text that is somewhere in the home, or in what switches replaced."""
    found: set[str] = set()
    skipped = {str(home.layout.store), str(home.layout.profiles), str(home.layout.journal)}
    for directory, names, files in os.walk(home.path):
        names[:] = [name for name in names if os.path.join(directory, name) not in skipped]
        for name in files:
            path = os.path.join(directory, name)
            if os.path.islink(path):
                found.add(f"link {os.readlink(path)}") if "/nowhere" in os.readlink(path) else None
            elif os.path.isfile(path):
                text = Path(path).read_text()
                found |= {f"<mine {part.split('>')[0].split(chr(10))[0]}" for part in text.split("<mine ")[1:]}
        found |= {
            f"link {os.readlink(path)}"
            for name in names
            if os.path.islink(path := os.path.join(directory, name)) and "/nowhere" in os.readlink(path)
        }
    return frozenset(found)


@dataclass(frozen=True)
class Tally:
    """What became of trials: how many switches were recovered to the old home and to the new one, and texts lost."""

    name: str
    points: int = 0
    old: int = 0
    new: int = 0
    whole: int = 0
    lost: int = 0
    wrong: tuple[str, ...] = ()

    def line(self) -> str:
        counts = f"{self.points:>6} {self.old:>8} {self.new:>8} {self.whole:>8} {self.lost:>6} {len(self.wrong):>6}"
        return f"{self.name:<44} {counts}"


HEADING = f"{'':<44} {'points':>6} {'to old':>8} {'to new':>8} {'unhurt':>8} {'lost':>6} {'wrong':>6}"


def judge(scene: Scene, tally: Tally, point: object, *, died: bool) -> Tally:
    """Recover, look, and go on: the tally with one trial more."""
    home = scene.home
    wrong: list[str] = []
    recover(home.layout, system=System(durable=False))
    now = look(home)
    old, new = now == scene.before, now == scene.after
    if not old and not new:
        differing = [
            path
            for path in {*now, *scene.after}
            if now.get(path) not in (scene.before.get(path), scene.after.get(path))
        ]
        wrong.append(f"{tally.name}, point {point}: neither the old home nor the new one: {sorted(differing)[:5]}")
    lost = len(scene.texts - texts_of_the_user(home))
    if lost:
        wrong.append(f"{tally.name}, point {point}: lost {sorted(scene.texts - texts_of_the_user(home))}")
    if recover(home.layout) is not None:
        wrong.append(f"{tally.name}, point {point}: a recovery left something to recover")
    scene.switch()
    if look(home) != scene.after or scene.texts - texts_of_the_user(home):
        wrong.append(f"{tally.name}, point {point}: the switch after it does not come to the new home")
    return replace(
        tally,
        points=tally.points + 1,
        old=tally.old + (died and old),
        new=tally.new + (died and new),
        whole=tally.whole + (not died),
        lost=tally.lost + lost,
        wrong=(*tally.wrong, *wrong),
    )


# Dying at actions

CHANGES = (
    "make_directory", "make_directories", "make_link", "replace_link", "hard_link", "write_file", "change_mode", "rename",
    "copy_tree", "unlink", "remove_directory", "remove_tree", "append", "synchronise", "point",
)  # fmt: skip


class Mortal(System):
    """A machine on which change number `at` goes wrong: `fate` is raised before it, and by `dead` ones ever after."""

    def __init__(self, at: int, fate: BaseException, *, dead: bool) -> None:
        super().__init__(durable=False)
        self.at, self.fate, self.dead = at, fate, dead
        self.count = 0

    def __getattribute__(self, name: str) -> object:
        if name in CHANGES:
            self.count += 1
            if self.count == self.at or (self.dead and self.count > self.at):
                raise self.fate
        return super().__getattribute__(name)


def count_actions(scene: Scene) -> int:
    scene.reset()
    system = Mortal(0, Died(), dead=False)
    scene.switch(system)
    return system.count


def die_at_actions(scene: Scene, points: Iterator[int] | range) -> Tally:
    """A process that ends right before an action of the switch."""
    tally = Tally("dies before an action")
    for at in points:
        scene.reset()
        died = False
        try:
            scene.switch(Mortal(at, Died(), dead=True))
        except Died:
            died = True
        tally = judge(scene, tally, at, died=died)
    return tally


# Dying at system calls

CALLS = (
    "mkdir", "rmdir", "symlink", "link", "rename", "replace", "unlink", "write", "fsync", "chmod", "fchmod", "open", "remove",
)  # fmt: skip


@contextmanager
def mortal_calls(at: int, fate: BaseException | None = None) -> Iterator[list[int]]:
    """While inside, the process is dead from its system call number `at` on; gives the number of calls so far."""
    count = [0]
    saved = {name: getattr(os, name) for name in CALLS}

    def mortal(name: str, call: Callable[..., object]) -> Callable[..., object]:
        def run(*arguments: object, **more: object) -> object:
            if name == "open" and not int(arguments[1]) & os.O_CREAT:  # type: ignore[call-overload]
                return call(*arguments, **more)
            count[0] += 1
            if at and count[0] >= at:
                raise fate or Died
            return call(*arguments, **more)

        return run

    for name, call in saved.items():
        setattr(os, name, mortal(name, call))
    try:
        yield count
    finally:
        for name, call in saved.items():
            setattr(os, name, call)


def count_calls(scene: Scene) -> int:
    scene.reset()
    with mortal_calls(0) as count:
        scene.switch()
    return count[0]


def die_at_calls(scene: Scene, points: range) -> Tally:
    """A process that ends between two system calls."""
    tally = Tally("dies before a system call")
    for at in points:
        scene.reset()
        died = False
        try:
            with mortal_calls(at):
                scene.switch()
        except Died:
            died = True
        tally = judge(scene, tally, at, died=died)
    return tally


def clean(scene: Scene) -> None:
    for path in (scene.pristine, str(scene.home.path)):
        remove_tree(path)
    shutil.rmtree(scene.home.top / "tree", ignore_errors=True)
