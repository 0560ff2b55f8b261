"""The manifest as JSON, and back: whatever the text holds, the answer is a `Manifest` or a `Failure`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, TypeVar

from home_manager.diagnostics import Failure, failure
from home_manager.manifest.schema import VERSION, FileEntry, Manifest, Meta, PackageEntry, Step, Systemd
from home_manager.paths import HomeRelPath

T = TypeVar("T")
Reader = Callable[[object, str], Any]


def dump(manifest: Manifest) -> str:
    """The JSON text of a manifest: sorted keys, one final newline, the same bytes for the same value."""
    return json.dumps(_plain(manifest), indent=1, sort_keys=True) + "\n"


def load(text: str | bytes, where: str = "manifest.json") -> Manifest:
    """The manifest that a JSON text holds; `where` names the text in an error."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _invalid(where, f"it is not JSON: {error}") from None
    if not isinstance(value, dict):
        raise _invalid(where, "it is not a JSON object")
    version = value.get("version")
    if type(version) is int and version > VERSION:
        raise failure(
            "manifest-version",
            f"the manifest `{where}` has version {version}, this program knows {VERSION}",
            notes=("a newer home-manager made this generation",),
            hints=("use the home-manager that made it, or a newer one",),
        )
    if version != VERSION:
        raise _invalid(where, f"`version` is {json.dumps(version)}, expected {VERSION}")
    try:
        manifest: Manifest = _record(Manifest)(value, "")
    except _Wrong as wrong:
        raise _invalid(where, str(wrong)) from None
    return manifest


class _Wrong(Exception):
    """What does not fit, with its place in the document."""


def _invalid(where: str, why: str) -> Failure:
    return failure(
        "manifest-invalid",
        f"the manifest `{where}` cannot be read: {why}",
        hints=("build the generation again, or switch to another one",),
    )


def _plain(value: object) -> object:
    if isinstance(value, FileEntry):
        # There may be thousands, and most say little.
        given = ((name, getattr(value, name)) for name in _FILE_DEFAULTS)
        said = {name: each for name, each in given if each != _FILE_DEFAULTS[name]}
        return {"target": value.target.text, "source": value.source, **said}
    if is_dataclass(value) and not isinstance(value, HomeRelPath):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(element) for element in value]
    return str(value) if isinstance(value, HomeRelPath) else value


def _exact(kind: type, shown: str) -> Reader:
    def read(value: object, place: str) -> object:
        if type(value) is not kind:
            raise _Wrong(f"`{place}` must be {shown}")
        return value

    return read


def _one_of(*words: str) -> Reader:
    def read(value: object, place: str) -> object:
        if value not in words or not isinstance(value, str):
            raise _Wrong(f"`{place}` must be one of {', '.join(words)}")
        return value

    return read


def _or_null(inner: Reader) -> Reader:
    return lambda value, place: None if value is None else inner(value, place)


def _many(inner: Reader) -> Reader:
    def read(value: object, place: str) -> object:
        if not isinstance(value, list):
            raise _Wrong(f"`{place}` must be a list")
        return tuple(inner(element, f"{place}[{index}]") for index, element in enumerate(value))

    return read


def _target(value: object, place: str) -> HomeRelPath:
    try:
        return HomeRelPath(_text(value, place))
    except ValueError:
        raise _Wrong(f"`{place}` is not a path below the home: {value!r}") from None


def _absolute(value: object, place: str) -> str:
    text: str = _text(value, place)
    if not text.startswith("/") or "\0" in text:
        raise _Wrong(f"`{place}` is not an absolute path: {text!r}")
    return text


def _mode(value: object, place: str) -> str:
    text: str = _text(value, place)
    if re.fullmatch("(?:0?[4-7][0-7]{2})?", text) is None:
        raise _Wrong(f"`{place}` is no octal number of permission bits that lets the owner read: {text!r}")
    return text


def _below(value: object, place: str) -> str:
    return str(_target(value, place))


def _step_name(value: object, place: str) -> str:
    text: str = _text(value, place)
    if not text:
        raise _Wrong(f"`{place}` is empty")
    return text


def _record(kind: type[T]) -> Callable[[object, str], T]:
    """A reader of one dataclass: every field that is there by its own reader, unknown keys refused."""

    def read(value: object, place: str) -> T:
        readers = _FIELDS[kind]
        if not isinstance(value, dict):
            raise _Wrong(f"`{place}` must be an object")
        prefix = f"{place}." if place else ""
        unknown = sorted(set(value) - set(readers))
        if unknown:
            raise _Wrong(f"`{prefix}{unknown[0]}` is unknown")
        given = {name: reader(value[name], prefix + name) for name, reader in readers.items() if name in value}
        for name in _FORMER.get(kind, ()):
            given.pop(name, None)
        try:
            return kind(**given)
        except TypeError:
            needed = next(name for name in readers if name not in given and name in _NEEDED)
            raise _Wrong(f"`{prefix}{needed}` is missing") from None

    return read


_FILE_DEFAULTS = {field.name: field.default for field in fields(FileEntry) if field.default is not MISSING}
_text = _exact(str, "a string")
_bool = _exact(bool, "true or false")
_int = _exact(int, "an integer")
_NEEDED = {"username", "home_directory", "target", "source", "name", "path"}
_FORMER: dict[type, tuple[str, ...]] = {Meta: ("created_from", "revision", "message", "host")}
"""Keys that manifests in a store may still have from before: they are read, and dropped."""
_FIELDS: dict[type, dict[str, Reader]] = {
    FileEntry: {
        "target": _target,
        "source": _absolute,
        "recursive": _bool,
        "executable": _or_null(_bool),
        "force": _bool,
        "ignore_links": _bool,
        "on_change": _text,
        "on_disk": _one_of("link", "copy", "seed", "merge"),
        "mode": _mode,
        "format": _one_of("", "json", "toml", "yaml", "ini"),
    },
    PackageEntry: {"name": _text, "path": _absolute, "priority": _int, "outputs": _many(_text)},
    Step: {"name": _step_name, "kind": _one_of("builtin", "bash"), "script": _text},
    Systemd: {"start_services": _one_of("sd-switch", "suggest"), "start_timeout_ms": _int, "units": _below},
    Meta: dict.fromkeys(("tool_version", *_FORMER[Meta]), _text),
    Manifest: {
        "username": _text,
        "home_directory": _absolute,
        "state_version": _text,
        "files": _many(_record(FileEntry)),
        "packages": _many(_record(PackageEntry)),
        "home_path": _or_null(_absolute),
        "steps": _many(_record(Step)),
        "activation_path": _many(_text),
        "empty_activation_path": _bool,
        "uid": _or_null(_int),
        "systemd": _record(Systemd),
        "session_variables_file": _text,
        "warnings": _many(_text),
        "meta": _record(Meta),
        "version": _int,
    },
}
