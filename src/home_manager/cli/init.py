"""`home-manager init [DIR]`: a first configuration, to be changed by whoever it is for."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace

from home_manager.cli import exits
from home_manager.cli.changing import is_dry_run
from home_manager.cli.messages import _
from home_manager.cli.terminal import Terminal
from home_manager.diagnostics import failure
from home_manager.paths import folder_of_caller, home_of_caller

EXAMPLES = """\
  home-manager init                    # home.nix and flake.nix in ~/.config/home-manager
  home-manager init ~/dotfiles         # somewhere else
  home-manager init --switch           # and make the home what it says
"""

HOME_MANAGER_URL = "github:nix-community/home-manager"
NIXPKGS_URL = "github:nixos/nixpkgs/nixpkgs-unstable"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("directory", nargs="?", metavar="DIR", help=_("where to (default: ~/.config/home-manager)"))
    parser.add_argument("--switch", action="store_true", help=_("make the home what the new configuration says"))
    parser.add_argument("--with-flake", action="store_true", help=_("write a flake.nix too, which is the default"))
    parser.add_argument("--no-flake", action="store_true", help=_("write home.nix alone"))
    parser.add_argument(
        "--home-manager-url", metavar="URL", default=HOME_MANAGER_URL, help=_("the input of the flake for its modules")
    )
    parser.add_argument(
        "--nixpkgs-url", metavar="URL", default=NIXPKGS_URL, help=_("the input of the flake for packages")
    )


def run(arguments: Namespace, terminal: Terminal) -> int:
    from home_manager.cli import templates

    home = home_of_caller()
    user = os.environ.get("USER") or os.environ.get("LOGNAME") or _login_name()
    directory = os.path.abspath(arguments.directory or _default_directory(home, arguments.root))
    if os.path.lexists(directory) and not os.path.isdir(directory):
        raise failure(
            "not-a-directory",
            _("`{path}` is not a directory").format(path=arguments.directory or directory),
            hints=(_("name another place: `home-manager init DIR`"),),
        )
    texts = {"home.nix": templates.home(user, home, os.environ)}
    if not arguments.no_flake:
        texts["flake.nix"] = templates.flake(user, arguments.nixpkgs_url, arguments.home_manager_url)
    for name, text in texts.items():
        _create(os.path.join(directory, name), text, terminal, dry_run=is_dry_run(arguments))
    if not arguments.switch or is_dry_run(arguments):
        return exits.OK
    from home_manager.cli import switch

    # What is there already counts: a directory with a flake is switched to as one.
    flake = None if arguments.no_flake else directory
    file = os.path.join(directory, "home.nix") if flake is None else None
    words = {**vars(arguments), "file": file, "flake": flake}
    wishes = {"rollback": False, "to": None, "specialisation": None, "message": None, "plan": None}
    return switch.run(Namespace(**words, **wishes), terminal)


def _default_directory(home: str, root: str | None) -> str:
    """Where the configuration is looked for; below a root, the home of that name there."""
    if root is not None:
        return os.path.join(os.path.realpath(root), home.lstrip("/"), ".config/home-manager")
    return os.path.join(folder_of_caller("XDG_CONFIG_HOME", ".config"), "home-manager")


def _create(path: str, text: str, terminal: Terminal, *, dry_run: bool) -> None:
    """A new file; one that is there, even as a link to nothing, stays as it is."""
    if os.path.lexists(path):
        terminal.tell(_("The file {path} already exists, leaving it unchanged").format(path=path))
        return
    terminal.tell((_("Would create {path}") if dry_run else _("Creating {path}")).format(path=path))
    if dry_run:
        return
    os.makedirs(os.path.dirname(path), exist_ok=True)
    # Mode x: whoever is faster keeps the file.
    with open(path, "x", encoding="utf-8") as file:
        file.write(text)


def _login_name() -> str:
    import pwd

    return pwd.getpwuid(os.getuid()).pw_name
