"""An `eject` that is broken off at any moment: the next one comes to the end, and nothing of it leads nowhere."""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from disaster import Died, mortal_calls
from homes import Home, Real
from killing import _HomeSession, _Quiet

from home_manager.activation import recover
from home_manager.diagnostics import Failure
from home_manager.home.collect_garbage import collect_garbage
from home_manager.home.eject_home import eject
from home_manager.home.uninstall_home import uninstall
from home_manager.manifest import FileEntry
from home_manager.paths import HomeRelPath
from home_manager.store import Recipes, Text
from home_manager.store.removal import remove_tree

PROGRAM = "echo from the store"


@dataclass
class Scene:
    """A home in use, and how it was."""

    home: Home
    contents: dict[str, tuple[str, bool]]
    program: str

    @property
    def pristine(self) -> str:
        return f"{self.home.top}/pristine"

    def reset(self) -> None:
        remove_tree(str(self.home.path))
        subprocess.run(["cp", "-a", self.pristine, str(self.home.path)], check=True)

    def eject(self) -> None:
        eject(_HomeSession(self.home), _Quiet())  # type: ignore[arg-type]


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    home = Home(tmp_path)
    recipes = Recipes(home.store.root)
    program = recipes.add(Text("program", PROGRAM, executable=True))
    home.store.realise(recipes, [program])
    tree = tmp_path / "tree"
    (tree / "deep").mkdir(parents=True)
    (tree / "deep/file").write_text("deep")
    (tree / "deep/tool").write_text(f"#!{program}\n")
    (tree / "deep/tool").chmod(0o755)
    (tree / "inner").symlink_to("deep/file")
    (tree / "outer").symlink_to(program)
    (tree / "deep/up").symlink_to("..")
    whole = FileEntry(HomeRelPath("whole"), home.store.add_tree("tree", str(tree)))
    (tree / "deep/up").unlink()
    units = home.store.add_tree("units", str(_units(tmp_path)))
    wants = ".config/systemd/user/default.target.wants"
    generation = home.generation(
        {
            "text": "text",
            "script": FileEntry(HomeRelPath("script"), program, executable=True),
            "names-a-program": f"exec {program}.\n",
            "whole": whole,
            "each": FileEntry(HomeRelPath("each"), home.store.add_tree("tree", str(tree)), recursive=True),
            "replaced": "ours",
            **{f"many/{n}": f"{n}" for n in range(5)},
            ".config/systemd/user/a.service": FileEntry(
                HomeRelPath(".config/systemd/user/a.service"), f"{units}/a.service"
            ),
            f"{wants}/a.service": FileEntry(HomeRelPath(f"{wants}/a.service"), f"{units}/a.service"),
            ".config/systemd/user/t@.service": FileEntry(
                HomeRelPath(".config/systemd/user/t@.service"), f"{units}/t@.service"
            ),
            f"{wants}/t@one.service": FileEntry(HomeRelPath(f"{wants}/t@one.service"), f"{units}/t@.service"),
        },
        packages=["rg"],
    )
    home.activate(generation)
    (home.path / "replaced").unlink()
    home.put("replaced", "<mine>")
    home.put("own/file", "<mine too>")
    subprocess.run(["cp", "-a", str(home.path), f"{tmp_path}/pristine"], check=True)
    yield Scene(home, contents_of(home), program)
    remove_tree(f"{tmp_path}/pristine")
    remove_tree(str(home.path))


def _units(top: Path) -> Path:
    units = top / "units"
    units.mkdir()
    for name in ("a.service", "t@.service"):
        (units / name).write_text(f"[Unit]\nDescription={name}\n")
    return units


def contents_of(home: Home) -> dict[str, tuple[str, bool]]:
    """What is found at each path of the home, through all links: its text, and whether it can be run."""
    found: dict[str, tuple[str, bool]] = {}
    state = str(home.layout.state)
    for directory, names, files in os.walk(home.path, followlinks=True):
        # What leads up again is seen once.
        names[:] = [name for name in names if os.path.join(directory, name) != state and name != "up"]
        for name in files:
            path = os.path.join(directory, name)
            status = os.stat(path)
            found[os.path.relpath(path, home.path)] = (Path(path).read_text(), bool(status.st_mode & stat.S_IXUSR))
    return found


