"""The help: an overview made from the tables of commands and options, and `help COMMAND`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from home_manager.cli import exits
from home_manager.cli.arguments import FLAGS, UsageError, parser_for
from home_manager.cli.messages import _
from home_manager.cli.table import COMMANDS, find
from home_manager.cli.terminal import Terminal

EXAMPLES = """\
  home-manager help switch
  home-manager help --man | man -l -        # the manual page
"""


def overview(terminal: Terminal) -> str:
    """What `home-manager --help` shows."""
    lines = [
        _("Usage: home-manager [OPTION]… COMMAND [ARGUMENT]…"),
        "",
        _("Makes your home what a configuration (home.nix) says: files, programs, services."),
        "",
        terminal.style(_("Commands"), "bold"),
        "",
    ]
    shown = [command for command in COMMANDS if not command.hidden]
    width = max(len(command.name) for command in shown) + 2
    lines += [f"  {command.name:<{width}}{_(command.summary)}" for command in shown]
    lines += ["", terminal.style(_("Options"), "bold"), ""]
    for flag in FLAGS:
        if not flag.ignored:
            spelled = ", ".join(flag.spellings[:2]) + "".join(f" {value}" for value in flag.values)
            lines.append(f"  {spelled:<30}  {_(flag.help)}")
    lines.append(f"  {'-h, --help':<30}  {_('show this help, or with a command its own')}")
    lines.append(f"  {'--version':<30}  {_('show the version')}")
    lines += [
        "",
        terminal.style(_("Examples"), "bold"),
        "",
        "  home-manager switch                            " + _("# the configuration in ~/.config/home-manager"),
        "  home-manager switch -f home.nix -b backup      " + _("# keep files in the way as FILE.backup"),
        "  home-manager switch -n -v                      " + _("# say what would be done"),
        "  home-manager --root /tmp/try switch -f home.nix  " + _("# try it without touching your home"),
        "  home-manager switch --rollback                 " + _("# back to the generation before"),
        "  home-manager option programs.git.enable        " + _("# what is it, and who set it?"),
        "",
        _("Options that mean something to Nix alone (--cores, --option …) are accepted and have no effect."),
    ]
    return "\n".join(lines) + "\n"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("command", nargs="?", metavar="COMMAND", help=_("the command to explain"))
    parser.add_argument("--man", action="store_true", help=_("the manual page home-manager(1), for `man -l -`"))


def run(arguments: Namespace, terminal: Terminal) -> int:
    if arguments.man:
        from home_manager.cli.manual_page import manual_page

        terminal.write(manual_page())
        return exits.OK
    if arguments.command is None:
        terminal.write(overview(terminal))
        return exits.OK
    command = find(arguments.command)
    if command is None:
        raise UsageError(_("there is no command `{name}`").format(name=arguments.command))
    terminal.write(parser_for(command).format_help())
    return exits.OK
