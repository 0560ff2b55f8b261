"""The package set: `pkgs`, as configurations know it from nixpkgs.

Its attributes are made when they are asked for by name. A name that is neither a function nor a set is a package
reference, whether or not anybody has heard of it: the provider says at the end which of them it does not have, because
what it has can change and evaluation shall not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from home_manager.diagnostics import failure
from home_manager.nix.coercion import coerce_to_string
from home_manager.nix.evaluation import call
from home_manager.packages.build_functions import Functions, ReadFile, attrs_of
from home_manager.packages.builders import Builders
from home_manager.packages.fetch_functions import Fetch, fetchers
from home_manager.packages.names import Entry, parse, table
from home_manager.packages.package_lock import EMPTY, PackageLock
from home_manager.packages.platform import platform
from home_manager.packages.reference import Package, Source, joined_reference, reference, store_name
from home_manager.packages.sets import DEEP, PackageScope, is_plausible, is_set
from home_manager.packages.special_packages import own_members, special_attributes
from home_manager.store import Recipes, machine
from home_manager.values import MISSING, Attrs, Builtin, EndlessAttrs, Function, PathValue, Value
from home_manager.values.lazy import Delayed, force

JOINS: Mapping[str, str] = {
    "withPackages": "Packages",
    "withPlugins": "Plugins",
    "withExtensions": "Extensions",
    "withScripts": "Scripts",
    "withDicts": "Dicts",
    "withCores": "Cores",
}
"""Functions by which a package becomes one with members of a set, and how that set's name ends."""

SAME_SET: Mapping[str, str] = {
    "python": "python3Packages",
    "python3": "python3Packages",
    "scheme-infraonly": "texlive",
    "texliveBasic": "texlivePackages",
    "texliveSmall": "texlivePackages",
    "texliveMedium": "texlivePackages",
    "texliveFull": "texlivePackages",
    "ghc": "haskellPackages",
    "emacs": "emacsPackages",
    "aspellWithDicts": "aspellDicts",
}
"""Where that set is not called after the package."""


class PackageSet(EndlessAttrs):
    """One package set; `overlays` are functions of the final and the previous set."""

    __slots__ = ("_base", "_layers", "_overlays", "_remake")

    def __init__(
        self,
        base: Callable[[PackageSet], _Base],
        overlays: Sequence[Value],
        remake: Callable[[Sequence[Value]], PackageSet],
    ) -> None:
        super().__init__()
        self._base = base(self)
        self._overlays = list(overlays)
        self._remake = remake
        below: EndlessAttrs = self._base
        self._layers: list[_Layer] = []
        for overlay in self._overlays:
            layer = _Layer(below, overlay, self)
            self._layers.append(layer)
            below = layer

    def find(self, name: str) -> Value:
        match name:
            case "overlays":
                return list(self._overlays)
            case "extend":
                return Builtin("extend", 1, lambda overlay: self._remake([*self._overlays, overlay]))
            case "appendOverlays":
                return Builtin("appendOverlays", 1, self._append)
        top: EndlessAttrs = self._layers[-1] if self._layers else self._base
        return top.get(name, MISSING)

    def _append(self, overlays: Value) -> Value:
        overlays = force(overlays)
        return self._remake([*self._overlays, *(overlays if isinstance(overlays, list) else [])])

    def names(self) -> Iterable[str]:
        top: EndlessAttrs = self._layers[-1] if self._layers else self._base
        return [*top.names(), *OF_THE_SET]

    def knows(self, name: str) -> bool:
        top: EndlessAttrs = self._layers[-1] if self._layers else self._base
        return name in OF_THE_SET or top.knows(name)


OF_THE_SET = ("overlays", "extend", "appendOverlays")
"""What a package set has beside its packages."""


class _Layer(EndlessAttrs):
    """The set below an overlay, with what the overlay changes of it."""

    __slots__ = ("_below", "_changes", "_final", "_overlay")

    def __init__(self, below: EndlessAttrs, overlay: Value, final: EndlessAttrs) -> None:
        super().__init__()
        self._below = below
        self._overlay = overlay
        self._final = final
        self._changes: dict[str, Value] | None = None

    def find(self, name: str) -> Value:
        # While the overlay itself is looked at, the set below answers: its names cannot depend on what it gives.
        if self._changes is None:
            self._changes = {}
            try:
                changes = force(call(self._overlay, self._final, self._below))
            except BaseException:
                self._changes = None
                raise
            self._changes = dict(changes.items()) if isinstance(changes, dict) else {}
        found = self._changes.get(name, MISSING)
        return self._below.get(name, MISSING) if found is MISSING else found

    def names(self) -> Iterable[str]:
        self.find("")
        return dict.fromkeys((*self._below.names(), *(self._changes or ())))

    def knows(self, name: str) -> bool:
        self.find("")
        return name in (self._changes or ()) or self._below.knows(name)


