"""From a configuration file to an evaluation: the language, `lib`, the package set and all modules put together."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from home_manager.authoring.catalogue import Catalogue
from home_manager.diagnostics import Source, failure
from home_manager.frontends.nix.lib.library import Library
from home_manager.frontends.nix.modules import NixModule
from home_manager.generation.description import profile_of
from home_manager.generation.objects import EvaluationObjects
from home_manager.generation.own_package import own_package
from home_manager.generation.request import Request
from home_manager.lazy import Delayed, force
from home_manager.modules import catalogue
from home_manager.nix.evaluation import Evaluator, call
from home_manager.nix.io import SystemIO
from home_manager.nix.values import Attrs, PathValue, Value
from home_manager.options import ModuleSpec, mk_default, mk_if
from home_manager.options.evaluation import Evaluation, evaluate
from home_manager.options.types import names as t
from home_manager.options.types.base import OptionType
from home_manager.packages import package_set
from home_manager.packages.format_set import format_set
from home_manager.store import Recipes

MODULES_PATH = "/home-manager/modules"
"""What `modulesPath` is: modules are found by name, so there is no directory to import from."""

LAST_WITH_ENVIRONMENT = "20.09"
"""From this state version on, a configuration has to say whose home it is for."""

OWN_FILE = "home-manager"
"""The file that definitions made by the program itself are said to be in."""


def evaluate_configuration(
    request: Request,
    recipes: Recipes,
    *,
    provider: str,
    report: Callable[[str], None],
    home: str | None = None,
    modules: Catalogue | None = None,
) -> Evaluation:
    """The evaluation of the configuration that a request names. Nothing is computed yet but the file itself."""
    assert request.config is not None
    io = SystemIO(objects=EvaluationObjects(recipes), trace=report, warn=report, home=home)
    evaluator = Evaluator(io, store_dir=recipes.store_dir, search_path=_search_path(request.search_path))
    library = Library(evaluator, extended=True)
    system = io.current_system()

    def packages() -> Value:
        return package_set(
            recipes,
            config=evaluation.value("nixpkgs.config") or {},
            overlays=cast(Sequence[Value], evaluation.value("nixpkgs.overlays") or []),
            system=str(evaluation.value("nixpkgs.system")),
            lib=library.root,
            formats=format_set(packages_value, lambda name, options: library.type_value(format_type(name, options))),
            read_file=io.read_file,
            provider=provider,
            lock=suite_of(request, evaluation),
            further={"home-manager": own_package(packages_value)},
        )

    def packages_value() -> Mapping[str, Value]:
        value = evaluation.module_argument("pkgs")
        assert isinstance(value, dict)
        return value

    defaults = {
        "nixpkgs": {"system": mk_default(system)},
        "lib": library.home_manager(),
        "_module": {
            "args": {
                "pkgs": mk_default(Delayed(packages)),
                "osConfig": mk_default(None),
                "nixosConfig": mk_default(None),
                "darwinConfig": mk_default(None),
            }
        },
        "home": {**_caller(lambda: evaluation), "path": mk_default(Delayed(lambda: profile_of(evaluation, recipes)))},
    }
    special: Mapping[str, Value] = {"lib": library.root, "modulesPath": MODULES_PATH}
    evaluation = evaluate(
        [_configuration(request, library, evaluator), ModuleSpec(OWN_FILE, OWN_FILE, config=_attrs(defaults))],
        special,
        world=library.new_world(),
        class_="homeManager",
        catalogue=catalogue() if modules is None else modules,
    )
    return evaluation


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


def suite_of(request: Request, evaluation: Evaluation) -> str:
    """The suite of Debian that packages are taken from: as the command line says, or the configuration."""
    return request.suite or str(evaluation.value("home.packageProvider.debian.suite"))


def _configuration(request: Request, library: Library, evaluator: Evaluator) -> Any:
    """The user's module: a file, or an attribute of what the file evaluates to."""
    path = os.path.abspath(request.config or "")
    if not os.path.exists(path):
        raise failure(
            "no-configuration",
            f"the configuration file `{request.config}` does not exist",
            hints=("name another with -f FILE",),
        )
    if not request.attribute and not request.arguments:
        return NixModule(library, PathValue(path), path, path)
    value = force(evaluator.eval_file(path))
    if request.arguments:
        given = Attrs()
        for name, text, is_text in request.arguments:
            given[name] = text if is_text else evaluator.eval_source(Source(f"--arg {name}", text), os.getcwd())
        value = force(call(value, given))
    for name in request.attribute.split(".") if request.attribute else ():
        if not isinstance(value, dict) or name not in value:
            raise failure(
                "no-configuration",
                f"`{request.config}` has no attribute `{request.attribute}`",
                hints=("name another with -A ATTRIBUTE",),
            )
        value = force(value[name])
    return NixModule(library, value, path, path)


def _caller(evaluation: Callable[[], Evaluation]) -> dict[str, Value]:
    """Whose home it is where an old configuration leaves that to the environment."""

    def is_old() -> bool:
        return str(evaluation().value("home.stateVersion")) < LAST_WITH_ENVIRONMENT

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


def _attrs(value: dict[str, Any]) -> Attrs:
    return Attrs({name: _attrs(inner) if type(inner) is dict else inner for name, inner in value.items()})
