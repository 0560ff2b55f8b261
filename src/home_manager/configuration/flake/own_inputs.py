"""The flakes that this program brings itself: what `inputs.nixpkgs` and `inputs.home-manager` are."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

from home_manager.configuration.context import EvaluationContext
from home_manager.configuration.flake.home_manager_configuration import home_configuration
from home_manager.configuration.flake.homes_from_directory import homes_from_directory
from home_manager.configuration.flake.open_sets import BySystem, FlakeLib
from home_manager.diagnostics import Failure, Source, failure, nearest
from home_manager.flakes.outputs import Flakes
from home_manager.flakes.replaced import HOME_MANAGER, NIXPKGS
from home_manager.nix.errors import eval_error
from home_manager.nix.evaluation import call, expect_attrs, show_type, with_context
from home_manager.store import Text
from home_manager.values import MISSING, Attrs, Builtin, PathValue, Value
from home_manager.values.lazy import Delayed, force

STANDS_IN = """\
# This stands in for {name}: home-manager brings its own, and fetches nothing for it.
throw "{name} is brought by home-manager itself; this file cannot be evaluated by another program"
"""


class OwnFlakes:
    """Our own flakes, for one evaluation."""

    def __init__(self, context: EvaluationContext) -> None:
        self._context = context
        self._sets: dict[str, Value] = {}
        self._paths: dict[str, str] = {}

    # nixpkgs

    def nixpkgs(self, known: Mapping[str, Value], is_flake: bool) -> Value:
        """`inputs.nixpkgs`"""
        info = self._info("nixpkgs", known, self._file_of_nixpkgs)
        if not is_flake:
            return Attrs({**info, "sourceInfo": info})
        outputs = Attrs(
            {
                "lib": self._lib(),
                "legacyPackages": BySystem(self._packages, "nixpkgs.legacyPackages"),
                "nixosModules": _modules("nixpkgs.nixosModules", "notDetected", "readOnlyPkgs"),
            }
        )
        return self._flake(info, outputs)

    def _lib(self) -> Attrs:
        only = Builtin("nixosSystem", 1, lambda arguments: _only_nixos("nixpkgs.lib.nixosSystem"))
        root = self._context.library.root
        assert isinstance(root, Attrs)
        return FlakeLib(root, {"nixosSystem": only, "nixos": Attrs({"evalModules": only, "runTest": only})})

    def _packages(self, system: str) -> Value:
        """The packages for a platform, as they are without any settings."""
        found = self._sets.get(system)
        if found is None:
            found = self._sets[system] = self._context.packages(system, Attrs(), ())
        return found

    def _file_of_nixpkgs(self, path: str) -> Value:
        match path:
            case "" | "pkgs/top-level" | "pkgs/top-level/impure.nix":
                return Builtin("nixpkgs", 1, self._import)
            case "lib" | "lib/default.nix":
                return self._lib()
            case "flake.nix":
                return Attrs({"outputs": Builtin("outputs", 1, lambda inputs: self.nixpkgs({}, True))})
        if path.startswith("nixos/"):
            raise _only_nixos(f"the file `{path}` of nixpkgs")
        raise _not_here("nixpkgs", path)

    def _import(self, arguments: Value) -> Value:
        """`import nixpkgs { … }`"""
        given = expect_attrs(arguments, "while evaluating the arguments of nixpkgs")
        known = ("system", "localSystem", "crossSystem", "config", "overlays", "crossOverlays", "stdenvStages")
        for name in given:
            if name not in known:
                near = nearest(name, known)
                raise failure(
                    "nix-argument",
                    f"nixpkgs takes no argument `{name}`",
                    hints=(f"did you mean `{near[0]}`?",) if near else (),
                )
        config = force(given.get("config", Attrs()))
        if isinstance(config, (PathValue, str)):
            config = force(
                self._context.evaluator.eval_file(config.text if isinstance(config, PathValue) else str(config))
            )
        if not isinstance(config, dict):
            config = force(call(config, Attrs({"pkgs": Attrs(), "lib": self._context.library.root})))
        overlays = force(given.get("overlays", []))
        if not isinstance(overlays, list):
            raise eval_error(f"the `overlays` of nixpkgs must be a list, but are {show_type(overlays)}")
        return self._context.packages(self._system_of(given), config, overlays)

    def _system_of(self, given: Mapping[str, Value]) -> str:
        value = force(given.get("system", given.get("localSystem", MISSING)))
        if isinstance(value, dict):
            value = force(value.get("system", value.get("config", MISSING)))
        if isinstance(value, str):
            return str(value)
        if self._context.pure:
            raise failure(
                "flake-system",
                "`import nixpkgs` in a flake has to say for which platform",
                hints=(f'write `import nixpkgs {{ system = "{self._context.system}"; }}`, or pass --impure',),
            )
        return self._context.system

    # home-manager

    def home_manager(self, known: Mapping[str, Value], is_flake: bool) -> Value:
        """`inputs.home-manager`"""
        info = self._info("home-manager", known, self._file_of_home_manager)
        if not is_flake:
            return Attrs({**info, "sourceInfo": info})

        def package(system: str) -> Value:
            packages = force(self._packages(system))
            assert isinstance(packages, dict)
            own = packages["home-manager"]
            return Attrs({"default": own, "home-manager": own})

        def default_package(system: str) -> Value:
            packages = force(self._packages(system))
            assert isinstance(packages, dict)
            return packages["home-manager"]

        parts = Delayed(self._module_for_flake_parts)
        outputs = Attrs(
            {
                "lib": self._home_lib(),
                "packages": BySystem(package, "home-manager.packages"),
                "defaultPackage": BySystem(default_package, "home-manager.defaultPackage"),
                "overlays": Attrs({"default": Builtin("overlay", 2, _overlay)}),
                "nixosModules": _modules("home-manager.nixosModules", "home-manager", "default"),
                "nixosModule": _modules("home-manager", "nixosModule")["nixosModule"],
                "darwinModules": _modules("home-manager.darwinModules", "home-manager", "default"),
                "darwinModule": _modules("home-manager", "darwinModule")["darwinModule"],
                "flakeModules": Attrs({"home-manager": parts, "default": parts}),
                "flakeModule": parts,
                "homeModules": Attrs(),
            }
        )
        return self._flake(info, outputs)

    def _home_lib(self) -> Attrs:
        def configuration(arguments: Value) -> Value:
            return home_configuration(
                self._context, expect_attrs(arguments, "while evaluating the arguments of homeManagerConfiguration")
            )

        def homes(arguments: Value) -> Value:
            return homes_from_directory(
                self._context, expect_attrs(arguments, "while evaluating the arguments of homesFromDirectory")
            )

        return Attrs(
            {
                "hm": self._context.library.home_manager(),
                "homeManagerConfiguration": Builtin("homeManagerConfiguration", 1, configuration),
                "homesFromDirectory": Builtin("homesFromDirectory", 1, homes),
            }
        )

    def _module_for_flake_parts(self) -> Value:
        path = os.path.join(os.path.dirname(__file__), "flake_module.nix")
        with open(path, encoding="utf-8") as file:
            return self._context.evaluator.eval_source(Source("<home-manager/flake-module.nix>", file.read()), "/")

    def _file_of_home_manager(self, path: str) -> Value:
        match path:
            case "lib":
                return Builtin("lib", 1, lambda arguments: self._home_lib())
            case "nixos" | "nix-darwin":
                raise _only_nixos(f"the module `{path}` of home-manager")
            case "flake-module.nix":
                return self._module_for_flake_parts()
        raise _not_here("home-manager", path)

    # Both

    def flakes(self) -> Flakes:
        """The flakes of the evaluation, with our own in the place of nixpkgs and home-manager."""
        context = self._context
        replaced = {NIXPKGS: self.nixpkgs, HOME_MANAGER: self.home_manager}
        return Flakes(context.evaluator, context.recipes, context.fetchers, replaced, context.request.warn)

    def found(self, name: str) -> str | None:
        """What `<nixpkgs>` and `<home-manager>` mean where nobody says it: the path of one of them."""
        files = {"nixpkgs": self._file_of_nixpkgs, "home-manager": self._file_of_home_manager}.get(name)
        return None if files is None else self.path(name, files)

    def path(self, name: str, files: Callable[[str], Value]) -> str:
        """The store path of one of them, below which its files are values of this program."""
        found = self._paths.get(name)
        if found is None:
            text = STANDS_IN.format(name=name)
            found = self._context.recipes.add(Text("source", text, destination="/default.nix"))
            self._context.evaluator.provide(found, files)
            self._paths[name] = found
        return found

    def _info(self, name: str, known: Mapping[str, Value], files: Callable[[str], Value]) -> Attrs:
        path = self.path(name, files)
        return Attrs({**known, "outPath": with_context(path, {path})})

    def _flake(self, info: Attrs, outputs: Attrs) -> Attrs:
        own: dict[str, Value] = {"inputs": Attrs(), "outputs": outputs, "sourceInfo": info, "_type": "flake"}
        return Attrs({**outputs, **info, **own})


def _modules(what: str, *names: str) -> Attrs:
    """Modules for whole systems, which say so when they are used."""
    return Attrs({name: Builtin(name, 1, lambda arguments, name=name: _only_nixos(f"{what}.{name}")) for name in names})


def _overlay(final: Value, previous: Value) -> Value:
    packages = force(previous)
    assert isinstance(packages, dict)
    return Attrs({"home-manager": Delayed(lambda: packages["home-manager"])})


def _only_nixos(what: str) -> Failure:
    raise failure(
        "flake-system-configuration",
        f"{what if what.startswith('the ') else f'`{what}`'} configures a whole system, and this program configures homes",
        hints=("use `home-manager.lib.homeManagerConfiguration` for each home, as `homeConfigurations.NAME`",),
    )


def _not_here(name: str, path: str) -> Failure:
    return failure(
        "flake-replaced-file",
        f"the file `{path}` of {name} is not here: this program brings its own {name}, without the original's files",
        hints=("use what the flake gives: `lib`, `legacyPackages`" if name == "nixpkgs" else "use `lib` of the flake",),
    )
