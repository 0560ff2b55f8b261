"""The manual page home-manager(1), made from the tables of commands and options, in the macros of man(7)."""

from __future__ import annotations

from argparse import SUPPRESS, Action
from collections.abc import Iterable, Iterator

from home_manager import __version__
from home_manager.cli.arguments import FLAGS, parser_for
from home_manager.cli.messages import _, later
from home_manager.cli.table import COMMANDS, Command, load

ENVIRONMENT = (
    ("HOME_MANAGER_CONFIG", later("the configuration, as with -f")),
    ("HOME_MANAGER_BACKUP_EXT", later("keeps files in the way, as with -b")),
    ("HOME_MANAGER_BACKUP_COMMAND", later("keeps files in the way, as with -B")),
    ("HOME_MANAGER_BACKUP_OVERWRITE", later("set to 1, a backup may take the place of an older one")),
    ("HOME_MANAGER_DEBIAN_SUITE", later("the Debian suite, as with --debian-suite")),
    ("HOME_MANAGER_DEBIAN_URL", later("the Debian archive, as with --debian-archive")),
    ("XDG_CONFIG_HOME", later("where the folder `home-manager` with the configuration is (default: ~/.config)")),
    ("XDG_STATE_HOME", later("where generations and the store are (default: ~/.local/state)")),
    ("XDG_CACHE_HOME", later("where downloads are kept (default: ~/.cache)")),
    ("VISUAL, EDITOR", later("the editor of `home-manager edit`")),
    ("NO_COLOR", later("set to anything, nothing is coloured")),
    ("LANGUAGE, LC_ALL, LC_MESSAGES, LANG", later("the language of the messages")),
)

PLACES = (
    ("~/.config/home-manager/home.nix", later("the configuration")),
    ("~/.config/home-manager/flake.nix", later("the flake that holds the configuration; it is preferred")),
    ("~/.local/state/home-manager/profiles", later("the generations")),
    ("~/.local/state/home-manager/store", later("what the generations are made of")),
    (
        "~/.local/state/home-manager/replaced",
        later("your files that a switch replaced, for `restore`; after 30 days `gc` removes them"),
    ),
    ("~/.cache/home-manager", later("what can be had again at any time")),
)

STATUSES = (
    (0, later("done")),
    (1, later("failed, and nothing was changed")),
    (2, later("the command line is wrong")),
    (3, later("failed, and what had been changed was taken back")),
    (4, later("done in part; the message names what is missing")),
    (70, later("a mistake in home-manager itself")),
    (130, later("interrupted")),
    (143, later("ended by the signal TERM")),
)


def manual_page() -> str:
    """The page as roff."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield f'.TH HOME-MANAGER 1 "" "home-manager {__version__}" ""'
    yield from _section(_("NAME"))
    yield rf"home\-manager \- {_text(_('a declared home directory: files, programs, services'))}"
    yield from _section(_("SYNOPSIS"))
    yield r".B home\-manager"
    yield _text(_("[OPTION]… COMMAND [ARGUMENT]…"))
    yield from _section(_("DESCRIPTION"))
    yield _text(_("Makes your home what a configuration (home.nix) says: files, programs, services."))
    yield ".PP"
    yield _text(_("Each switch makes a generation, and every earlier one can be gone back to."))
    yield _text(_("A switch that fails takes back what it has changed."))
    yield from _section(_("COMMANDS"))
    for command in COMMANDS:
        if not command.hidden:
            yield from _command(command)
    yield from _section(_("OPTIONS"))
    yield _text(_("They may stand before the command or after it."))
    for flag in FLAGS:
        if not flag.ignored:
            yield from _entry(_spelled(flag.spellings, flag.values), _(flag.help))
    yield from _entry(r"\fB\-h\fR, \fB\-\-help\fR", _("show this help, or with a command its own"))
    yield from _entry(r"\fB\-\-version\fR", _("show the version"))
    yield ".PP"
    yield _text(_("Accepted, and without effect, since they mean something to Nix alone:"))
    yield ", ".join(_bold(flag.spellings[-1]) for flag in FLAGS if flag.ignored) + "."
    for title, rows in ((_("ENVIRONMENT"), ENVIRONMENT), (_("FILES"), PLACES)):
        yield from _section(title)
        for name, about in rows:
            yield from _entry(_bold(name), _(about))
    yield from _section(_("EXIT STATUS"))
    for status, about in STATUSES:
        yield from _entry(_bold(str(status)), _(about))


def _command(command: Command) -> Iterator[str]:
    parser = parser_for(command)
    shared = {spelling for flag in FLAGS for spelling in flag.spellings} | {"--help", "--version"}
    own = [each for each in parser._actions if not shared.intersection(each.option_strings) and each.help != SUPPRESS]
    yield f'.SS "{_text(command.name)}"'
    yield f"{_text(parser.description or '')}"
    for action in own:
        if action.option_strings:
            yield from _entry(_spelled(action.option_strings, _values(action)), str(action.help or ""))
        else:
            yield from _entry(_italic(str(action.metavar or action.dest)), str(action.help or ""))
    examples = load(command).EXAMPLES.rstrip("\n")
    if examples:
        yield from (".PP", ".nf", *(_text(line) for line in examples.split("\n")), ".fi")


def _values(action: Action) -> tuple[str, ...]:
    if action.nargs == 0:
        return ()
    named = action.metavar or action.dest.upper()
    return (named,) if isinstance(named, str) else tuple(named)


def _section(title: str) -> Iterator[str]:
    yield f'.SH "{_text(title)}"'


def _entry(head: str, text: str) -> Iterator[str]:
    yield from (".TP", head, _text(text))


def _spelled(spellings: Iterable[str], values: Iterable[str]) -> str:
    return ", ".join(map(_bold, spellings)) + "".join(f" {_italic(value)}" for value in values)


def _bold(text: str) -> str:
    return rf"\fB{_text(text)}\fR"


def _italic(text: str) -> str:
    return rf"\fI{_text(text)}\fR"


def _text(text: str) -> str:
    """Text that roff shows as it is: signs that it would read as its own are escaped."""
    escaped = text.replace("\\", r"\e").replace("-", r"\-").replace("'", r"\(aq").replace("`", r"\(ga")
    escaped = escaped.replace("~", r"\(ti").replace("^", r"\(ha")
    return rf"\&{escaped}" if escaped.startswith(".") else escaped
