"""`home.lock`: what every package of a home is, by its name in the package set, for each system.

The first switch writes it, later ones keep to it, and `update` moves it on. A package's store path is a digest of its
entry, so that two machines with one lock have one home. The file is JSON with one package or file a line:

    {"version": 1, "systems": {SYSTEM: {
        "pins": {PROVIDER: {…}},                                the state that a provider was in
        "files": {PROVIDER: {"NAME/VERSION": [PATH, SIZE, SHA256]}},
        "packages": {KEY: {"provider", "version", "files", "facts", "meta"} or {"lacking": [PROVIDER…]}}}}}
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from home_manager.diagnostics import Failure, failure
from home_manager.store import digest

VERSION: Final = 1
NAME: Final = "home.lock"


@dataclass(frozen=True, slots=True)
class LockedFile:
    """A file that a package is made of: its name and version, where its provider has it, its size in bytes and SHA-256."""

    name: str
    version: str
    path: str
    size: int
    sha256: str

    @property
    def key(self) -> str:
        return f"{self.name}/{self.version}"


@dataclass(frozen=True, slots=True)
class Locked:
    """What a package is: the provider's files, those of the package itself first, and the facts by which they become one.

    `facts` and `meta` are JSON values. `meta` only describes the package, so it is no part of the digest.
    """

    provider: str
    version: str
    files: tuple[LockedFile, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)
    meta: Mapping[str, Any] = field(default_factory=dict)

    def digest(self) -> str:
        facts = json.dumps(self.facts, sort_keys=True, separators=(",", ":"))
        return digest("locked", self.provider, self.version, facts, *(file.sha256 for file in self.files))

    @property
    def size(self) -> int:
        """The bytes of all files."""
        return sum(file.size for file in self.files)


@dataclass(frozen=True, slots=True)
class Lacking:
    """A package that none of these providers has; it is left out until `update` finds it. `notes` say where was looked."""

    providers: tuple[str, ...]
    notes: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


Entry = Locked | Lacking


@dataclass(frozen=True, slots=True)
class PackageLock:
    """The locked packages of one system."""

    packages: Mapping[str, Entry] = field(default_factory=dict)
    pins: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def get(self, key: str) -> Entry | None:
        return self.packages.get(key)

    def with_entries(self, entries: Mapping[str, Entry], pins: Mapping[str, Mapping[str, Any]]) -> PackageLock:
        """The lock with further or other entries, and the states that they were taken from."""
        return PackageLock({**self.packages, **entries}, {**self.pins, **pins})


EMPTY: Final = PackageLock()


def parse(text: str, system: str, path: str) -> PackageLock:
    """The lock of a system in the text of a file. Raises `Failure` where it is no lock."""
    data = _data(text, path)
    try:
        found = data.get("systems", {}).get(system, {})
        files = {
            provider: {
                key: LockedFile(key.partition("/")[0], key.partition("/")[2], str(where), int(size), str(sha256))
                for key, (where, size, sha256) in each.items()
            }
            for provider, each in found.get("files", {}).items()
        }
        packages = {key: _entry(entry, files) for key, entry in found.get("packages", {}).items()}
        return PackageLock(packages, dict(found.get("pins", {})))
    except (AttributeError, KeyError, TypeError, ValueError) as problem:
        raise _invalid(path, f"its entries for `{system}` are not of the right form: {problem!r}") from None


def render(text: str, locks: Mapping[str, PackageLock], path: str) -> str:
    """The text of a file with these systems' locks in the place of those that it had."""
    systems = {**_data(text, path).get("systems", {}), **{system: _dump(lock) for system, lock in locks.items()}}
    return _text({"version": VERSION, "systems": systems})


def _data(text: str, path: str) -> dict[str, Any]:
    if not text:
        return {}
    try:
        data = json.loads(text)
    except ValueError as problem:
        raise _invalid(path, f"it is not JSON: {problem}") from None
    if not isinstance(data, dict) or data.get("version") != VERSION:
        raise _invalid(path, f"its version is not {VERSION}")
    return data


def _invalid(path: str, why: str) -> Failure:
    return failure(
        "lock-invalid",
        f"`{path}` is not a lock of packages",
        notes=(why,),
        hints=("bring back an earlier one, or remove it: the next switch then locks all packages anew",),
    )


def _entry(entry: Mapping[str, Any], files: Mapping[str, Mapping[str, LockedFile]]) -> Entry:
    if "lacking" in entry:
        return Lacking(tuple(entry["lacking"]))
    provider = entry["provider"]
    return Locked(
        provider,
        entry["version"],
        tuple(files[provider][key] for key in entry["files"]),
        dict(entry.get("facts", {})),
        dict(entry.get("meta", {})),
    )


def _dump(lock: PackageLock) -> dict[str, Any]:
    files: dict[str, dict[str, list[Any]]] = {}
    packages: dict[str, Any] = {}
    for key, entry in sorted(lock.packages.items()):
        if isinstance(entry, Lacking):
            packages[key] = {"lacking": list(entry.providers)}
            continue
        for file in entry.files:
            files.setdefault(entry.provider, {})[file.key] = [file.path, file.size, file.sha256]
        packages[key] = {"provider": entry.provider, "version": entry.version, "files": [f.key for f in entry.files]}
        packages[key] |= {name: dict(value) for name, value in (("facts", entry.facts), ("meta", entry.meta)) if value}
    used = {entry.provider for entry in lock.packages.values() if isinstance(entry, Locked)}
    pins = {name: dict(pin) for name, pin in sorted(lock.pins.items()) if name in used}
    return {"pins": pins, "files": {name: dict(sorted(each.items())) for name, each in sorted(files.items())}} | {
        "packages": packages
    }


LINES: Final = 5
"""The depth from which on a value stands on one line: a package and a file each have one, so that changes read well."""


def _text(value: Any, depth: int = 0) -> str:
    if not isinstance(value, dict) or not value or depth >= LINES - ("provider" in value or "lacking" in value):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    inner = "  " * (depth + 1)
    lines = (f"{inner}{json.dumps(key, ensure_ascii=False)}: {_text(each, depth + 1)}" for key, each in value.items())
    return "{\n" + ",\n".join(lines) + "\n" + "  " * depth + "}" + ("" if depth else "\n")
