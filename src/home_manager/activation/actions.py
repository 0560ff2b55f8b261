"""Actions: what a switch does to a home, one step each, and how each is taken back.

Taking back looks at what is there, never at how far the work came: it is right after a crash at any moment, and right
when it is done twice. An action that was not begun is left as it is.
"""

from __future__ import annotations

import errno
from dataclasses import asdict, dataclass
from typing import Any, Literal

from home_manager.activation.system import System
from home_manager.diagnostics import failure

Reason = Literal["backup", "forced", "adopted"]


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
class BackUpWith:
    """Have the user's command move something away. What it does cannot be taken back."""

    path: str
    command: str


Action = MakeDirectory | RemoveDirectory | MakeLink | ChangeLink | RemoveLink | Hold | Supersede | BackUpWith

_KINDS: dict[str, Any] = {
    kind.__name__: kind
    for kind in (MakeDirectory, RemoveDirectory, MakeLink, ChangeLink, RemoveLink, Hold, Supersede, BackUpWith)
}


def encode(action: Action) -> dict[str, object]:
    """An action as a JSON object."""
    return {"action": type(action).__name__, **asdict(action)}


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
            _expect_nothing(system, held)
            try:
                system.hard_link(path, held)
            except OSError:
                # Not every file system has hard links (and none of directories).
                system.rename(path, held)
            system.replace_link(path, target)
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
            _take_back_superseded(system, path, held, target)
        case BackUpWith():
            pass


def _take_back_superseded(system: System, path: str, held: str, target: str) -> None:
    kept, now = system.status(held), system.status(path)
    if kept is None:
        return
    if now is None:
        system.rename(held, path)
    elif system.link_text(path) == target and (kept.device, kept.inode) != (now.device, now.inode):
        if kept.kind == "directory":
            system.unlink(path)
        system.rename(held, path)
    elif (kept.device, kept.inode) == (now.device, now.inode):
        system.unlink(held)


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
