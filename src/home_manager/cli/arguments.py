"""The command line's grammar: options of every command, which may stand before or after its name.

The original accepts `home-manager -f FILE switch` and `home-manager switch -f FILE` alike; so the command's name is
found first, by knowing which options take values, and the rest is then one flat list for one parser.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import Any, NamedTuple, NoReturn

from home_manager.cli.messages import _, later
from home_manager.cli.table import Command
from home_manager.cli.terminal import terminal_width


class UsageError(Exception):
    """A wrong command line: `message` says how, `hint` what was probably meant."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class Flag(NamedTuple):
    """An option of every command: its spellings, the names of its values, and a line of help.

    `repeat` collects; `ignored` marks what means something to Nix alone: it is accepted, named once, and has no effect.
    """

    spellings: tuple[str, ...]
    destination: str
    values: tuple[str, ...] = ()
    help: str = ""
    repeat: bool = False
    ignored: bool = False
    choices: tuple[str, ...] = ()


FLAGS = (
    Flag(("-f", "--file"), "file", ("FILE",), later("the configuration (default: ~/.config/home-manager/home.nix)")),
    Flag(("-A", "--attribute"), "attribute", ("ATTRIBUTE",), later("the attribute of FILE that is the configuration")),
    Flag(("-I",), "search_path", ("PATH",), later("add an entry to what <name> is looked up in"), repeat=True),
    Flag(("--flake",), "flake", ("URI",), later("the flake that holds the configuration, as URI or URI#NAME")),
    Flag(("-b", "--backup-extension"), "backup_extension", ("EXT",), later("move a file in the way to FILE.EXT")),
    Flag(("-B", "--backup-command"), "backup_command", ("COMMAND",), later("have COMMAND move a file in the way")),
    Flag(("-n", "--dry-run"), "dry_run", (), later("say what would be done, and do nothing")),
    Flag(("-v", "--verbose"), "verbose", (), later("say more")),
    Flag(("--show-trace",), "show_trace", (), later("show every step of the evaluation below an error")),
    Flag(
        ("--arg",), "arg", ("NAME", "EXPR"), later("pass an argument to the configuration, as a Nix expression"), True
    ),
    Flag(("--argstr",), "argstr", ("NAME", "TEXT"), later("pass an argument to the configuration, as a string"), True),
    Flag(("--impure",), "impure", (), later("let a flake read the environment and files outside of it")),
    Flag(
        ("--override-input",),
        "override_input",
        ("INPUT", "FLAKE"),
        later("use another flake for an input of the flake"),
        repeat=True,
    ),
    Flag(("--update-input",), "update_input", ("INPUT",), later("lock an input of the flake anew"), repeat=True),
    Flag(("--recreate-lock-file",), "recreate_lock_file", (), later("lock all inputs of the flake anew")),
    Flag(("--no-update-lock-file",), "no_update_lock_file", (), later("fail if the lock file would have to change")),
    Flag(("--no-write-lock-file",), "no_write_lock_file", (), later("leave the lock file as it is on disk")),
    Flag(
        ("--reference-lock-file",),
        "reference_lock_file",
        ("FILE",),
        later("read FILE instead of the flake's lock file"),
    ),
    Flag(("--commit-lock-file",), "commit_lock_file", (), later("commit the lock file if it changed")),
    Flag(("--no-registries",), "no_registries", (), later("do not look names of flakes up in the user's registry")),
    Flag(("--refresh",), "refresh", (), later("ask again for what was fetched lately")),
    Flag(("--no-out-link",), "no_out_link", (), later("do not make the link `result`")),
    Flag(("--root",), "root", ("DIR",), later("do everything below DIR, as if it were /")),
    Flag(("--provider",), "provider", ("NAME",), later("where packages come from")),
    Flag(("--skip-missing",), "skip_missing", (), later("leave out the packages that no provider has")),
    Flag(("--frozen",), "frozen", (), later("fail where a package is not in home.lock")),
    Flag(("--debian-suite",), "debian_suite", ("SUITE",), later("the Debian suite that packages are taken from")),
    Flag(("--debian-archive",), "debian_archive", ("URL",), later("the Debian archive that packages are taken from")),
    Flag(
        ("--message-format",),
        "message_format",
        ("FORMAT",),
        later("text (default) or json, one object a line"),
        choices=("text", "json"),
    ),
    Flag(
        ("--color", "--colour"),
        "color",
        ("WHEN",),
        later("auto (default), always or never"),
        choices=("auto", "always", "never"),
    ),
    Flag(("--option",), "nix_option", ("NAME", "VALUE"), repeat=True, ignored=True),
    Flag(("-j", "--max-jobs"), "max_jobs", ("NUMBER",), ignored=True),
    Flag(("--cores",), "cores", ("NUMBER",), ignored=True),
    Flag(("--builders",), "builders", ("VALUE",), ignored=True),
    Flag(("--log-format",), "log_format", ("FORMAT",), ignored=True),
    Flag(("-L", "--print-build-logs"), "print_build_logs", ignored=True),
    Flag(("--debug",), "debug", ignored=True),
    Flag(("--keep-failed",), "keep_failed", ignored=True),
    Flag(("--keep-going",), "keep_going", ignored=True),
    Flag(("--substitute",), "substitute", ignored=True),
    Flag(("--no-substitute",), "no_substitute", ignored=True),
    Flag(("--experimental-features",), "experimental_features", ("FEATURES",), ignored=True),
    Flag(("--extra-experimental-features",), "extra_experimental_features", ("FEATURES",), ignored=True),
)
"""Every option that all commands know, in the order of the help."""

