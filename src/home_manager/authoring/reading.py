"""How a module written in Python sees values: forced, and with attributes where there are options."""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Iterator, KeysView, ValuesView
from typing import Any

from home_manager.diagnostics import failure
from home_manager.options.proxies import OpenConfig
from home_manager.options.types.base import is_package
from home_manager.values import MISSING, Attrs, OpenAttrs, Value
from home_manager.values.lazy import force


class Record(dict[str, Value]):
    """The values of a submodule or of a namespace: `theme.path`, computed one by one.

    An option whose name is a method of `dict` (`values`, `items`, `keys`, `get` …), or is no identifier, is read with
    brackets. Whoever goes over it, or hands it to a renderer, sees all values.
    """

    __slots__ = ("_config", "_filled")

    def __init__(self, config: OpenAttrs) -> None:
        super().__init__()
        self._config = config
        self._filled = False

    def __getattr__(self, name: str) -> Value:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None

    def __missing__(self, name: str) -> Value:
        value = seen(self._config[name])
        dict.__setitem__(self, name, value)
        return value

    def _fill(self) -> None:
        if not self._filled:
            self._filled = True
            values = {name: self[name] for name in sorted(self._config)}
            dict.clear(self)
            dict.update(self, values)

    def get(self, name: str, default: Value = None) -> Value:
        try:
            return self[name]
        except KeyError:
            return default

    def __contains__(self, name: object) -> bool:
        return dict.__contains__(self, name) or (isinstance(name, str) and name in self._config)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._config))

    def __len__(self) -> int:
        return len(self._config)

    def keys(self) -> KeysView[str]:  # type: ignore[override]
        self._fill()
        return dict.keys(self)

    def values(self) -> ValuesView[Value]:  # type: ignore[override]
        self._fill()
        return dict.values(self)

    def items(self) -> ItemsView[str, Value]:  # type: ignore[override]
        self._fill()
        return dict.items(self)

    def __eq__(self, other: object) -> bool:
        self._fill()
        if isinstance(other, Record):
            other._fill()
        return dict.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None


def seen(value: Value) -> Value:
    """A value as module authors get it: lists and sets forced to the leaves, submodules as `Record`, packages as is."""
    value = force(value)
    if isinstance(value, list):
        return [seen(item) for item in value]
    if isinstance(value, dict):
        if isinstance(value, Record):
            return value
        if isinstance(value, OpenConfig):
            return Record(value)
        if isinstance(value, OpenAttrs):
            return value
        if is_package(value):
            return ChangedPackage(value)
        if "__functor" in value:
            return value
        return {name: seen(value[name]) for name in sorted(value)}
    return value


class ChangedPackage(OpenAttrs):
    """A package that is a plain set, such as `pkgs.gnupg // { version = "2.0"; }` gives: in a text, its path."""

    __slots__ = ("_package",)

    def __init__(self, package: dict[str, Value]) -> None:
        super().__init__()
        self._package = package
        self.origin = package.origin if isinstance(package, Attrs) else None

    def find(self, name: str) -> Value:
        value = self._package.get(name, MISSING)
        return MISSING if value is MISSING else force(value)

    def names(self) -> Iterable[str]:
        return self._package.keys()

    def __bool__(self) -> bool:
        return True

    def __str__(self) -> str:
        return str(force(self["outPath"]))


class PackagesView(OpenAttrs):
    """The package set, or a set in it, as module authors get it: an attribute that is read is computed."""

    __slots__ = ("_packages",)

    def __init__(self, packages: dict[str, Value]) -> None:
        super().__init__()
        self._packages = packages

    def find(self, name: str) -> Value:
        value = self._packages.get(name, MISSING)
        if value is MISSING:
            return MISSING
        value = force(value)
        if not isinstance(value, dict) or "__functor" in value:
            return value
        if not is_package(value):
            return PackagesView(value)
        # What an overlay makes of a package with `//` is a plain set.
        return value if isinstance(value, OpenAttrs) else ChangedPackage(value)

    def names(self) -> Iterable[str]:
        return self._packages.keys()


def package_at(scope: Any, path: str) -> Value:
    """A package of the set by its dotted name: `python3Packages.requests`."""
    here: Value = scope.pkgs
    for name in path.split("."):
        here = force(here)
        if not isinstance(here, dict) or name not in here:
            raise failure("package-missing", f"there is no package `pkgs.{path}`")
        here = here[name]
    return force(here)


def is_darwin(scope: Any) -> bool:
    """Whether the configuration is for macOS."""
    return package_at(scope, "stdenv.hostPlatform.isDarwin") is True
