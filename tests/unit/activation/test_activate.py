"""The course of an activation: checks, packages, dry runs, the lock, and how long nothing takes."""

from __future__ import annotations

import hashlib
import os
import time
from dataclasses import replace
from pathlib import Path

import pytest
from homes import QUIET, Home, steps

from home_manager.activation import Layout, Options, activate
from home_manager.configuration.generation import ACTIVATE
from home_manager.diagnostics import Failure
from home_manager.store import Lock


def fingerprint(top: Path) -> str:
    sha = hashlib.sha256()
    for directory, names, files in os.walk(top):
        names.sort()
        for name in sorted(names + files):
            path = os.path.join(directory, name)
            status = os.lstat(path)
            sha.update(f"{path} {status.st_mode} {status.st_mtime_ns} {status.st_ino}".encode())
    return sha.hexdigest()


def test_packages_are_reached_through_two_links(home: Home) -> None:
    one = home.generation({}, packages=["rg"])
    home.activate(one)
    assert os.readlink(home.path / ".nix-profile") == str(home.layout.packages_profile)
    assert os.path.lexists(home.path / ".nix-profile/bin/rg")
    home.activate(home.generation({}, packages=["fd"]))
    assert os.path.lexists(home.path / ".nix-profile/bin/fd")
    assert not os.path.lexists(home.path / ".nix-profile/bin/rg")
    home.activate(one, number=1)
    assert os.path.lexists(home.path / ".nix-profile/bin/rg")
    home.activate(home.generation({"a": "1"}))
    assert home.tree().keys() == {"a"}
    assert not os.path.lexists(home.layout.packages_profile)


def test_the_profile_of_nix_is_left_alone(home: Home) -> None:
    (home.path / ".nix-profile").symlink_to("/nix/var/nix/profiles/default")
    report = home.activate(home.generation({}, packages=["rg"]))
    assert os.readlink(home.path / ".nix-profile") == "/nix/var/nix/profiles/default"
    assert "was left alone" in report.notes[0]
    home.activate(home.generation({}))
    assert os.path.islink(home.path / ".nix-profile")


def test_packages_are_there_for_later_steps(home: Home) -> None:
    look = steps(("look", 'ls "$HOME/.nix-profile/bin"'), after="installPackages")
    home.activate(home.generation({}, packages=["rg"], steps=look))
    assert home.output == "rg\n"


def test_a_dry_run_changes_nothing_and_tells_everything(home: Home) -> None:
    home.switch({"old": "1", "same": "1"})
    home.put("mine", "mine")
    generation = home.generation({"same": "1", "new/x": "1", "mine": "1"}, packages=["rg"])
    before = fingerprint(home.top)
    report = home.activate(generation, dry_run=True, backup_extension="bak")
    assert fingerprint(home.top) == before
    assert (report.linked, report.removed, report.backed_up) == (("mine", "new/x"), ("old",), (("mine", "mine.bak"),))
    told = "\n".join(report.planned)
    for words in (
        f"remove {home.path}/old",
        f"make the directory {home.path}/new",
        f"link {home.path}/new/x to ",
        f"keep {home.path}/mine as {home.path}/mine.bak",
        f"link {home.path}/.nix-profile to ",
        f"make {generation[1]} the current generation",
    ):
        assert words in told
    with pytest.raises(Failure) as caught:
        home.activate(generation, dry_run=True)
    assert caught.value.diagnostic.code == "file-in-the-way"


def sane(home: Home, **more: object) -> None:
    generation = home.generation({}, **more)  # type: ignore[arg-type]
    options = Options(environ={"USER": "alice", "PATH": os.environ["PATH"]})
    activate(*generation, layout=home.layout, options=options, system=QUIET)


def test_somebody_elses_generation_is_refused(home: Home, tmp_path: Path) -> None:
    sane(home, username="alice", uid=os.getuid())
    for code, more in (
        ("user-mismatch", {"username": "bob"}),
        ("user-mismatch", {"username": "alice", "uid": os.getuid() + 1}),
        ("home-mismatch", {"username": "alice", "home_directory": "/home/bob"}),
    ):
        with pytest.raises(Failure) as caught:
            sane(home, **more)
        assert caught.value.diagnostic.code == code
    (tmp_path / "alias").symlink_to(home.path)
    sane(home, username="alice", home_directory=str(tmp_path / "alias"))


