"""Where the configuration is: as told, else in the places where the original looks, in its order."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from home_manager.cli.messages import _
from home_manager.diagnostics import failure
from home_manager.paths import folder_of_caller, home_of_caller


@dataclass(frozen=True, slots=True)
class Place:
    """A configuration that was found: a file, or a flake reference (`URI` or `URI#NAME`); one of both.

    `warning` says what the user should move one day.
    """

    file: str | None = None
    flake: str | None = None
    warning: str = ""


def find(environment: Mapping[str, str], file: str | None = None, flake: str | None = None) -> Place:
    """The configuration to use; a `Failure` where there is none.

    `environment` gives HOME, XDG_CONFIG_HOME and HOME_MANAGER_CONFIG, the variable that stands for `-f`.
    """
    if flake is not None:
        return Place(flake=flake)
    named = file or environment.get("HOME_MANAGER_CONFIG")
    if named:
        if not os.path.lexists(named):
            raise failure(
                "no-configuration",
                _("there is no configuration file at `{path}`").format(path=named),
                hints=(_("name one with -f FILE"),),
            )
        return Place(file=os.path.realpath(_default_file(named)))
    home, config_home = home_of_caller(environment), folder_of_caller("XDG_CONFIG_HOME", ".config", environment)
    wanted = os.path.join(config_home, "home-manager")
    for directory in (wanted, os.path.join(config_home, "nixpkgs")):
        if os.path.exists(os.path.join(directory, "flake.nix")):
            return Place(flake=os.path.realpath(directory), warning=_moved("flake.nix", directory, wanted))
    for directory in (wanted, os.path.join(config_home, "nixpkgs"), os.path.join(home, ".nixpkgs")):
        path = os.path.join(directory, "home.nix")
        if os.path.exists(path):
            return Place(file=os.path.realpath(path), warning=_moved("home.nix", directory, wanted))
    raise failure(
        "no-configuration",
        _("no configuration was found"),
        notes=(_("looked for `{path}`").format(path=os.path.join(wanted, "home.nix")),),
        hints=(_("write one there, or name one with -f FILE"),),
    )


def _default_file(path: str) -> str:
    """A folder stands for its `default.nix`, as Nix reads it."""
    inside = os.path.join(path, "default.nix")
    return inside if os.path.isdir(path) and os.path.exists(inside) else path


def _moved(name: str, directory: str, wanted: str) -> str:
    if directory == wanted:
        return ""
    return _("keeping {name} in `{old}` is deprecated; please move it to `{new}`").format(
        name=name, old=directory, new=wanted
    )
