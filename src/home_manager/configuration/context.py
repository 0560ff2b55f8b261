"""The context of an evaluation: the language, `lib`, the package set and all modules put together."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, cast

from home_manager.authoring.catalogue import Catalogue
from home_manager.configuration.manifest_builder import profile_of
from home_manager.configuration.own_package import own_package
from home_manager.configuration.request import Request
from home_manager.configuration.store_additions import EvaluationObjects
from home_manager.diagnostics import failure
from home_manager.flakes.cache import Cache
from home_manager.flakes.download import Downloads
from home_manager.flakes.evaluator import TreeEvaluator
from home_manager.flakes.fetchers import NO_REVISION, Fetchers
from home_manager.flakes.flake_io import TreeIO
from home_manager.flakes.forges import headers
from home_manager.flakes.replaced import replacement
from home_manager.frontends.nix.lib.library import Library
from home_manager.modules import catalogue
from home_manager.nix.io import SystemIO
from home_manager.nix.lowering.ir_cache import ParsedFiles
from home_manager.options import ModuleSpec, mk_default, mk_if
from home_manager.options.eval_modules import Evaluation, evaluate
from home_manager.options.module import ModuleSource
from home_manager.options.module_arguments import Arguments
from home_manager.options.types import public_names as t
from home_manager.options.types.base import OptionType
from home_manager.packages import package_set
from home_manager.packages.format_set import format_set
from home_manager.packages.package_lock import EMPTY, PackageLock
from home_manager.paths import folder_of_caller
from home_manager.store import Recipes
from home_manager.values import Attrs, Value
from home_manager.values.lazy import Delayed, force

if TYPE_CHECKING:
    from home_manager.flakes.outputs import Flakes

MODULES_PATH = "/home-manager/modules"
"""What `modulesPath` is: modules are found by name, so there is no directory to import from."""

LAST_WITH_ENVIRONMENT = "20.09"
"""From this state version on, a configuration has to say whose home it is for."""

OWN_FILE = "home-manager"
"""The file that definitions made by the program itself are said to be in."""


@dataclass(frozen=True, slots=True)
class OwnModule:
    """What the program itself defines; for a specialisation again, from the values that it has there."""

    define: Callable[[Evaluation], Attrs]
    key: str = OWN_FILE
    file: str = OWN_FILE

    def instantiate(self, arguments: Mapping[str, Value]) -> ModuleSpec:
        assert isinstance(arguments, Arguments)
        return ModuleSpec(self.key, self.file, config=self.define(arguments.evaluation))


class FlakeInputs(Protocol):
    """The flakes of an evaluation, and the paths of those among them that the language finds by name."""

    def flakes(self) -> Flakes:
        """The flakes that can be called."""

    def nixpkgs(self, known: Mapping[str, Value], is_flake: bool) -> Value:
        """What takes the place of nixpkgs; `known` is what the lock file says of it."""

    def found(self, name: str) -> str | None:
        """What `<nixpkgs>` and `<home-manager>` mean where nobody says it."""


class EvaluationContext:
    """Everything that the modules of one run are evaluated with.

    `flakes` makes the flakes of a context: they evaluate homes, for which they need a context themselves. `locks` gives
    the locked packages of a system.
    """

    def __init__(
        self,
        request: Request,
        recipes: Recipes,
        *,
        report: Callable[[str], None],
        flakes: Callable[[EvaluationContext], FlakeInputs],
        home: str | None = None,
        modules: Catalogue | None = None,
        parsed: ParsedFiles | None = None,
        locks: Callable[[str], PackageLock] | None = None,
    ) -> None:
        self.request = request
        self.locks = locks or (lambda system: EMPTY)
        self.recipes = recipes
        self.report = report
        self._modules = modules
        self._flakes = flakes
        self.pure = request.flake is not None and not request.impure
        self.io = TreeIO(
            recipes,
            sealed=self.pure,
            objects=EvaluationObjects(recipes),
            fetch=self._fetch,
            trace=lambda text: report(f"trace: {text}"),
            warn=lambda text: report(f"evaluation warning: {text}"),
            home=home,
        )
        self.evaluator = TreeEvaluator(
            self.io, recipes, pure=self.pure, search_path=_search_path(request.search_path), parsed=parsed
        )
        self.evaluator.look_up(lambda name: self.flakes.found(name))
        self.library = Library(self.evaluator, extended=True)
        self.system = self.io.current_system()

    @cached_property
    def flakes(self) -> FlakeInputs:
        """The flakes of this evaluation, with ours in the place of nixpkgs and home-manager."""
        return self._flakes(self)

    @cached_property
    def fetchers(self) -> Fetchers:
        """What brings sources from elsewhere."""
        top = folder_of_caller("XDG_CACHE_HOME", ".cache")
        flags = self.request.locking
        ttl = {"ttl": 0} if flags.refresh or flags.recreate or flags.updates else {}
        return Fetchers(
            Cache(f"{top}/home-manager/flakes", **ttl), Downloads(headers=headers), stage=self.request.stage
        )

    def _fetch(self, kind: str, arguments: Mapping[str, object]) -> Mapping[str, object]:
        # Start-up: few configurations fetch anything while they are evaluated.
        from home_manager.flakes.builtins import fetch

        if kind in ("tarball", "git", "tree"):
            # What takes the place of nixpkgs and home-manager as inputs does so wherever else they are fetched.
            own = self.flakes.found(replacement(cast(Any, {"type": kind, **arguments})))
            if own is not None:
                known = {} if kind == "tarball" else {"rev": NO_REVISION, "shortRev": NO_REVISION[:7], "revCount": 0}
                return {"outPath": own, **known}
        return fetch(self.fetchers, self.recipes, self.flakes.flakes, kind, arguments, pure=self.pure)

    def _fetch_source(self, kind: str, arguments: Mapping[str, object], place: str) -> None:
        # Start-up: only a build that fetches sources needs it.
        from home_manager.flakes.fetched_sources import fetch_source

        fetch_source(self.fetchers, kind, arguments, place, pure=self.pure)

    # Packages

    def packages(
        self,
        system: str,
        config: Value,
        overlays: Sequence[Value],
        final: Callable[[], Mapping[str, Value]] | None = None,
    ) -> Value:
        """A package set; `final` gives the set that formats and our own package take theirs from."""
        library = self.library

        def value() -> Mapping[str, Value]:
            return made if final is None else final()

        made = package_set(
            self.recipes,
            config=config,
            overlays=overlays,
            system=system,
            lib=library.root,
            formats=format_set(value, lambda name, options: library.type_value(format_type(name, options))),
            read_file=self.io.read_file,
            provider=self.request.provider,
            lock=self.locks(system),
            fetch=self._fetch_source,
            further={"home-manager": own_package(value)},
        )
        return made

    def _packages_of(self, evaluation: Evaluation) -> Value:
        def value() -> Mapping[str, Value]:
            found = evaluation.module_argument("pkgs")
            assert isinstance(found, dict)
            return found

        return self.packages(
            str(evaluation.value("nixpkgs.system")),
            evaluation.value("nixpkgs.config") or {},
            cast(Sequence[Value], evaluation.value("nixpkgs.overlays") or []),
            value,
        )

    # Configurations

    def evaluate(
        self, sources: Sequence[ModuleSource], special: Mapping[str, Value] | None = None, system: str = ""
    ) -> Evaluation:
        """The evaluation of modules together with all of our own. Nothing is computed yet."""

        def own_definitions(evaluation: Evaluation) -> Attrs:
            return as_attrs(
                {
                    "nixpkgs": {"system": mk_default(system or self.system)},
                    "lib": self.library.home_manager(),
                    "_module": {
                        "args": {
                            "pkgs": mk_default(Delayed(lambda: self._packages_of(evaluation))),
                            "osConfig": mk_default(None),
                            "nixosConfig": mk_default(None),
                            "darwinConfig": mk_default(None),
                        }
                    },
                    "home": {
                        **_caller(evaluation),
                        "path": mk_default(Delayed(lambda: profile_of(evaluation, self.recipes))),
                    },
                }
            )

        given: dict[str, Value] = {"lib": self.library.root, "modulesPath": MODULES_PATH, **(special or {})}
        return evaluate(
            [*sources, OwnModule(own_definitions)],
            given,
            shared=self.library.new_shared(),
            class_="homeManager",
            catalogue=catalogue() if self._modules is None else self._modules,
        )


def format_type(name: str, options: Mapping[str, Value]) -> OptionType:
    """The type of the values of `pkgs.formats.<name>`."""
    match name:
        case "ini" | "systemd" | "iniWithGlobalSection":
            joined = force(options.get("listToValue", None)) is not None
            duplicates = name == "systemd" or force(options.get("listsAsDuplicateKeys", False)) is True
            kind = t.ini(duplicates=duplicates, joined=joined)
            return t.anything if name == "iniWithGlobalSection" else kind
        case "gitIni":
            return t.git_ini()
        case "keyValue" | "javaProperties":
            return t.key_value(duplicates=force(options.get("listsAsDuplicateKeys", False)) is True)
        case "toml":
            return t.toml
        case "yaml" | "yaml_1_1" | "yaml_1_2":
            return t.yaml
        case _:
            return t.json


def _caller(evaluation: Evaluation) -> dict[str, Value]:
    """Whose home it is where an old configuration leaves that to the environment."""

    def is_old() -> bool:
        return str(evaluation.value("home.stateVersion")) < LAST_WITH_ENVIRONMENT

    def variable(name: str) -> Value:
        return mk_if(Delayed(is_old), mk_default(os.environ.get(name, "")))

    return {"username": variable("USER"), "homeDirectory": variable("HOME")}


def _search_path(entries: tuple[str, ...]) -> list[tuple[str, str]]:
    """The pairs of prefix and path in `-I` options and in `NIX_PATH`."""
    variable = os.environ.get("NIX_PATH", "")
    pairs = []
    for entry in (*entries, *(part for part in variable.split(":") if part)):
        prefix, equals, path = entry.partition("=")
        pairs.append((prefix, path) if equals else ("", entry))
    return pairs


def as_attrs(value: dict[str, Any]) -> Attrs:
    return Attrs({name: as_attrs(inner) if type(inner) is dict else inner for name, inner in value.items()})


def check_system(evaluation: Evaluation) -> None:
    """Refuses to build a home for another platform than this machine's."""
    wanted, machine = str(evaluation.value("nixpkgs.system")), SystemIO().current_system()
    if wanted == machine or (wanted, machine) == ("i686-linux", "x86_64-linux"):
        return
    raise failure(
        "flake-system",
        f"the home is for `{wanted}`, and this machine is `{machine}`",
        hints=(
            f"take the packages for this machine: `nixpkgs.legacyPackages.{machine}`",
            "or build it on a machine of that kind; `option`, `why` and `build --dry-run` work here too",
        ),
    )
