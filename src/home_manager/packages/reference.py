"""Packages as values: a name, a store path that is known at once, and the attributes that configurations read.

A package reference says *which* package is meant; a provider makes the store path exist after evaluation, and only if
something that the home uses mentions it. So evaluation never waits for a package.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from home_manager.diagnostics import Span, failure
from home_manager.nix.evaluation import call
from home_manager.packages.package_lock import EMPTY, Entry, Lacking, Locked, PackageLock
from home_manager.packages.providers.interface import PackageRequest, lock_key
from home_manager.store import Files, Recipes, Site, digest
from home_manager.values import MISSING, Attrs, Builtin, ContextString, Function, OpenAttrs, Value
from home_manager.values.lazy import Delayed, force

FORMAT: Final = "1"
"""Part of every reference's hash: counts up when what a provider makes of a reference changes for all."""

UNKNOWN_VERSION: Final = "9999"
"""The version of a package that nobody has looked up yet: later than all, so comparisons take the newest branch."""

DEFAULT_PRIORITY: Final = 5

OUTPUTS: Final = frozenset(
    ("out", "bin", "dev", "lib", "man", "doc", "info", "devdoc", "static", "data", "debug", "terminfo", "python", "gi")
)
"""Outputs of nixpkgs' packages. A package has one store path here, so all of them are the package."""


@dataclass(frozen=True, slots=True)
class PackageRecipe:
    """The recipe of a package that a provider makes.

    `attribute` is its place in the package set, `parts` those of packages that become one with it, `changes` the
    names of what was overridden and `fingerprint` what it was overridden with. `entry` is what the lock says that it is;
    without one the path only stands for the name, until the package is locked.
    """

    attribute: tuple[str, ...]
    name: str
    provider: str = ""
    parts: tuple[tuple[str, ...], ...] = ()
    changes: tuple[str, ...] = ()
    fingerprint: str = ""
    entry: Entry | None = None

    @property
    def reads(self) -> bool:
        return False

    @property
    def key(self) -> str:
        """Its name in the lock."""
        return lock_key(self.attribute, self.parts)

    def digest(self) -> str:
        if isinstance(self.entry, Locked):
            return digest("package", FORMAT, self.name, self.entry.digest(), self.fingerprint)
        if isinstance(self.entry, Lacking):
            return digest("package-lacking", FORMAT, self.key)
        return digest("package-unlocked", FORMAT, self.key, self.name, self.provider, self.fingerprint)

    def mentions(self) -> Iterable[str]:
        return ()

    def write(self, site: Site) -> None:
        if isinstance(self.entry, Lacking):
            # Whatever names the package finds a folder with nothing in it.
            Files(self.name, {"nix-support/lacking": f"{self.key}: {', '.join(self.entry.providers)}\n"}).write(site)
            return
        raise failure(
            "package-not-realised",
            f"the package `{'.'.join(self.attribute)}` was not provided by any provider of packages",
            hints=("this is not your mistake: please report it",),
        )

    def request(self, mention: Span | None = None) -> PackageRequest:
        """What a provider is asked for."""
        return PackageRequest(self.attribute, self.parts, self.changes, mention)


def passed_through(given: Mapping[str, Value]) -> dict[str, Value]:
    """The attributes that a package is to have beside the usual ones: those of `passthru`, and `passthru` itself."""
    passed = force(given.get("passthru", None))
    return {**passed, "passthru": passed} if isinstance(passed, dict) else {}