def test_the_check_can_be_left_out(home: Home) -> None:
    generation = home.generation({}, username="bob")
    environ = {"USER": "alice", "PATH": os.environ["PATH"], "SKIP_SANITY_CHECKS": "1"}
    activate(*generation, layout=home.layout, options=Options(environ=environ), system=QUIET)


def test_below_a_root_the_home_is_made(home: Home, tmp_path: Path) -> None:
    root = tmp_path / "root"
    layout = Layout.resolve("/home/alice", root=str(root), environ={})
    generation = home.generation({"a": "1"}, username="nobody-here", home_directory="/home/alice")
    activate(*generation, layout=layout, system=QUIET)
    assert (root / "home/alice/a").is_symlink()
    with pytest.raises(Failure) as caught:
        activate(*generation, layout=Layout.resolve(str(tmp_path / "none"), environ={}), system=QUIET,
                 options=Options(skip_sanity_checks=True))  # fmt: skip
    assert caught.value.diagnostic.code == "home-missing"


def test_one_switch_at_a_time(home: Home) -> None:
    with Lock(home.layout.lock, "home-manager build") as held:
        with pytest.raises(Failure) as caught:
            home.switch({"a": "1"})
        diagnostic = caught.value.diagnostic
        assert diagnostic.code == "home-locked"
        assert f"process {os.getpid()}, `home-manager build`" in diagnostic.notes[0]
        manifest, path = home.generation({"a": "1"})
        options = Options(skip_sanity_checks=True)
        activate(manifest, path, layout=home.layout, options=options, system=QUIET, lock=held)
    assert home.read("a") == "1"


def test_every_step_is_told_of(home: Home) -> None:
    told: list[str] = []
    report = home.activate(home.generation({}, steps=steps(("mine", ":"))), on_step=told.append)
    assert report.steps == tuple(told)
    assert told[-1] == "mine"


def test_a_home_that_cannot_be_written_to(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str, target: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    generation = home.generation({"a": "1"})
    monkeypatch.setattr(QUIET, "make_link", refuse, raising=False)
    with pytest.raises(Failure) as caught:
        home.activate(generation)
    assert caught.value.diagnostic.code == "not-writable"
    assert home.tree() == {}
    assert home.profile.current is None


def test_nothing_to_do_takes_no_time(home: Home) -> None:
    generation = home.generation({f".config/program{n}/settings": str(n) for n in range(20)}, packages=["rg"])
    home.activate(generation)
    best = 1.0
    for _ in range(5):
        # Of this process: others may be at work.
        start = time.process_time()
        report = home.activate(generation)
        best = min(best, time.process_time() - start)
    assert (report.unchanged, report.new) == (20, False)
    assert best < 0.03


def test_nothing_to_do_writes_nothing_but_the_lock(home: Home) -> None:
    generation = home.generation({"a": "1"}, packages=["rg"])
    home.activate(generation)
    lock = os.stat(home.layout.lock)
    before = fingerprint(home.top)
    home.activate(generation)
    os.utime(home.layout.lock, ns=(lock.st_atime_ns, lock.st_mtime_ns))
    assert fingerprint(home.top) == before


def test_the_script_of_a_generation_starts_the_program(home: Home, tmp_path: Path) -> None:
    import subprocess

    generation = tmp_path / "generation with space"
    generation.mkdir()
    (generation / "activate").write_text(ACTIVATE)
    (generation / "activate").chmod(0o755)
    (tmp_path / "link").symlink_to(generation / "activate")
    done = subprocess.run(
        [str(tmp_path / "link"), "-n"],
        env={"HOME_MANAGER": "/bin/echo", "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == f"activate {generation} -n\n"


def test_the_manifest_alone_decides(home: Home) -> None:
    manifest, path = home.generation({"a": "1"})
    trimmed = replace(manifest, steps=tuple(s for s in manifest.steps if s.name != "linkGeneration"))
    assert home.activate((trimmed, path)).linked == ()
    assert home.tree() == {}


def test_a_generation_may_be_named_by_any_link_to_it(home: Home, tmp_path: Path) -> None:
    manifest, path = home.generation({"a": "1"})
    home.activate((manifest, path))
    (tmp_path / "result").symlink_to(path)
    (tmp_path / "alias").symlink_to(home.path)
    for other in (
        str(tmp_path / "result"),
        path.replace(str(home.path), str(tmp_path / "alias")),
        home.profile.pointer,
    ):
        report = home.activate((manifest, other))
        assert (report.new, report.unchanged) == (False, 1)
    assert len(home.profile.generations()) == 1