class _Base(EndlessAttrs):
    """The set without overlays."""

    __slots__ = ("_fixed", "_known", "_members", "_names", "_source")

    def __init__(
        self,
        source: Source,
        names: Mapping[str, Entry],
        fixed: Mapping[str, Value],
        members: Mapping[str, Mapping[str, Value]],
    ) -> None:
        super().__init__()
        self._members = members
        self._source = source
        self._names = names
        self._fixed = fixed
        self._known: frozenset[str] = frozenset()

    def find(self, name: str) -> Value:
        own = self._fixed.get(name, MISSING)
        if own is not MISSING or not is_plausible(name):
            return own
        if name not in self._names and is_set(name):
            return PackageScope((name,), self.package, self._names, self._scope_attributes(name), DEEP.get(name, 0))
        return self.package((name,))

    def names(self) -> Iterable[str]:
        return dict.fromkeys((*self._fixed, *(name.partition(".")[0] for name in self._names)))

    def knows(self, name: str) -> bool:
        if not self._known:
            self._known = frozenset(self.names())
        return name in self._known or is_set(name)

    def package(self, attribute: tuple[str, ...]) -> Package:
        """The reference to a package."""
        text = ".".join(attribute)
        entry = self._names.get(text) or parse(text)
        name = f"tmuxplugin-{attribute[-1]}" if attribute[0] == "tmuxPlugins" else entry.name
        package = reference(self._source, attribute, name, entry.main_program)
        for function, ending in JOINS.items():
            package.add(
                function, Builtin(function, 1, lambda choose, e=ending: self._joined(package, attribute, e, choose))
            )
        return package

    def _joined(self, package: Package, attribute: tuple[str, ...], ending: str, choose: Value) -> Value:
        set_name = SAME_SET.get(
            attribute[-1].rstrip("0123456789_"), SAME_SET.get(attribute[-1], f"{attribute[-1]}{ending}")
        )
        members = self.get(set_name)
        choose = force(choose)
        chosen = force(call(choose, members)) if isinstance(choose, Function) else choose
        return joined_reference(self._source, package, attribute, chosen if isinstance(chosen, list) else [])

    def _scope_attributes(self, name: str) -> Mapping[str, Value]:
        if name.startswith("python3"):
            return {
                "python": Delayed(lambda: self.get("python3")),
                "toPythonApplication": Builtin("toPythonApplication", 1, lambda package: package),
                "toPythonModule": Builtin("toPythonModule", 1, lambda package: package),
            }
        if name == "haskellPackages":
            return {"ghcWithPackages": Delayed(lambda: self.package(("ghc",))["withPackages"])}
        if name == "texlive":
            return {
                "combined": Delayed(lambda: PackageScope((name, "combined"), self.package, self._names, {})),
                "withPackages": Delayed(lambda: self.package(("texlive", "scheme-infraonly"))["withPackages"]),
            }
        return self._members.get(name, {})


