"""`homesFromDirectory`: homes found by the names of directories: `USER`, `USER@global`, `USER@HOST`.

`homes/alice` is part of every home of alice; `homes/alice@global` of those that stand alone, without a system around
them, which all are here; `homes/alice@laptop` makes `alice@laptop` on its host. `meta.nix` in the first of them says
for which `system` the packages are.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from home_manager.configuration.context import EvaluationContext, as_attrs
from home_manager.configuration.flake.home_manager_configuration import home_configuration
from home_manager.diagnostics import failure
from home_manager.modules.core.home import RELEASE
from home_manager.nix.evaluation import coerce_to_path, expect_attrs
from home_manager.options import mk_default
from home_manager.values import Attrs, PathValue, Value
from home_manager.values.lazy import Delayed, force

GLOBAL = "global"


def homes_from_directory(context: EvaluationContext, given: dict[str, Value]) -> Value:
    """An attribute set of homes."""
    for name in ("inputs", "directory"):
        if name not in given:
            raise failure("flake-home-argument", f"`homesFromDirectory` needs `{name}`")
    directory = coerce_to_path(given["directory"])
    inputs = expect_attrs(given["inputs"], "while evaluating `inputs` of homesFromDirectory")
    special = expect_attrs(given.get("extraSpecialArgs", Attrs()), "while evaluating `extraSpecialArgs`")
    kinds = context.io.read_dir(directory)
    names = {
        name
        for name, kind in kinds.items()
        if kind == "directory" and context.io.exists(f"{directory}/{name}/default.nix")
    }
    homes: dict[str, Value] = {}
    for name in sorted(names):
        user, _, host = name.partition("@")
        if host == GLOBAL and user in names:
            continue
        key = user if host == GLOBAL else name
        parts = [part for part in dict.fromkeys((user, f"{user}@{GLOBAL}", name)) if part in names]
        homes[key] = Delayed(partial(_home, context, directory, user, parts, inputs, special))
    return Attrs(homes)


def _home(
    context: EvaluationContext,
    directory: str,
    user: str,
    parts: list[str],
    inputs: dict[str, Value],
    special: Mapping[str, Value],
) -> Value:
    system = context.system
    for part in reversed(parts):
        path = f"{directory}/{part}/meta.nix"
        if context.io.exists(path):
            meta = force(context.evaluator.eval_file(path))
            if isinstance(meta, dict) and "system" in meta:
                system = str(force(meta["system"]))
                break
    own = context.flakes.nixpkgs({}, True)
    nixpkgs = force(inputs.get("nixpkgs", own))
    assert isinstance(nixpkgs, dict)
    packages = force(nixpkgs["legacyPackages"])
    assert isinstance(packages, dict)
    top = "/Users" if system.endswith("darwin") else "/home"
    defaults = as_attrs(
        {
            "home": {
                "username": mk_default(user),
                "homeDirectory": mk_default(f"{top}/{user}" if user != "root" else "/root"),
                "stateVersion": mk_default(RELEASE),
            }
        }
    )
    modules: list[Value] = [*(PathValue(f"{directory}/{part}") for part in parts), defaults]
    return home_configuration(
        context,
        Attrs(
            {
                "pkgs": packages[system],
                "modules": modules,
                "extraSpecialArgs": Attrs({"inputs": Attrs(inputs), **special}),
            }
        ),
    )