OUTPUT_FLAGS = (
    "show_trace",
    "verbose",
    "message_format",
    "color",
    "root",
    "provider",
    "debian_suite",
    "debian_archive",
)
"""Those that a command with options of its own still has."""


class Parser(argparse.ArgumentParser):
    """An argument parser that raises `UsageError` where argparse would print and exit."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(allow_abbrev=False, add_help=False, **settings)

    def error(self, message: str) -> NoReturn:
        raise UsageError(message)


def split_command(words: Sequence[str]) -> tuple[str | None, list[str]]:
    """The command's name and all other words: the first word that is neither an option nor the value of one."""
    arity = {spelling: len(flag.values) for flag in FLAGS for spelling in flag.spellings}
    at = 0
    while at < len(words):
        word = words[at]
        if word == "--":
            break
        if not word.startswith("-") or word == "-":
            return word, [*words[:at], *words[at + 1 :]]
        at += 1 + arity.get(word, 0)
    return None, list(words)


def add_flags(parser: argparse.ArgumentParser, only: Sequence[str] | None = None) -> None:
    """Adds the options of every command; `only` names the destinations wanted."""
    shown = parser.add_argument_group(_("options of every command"))
    hidden = parser.add_argument_group()
    for flag in FLAGS:
        if only is not None and flag.destination not in only:
            continue
        settings: dict[str, Any] = {"dest": flag.destination}
        if flag.values:
            settings["metavar"] = flag.values[0] if len(flag.values) == 1 else flag.values
            settings["action"] = "append" if flag.repeat else "store"
            if len(flag.values) > 1:
                settings["nargs"] = len(flag.values)
            if flag.repeat:
                settings["default"] = []
        else:
            settings["action"] = "store_true"
        settings["help"] = argparse.SUPPRESS if flag.ignored else _(flag.help)
        (hidden if flag.ignored else shown).add_argument(*flag.spellings, **settings)
    shown.add_argument("-h", "--help", action="store_true", help=_("show this help"))
    if only is None:
        shown.add_argument("--version", action="store_true", help=_("show the version"))


def parser_for(command: Command) -> Parser:
    """The parser of a command: its own arguments, then the options of every command."""
    from home_manager.cli.table import load

    module = load(command)
    parser = Parser(
        description=_(command.summary)[:1].upper() + _(command.summary)[1:] + ".",
        epilog=_("examples:") + "\n" + module.EXAMPLES if module.EXAMPLES else None,
        formatter_class=_Help,
    )
    module.add_arguments(parser)
    operands = [_operand(action) for action in parser._actions if not action.option_strings]
    parser.usage = " ".join([f"home-manager {command.name}", _("[OPTION]…"), *operands])
    add_flags(parser, OUTPUT_FLAGS if command.own_options else None)
    return parser


class _Help(argparse.RawDescriptionHelpFormatter):
    """The layout of a command's help: a column wide enough for the spellings of an option."""

    def __init__(self, prog: str, **settings: Any) -> None:
        # Left to itself argparse imports shutil, and with it three libraries of compression, for the width.
        width = min(terminal_width(sys.stdout), 110) - 2
        super().__init__(prog, max_help_position=min(34, max(width // 3, 8)), width=width, **settings)


def _operand(action: argparse.Action) -> str:
    """An operand as the usage line shows it."""
    name = str(action.metavar or action.dest)
    return {"?": f"[{name}]", "*": f"[{name}]…", "+": f"{name}…"}.get(str(action.nargs), name)


def known_spellings(parser: argparse.ArgumentParser) -> list[str]:
    """Every option that a parser accepts, for suggestions."""
    return [spelling for action in parser._actions for spelling in action.option_strings if spelling.startswith("--")]


def parse(command: Command, words: Sequence[str]) -> argparse.Namespace:
    """The arguments of a command."""
    parser = parser_for(command)
    passed_on: Sequence[str] = ()
    if command.passes_on and "--" in words:
        end = list(words).index("--")
        words, passed_on = words[:end], words[end + 1 :]
    try:
        namespace, unknown = parser.parse_known_intermixed_args(list(words))
    except TypeError:  # a parser with REMAINDER cannot be mixed
        namespace, unknown = parser.parse_known_args(list(words))
    if unknown and not namespace.help:
        from home_manager.diagnostics import nearest

        word = unknown[0].split("=", 1)[0]
        if not word.startswith("-"):
            raise UsageError(_("unexpected argument `{word}`").format(word=word))
        known = known_spellings(parser)
        meant = nearest(word, known) or [name for name in known if word.startswith("--") and name.startswith(word)]
        hint = _("did you mean `{name}`?").format(name=meant[0]) if meant else ""
        raise UsageError(_("unknown option `{word}`").format(word=word), hint)
    if passed_on:
        getattr(namespace, command.passes_on).extend(passed_on)
    for flag in FLAGS:
        value = getattr(namespace, flag.destination, None)
        if flag.choices and value is not None and value not in flag.choices:
            allowed = ", ".join(f"`{choice}`" for choice in flag.choices)
            raise UsageError(
                _("`{value}` is no value of `{flag}`").format(value=value, flag=flag.spellings[0]),
                _("choose one of {allowed}").format(allowed=allowed),
            )
    return namespace


def ignored_flags(arguments: argparse.Namespace) -> list[str]:
    """The options given that have a meaning to Nix alone, as they are spelled in full."""
    given = {name for name, value in vars(arguments).items() if value not in (None, False, [])}
    return [flag.spellings[-1] for flag in FLAGS if flag.ignored and flag.destination in given]
