"""Actions: what a switch does to a home, one step each, and how each is taken back.

Taking back looks at what is there, never at how far the work came: it is right after a crash at any moment, and right
when it is done twice. An action that was not begun is left as it is.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from home_manager.activation.system import System
from home_manager.diagnostics import Failure, failure

Reason = Literal["backup", "forced", "taken", "spare", "adopted"]
"""Why something goes.

`backup`: it stays beside as its backup. `forced`, `taken`: it was the user's, of other content or the same; it is kept
where `restore` finds it, and comes back when nothing of ours shall be there. `spare`: kept as well, but does not come
back by itself. `adopted`: it was ours, and goes for good.
"""

Stamp = Sequence[int]
"""What was known of a thing when it was found that nothing is lost with it; empty where it is kept in any case."""

AGAIN_HINT = "run the command again"
"""What to do where somebody changes the home at the same time."""


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
    stamp: Stamp = ()


@dataclass(frozen=True, slots=True)
class Supersede:
    """A link in the place of a file or link, which is kept at `held`; there is no moment without either."""

    path: str
    held: str
    target: str
    reason: Reason
    stamp: Stamp = ()


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
    stamp: Stamp = ()


@dataclass(frozen=True, slots=True)
class CopyBeside:
    """A copy of `source`, which is on another file system, under a name of ours; what was copied goes in the end."""

    path: str
    source: str


@dataclass(frozen=True, slots=True)
class BringBack:
    """What lies at `place` in its place again; what is there by now is kept at `held` (empty where nothing is).

    It may be written down only when something is at `place`: that nothing is there tells that this was done.
    """

    path: str
    place: str
    held: str
    reason: Reason
    stamp: Stamp = ()


@dataclass(frozen=True, slots=True)
class ChangeMode:
    """Other permission bits for a file."""

    path: str
    old: int
    mode: int


@dataclass(frozen=True, slots=True)
class BackUpWith:
    """Have the user's command move something away. What it does elsewhere cannot be taken back; `held` is a second name
    of what it moves, or a copy."""

    path: str
    command: str
    held: str = ""


@dataclass(frozen=True, slots=True)
class Remember:
    """A copy of a file of the user's at `held`, from before keys of ours were in it; the file itself stays."""

    path: str
    held: str


@dataclass(frozen=True, slots=True)
class Settle:
    """Nothing is done: what was taken at a path earlier does not come back by itself, since the user uses the place."""

    path: str


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
    | CopyBeside
    | BringBack
    | ChangeMode
    | BackUpWith
    | Remember
    | Settle
)

Moving = Hold | Supersede | ReplaceFile | BringBack
"""The actions that move something away, to where it is held."""


def names_in(action: Action) -> Iterator[str]:
    """The paths whose names an action makes or takes away."""
    for field in ("path", "held", "place"):
        if path := getattr(action, field, ""):
            yield path


_KINDS: dict[str, Any] = {kind.__name__: kind for kind in get_args(Action)}


def encode(action: Action) -> dict[str, object]:
    """An action as a JSON object."""
    # There may be thousands, all flat: `asdict` would copy each value deeply.
    return {"action": type(action).__name__, **{name: getattr(action, name) for name in action.__slots__}}


def decode(value: dict[str, Any]) -> Action:
    """The action of a JSON object; `KeyError`, `TypeError` or `ValueError` where it is none."""
    fields = dict(value)
    action: Action = _KINDS[fields.pop("action")](**fields)
    for name, kind in type(action).__annotations__.items():
        if not _FITTING[kind](getattr(action, name)):
            raise TypeError(f"{name} is no {kind}")
    return action


