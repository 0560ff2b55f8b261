"""Odd circumstances: a clock that goes back, hard links into the store, sources that change while they are read, a huge
repository."""

from __future__ import annotations

import itertools
import os
import random
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from disaster import Tally
from homes import Home, Real
from killing import _HomeSession, _Quiet

from home_manager.activation import ReplacedFiles, System
from home_manager.diagnostics import Failure
from home_manager.home.collect_garbage import collect_garbage
from home_manager.home.uninstall_home import uninstall
from home_manager.store import Copy, Recipes, Store, verify
from home_manager.store.removal import remove_tree

HERE = Path(__file__).parent


def _more(tally: Tally, lost: int, wrong: list[str]) -> Tally:
    return replace(
        tally,
        points=tally.points + 1,
        whole=tally.whole + 1,
        lost=tally.lost + lost,
        wrong=(*tally.wrong, *wrong),
    )


def clock_goes_back(top: Path, rounds: int, seed: int = 0) -> Tally:
    """Switches on a clock that stands, jumps and goes back; the newest of what was taken comes back, and nothing is mixed."""
    tally, chance, home = Tally("the clock stands or goes back"), random.Random(seed), Home(top)
    now = 2_000_000_000.0
    texts: list[str] = []
    path = home.path / "a"
    with patch.object(time, "time", lambda: now):
        for number in range(rounds):
            wrong = []
            now += chance.choice([0, 0, -1, -3600, -86400 * 20, 1, 60])
            if path.is_symlink():
                path.unlink()
            path.write_text(f"<mine {number}>")
            texts.append(f"<mine {number}>")
            home.switch({"a": Real(f"ours {number}", "link", more={"force": True})})
            kept = [Path(each.place).read_text() for each in ReplacedFiles(System(), home.layout).of("a")]
            lost = len(set(texts) - set(kept))
            if kept != texts[::-1]:
                wrong.append(f"{tally.name}: kept {kept}, taken {texts}")
            if chance.random() < 0.3:
                collect_garbage(home.layout)
                home.switch({"other": str(number)})
                if path.read_text() != texts.pop():
                    wrong.append(f"{tally.name}: `a` holds {path.read_text()}")
                path.unlink()
            tally = _more(tally, lost, wrong)
    return tally


def hard_links(top: Path) -> Tally:
    """What in the home is a second name of an object of the store, and the other way round, in every kind of entry."""
    tally = Tally("hard links into the store")
    for how in ("link", "copy", "merge", "seed"):
        for mode in ("", "0600"):
            for way in ("rollback", "uninstall"):
                place = top / f"{how}-{mode}-{way}"
                tally = _more(tally, 0, _hard_link(place, how, mode if how != "link" else "", way))
    return tally


def _hard_link(place: Path, how: str, mode: str, way: str) -> list[str]:
    home, wrong = Home(place), []
    text = '{"a": 1}'

    def wanted(mode: str) -> dict[str, str | Real]:
        return {"x.json": text if how == "link" else Real(text, how, mode), "also": text}

    first = home.generation(wanted(""))
    objects = [Path(home.layout.store, name) for name in os.listdir(home.layout.store)]
    (stored,) = (each for each in objects if each.is_file() and each.read_text() == text)
    home.activate(first)
    (home.path / "x.json").unlink()
    os.link(stored, home.path / "x.json")
    os.environ["SKIP_SANITY_CHECKS"] = "1"
    home.switch({**wanted(mode), "x.json": Real(text, how if how != "link" else "copy", mode)}, backup_extension="bak")
    if way == "rollback":
        home.activate(first, number=1, backup_extension="bak2")
        collect_garbage(home.layout)
    damage = verify(home.store)
    if damage:
        wrong.append(f"hard links, {how} {mode}: {damage}")
    if stored.read_text() != text or stored.stat().st_mode & 0o777 != 0o444:
        wrong.append(f"hard links, {how} {mode}: the object is {oct(stored.stat().st_mode)}")
    if way == "uninstall":
        uninstall(_HomeSession(home), _Quiet())  # type: ignore[arg-type]
        if (home.path / "x.json").exists() and (home.path / "x.json").read_text() != text:
            wrong.append(f"hard links, {how} {mode}: the user's name has another text")
    return wrong


