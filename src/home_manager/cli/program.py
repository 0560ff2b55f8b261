"""One run of the command line: words in, exit status out; every failure becomes a message here."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from home_manager.cli import exits
from home_manager.cli.arguments import UsageError, ignored_flags, parse, split_command
from home_manager.cli.messages import _
from home_manager.cli.signals import signals_as_interruptions, status_of
from home_manager.cli.table import COMMANDS, Command, find, load
from home_manager.cli.terminal import Terminal
from home_manager.diagnostics import Diagnostic, Failure, nearest

MACHINE_ERRORS = frozenset(
    (
        errno.EACCES,
        errno.EBUSY,
        errno.EDQUOT,
        errno.EEXIST,
        errno.EFBIG,
        errno.EIO,
        errno.EISDIR,
        errno.ELOOP,
        errno.EMFILE,
        errno.ENAMETOOLONG,
        errno.ENOENT,
        errno.ENOSPC,
        errno.ENOTDIR,
        errno.ENOTEMPTY,
        errno.ENOTSUP,
        errno.EPERM,
        errno.EROFS,
        errno.ETXTBSY,
    )
)
"""What the user's machine may answer anywhere; any other error of the system is taken for a bug of ours."""


def run(words: Sequence[str]) -> int:
    """Runs a command line and gives its exit status."""
    terminal = Terminal(_early(words, "--color", "auto"), _early(words, "--message-format", "text"))
    status = _status(words, terminal)
    try:
        terminal.close()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        return _failed(Failure(machine_diagnostic(error)), terminal)
    return status


def _status(words: Sequence[str], terminal: Terminal) -> int:
    """What comes of a command line, every failure told."""
    try:
        with signals_as_interruptions():
            return _dispatch(list(words), terminal)
    except UsageError as mistake:
        terminal.complain(mistake.message, mistake.hint or _("`home-manager --help` shows what there is"))
        return exits.USAGE
    except Failure as failed:
        return _failed(failed, terminal)
    except KeyboardInterrupt as interruption:
        _stop_progress(terminal)
        with suppress(OSError):
            # The terminal may be gone, which is what a HUP says.
            terminal.tell(_("interrupted"))
        return status_of(interruption)
    except BrokenPipeError:
        # Whatever Python flushes on exit must not fail a second time.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exits.PIPE_CLOSED
    except Exception as error:
        if isinstance(error, OSError) and error.errno in MACHINE_ERRORS:
            return _failed(Failure(machine_diagnostic(error)), terminal)
        _stop_progress(terminal)
        from home_manager.cli.bug import report

        report(error, list(words), terminal)
        return exits.BUG


def _early(words: Sequence[str], flag: str, default: str) -> str:
    """The value of an option that decides how mistakes in the other ones are shown."""
    value = default
    for word, following in zip(words, [*words[1:], ""], strict=False):
        if word == flag:
            value = following
        elif word.startswith(f"{flag}="):
            value = word[len(flag) + 1 :]
    allowed = {"--color": ("auto", "always", "never"), "--message-format": ("text", "json")}[flag]
    return value if value in allowed else default


def _dispatch(words: list[str], terminal: Terminal) -> int:
    name, rest = split_command(words)
    before_end = rest[: rest.index("--")] if "--" in rest else rest
    wants_help = "-h" in before_end or "--help" in before_end
    if name is None:
        if "--version" in before_end:
            from home_manager import __version__

            terminal.say(__version__)
            return exits.OK
        return _no_command(rest, terminal, wants_help)
    command = find(name)
    if command is None:
        meant = nearest(name, [command.name for command in COMMANDS if not command.hidden])
        hint = _("did you mean `{name}`?").format(name=meant[0]) if meant else ""
        raise UsageError(_("there is no command `{name}`").format(name=name), hint)
    if wants_help and command.name != "help":
        return _show_help(command, terminal)
    arguments = parse(command, rest)
    chosen = Terminal(
        arguments.color or "auto",
        arguments.message_format or "text",
        verbose=arguments.verbose,
        show_trace=arguments.show_trace,
    )
    _remark_on_ignored(ignored_flags(arguments) if not command.own_options else [], chosen)
    try:
        return load(command).run(arguments, chosen)
    except Failure as failed:
        return _failed(failed, chosen)
    finally:
        chosen.close()


def _no_command(rest: list[str], terminal: Terminal, wants_help: bool) -> int:
    from home_manager.cli.help import overview

    if wants_help:
        terminal.write(overview(terminal))
        return exits.OK
    if rest:
        raise UsageError(_("no command was given"))
    terminal.tell(overview(terminal).rstrip("\n"))
    return exits.USAGE


def _show_help(command: Command, terminal: Terminal) -> int:
    from home_manager.cli.arguments import parser_for

    terminal.write(parser_for(command).format_help())
    return exits.OK


def _remark_on_ignored(flags: list[str], terminal: Terminal) -> None:
    if flags:
        names = ", ".join(f"`{flag}`" for flag in flags)
        terminal.note(_("{names}: meant for Nix, without effect here").format(names=names))


def _stop_progress(terminal: Terminal) -> None:
    terminal.progress().abandon()


def _failed(failed: Failure, terminal: Terminal) -> int:
    """Shows a failure that left the home as it was."""
    _stop_progress(terminal)
    terminal.diagnose(failed.finished())
    return exits.FAILED


def machine_diagnostic(error: OSError) -> Diagnostic:
    """What the operating system refused, for the few places that do not say it better themselves."""
    place = f"`{os.fsdecode(error.filename)}`: " if isinstance(error.filename, str | bytes) else ""
    reason = (error.strerror or str(error)).lower()
    return Diagnostic("machine-error", f"{place}{reason}")
