"""Packages of a home from the lock: the first switch locks, later ones keep to it, `update` moves it on."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from home_manager.configuration.request import LockWishes, Request
from home_manager.diagnostics import Failure
from home_manager.home.home import Home, open_home
from home_manager.home.switch_options import SwitchOptions
from home_manager.home.update_packages import update
from home_manager.packages.package_lock import Lacking, Locked, LockedFile
from home_manager.packages.providers import PackageRequest, Progress, Realised, SilentProgress, WantedPackage, registry

SILENT = SilentProgress()
QUIET = SwitchOptions()


ALWAYS = ("desktop-file-utils", "glibcLocales", "shared-mime-info")
"""What every home needs."""


class Shelf:
    """A provider whose packages are one script each that prints its version."""

    name = "shelf"

    def __init__(self, versions: dict[str, str]) -> None:
        self.versions = versions
        self.store: object = None
        self.asked = 0
        self.made: list[str] = []

    def lock(
        self, requests: Sequence[PackageRequest], progress: Progress, *, refresh: bool = False
    ) -> list[Locked | Lacking]:
        self.asked += 1
        return [
            Locked(self.name, version, (LockedFile(each.text, version, f"{each.text}.tar", 9, version.ljust(64, "0")),))
            if (version := self.versions.get(each.text))
            else Lacking((self.name,))
            for each in requests
        ]

    def pin(self) -> Mapping[str, str]:
        return {"state": "the test"}

    def realise(self, wanted: Sequence[WantedPackage], progress: Progress) -> list[Realised]:
        for each in wanted:
            self.made.append(f"{each.request.text} {each.locked.version}")

            def fill(place: str, each: WantedPackage = each) -> None:
                os.makedirs(f"{place}/bin")
                script = Path(place, "bin", each.request.text)
                script.write_text(f"#!/bin/sh\necho {each.locked.version}\n")
                script.chmod(0o755)

            self.store.place(each.path, fill)  # type: ignore[attr-defined]
        return [Realised(each, each.locked.version) for each in wanted]

    def search(self, words: str, limit: int = 20) -> list[tuple[str, str, str]]:
        return []

    def describe(self) -> str:
        return "a shelf"


class World:
    def __init__(self, tmp_path: Path, shelf: Shelf) -> None:
        self.shelf = shelf
        self.folder = tmp_path / "configuration"
        self.root = tmp_path / "root"
        self.folder.mkdir()
        self.root.mkdir()
        self.lock = self.folder / "home.lock"
        self.request = Request(config=str(self.folder / "home.nix"), root=str(self.root))

    def write(self, body: str) -> None:
        (self.folder / "home.nix").write_text(
            '{ pkgs, lib, ... }: { home.username = "alice"; home.homeDirectory = "/home/alice";'
            ' home.stateVersion = "25.11"; manual.manpages.enable = false; programs.man.enable = false; '
            "systemd.user.enable = false; home.packages = lib.mkForce [ ];"
            f" {body} }}\n"
        )

    def home(self, **changes: object) -> Home:
        return open_home(replace(self.request, **changes))  # type: ignore[arg-type]

    def switch(self, **changes: object) -> Home:
        home = self.home(**changes)
        home.switch(home.evaluate_locked(SILENT), QUIET, SILENT)
        return home

    def program(self, name: str) -> str:
        path = self.root / "home/alice/.nix-profile/bin" / name
        return path.read_text() if os.path.lexists(path) else ""

    def locked(self) -> dict[str, str]:
        (system,) = json.loads(self.lock.read_text())["systems"].values()
        return {
            name: entry.get("version", "lacking") for name, entry in system["packages"].items() if name not in ALWAYS
        }


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    shelf = Shelf({"hello": "1.0", "jq": "1.7", **dict.fromkeys(ALWAYS, "1")})
    module = ModuleType("shelf_of_the_test")

    def make(settings: registry.ProviderSettings) -> Shelf:
        shelf.store = settings.store
        return shelf

    module.make = make  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr(registry, "PROVIDERS", {"shelf": module.__name__})
    monkeypatch.setattr(registry, "AUTOMATIC", ("shelf",))
    yield World(tmp_path, shelf)


ONE = 'home.file."hello".source = "${pkgs.hello}/bin/hello";'


def read(world: World) -> str:
    return (world.root / "home/alice/hello").read_text().split()[-1]


def test_the_first_switch_locks_and_later_ones_ask_nobody(world: World) -> None:
    world.write(ONE)
    world.switch()
    assert (read(world), world.locked()) == ("1.0", {"hello": "1.0"})
    world.shelf.versions["hello"] = "2.0"
    asked = world.shelf.asked
    before = world.lock.read_bytes()
    world.switch()
    assert (read(world), world.shelf.asked, world.lock.read_bytes()) == ("1.0", asked, before)


def test_update_shows_versions_and_the_next_switch_takes_them_and_rollback_the_old(world: World) -> None:
    world.write(ONE)
    world.switch()
    world.shelf.versions["hello"] = "2.0"
    home = world.home()
    assert [(each.key, *each.versions) for each in update(home, (), SILENT)] == [("hello", "1.0", "2.0")]
    assert world.locked() == {"hello": "1.0"}, "nothing is written before it is said"
    home.keep_lock()
    world.switch()
    assert (read(world), world.locked()) == ("2.0", {"hello": "2.0"})
    world.home().rollback(None, QUIET, SILENT)
    assert read(world) == "1.0"


def test_update_of_one_package_leaves_the_others(world: World) -> None:
    world.write(ONE + 'home.file."jq".source = "${pkgs.jq}/bin/jq";')
    world.switch()
    world.shelf.versions.update(hello="2.0", jq="1.8")
    assert [each.key for each in update(world.home(), ["jq"], SILENT)] == ["jq"]
    with pytest.raises(Failure) as caught:
        update(world.home(), ["jqq"], SILENT)
    assert caught.value.diagnostic.code == "package-not-in-lock"
    assert caught.value.diagnostic.hints == ("did you mean `jq`?",)


def test_frozen_refuses_what_is_not_locked_and_takes_what_is(world: World) -> None:
    frozen = LockWishes(frozen=True)
    world.write(ONE)
    with pytest.raises(Failure) as caught:
        world.switch(locking=frozen)
    assert caught.value.diagnostic.code == "lock-frozen"
    assert not world.lock.exists()
    world.switch()
    world.switch(locking=frozen)
    assert read(world) == "1.0"


def test_no_write_leaves_no_file(world: World) -> None:
    world.write(ONE)
    world.switch(locking=LockWishes(no_write=True))
    assert read(world) == "1.0" and not world.lock.exists()


def test_homes_that_share_a_lock_leave_each_other_their_packages(world: World) -> None:
    world.write(ONE)
    world.switch()
    world.write('home.file."jq".source = "${pkgs.jq}/bin/jq";')
    world.switch()
    assert world.locked() == {"hello": "1.0", "jq": "1.7"}
    world.shelf.versions.update(hello="2.0", jq="1.8")
    home = world.home()
    assert [each.key for each in update(home, (), SILENT)] == ["jq"]
    home.keep_lock()
    assert world.locked() == {"hello": "1.0", "jq": "1.8"}


def test_a_lock_that_cannot_be_written_is_a_note_of_the_switch(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.write(ONE)
    home = world.home()
    configuration = home.evaluate_locked(SILENT)
    replaced = os.replace

    def refuse(source: str, target: str, **more: object) -> None:
        if str(target).endswith("home.lock"):
            raise PermissionError(13, "Permission denied")
        replaced(source, target, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "replace", refuse)
    report = home.switch(configuration, QUIET, SILENT)
    assert read(world) == "1.0" and not world.lock.exists()
    assert any("home.lock" in note for note in report.notes)


def test_two_homes_with_one_lock_are_one(world: World, tmp_path: Path) -> None:
    world.write(ONE)
    first = world.switch().evaluate().path
    world.shelf.versions["hello"] = "9.9"
    other = tmp_path / "other"
    other.mkdir()
    assert world.home(root=str(other)).evaluate_locked(SILENT).path.rpartition("/")[2] != ""
    assert world.home().evaluate_locked(SILENT).path == first


def test_the_version_is_that_of_the_lock(world: World) -> None:
    world.write('home.file."version".text = pkgs.hello.version + " " + pkgs.hello;')
    world.switch()
    assert (world.root / "home/alice/version").read_text().split()[0] == "1.0"


def test_what_the_user_named_and_nobody_has_stops_before_anything_changes(world: World) -> None:
    world.write(ONE + 'home.file."x".source = "${pkgs.absent}/x"; home.file."y".source = "${pkgs.gone}/y";')
    with pytest.raises(Failure) as caught:
        world.switch()
    found = [each.message for each in caught.value.finished()]
    assert found == ["no provider has the package `absent`", "no provider has the package `gone`"]
    assert not world.lock.exists() and not world.shelf.made
    world.switch(skip_missing=True)
    assert read(world) == "1.0" and not os.path.lexists(world.root / "home/alice/x")
    assert world.locked() == {"absent": "lacking", "gone": "lacking", "hello": "1.0"}


def test_what_only_a_module_brought_is_left_out_with_a_note(world: World) -> None:
    (world.folder / "module.nix").write_text(
        '{ pkgs, ... }: { home.file."z".source = "${pkgs.${"some-" + "helper"}}/z"; }'
    )
    world.write(ONE + "imports = [ ./module.nix ];")
    home = world.home()
    configuration = home.evaluate_locked(SILENT)
    notes = home.build(configuration, SILENT).notes
    assert notes == ("`some-helper` is left out: no provider has it",)
    world.switch()
    assert read(world) == "1.0" and not os.path.lexists(world.root / "home/alice/z")


def test_a_package_comes_from_the_provider_that_is_chosen_for_it(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    host = "home_manager.packages.providers.host"
    monkeypatch.setattr(registry, "PROVIDERS", {**registry.PROVIDERS, "host": host})
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "jq").write_text("#!/bin/sh\n")
    (programs / "jq").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    world.write(ONE + 'home.file."jq".source = "${pkgs.jq}/bin/jq"; home.packageProviders.jq = "host";')
    world.switch()
    assert os.path.realpath(world.root / "home/alice/jq") == str(programs / "jq")
    assert read(world) == "1.0"
    with pytest.raises(Failure) as caught:
        world.switch(provider="hots")
    assert caught.value.diagnostic.code == "provider-unknown"
    assert caught.value.diagnostic.hints == ("did you mean `host`?",)