def sources_change(top: Path, rounds: int, seed: int = 0) -> Tally:
    """Sources that somebody writes to while they are copied: an object is what its hash says, or is not made."""
    tally, chance = Tally("sources change while they are read"), random.Random(seed)
    source = top / "source"
    (source / "deep").mkdir(parents=True)
    store = Store(str(top / "store"), durable=False)
    done = threading.Event()

    def write() -> None:
        number = 0
        while not done.is_set():
            number += 1
            name = source / f"deep/{number % 40}"
            if number % 7 == 0:
                name.unlink(missing_ok=True)
            else:
                name.write_text(str(number) * 1000)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(rounds):
            wrong = []
            recipes = Recipes(store.root)
            try:
                store.realise(recipes, [recipes.add(Copy(f"source-{chance.randrange(3)}", str(source)))])
            except (Failure, OSError) as failed:
                code = failed.diagnostic.code if isinstance(failed, Failure) else "an OSError"
                if code not in ("source-changed", "machine-error") and not code.startswith("source"):
                    wrong.append(f"{tally.name}, round {number}: {failed!r}")
            wrong += [f"{tally.name}, round {number}: {damage}" for damage in verify(store)]
            if any(not name[:1].isalnum() for name in os.listdir(store.root) if name != ".receipts" and "tmp" in name):
                wrong.append(f"{tally.name}, round {number}: something half done was left")
            tally = _more(tally, 0, wrong)
    finally:
        done.set()
        writer.join()
        store.close()
    return tally


FLAKE = """{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.home-manager.url = "github:nix-community/home-manager";
  outputs = { nixpkgs, home-manager, ... }: {
    homeConfigurations.alice = home-manager.lib.homeManagerConfiguration {
      pkgs = nixpkgs.legacyPackages.x86_64-linux;
      modules = [ ({ lib, pkgs, ... }: {
        home.username = "alice"; home.homeDirectory = "/home/alice"; home.stateVersion = "25.11";
        home.packages = lib.mkForce [ ]; xdg.mime.enable = false;
        i18n.glibcLocales = pkgs.writeTextDir "lib/locale/none" "";
        home.file.one.source = ./7/7;
        home.file.many = { source = ./8; recursive = true; };
      }) ];
    };
  };
}
"""


def huge_repository(top: Path, files: int) -> Tally:
    """A flake in a repository of so many files: a switch takes what is named, and the repository stays as it is."""
    tally = Tally(f"a repository of {files} files")
    repository, root = top / "repository", top / "root"
    for number in range(files):
        path = repository / f"{number % 100}/{number}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{number}\n")
    (repository / "flake.nix").write_text(FLAKE)
    git = ["git", "-C", str(repository), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "all"]):
        subprocess.run([*git, *command], check=True)
    before, wrong = _look(repository), []
    command = [sys.executable, "-m", "home_manager", "--root", str(root), "--flake", f"{repository}#alice", "switch"]
    for _ in range(2):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            wrong.append(f"{tally.name}: ended with {done.returncode}: {done.stderr}")
    home = root / "home/alice"
    if not wrong and ((home / "one").read_text() != "7\n" or len(os.listdir(home / "many")) != files // 100):
        wrong.append(f"{tally.name}: the home lacks files")
    if _look(repository) != before:
        wrong.append(f"{tally.name}: the repository was changed")
    remove_tree(str(root))
    remove_tree(str(repository))
    return _more(tally, 0, wrong)


def _look(repository: Path) -> list[tuple[str, int, int]]:
    return sorted(
        (path, os.lstat(path).st_mtime_ns, os.lstat(path).st_size)
        for directory, names, files in os.walk(repository)
        if ".git" not in directory.split("/")
        for path in (os.path.join(directory, name) for name in files if name != "flake.lock")
    )


def index_played_back(top: Path) -> Tally:
    """An archive that shows older states of itself, signed and valid still, in every order: the newest seen is used."""
    tally = Tally("an old package index is played back")
    sys.path.insert(0, str(HERE.parent / "unit/packages"))
    import archive_server

    from home_manager.packages.providers import SilentProgress
    from home_manager.packages.providers.debian.archive import Archive
    from home_manager.packages.providers.debian.archive_client import Fetcher
    from home_manager.packages.providers.debian.suite import SuiteCache

    release = archive_server.new_release()
    states = []
    for day in (1, 2, 3):
        release.date = f"Mon, 0{day} Sep 2025 08:00:00 UTC"
        release.publish()
        states.append(dict(release.files))
    with archive_server.served(release) as url:
        for number, order in enumerate(itertools.product(range(3), repeat=3)):
            cache = SuiteCache(f"{top}/{number}", Fetcher(attempts=1), release.certificate)
            newest, wrong = 0, []
            for state in order:
                release.files.update(states[state])
                newest = max(newest, state + 1)
                found = cache.open(Archive(url, "stable", "amd64"), SilentProgress(), refresh=True)
                if f"0{newest} Sep" not in found.pin:
                    wrong.append(f"{tally.name}: {found.pin} was used after {newest} Sep was seen")
            tally = _more(tally, 0, wrong)
    return tally
