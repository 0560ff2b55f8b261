"""The table of commands: name, module and one line of help; a command's module is imported when it runs.

Shell completions, the manual page and `--help` are made from this table, so a command exists as soon as it has a row.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from home_manager.cli.messages import later

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from home_manager.cli.terminal import Terminal


class Command(NamedTuple):
    """A row: `name` as typed, `module` below `home_manager.cli`, `summary` for the list in `--help`.

    A hidden command works but is not listed; one with `own_options` declares all of its options itself, so
    that letters may mean what they mean to another program (`nix-instantiate -A`). What follows `--` is added as it is
    to the operand that `passes_on` names: the command line of another program.
    """

    name: str
    module: str
    summary: str
    hidden: bool = False
    own_options: bool = False
    passes_on: str = ""


class CommandModule(Protocol):
    """What a command's module offers."""

    EXAMPLES: str
    """Lines shown at the end of the command's help."""

    add_arguments: Callable[[ArgumentParser], None]
    run: Callable[[Namespace, Terminal], int]


COMMANDS = (
    Command("switch", "switch", later("build the configuration and make the home what it says")),
    Command("plan", "plan", later("show what a switch would do")),
    Command("diff", "diff", later("show the lines of files that a switch would change")),
    Command("build", "build", later("build the configuration into a link `result`, and change nothing else")),
    Command("init", "init", later("write a first configuration")),
    Command("edit", "edit", later("open the configuration in your editor")),
    Command("generations", "generations", later("list the generations that were switched to")),
    Command("describe", "describe", later("show a generation: where it comes from, and what changed with it")),
    Command("remove-generations", "remove_generations", later("remove generations by their numbers")),
    Command("expire-generations", "expire_generations", later("remove the generations older than a point in time")),
    Command("gc", "gc", later("remove from the store what no generation needs")),
    Command("status", "status", later("list the files that differ from what was written, or is wanted")),
    Command("verify", "verify", later("compare the store and the home's links with what was written")),
    Command("restore", "restore", later("bring back a file that a switch moved aside or replaced")),
    Command("update", "update", later("lock newer versions of packages")),
    Command("packages", "packages", later("list the packages of the current generation")),
    Command("option", "option", later("show an option: its value, type, default and where it was set")),
    Command("repl", "repl", later("evaluate expressions with the configuration at hand")),
    Command("instantiate", "instantiate", later("evaluate the configuration, and print the path of its generation")),
    Command("news", "news", later("show what has changed and concerns you")),
    Command("doctor", "doctor", later("check this machine and this home")),
    Command(
        "try",
        "try_out",
        later("open a shell in a scratch home that is what the configuration says"),
        passes_on="command",
    ),
    Command("eject", "eject", later("make real files of all links, and take home-manager away")),
    Command("uninstall", "uninstall", later("take everything away that was put into the home")),
    Command("why", "why", later("show where a file, an option or a package comes from")),
    Command("explain", "explain", later("explain the code of an error")),
    Command("completion", "completion", later("print the script that completes command lines in a shell")),
    Command("help", "help", later("show this help, or that of a command")),
    Command("complete", "complete", later("say what may come next on a command line"), hidden=True),
    Command("activate", "activate", later("make the home what a built generation says"), hidden=True),
    Command("nix-instantiate", "nix_instantiate", later("evaluate or parse Nix"), hidden=True, own_options=True),
)


def find(name: str) -> Command | None:
    """The row of a command."""
    return next((command for command in COMMANDS if command.name == name), None)


def load(command: Command) -> CommandModule:
    """The module of a command, imported now."""
    from importlib import import_module

    return cast(CommandModule, import_module(f"home_manager.cli.{command.module}"))
