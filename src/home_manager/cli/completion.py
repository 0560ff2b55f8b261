"""`home-manager completion SHELL`: the script that teaches a shell to complete home-manager's command line."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace

from home_manager.cli import exits
from home_manager.cli.arguments import UsageError
from home_manager.cli.messages import _
from home_manager.cli.terminal import Terminal

EXAMPLES = """\
  source <(home-manager completion bash)                # in ~/.bashrc
  source <(home-manager completion zsh)                 # in ~/.zshrc, after compinit
  home-manager completion fish | source                 # in ~/.config/fish/config.fish
  home-manager completion nushell | save home-manager.nu  # and `source home-manager.nu` in config.nu
"""

SCRIPTS = {
    "bash": "home-manager.bash",
    "zsh": "_home-manager.zsh",
    "fish": "home-manager.fish",
    "nushell": "home-manager.nu",
}
"""The script of each shell, in the folder `completions`. They ask `home-manager complete` for all they offer."""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("shell", metavar="SHELL", help=_("bash, zsh, fish or nushell"))


def run(arguments: Namespace, terminal: Terminal) -> int:
    if arguments.shell not in SCRIPTS:
        raise UsageError(
            _("there is no completion for `{shell}`").format(shell=arguments.shell),
            _("choose one of {allowed}").format(allowed=", ".join(f"`{shell}`" for shell in SCRIPTS)),
        )
    folder = os.path.join(os.path.dirname(__file__), "completions")
    with open(os.path.join(folder, SCRIPTS[arguments.shell]), encoding="utf-8") as script:
        terminal.write(script.read())
    return exits.OK