class Package(OpenAttrs):
    """An attribute set with `type = "derivation"`; `str()` gives its store path.

    `attributes` are those that it has beside the usual ones; `changed` makes another package with some attributes
    changed (`overrideAttrs`), `overridden` one made with other arguments (`override`).
    """

    __slots__ = ("_attributes", "changed", "overridden", "path")

    def __init__(
        self,
        path: str,
        name: str,
        *,
        attributes: Mapping[str, Value] | None = None,
        changed: Callable[[Mapping[str, Value]], Package] | None = None,
        overridden: Callable[[Value], Value] | None = None,
    ) -> None:
        super().__init__()
        self.path: Final = path
        self._attributes: Final = dict(attributes or {})
        self.changed: Final = changed
        self.overridden: Final = overridden
        context = frozenset((f"!out!{path}.drv",))
        dict.update(self, {"type": "derivation", "outPath": ContextString(path, context), "name": name})

    def __str__(self) -> str:
        return self.path

    def __repr__(self) -> str:
        return f"Package({self.path!r})"

    def find(self, name: str) -> Value:
        own = self._attributes.get(name, MISSING)
        if own is not MISSING:
            return own
        if name in OUTPUTS:
            return self
        usual = _USUAL.get(name)
        return MISSING if usual is None else usual(self)

    def names(self) -> Iterable[str]:
        return {**dict.fromkeys(self._attributes), **dict.fromkeys(_USUAL), **dict.fromkeys(sorted(OUTPUTS))}

    def add(self, name: str, value: Value) -> None:
        """Gives the package one more attribute, before anybody has seen it."""
        self._attributes[name] = value

    @property
    def main_program(self) -> str:
        """The name of the program that the package is called for."""
        meta = force(self["meta"])
        assert isinstance(meta, dict)
        return str(force(meta.get("mainProgram", self["pname"])))

    @property
    def priority(self) -> int:
        """Which of two packages with the same file wins: the one with the lower number."""
        meta = force(self["meta"])
        found = force(meta.get("priority", DEFAULT_PRIORITY)) if isinstance(meta, dict) else DEFAULT_PRIORITY
        return found if isinstance(found, int) else DEFAULT_PRIORITY

    def _meta(self) -> Attrs:
        return Attrs(
            {
                "name": self["name"],
                "description": self["name"],
                "available": True,
                "broken": False,
                "insecure": False,
                "unfree": False,
                "unsupported": False,
                "outputsToInstall": ["out"],
                "platforms": [],
                "mozPermissions": [],
            }
        )

    def _override_attributes(self, change: Value) -> Value:
        """`overrideAttrs`: takes a set, a function of the old attributes, or one of the new and the old ones."""
        change = force(change)
        result: Value = change
        if isinstance(change, Function) or (isinstance(change, dict) and "__functor" in change):
            result = force(call(change, self))
            if isinstance(result, Function):
                # `finalAttrs: previousAttrs: { … }`: what was called first was the final one, which here is this one.
                result = force(call(result, self))
        if not isinstance(result, dict):
            raise failure("package-override", f"`overrideAttrs` of `{self['name']}` must give a set of attributes")
        changes = dict(result.items())
        if self.changed is not None:
            return self.changed(changes)
        return self.with_attributes(changes)

    def with_attributes(self, changes: Mapping[str, Value]) -> Package:
        """The same store path with other attributes."""
        attributes = {**self._attributes, **changes}
        attributes.pop("outPath", None)
        name = str(force(attributes.pop("name", self["name"])))
        return Package(self.path, name, attributes=attributes, changed=self.changed, overridden=self.overridden)

    def _override(self, arguments: Value) -> Value:
        return self if self.overridden is None else self.overridden(arguments)


_USUAL: Final[Mapping[str, Callable[[Package], Value]]] = {
    "pname": lambda package: package["name"],
    "version": lambda package: UNKNOWN_VERSION,
    "drvPath": lambda package: ContextString(f"{package.path}.drv", frozenset((f"={package.path}.drv",))),
    "outputs": lambda package: ["out"],
    "outputName": lambda package: "out",
    "outputSpecified": lambda package: True,
    "all": lambda package: [package],
    "meta": lambda package: package._meta(),
    "passthru": lambda package: Attrs(),
    "override": lambda package: Builtin("override", 1, package._override),
    "overrideAttrs": lambda package: Builtin("overrideAttrs", 1, package._override_attributes),
    "overrideDerivation": lambda package: Builtin("overrideDerivation", 1, package._override_attributes),
    "overridePythonAttrs": lambda package: Builtin("overridePythonAttrs", 1, package._override_attributes),
}


@dataclass(frozen=True, slots=True)
class Source:
    """What references are made with: the registry of recipes, the provider that is wanted, and the lock."""

    recipes: Recipes
    system: str
    provider: str = ""
    lock: PackageLock = EMPTY
    attributes: Mapping[str, Callable[[Package], Value]] = field(default_factory=dict)
    """Further attributes of single packages, by `attribute.name` or `*.name`."""


def reference(source: Source, attribute: tuple[str, ...], name: str, main_program: str) -> Package:
    """The package at a place of the package set."""
    entry = source.lock.get(lock_key(attribute))
    return _made(
        source, PackageRecipe(attribute, store_name(name), source.provider, entry=entry), name, main_program, {}
    )


