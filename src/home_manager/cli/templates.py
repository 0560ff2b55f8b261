"""The files that `home-manager init` writes."""

from __future__ import annotations

import platform
from collections.abc import Mapping

STATE_VERSION = "26.11"
"""What a new configuration has as `home.stateVersion`: the release that this program follows."""

_XDG = (
    ("XDG_CACHE_HOME", ".cache", "cacheHome"),
    ("XDG_CONFIG_HOME", ".config", "configHome"),
    ("XDG_DATA_HOME", ".local/share", "dataHome"),
    ("XDG_STATE_HOME", ".local/state", "stateHome"),
)
"""Variables with their defaults below the home, and the options that a configuration says them with."""

_HOME = """\
{ config, pkgs, ... }:

{
  # Whose home this is. Nothing is activated for anybody else.
  home.username = @user@;
  home.homeDirectory = @home@;
@xdg@
  # The release that this configuration was first written for. Defaults that a later
  # release changes keep their old value here, so leave it when you update; the release
  # notes say what another value would change.
  home.stateVersion = @version@;

  # Programs to have in this home.
  home.packages = [
    # pkgs.ripgrep

    # A script of your own is a package too:
    # (pkgs.writeShellScriptBin "greet" ''
    #   echo "Hello, ${config.home.username}"
    # '')
  ];

  # Files to have in this home, each a link to what is written here.
  home.file = {
    # A file that lies beside this one:
    # ".screenrc".source = ./dotfiles/screenrc;

    # Or its text:
    # ".config/example.conf".text = ''
    #   colour = blue
    # '';
  };

  # Variables of your sessions. Shells that are set up here (programs.bash.enable, …) read
  # them on their own; any other one has to source
  # ~/.nix-profile/etc/profile.d/hm-session-vars.sh
  home.sessionVariables = {
    # EDITOR = "vim";
  };

  # Keep the home-manager command itself in this home.
  programs.home-manager.enable = true;
}
"""

_FLAKE = """\
{
  description = @description@;

  inputs = {
    nixpkgs.url = @nixpkgs@;
    home-manager = {
      url = @home_manager@;
      inputs.nixpkgs.follows = "nixpkgs";
    };
  };

  outputs =
    { nixpkgs, home-manager, ... }:
    let
      system = @system@;
      pkgs = nixpkgs.legacyPackages.${system};
    in
    {
      homeConfigurations.@user@ = home-manager.lib.homeManagerConfiguration {
        inherit pkgs;

        # The configuration itself; more files can stand beside it in this list.
        modules = [ ./home.nix ];

        # Values given here reach every module as arguments:
        # extraSpecialArgs = { };
      };
    };
}
"""


def quoted(text: str) -> str:
    """A text as a string of the Nix language."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("${", "\\${")
    return '"' + escaped.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + '"'


def home(user: str, directory: str, environment: Mapping[str, str]) -> str:
    """A first `home.nix`. Places that the environment moved elsewhere are written down."""
    places = [
        f"  xdg.{option} = {quoted(environment[variable])};\n"
        for variable, default, option in _XDG
        if environment.get(variable, "").startswith("/") and environment[variable] != f"{directory}/{default}"
    ]
    values = {"user": quoted(user), "home": quoted(directory), "version": quoted(STATE_VERSION), "xdg": "".join(places)}
    return _filled(_HOME, values)


def flake(user: str, nixpkgs: str, home_manager: str) -> str:
    """A `flake.nix` around the `home.nix` beside it."""
    machine = {"arm64": "aarch64", "amd64": "x86_64"}.get(platform.machine(), platform.machine())
    values = {
        "description": quoted(f"The home of {user}"),
        "nixpkgs": quoted(nixpkgs),
        "home_manager": quoted(home_manager),
        "system": quoted(f"{machine}-{platform.system().lower()}"),
        "user": quoted(user),
    }
    return _filled(_FLAKE, values)


def _filled(template: str, values: Mapping[str, str]) -> str:
    """The template with its `@name@`s replaced, in one pass: a value that looks like one stays as it is."""
    import re

    return re.sub(r"@(\w+)@", lambda found: values[found[1]], template)