_FITTING: dict[str, Callable[[Any], bool]] = {
    "str": lambda value: isinstance(value, str),
    "int": lambda value: isinstance(value, int),
    "str | None": lambda value: value is None or isinstance(value, str),
    "Reason": lambda value: value in get_args(Reason),
    "Stamp": lambda value: isinstance(value, list | tuple) and all(isinstance(each, int) for each in value),
}
"""What is right for the fields of actions, by their types."""


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
        case Hold(path, held, _, stamp):
            _expect_nothing(system, held)
            system.rename(path, held)
            _expect_unchanged(system, path, held, stamp)
        case Supersede(path, held, target, _, stamp):
            _keep(system, path, held)
            _expect_unchanged(system, path, held, stamp)
            system.replace_link(path, target)
        case MakeFile(path, source, text, mode):
            system.write_file(path, source, text, mode, replace=False)
        case ReplaceFile(path, held, source, text, mode, _, stamp):
            _keep(system, path, held)
            _expect_unchanged(system, path, held, stamp)
            system.write_file(path, source, text, mode, replace=True)
        case CopyBeside(path, source):
            _expect_nothing(system, path)
            system.copy_tree(source, path)
        case BringBack(path, place, held, _, stamp):
            _bring_back(system, path, place, held, stamp)
        case ChangeMode(path, _, mode):
            system.change_mode(path, mode)
        case Remember(path, held):
            system.copy_tree(path, held)
        case Settle():
            pass
        case BackUpWith(path, command, held):
            if held:
                _expect_nothing(system, held)
                system.double(path, held)
            done = system.run(["sh", "-c", f'{command} "$1"', "sh", path], environment)
            if done.status != 0:
                raise failure(
                    "backup-command-failed",
                    f"the backup command failed for `{path}`, with exit status {done.status}",
                    notes=(f"the command is: {command}", *([done.output.rstrip()] if done.output.strip() else [])),
                )
            if held and system.status(path) is not None:
                raise failure(
                    "backup-command-failed",
                    f"the backup command left `{path}` in its place",
                    notes=(f"the command is: {command}",),
                    hints=("give a command that moves the file away",),
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
        case Hold(path, held):
            if system.status(path) is None and system.status(held) is not None:
                system.rename(held, path)
        case Supersede(path, held, target):
            _put_back(system, path, held, system.link_text(path) == target)
        case MakeFile(path, source, text, _):
            if system.holds(path, source, text):
                system.unlink(path)
        case ReplaceFile(path, held, source, text):
            _put_back(system, path, held, system.holds(path, source, text))
        case CopyBeside(path, source):
            if system.status(source) is not None:
                system.remove_tree(path)
        case BringBack(path, place, held):
            _put_away_again(system, path, place, held)
        case ChangeMode(path, old, mode):
            found = system.status(path)
            if found is not None and found.kind == "file" and found.mode == mode:
                system.change_mode(path, old)
        case BackUpWith(path, _, held):
            if held and system.status(held) is not None:
                if system.status(path) is None:
                    system.rename(held, path)
                else:
                    system.remove_tree(held)
        case Remember(_, held):
            system.remove_tree(held)
        case Settle():
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
    kept = system.status(held)
    if kept is None:
        return
    if system.status(path) is None:
        system.rename(held, path)
    elif _is_same(system, held, path):
        system.unlink(held)
    elif ours:
        if kept.kind == "directory":
            system.unlink(path)
        system.rename(held, path)


def _bring_back(system: System, path: str, place: str, held: str, stamp: Stamp) -> None:
    kept = system.status(place)
    if kept is None:
        raise failure("nothing-to-restore", f"`{place}` is gone")
    if held and kept.kind == "directory":
        # A directory takes the place of nothing, so there must be a moment without either.
        _expect_nothing(system, held)
        system.rename(path, held)
    elif held:
        _keep(system, path, held)
    if held:
        _expect_unchanged(system, path, held, stamp)
        system.rename(place, path)
        return
    _expect_nothing(system, path)
    try:
        system.move_to_free_place(place, path)
    except FileExistsError:
        raise _appeared(path) from None


def _put_away_again(system: System, path: str, place: str, held: str) -> None:
    if held and system.status(held) is None:
        # It was not begun, or is taken back already.
        return
    if system.status(place) is None and system.status(path) is not None:
        _keep(system, path, place)
    if held:
        _put_back(system, path, held, _is_same(system, path, place))
    elif _is_same(system, path, place):
        system.unlink(path)


def _is_same(system: System, one: str, other: str) -> bool:
    """Whether two names are of one thing; a link is a thing of its own."""
    first, second = system.status(one), system.status(other)
    if first is None or second is None:
        return False
    return (first.device, first.inode) == (second.device, second.inode)


def _expect_link(system: System, path: str, text: str) -> None:
    if system.link_text(path) != text:
        raise _changed(path)


def _expect_unchanged(system: System, path: str, held: str, stamp: Stamp) -> None:
    found = system.status(held)
    if stamp and found is not None and found.stamp != tuple(stamp):
        raise _changed(path)


def _expect_nothing(system: System, path: str) -> None:
    if system.status(path) is not None:
        raise _appeared(path)


def _changed(path: str) -> Failure:
    return failure("home-changed", f"`{path}` was changed by somebody else during the switch", hints=(AGAIN_HINT,))


def _appeared(path: str) -> Failure:
    return failure("home-changed", f"`{path}` appeared during the switch and is not overwritten", hints=(AGAIN_HINT,))