def joined_reference(source: Source, package: Package, attribute: tuple[str, ...], parts: Iterable[Value]) -> Package:
    """The package made one with others: `python3.withPackages (ps: [ ps.requests ])`."""
    found: list[tuple[str, ...]] = []
    for part in parts:
        part = force(part)
        recipe = (
            source.recipes.get(str(force(part["outPath"]))) if isinstance(part, dict) and "outPath" in part else None
        )
        if not isinstance(recipe, PackageRecipe):
            raise failure(
                "package-part",
                f"`{'.'.join(attribute)}` can be joined with packages of the package set only",
                hints=("a package that the configuration itself makes cannot be a part of another",),
            )
        found += [recipe.attribute, *recipe.parts]
    all_parts = tuple(dict.fromkeys(found))
    name = f"{package['pname']}-env"
    entry = source.lock.get(lock_key(attribute, all_parts))
    recipe = PackageRecipe(attribute, store_name(name), source.provider, all_parts, entry=entry)
    return _made(source, recipe, name, package.main_program, {})


def _made(
    source: Source, recipe: PackageRecipe, name: str, main_program: str, attributes: Mapping[str, Value]
) -> Package:
    path = source.recipes.add(recipe)

    def changed(changes: Mapping[str, Value]) -> Package:
        # `meta` and what a package passes on say something about it; the rest would make another package of it.
        visible = {key: value for key, value in changes.items() if key not in ("outPath", "type", "name", "passthru")}
        visible.update(passed_through(changes))
        deep = sorted(set(changes) - {"meta", "passthru"})
        new = recipe if not deep else _altered(recipe, tuple(deep), changes)
        return _made(source, new, name, main_program, {**attributes, **visible})

    def overridden(arguments: Value) -> Value:
        given = force(arguments)
        if isinstance(given, Function):
            given = force(call(given, Attrs()))
        changes = dict(given.items()) if isinstance(given, dict) else {}
        if not changes:
            return package
        return _made(source, _altered(recipe, tuple(sorted(changes)), changes), name, main_program, attributes)

    meta: Value = attributes.get("meta", MISSING)
    locked = recipe.entry if isinstance(recipe.entry, Locked) else None
    base = {"system": source.system, **({"version": locked.version} if locked else {}), **attributes}
    package = Package(path, name, attributes=base, changed=changed, overridden=overridden)
    if meta is MISSING:
        own = package._meta()
        own["mainProgram"] = main_program
        own.update(locked.meta if locked else {})
        package.add("meta", own)
    for key in (f"{'.'.join(recipe.attribute)}.", "*."):
        for wanted, make in source.attributes.items():
            if wanted.startswith(key) and wanted[len(key) :] not in attributes:
                package.add(wanted[len(key) :], Delayed(lambda make=make: make(package)))  # type: ignore[misc]
    return package


def _altered(recipe: PackageRecipe, names: tuple[str, ...], changes: Mapping[str, Value]) -> PackageRecipe:
    """The recipe of a package that was changed: another store path, so that it can be told apart."""
    words = [recipe.fingerprint, *(f"{name}={_fingerprint(force(changes[name]))}" for name in names)]
    return replace(
        recipe,
        changes=tuple(dict.fromkeys((*recipe.changes, *names))),
        fingerprint=digest("change", *words),
    )


def _fingerprint(value: Value, depth: int = 0) -> str:
    """A text that differs where plain values differ; functions and what is too deep count as the same."""
    if isinstance(value, Package):
        return value.path
    if isinstance(value, dict) and depth < 4:
        if "outPath" in value:
            return str(force(value["outPath"]))
        return "{" + ";".join(f"{key}={_fingerprint(force(item), depth + 1)}" for key, item in value.items()) + "}"
    if isinstance(value, list) and depth < 4:
        return "[" + ",".join(_fingerprint(force(item), depth + 1) for item in value) + "]"
    if value is None or isinstance(value, (str, bool, int, float)):
        return repr(str(value) if isinstance(value, str) else value)
    return "…"


def exe(package: Value) -> str:
    """The path of a package's main program (`lib.getExe`)."""
    package = force(package)
    if isinstance(package, Package):
        return f"{package.path}/bin/{package.main_program}"
    if isinstance(package, dict) and "outPath" in package:
        meta = force(package.get("meta", Attrs()))
        names = (meta.get("mainProgram") if isinstance(meta, dict) else None, package.get("pname"), package.get("name"))
        name = next((str(found) for each in names if (found := force(each)) is not None), "")
        return f"{force(package['outPath'])}/bin/{name}"
    raise failure("package-expected", "a package was expected here")


def store_name(text: str) -> str:
    """A name that a store object may have."""
    clean = re.sub(r"[^0-9A-Za-z+._?=-]+", "-", text).lstrip(".")[:200]
    return clean or "unnamed"