def package_set(
    recipes: Recipes,
    *,
    system: str,
    config: Value = None,
    overlays: Sequence[Value] = (),
    provider: str = "debian",
    lock: PackageLock = EMPTY,
    lib: Value = None,
    formats: Value = None,
    names: Mapping[str, Entry] | None = None,
    read_file: ReadFile | None = None,
    fetch: Fetch | None = None,
    further: Mapping[str, Value] | None = None,
    path: str = "",
) -> PackageSet:
    """The package set of one evaluation.

    `lib` and `formats` become `pkgs.lib` and `pkgs.formats`; `lock` says what packages are; `read_file` and `fetch` are
    evaluation's ways to the machine; `further` are attributes
    that the caller adds or replaces.
    """
    known = table() if names is None else names
    settings = Attrs() if config is None else config
    host = platform(system)

    def copied(value: PathValue) -> str:
        return recipes.copy(store_name(value.text.rpartition("/")[2]), value.text, link=True)

    def text_of(value: Value) -> str:
        return str.__str__(coerce_to_string(value, more=True, copy=copied))

    def make(chosen: Sequence[Value]) -> PackageSet:
        def base(final: PackageSet) -> _Base:
            def shell() -> str:
                return f"{text_of(final['bashNonInteractive'])}/bin/bash"

            build = Builders(recipes, system, shell, text_of)
            functions = Functions(build, lambda name: final[name], read_file or _read)
            fixed: dict[str, Value] = {
                "_type": "pkgs",
                "system": system,
                "config": settings,
                "lib": Attrs() if lib is None else lib,
                "formats": Attrs() if formats is None else formats,
                "hostPlatform": host,
                "buildPlatform": host,
                "targetPlatform": host,
                "path": PathValue(path) if path else recipes.prefix + "nixpkgs",
                "runtimeShell": Delayed(shell),
                "callPackage": Builtin("callPackage", 2, lambda f, args: _call_package(lib, final, f, args)),
                "callPackages": Builtin("callPackages", 2, lambda f, args: _call_package(lib, final, f, args)),
                "newScope": Builtin(
                    "newScope", 3, lambda more, f, args: _call_package(lib, _above(final, more), f, args)
                ),
                "recurseIntoAttrs": Builtin("recurseIntoAttrs", 1, _recursed),
                "dontRecurseIntoAttrs": Builtin("dontRecurseIntoAttrs", 1, lambda attrs: attrs),
                "srcOnly": Builtin("srcOnly", 1, lambda package: attrs_of(package, "srcOnly").get("src", package)),
                "stdenv": Delayed(lambda: _standard(build, functions, final, host, system)),
                **functions.table(),
                **fetchers(build, fetch),
            }
            fixed["stdenvNoCC"] = fixed["stdenv"]
            for name in SAME_AS_ALL:
                fixed[name] = final
            source = Source(recipes, system, provider, lock, special_attributes(final, build))
            fixed.update(further or {})
            return _Base(source, known, fixed, own_members(build))

        return PackageSet(base, chosen, make)

    return make(overlays)


SAME_AS_ALL = (
    "pkgs", "buildPackages", "targetPackages", "pkgsBuildBuild", "pkgsBuildHost", "pkgsHostTarget", "pkgsHostHost",
    "pkgsTargetTarget", "pkgsStatic", "pkgsMusl", "pkgsi686Linux", "__splicedPackages",
)  # fmt: skip
"""Package sets for other platforms, of which there is one here."""


def _read(path: str) -> bytes:
    with machine(f"reading `{path}`"), open(path, "rb") as file:
        return file.read()


def _recursed(attrs: Value) -> Value:
    return Attrs({**attrs_of(attrs, "recurseIntoAttrs"), "recurseForDerivations": True})


def _above(below: EndlessAttrs, more: Value) -> EndlessAttrs:
    """A set with further attributes, still open."""
    return _Layer(below, Builtin("scope", 2, lambda final, previous: more), below)


def _call_package(lib: Value, available: EndlessAttrs, function: Value, arguments: Value) -> Value:
    """A function of a file called with what it asks for by name."""
    library = attrs_of(lib, "callPackage") if lib is not None else {}
    if "callPackageWith" not in library:
        raise failure("call-package", "`callPackage` needs `lib`, which this package set was made without")
    return call(library["callPackageWith"], available, function, arguments)


def _standard(build: Builders, functions: Functions, final: EndlessAttrs, host: Attrs, system: str) -> Value:
    """`stdenv`: the platform and `mkDerivation`, without a compiler of its own."""
    package = final["gcc"] if host["isLinux"] else final["clang"]
    standard = build.text("stdenv", "")
    shared = {name: host[name] for name in ("isLinux", "isDarwin", "isx86_64", "isAarch64", "is64bit")}
    for name, value in {
        **shared,
        "hostPlatform": host,
        "buildPlatform": host,
        "targetPlatform": host,
        "system": system,
        "mkDerivation": Builtin("mkDerivation", 1, functions.make_derivation),
        "cc": package,
        "shell": Delayed(build.shell),
        "shellDryRun": Delayed(lambda: f"{build.shell()} -n -O extglob"),
        "initialPath": [],
    }.items():
        standard.add(name, value)
    return standard
