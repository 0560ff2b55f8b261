"""`home.lock`, and how requests find their providers."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from home_manager.configuration.home_lock import HomeLock, lock_path
from home_manager.configuration.request import Request
from home_manager.diagnostics import Failure, Failures, Source, Span
from home_manager.packages.package_lock import EMPTY, Lacking, Locked, LockedFile, PackageLock
from home_manager.packages.providers import PackageRequest, Progress, Realised, SilentProgress, WantedPackage
from home_manager.packages.realise import PackageSources, lacking_packages, lock_packages

SILENT = SilentProgress()
SYSTEM = "x86_64-linux"


class Shelf:
    """A provider that has what it is told that it has."""

    def __init__(self, name: str, versions: Mapping[str, str]) -> None:
        self.name = name
        self.versions = dict(versions)
        self.asked: list[str] = []

    def lock(
        self, requests: Sequence[PackageRequest], progress: Progress, *, refresh: bool = False
    ) -> list[Locked | Lacking]:
        self.asked += [request.key for request in requests]
        return [
            locked(self.name, self.versions[request.text])
            if request.text in self.versions
            else Lacking((self.name,), (f"{self.name} was asked",), ("ripgrep",))
            for request in requests
        ]

    def pin(self) -> Mapping[str, str]:
        return {"state": self.name}

    def realise(self, wanted: Sequence[WantedPackage], progress: Progress) -> list[Realised]:
        raise AssertionError("nothing is made here")

    def search(self, words: str, limit: int = 20) -> list[tuple[str, str, str]]:
        return []

    def describe(self) -> str:
        return self.name


def locked(provider: str, version: str) -> Locked:
    file = LockedFile("tool", version, f"pool/tool_{version}.deb", 7, version.encode().hex().ljust(64, "0"))
    return Locked(provider, version, (file,), {"main": "tool"}, {"description": "a tool"})


def sources(*providers: Shelf, **chosen: Sequence[str]) -> PackageSources:
    by_name = {provider.name: provider for provider in providers}
    return PackageSources(lambda name: by_name[name], [provider.name for provider in providers], chosen)


def request(text: str, **more: object) -> PackageRequest:
    return PackageRequest(tuple(text.split(".")), **more)  # type: ignore[arg-type]


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = str(tmp_path / "home.lock")
    lock = PackageLock({"tool": locked("debian", "1.2"), "absent": Lacking(("debian",))}, {"debian": {"suite": "x"}})
    home_lock = HomeLock(path)
    home_lock.set(SYSTEM, lock)
    assert home_lock.of(SYSTEM) is lock
    assert home_lock.write()
    again = HomeLock(path)
    assert again.of(SYSTEM) == lock
    assert again.of("aarch64-linux") == EMPTY
    again.set(SYSTEM, lock)
    assert not again.write(), "the same content is not written again"


def test_systems_stand_beside_each_other_and_each_package_has_a_line(tmp_path: Path) -> None:
    path = tmp_path / "home.lock"
    for system, version in ((SYSTEM, "1.2"), ("aarch64-linux", "1.3")):
        home_lock = HomeLock(str(path))
        home_lock.set(system, PackageLock({"tool": locked("debian", version)}))
        home_lock.write()
    home_lock = HomeLock(str(path))
    assert home_lock.of(SYSTEM).get("tool") == locked("debian", "1.2")
    assert home_lock.of("aarch64-linux").get("tool") == locked("debian", "1.3")
    assert sum('"tool": {' in line and line.rstrip(",").endswith("}") for line in path.read_text().splitlines()) == 2


@pytest.mark.parametrize(
    "text",
    ["nonsense", "[]", '{"version": 9}', '{"version": 1, "systems": {"x86_64-linux": {"packages": {"a": {}}}}}',
     '{"version": 1, "systems": {"x86_64-linux": {"files": {"debian": {"a/1": [1]}}}}}'],
)  # fmt: skip
def test_what_is_no_lock_is_said(tmp_path: Path, text: str) -> None:
    path = tmp_path / "home.lock"
    path.write_text(text)
    with pytest.raises(Failure) as caught:
        HomeLock(str(path)).of(SYSTEM)
    assert caught.value.diagnostic.code == "lock-invalid"
    assert str(path) in caught.value.diagnostic.message


def test_a_failed_write_leaves_the_old_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "home.lock"
    home_lock = HomeLock(str(path))
    home_lock.set(SYSTEM, PackageLock({"tool": locked("debian", "1.2")}))
    home_lock.write()
    before = path.read_text()

    def refuse(source: str, target: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    home_lock.set(SYSTEM, PackageLock({"tool": locked("debian", "1.3")}))
    with pytest.raises(Failure) as caught:
        home_lock.write()
    assert caught.value.diagnostic.code == "lock-unwritable"
    assert path.read_text() == before
    assert os.listdir(tmp_path) == ["home.lock"]


@pytest.mark.parametrize(
    ("flake", "beside"),
    [("{tmp}", True), ("{tmp}#alice", True), ("path:{tmp}#alice", True), ("git+file://{tmp}?ref=x#alice", True),
     ("github:alice/dotfiles", False), ("{tmp}/absent", False)],
)  # fmt: skip
def test_the_lock_lies_beside_what_can_be_written(tmp_path: Path, flake: str, beside: bool) -> None:
    (tmp_path / "flake.nix").write_text("{ }")
    found = lock_path(Request(flake=flake.format(tmp=tmp_path)), "/state")
    assert found == str(tmp_path / "home.lock") if beside else found.startswith("/state/locks/")


def test_the_digest_is_of_content_alone() -> None:
    one = locked("debian", "1.2")
    described = Locked(one.provider, one.version, one.files, one.facts, {"description": "another"})
    assert one.digest() == described.digest()
    assert one.digest() != locked("debian", "1.3").digest()
    assert one.digest() != Locked(one.provider, one.version, one.files, {"main": "other"}).digest()


def test_providers_are_asked_in_order_and_only_for_what_is_lacking() -> None:
    first, second = Shelf("first", {"a": "1"}), Shelf("second", {"a": "9", "b": "2"})
    lock = lock_packages(EMPTY, [request("a"), request("b"), request("c")], sources(first, second), SILENT)
    assert {key: getattr(entry, "provider", None) for key, entry in lock.packages.items()} == {
        "a": "first", "b": "second", "c": None,
    }  # fmt: skip
    assert second.asked == ["b", "c"]
    assert lock.get("c") == Lacking(("first", "second"), ("first was asked", "second was asked"), ("ripgrep",))
    assert lock.pins == {"first": {"state": "first"}, "second": {"state": "second"}}


def test_a_package_has_an_order_of_its_own() -> None:
    first, second = Shelf("first", {"a": "1"}), Shelf("second", {"a": "9"})
    lock = lock_packages(EMPTY, [request("a")], sources(first, second, a=["second"]), SILENT)
    assert lock.get("a") == locked("second", "9")
    assert first.asked == []


def test_parts_are_a_package_of_their_own() -> None:
    joined = request("python3", parts=(("python3Packages", "b"), ("python3Packages", "a")))
    assert joined.key == "python3[python3Packages.a,python3Packages.b]"


def test_lacking_packages_that_the_user_named_are_said_at_once() -> None:
    source = Source("home.nix", "home.packages = [ pkgs.ripgrepp pkgs.fdd ];")
    spans = {
        name: Span(source, source.text.index(name), source.text.index(name) + len(name)) for name in ("ripgrepp", "fdd")
    }
    asked = [*(request(name, mention=span) for name, span in spans.items()), request("only-a-module")]
    lock = lock_packages(EMPTY, asked, sources(Shelf("shelf", {})), SILENT)
    problem = lacking_packages(lock, asked)
    assert isinstance(problem, Failures)
    found = list(problem.finished())
    assert [(each.code, str(each.span)) for each in found] == [
        ("package-unknown", "home.nix:1:24"), ("package-unknown", "home.nix:1:38"),
    ]  # fmt: skip
    assert "did you mean `ripgrep`?" in found[0].hints


def test_what_only_a_module_named_is_no_failure() -> None:
    asked = [request("only-a-module")]
    lock = lock_packages(EMPTY, asked, sources(Shelf("shelf", {})), SILENT)
    assert lacking_packages(lock, asked) is None
    assert isinstance(lock.get("only-a-module"), Lacking)
