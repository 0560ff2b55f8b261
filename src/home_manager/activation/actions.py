"""Actions: what a switch does to a home, one step each, and how each is taken back.

Taking back looks at what is there, never at how far the work came: it is right after a crash at any moment, and right
when it is done twice. An action that was not begun is left as it is.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass
from typing import Any, Literal, get_args

from home_manager.activation.system import System
from home_manager.diagnostics import failure

Reason = Literal["backup", "forced", "adopted"]
"""Why something goes: it stays beside as its backup; it was the user's and is kept where `restore` finds it; or it
held nothing that is not elsewhere, and goes for good."""


@dataclass(frozen=True, slots=True)
class MakeDirectory:
    path: str


@dataclass(frozen=True, slots=True)
class RemoveDirectory:
    """Remove a directory if it is empty by then; `mode` restores it."""

    path: str
    mode: int


@dataclass(frozen=True, slots=True)
class MakeLink:
    """A link where nothing is."""

    path: str
    target: str


@dataclass(frozen=True, slots=True)
class ChangeLink:
    """Another text for a link, in one step."""

    path: str
    old: str
    target: str


@dataclass(frozen=True, slots=True)
class RemoveLink:
    path: str
    old: str


@dataclass(frozen=True, slots=True)
class Hold:
    """Move something out of the way: to its backup, or to where it waits for the end of the switch."""

    path: str
    held: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Supersede:
    """A link in the place of a file or link, which is kept at `held`; there is no moment without either."""

    path: str
    held: str
    target: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class MakeFile:
    """A real file where nothing is: a copy of the file `source`, or `text` where that is given (in UTF-8)."""

    path: str
    source: str
    text: str | None
    mode: int


@dataclass(frozen=True, slots=True)
class ReplaceFile:
    """A real file in the place of a file or link, which is kept at `held`; there is no moment without either."""

    path: str
    held: str
    source: str
    text: str | None
    mode: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class ChangeMode:
    """Other permission bits for a file."""

    path: str
    old: int
    mode: int


@dataclass(frozen=True, slots=True)
class BackUpWith:
    """Have the user's command move something away. What it does cannot be taken back."""

    path: str
    command: str


Action = (
    MakeDirectory
    | RemoveDirectory
    | MakeLink
    | ChangeLink
    | RemoveLink
    | Hold
    | Supersede
    | MakeFile
    | ReplaceFile
    | ChangeMode
    | BackUpWith
)

_KINDS: dict[str, Any] = {kind.__name__: kind for kind in get_args(Action)}


def encode(action: Action) -> dict[str, object]:
    """An action as a JSON object."""
    # There may be thousands, all flat: `asdict` would copy each value deeply.
    return {"action": type(action).__name__, **{name: getattr(action, name) for name in action.__slots__}}


def decode(value: dict[str, Any]) -> Action:
    """The action of a JSON object; `KeyError` or `TypeError` where it is none."""
    fields = dict(value)
    action: Action = _KINDS[fields.pop("action")](**fields)
    return action


def perform(action: Action, system: System, environment: dict[str, str]) -> None:
    """Do an action. What is there by now is looked at again where a difference would lose something."""
    match action:
        case MakeDirectory(path):
            try:
                system.make_directory(path)
            except FileExistsError:
                if not system.is_directory(path):
                    raise
        case RemoveDirectory(path, _):
            try:
                system.remove_directory(path)
            except OSError as error:
                if error.errno not in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOENT):
                    raise
        case MakeLink(path, target):
            system.make_link(path, target)
        case ChangeLink(path, old, target):
            _expect_link(system, path, old)
            system.replace_link(path, target)
        case RemoveLink(path, old):
            _expect_link(system, path, old)
            system.unlink(path)
        case Hold(path, held, _):
            _expect_nothing(system, held)
            system.rename(path, held)
        case Supersede(path, held, target, _):
            _keep(system, path, held)
            system.replace_link(path, target)
        case MakeFile(path, source, text, mode):
            system.write_file(path, source, text, mode, replace=False)
        case ReplaceFile(path, held, source, text, mode, _):
            _keep(system, path, held)
            system.write_file(path, source, text, mode, replace=True)
        case ChangeMode(path, _, mode):
            system.change_mode(path, mode)
        case BackUpWith(path, command):
            done = system.run(["sh", "-c", f'{command} "$1"', "sh", path], environment)
            if done.status != 0:
                raise failure(
                    "backup-command-failed",
                    f"the backup command failed for `{path}`, with exit status {done.status}",
                    notes=(f"the command is: {command}", *([done.output.rstrip()] if done.output.strip() else [])),
                )


def take_back(action: Action, system: System) -> None:
    """Undo an action as far as it was done."""
    match action:
        case MakeDirectory(path):
            try:
                system.remove_directory(path)
            except OSError as error:
                if error.errno not in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOENT, errno.ENOTDIR):
                    raise
        case RemoveDirectory(path, mode):
            if system.status(path) is None:
                system.make_directory(path, mode)
        case MakeLink(path, target):
            if system.link_text(path) == target:
                system.unlink(path)
        case ChangeLink(path, old, target):
            if system.link_text(path) == target:
                system.replace_link(path, old)
        case RemoveLink(path, old):
            if system.status(path) is None:
                system.make_link(path, old)
        case Hold(path, held, _):
            if system.status(path) is None and system.status(held) is not None:
                system.rename(held, path)
        case Supersede(path, held, target, _):
            _put_back(system, path, held, system.link_text(path) == target)
        case MakeFile(path, source, text, _):
            if system.holds(path, source, text):
                system.unlink(path)
        case ReplaceFile(path, held, source, text, _, _):
            _put_back(system, path, held, system.holds(path, source, text))
        case ChangeMode(path, old, mode):
            found = system.status(path)
            if found is not None and found.kind == "file" and found.mode == mode:
                system.change_mode(path, old)
        case BackUpWith():
            pass


def _keep(system: System, path: str, held: str) -> None:
    """Give something a second name, under which it outlives its replacement."""
    _expect_nothing(system, held)
    try:
        system.hard_link(path, held)
    except OSError:
        # Not every file system has hard links (and none of directories).
        system.rename(path, held)


def _put_back(system: System, path: str, held: str, ours: bool) -> None:
    """Bring what was kept back to its place; `ours` says that what we put there is there."""
    kept, now = system.status(held), system.status(path)
    if kept is None:
        return
    if now is None:
        system.rename(held, path)
    elif (kept.device, kept.inode) == (now.device, now.inode):
        system.unlink(held)
    elif ours:
        if kept.kind == "directory":
            system.unlink(path)
        system.rename(held, path)


def _expect_link(system: System, path: str, text: str) -> None:
    if system.link_text(path) != text:
        raise failure(
            "home-changed",
            f"`{path}` was changed by somebody else during the switch",
            hints=("run the command again",),
        )


def _expect_nothing(system: System, path: str) -> None:
    if system.status(path) is not None:
        raise failure(
            "home-changed",
            f"`{path}` appeared during the switch and is not overwritten",
            hints=("run the command again",),
        )