def links_into_the_store(home: Home) -> set[str]:
    found = set()
    for directory, names, files in os.walk(home.path):
        names[:] = [name for name in names if os.path.join(directory, name) != str(home.layout.state)]
        for name in [*names, *files]:
            path = os.path.join(directory, name)
            if os.path.islink(path) and os.readlink(path).startswith(str(home.layout.state)):
                found.add(os.path.relpath(path, home.path))
    return found


def check_ejected(scene: Scene) -> None:
    home = scene.home
    assert contents_of(home) == scene.contents
    assert links_into_the_store(home) == {".nix-profile"}
    wants = home.path / ".config/systemd/user/default.target.wants"
    assert os.readlink(wants / "a.service") == "../a.service"
    assert os.readlink(wants / "t@one.service") == "../t@.service"
    assert os.readlink(home.path / "whole/inner") == "deep/file"
    assert not home.profile.generations() and not os.path.lexists(home.profile.pointer)
    assert not os.path.lexists(home.layout.journal / "current")
    writable = home.path / "text"
    assert writable.stat().st_mode & stat.S_IWUSR
    still_there(scene)


def still_there(scene: Scene) -> None:
    """What files and the profile name is in the store."""
    assert Path(scene.program).read_text() == PROGRAM
    assert (scene.home.path / ".nix-profile/bin/rg").exists()


def test_an_ejected_home(scene: Scene) -> None:
    scene.eject()
    check_ejected(scene)


def test_what_an_ejected_home_needs_survives_the_collection_of_garbage(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SKIP_SANITY_CHECKS", "1")
    scene.eject()
    collect_garbage(scene.home.layout)
    check_ejected(scene)
    # Neither does going on as if it had not happened take it away.
    scene.eject()
    check_ejected(scene)
    scene.home.activate(scene.home.generation({"new": "new"}, packages=[]))
    uninstall(_HomeSession(scene.home), _Quiet())  # type: ignore[arg-type]
    collect_garbage(scene.home.layout)
    assert Path(scene.program).read_text() == PROGRAM


def test_without_a_generation_there_is_nothing_to_eject(tmp_path: Path) -> None:
    with pytest.raises(Failure) as failed:
        eject(_HomeSession(Home(tmp_path)), _Quiet())  # type: ignore[arg-type]
    assert failed.value.diagnostic.code == "no-generation"


def die(scene: Scene, at: int) -> bool:
    """Ends an ejection before a system call; whether it came so far, and what the next commands find."""
    scene.reset()
    died = False
    try:
        with mortal_calls(at):
            scene.eject()
    except Died:
        died = True
    recover(scene.home.layout)
    assert contents_of(scene.home) == scene.contents, f"after dying at {at}"
    # Somebody may collect garbage before going on.
    collect_garbage(scene.home.layout)
    assert contents_of(scene.home) == scene.contents, f"collected after dying at {at}"
    still_there(scene)
    scene.eject()
    check_ejected(scene)
    return died


def test_taking_back_does_not_reach_through_a_link_that_was_to_become_a_directory(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An ordinary switch: a linked directory becomes copied files of equal content, and is broken off before."""
    monkeypatch.setenv("SKIP_SANITY_CHECKS", "1")
    home = scene.home
    target = home.generation({"whole/deep/file": Real("deep", "copy")}, packages=["rg"])
    remove_tree(scene.pristine)
    subprocess.run(["cp", "-a", str(home.path), scene.pristine], check=True)
    stored = os.path.realpath(home.path / "whole")
    for at in range(1, 1000):
        scene.reset()
        try:
            with mortal_calls(at):
                home.activate(target)
        except Died:
            recovered = recover(home.layout)
            assert Path(stored, "deep/file").read_text() == "deep", f"after dying at {at}"
            if recovered is None or not recovered.finished:
                assert contents_of(home) == scene.contents, f"after dying at {at}"
        else:
            assert at > 30 and (home.path / "whole/deep/file").read_text() == "deep"
            return


def calls(scene: Scene) -> int:
    scene.reset()
    with mortal_calls(0) as count:
        scene.eject()
    return count[0]


def test_dying_at_some_system_calls(scene: Scene) -> None:
    total = calls(scene)
    assert total > 100
    assert all(die(scene, at) for at in range(7, total, total // 12))


@pytest.mark.slow
def test_dying_at_every_system_call(scene: Scene) -> None:
    total = calls(scene)
    for at in range(1, total + 1):
        assert die(scene, at)
