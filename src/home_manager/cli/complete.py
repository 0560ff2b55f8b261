"""`home-manager complete`: what may come next on a command line; the shells' completion scripts ask it.

Standard input has the words after `home-manager`, a line each, the last one as far as it is written. Each line of the
answer is a word that may stand in its place, and after a tab a few words about it; a word that ends with `.` or `=` goes
on. `:files` and `:directories` leave it to the shell to offer those.

What a word may be follows from the name of its value in the help (`FILE`, `GENERATION` …): `OFFERS` has a row for each.
"""

from __future__ import annotations

import sys
from argparse import Action, ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from home_manager.cli import exits
from home_manager.cli.arguments import FLAGS, Parser, add_flags, parser_for, split_command
from home_manager.cli.messages import _
from home_manager.cli.table import COMMANDS, Command, find
from home_manager.cli.terminal import Terminal

if TYPE_CHECKING:
    from home_manager.store import Profile

EXAMPLES = """\
  printf '%s\\n' option programs.ba | home-manager complete
"""

Offer = tuple[str, str]
"""A word, and what it is."""


class Asked(NamedTuple):
    """The words before the one that is being written, and how far that one is."""

    before: Sequence[str]
    current: str


def add_arguments(parser: ArgumentParser) -> None:
    del parser


def run(arguments: Namespace, terminal: Terminal) -> int:
    del arguments
    words = sys.stdin.read().split("\n")
    if len(words) > 1 and not words[-1]:
        words.pop()  # what ends the last line
    for word, about in offers(words):
        terminal.say(f"{word}\t{about}" if about else word)
    return exits.OK


def offers(words: Sequence[str]) -> Iterator[Offer]:
    """What the last of the words may become."""
    *before, current = words
    # bash takes `--flag=value` apart.
    if current == "=":
        before, current = [*before, "="], ""
    if len(before) > 1 and before[-1] == "=":
        del before[-1]
    name, _rest = split_command(before)
    command = None if name is None else find(name)
    if name is not None and command is None:
        return
    flag, _sign, value = current.partition("=")
    if current.startswith("--") and "=" in current:
        for word, about in _values(command, [*before, flag], value):
            yield (word, about) if word.startswith(":") else (f"{flag}={word}", about)
    else:
        yield from _values(command, before, current)


def _values(command: Command | None, before: Sequence[str], current: str) -> Iterator[Offer]:
    actions = _actions(command)
    by_spelling = {spelling: action for action in actions for spelling in action.option_strings}
    waiting, operands = _read(before, by_spelling, command)
    if waiting is not None:
        return _matching(_of_value(waiting, Asked(before, current)), current)
    if current.startswith("-"):
        return _matching(_flags(actions), current)
    if command is None:
        return _matching(_commands(), current)
    places = [action for action in actions if not action.option_strings]
    if not places:
        return iter(())
    last = places[min(operands, len(places) - 1)]
    if operands >= len(places) and last.nargs not in ("*", "+"):
        return iter(())
    return _matching(_of_value(str(last.metavar or last.dest), Asked(before, current)), current)


def _actions(command: Command | None) -> list[Action]:
    """What the command line takes: options and operands."""
    if command is not None:
        return parser_for(command)._actions
    parser = Parser()
    add_flags(parser)
    return parser._actions


def _read(before: Sequence[str], known: dict[str, Action], command: Command | None) -> tuple[str | None, int]:
    """The name of the value that the last option waits for, if it does, and how many operands there are."""
    waiting: list[str] = []
    operands = 0
    seen = command is None
    for word in before:
        if waiting:
            waiting.pop(0)
        elif word in known and known[word].nargs != 0:
            metavar = known[word].metavar or known[word].dest
            waiting = [str(metavar)] if isinstance(metavar, str) else [str(each) for each in metavar]
        elif not word.startswith("-"):
            operands += seen
            seen = True
    return (waiting[0] if waiting else None), operands


def _matching(found: Iterable[Offer], current: str) -> Iterator[Offer]:
    return (offer for offer in found if offer[0].startswith((current, ":")))


def _commands() -> Iterator[Offer]:
    return ((command.name, _(command.summary)) for command in COMMANDS if not command.hidden)


def _flags(actions: Iterable[Action]) -> Iterator[Offer]:
    ignored = {spelling for flag in FLAGS if flag.ignored for spelling in flag.spellings}
    for action in actions:
        for spelling in action.option_strings:
            if spelling not in ignored:
                yield spelling, str(action.help or "")


def _of_value(name: str, asked: Asked) -> Iterable[Offer]:
    for flag in FLAGS:
        if flag.choices and name in flag.values:
            return [(choice, "") for choice in flag.choices]
    offer = OFFERS.get(name)
    return offer(asked) if offer is not None else ()


def _files(asked: Asked) -> Iterable[Offer]:
    return ((":files", ""),)


def _directories(asked: Asked) -> Iterable[Offer]:
    return ((":directories", ""),)


def _shells(asked: Asked) -> Iterable[Offer]:
    from home_manager.cli.completion import SCRIPTS

    return ((shell, "") for shell in SCRIPTS)


def _codes(asked: Asked) -> Iterable[Offer]:
    from home_manager.diagnostics.codes import codes

    return ((code, "") for code in codes())


def _options(asked: Asked) -> Iterable[Offer]:
    """The names of options up to the next dot: all of them would be thousands."""
    from home_manager.modules import indexed

    found: dict[str, None] = {}
    for name in indexed().names():
        if name.startswith(asked.current):
            dot = name.find(".", len(asked.current))
            found[name if dot < 0 else name[: dot + 1]] = None
    return ((name, "") for name in found)


def _profile(asked: Asked) -> Profile:
    """The generations of the home that the words before are about."""
    from home_manager.configuration.request import Request
    from home_manager.home.home import open_home

    words = dict(zip(asked.before, [*asked.before[1:], ""], strict=True))
    return open_home(Request(root=words.get("--root")), lambda text: None).profile


def _generations(asked: Asked) -> Iterator[Offer]:
    """The numbers of the generations that the home has, the newest first."""
    from home_manager.cli.generations import minute

    for entry in sorted(_profile(asked).generations(), key=lambda entry: -entry.number):
        yield str(entry.number), minute(entry.created)


def _specialisations(asked: Asked) -> Iterator[Offer]:
    """The variants that a generation of the home has, the newest that has any: the configuration is not evaluated."""
    from home_manager.configuration.specialisations import variants_in

    for entry in sorted(_profile(asked).generations(), key=lambda entry: -entry.number):
        names = variants_in(entry.path)
        if names:
            yield from ((name, "") for name in names)
            return


OFFERS: dict[str, Callable[[Asked], Iterable[Offer]]] = {
    "CODE": _codes,
    "COMMAND": lambda asked: _commands(),
    "DIR": _directories,
    "FILE": _files,
    "GENERATION": _directories,
    "ID": _generations,
    "LINK": _files,
    "OPTION": _options,
    "PATH": _files,
    "SHELL": _shells,
    "SPECIALISATION": _specialisations,
    "URI": _directories,
    "WHAT": _options,
}
"""What may stand for a value, by the value's name in the help."""
