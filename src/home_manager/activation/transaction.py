"""A transaction on a home: actions carried out under a journal, and taken back unless they are committed."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from home_manager.activation.actions import (
    AGAIN_HINT,
    Action,
    BackUpWith,
    BringBack,
    CopyBeside,
    Hold,
    MakeDirectory,
    Moving,
    Remember,
    RemoveLink,
    ReplaceFile,
    Settle,
    Supersede,
    names_in,
    perform,
    take_back,
)
from home_manager.activation.bounds import Bounds
from home_manager.activation.dry_run import DryRunSystem
from home_manager.activation.journal import Header, Journal
from home_manager.activation.layout import Layout
from home_manager.activation.replaced_files import ReplacedFiles, backup_line, kept_line
from home_manager.activation.system import System
from home_manager.diagnostics import Diagnostic, Failure, failure
from home_manager.store import Profile, machine
from home_manager.store.links import NEW


class Undone(Failure):
    """A failure after which the home is again as it was; what is left, if anything, stands in the notes."""


class PartlyUndone(Failure):
    """A failure of which not everything could be taken back; the notes name the rest, and the next command tries."""


@dataclass(frozen=True, slots=True)
class Recovery:
    """What became of a switch that was broken off: `finished`, or else taken back; in words for the user."""

    finished: bool
    message: str


class Transaction:
    """The changes of one switch, or of files alone where `new` is empty. `open` is false until something is written."""

    def __init__(self, system: System, layout: Layout, new: str, old: str | None, environment: dict[str, str]) -> None:
        self.system = system
        self.layout = layout
        self.journal = Journal(system, str(layout.journal))
        self.header = Header(new, old, os.getpid(), time.time())
        self.environment = environment
        self.actions: list[Action] = []
        self.steps: list[str] = []
        """The user's steps that were begun."""
        self.open = False
        self.committed = False

    def begin(self) -> None:
        if not self.open:
            while self.system.status(f"{self.layout.replaced}/{self.header.folder}") is not None:
                # The clock stands or went back: what is replaced now must not fall together with what was then.
                self.header = replace(self.header, started=self.header.started + 0.000_01)
            self.journal.begin(self.header)
            self.open = True

    def carry_out(self, actions: Sequence[Action]) -> None:
        """Do a batch of actions, written down before."""
        if not actions:
            return
        self.begin()
        self.journal.record(actions)
        bounds, allowed = Bounds.of(self.layout, self.system), ""
        for action in actions:
            directory = os.path.dirname(action.path)
            if directory != allowed:
                self._check(bounds, directory)
                allowed = directory
            self.actions.append(action)
            with machine(f"changing `{action.path}`"):
                perform(action, self.system, self.environment)

    def _check(self, bounds: Bounds, directory: str) -> None:
        """Refuse to change what is in a directory that has become a link to elsewhere since it was looked at."""
        if not bounds.allow(directory) and not isinstance(self.system, DryRunSystem):
            raise failure(
                "home-changed", f"`{directory}` became a link to elsewhere during the switch", hints=(AGAIN_HINT,)
            )

    def point(self, profile: Profile, path: str, number: int | None) -> int:
        """The moment at which the new generation begins to count: files on the disk first, then the pointer."""
        self._synchronise()
        try:
            with machine(f"switching the profile `{profile.pointer}`"):
                found = self.system.point(profile, path, number)
        except Failure:
            current = profile.current
            if current is None or current.path != path or path == self.header.old:
                raise
            found = current.number
        self.committed = True
        if self.open:
            try:
                self.journal.commit()
            except Failure:
                # The pointer alone says it too, except where it pointed there before; then the same files are there.
                pass
        return found

    def commit(self) -> None:
        """The moment at which changes count that no generation speaks of."""
        self._synchronise()
        self.journal.commit()
        self.committed = True

    def _synchronise(self) -> None:
        if self.actions:
            with machine("waiting for the disk"):
                self.system.synchronise(os.path.dirname(name) for action in self.actions for name in names_in(action))

    def finish(self) -> str:
        """Throw away what was kept for taking back, and keep what was the user's; what went wrong, in words.

        The new generation counts by now, so nothing is undone: the next command goes on with it.
        """
        if not self.open:
            return ""
        with self.system.undisturbed():
            problem = _settle(self.system, self.layout, self.actions, self.header)
            if not problem:
                try:
                    self.journal.close()
                    self.open = False
                except Failure as failed:
                    problem = str(failed)
        return problem

    def take_back(self, failed: Failure) -> Failure:
        """Undo everything; the failure to raise, with what could be done about it in its notes."""
        if not self.open or self.committed:
            return failed
        with self.system.undisturbed():
            return self._taken_back(failed)

    def _taken_back(self, failed: Failure) -> Failure:
        problems = undo(self.system, self.actions)
        if not problems:
            try:
                _put_aside(self.journal, self.layout, self.actions, self.header)
                self.journal.close()
                self.open = False
            except Failure as again:
                problems = (str(again),)
        if problems:
            notes = (*(f"could not be taken back: {p}" for p in problems), "the next command tries it again")
            return PartlyUndone(_noted(failed.diagnostic, notes), failed.frames)
        return Undone(_noted(failed.diagnostic, self._what_was_undone()), failed.frames)

    def _what_was_undone(self) -> tuple[str, ...]:
        if not self.actions:
            return ()
        if not self.steps:
            return ("everything that the switch had changed has been taken back",)
        names = ", ".join(f"`{step}`" for step in self.steps)
        return (
            "the files and links that the switch had changed are as they were",
            f"what these steps did on their own is not taken back: {names}",
        )


def _noted(diagnostic: Diagnostic, notes: tuple[str, ...]) -> Diagnostic:
    return replace(diagnostic, notes=(*diagnostic.notes, *notes))


def undo(system: System, actions: Sequence[Action]) -> tuple[str, ...]:
    """Take actions back, the last first; what did not work, in words. One that fails does not keep the rest."""
    problems = []
    actions = _begun(system, actions)
    directories = dict.fromkeys(os.path.dirname(action.path) for action in actions)
    for directory in directories:
        # What was about to get its name first: a directory of ours goes only when it is empty.
        try:
            if system.status(f"{directory}/{NEW}") is not None:
                system.remove_tree(f"{directory}/{NEW}")
        except OSError as error:
            problems.append(f"`{directory}/{NEW}`: {error.strerror or error}")
    for action in reversed(actions):
        try:
            take_back(action, system)
        except OSError as error:
            problems.append(f"`{action.path}`: {error.strerror or error}")
        except Failure as failed:
            problems.append(str(failed))
    try:
        system.synchronise(directories)
    except OSError as error:
        problems.append(error.strerror or str(error))
    return tuple(problems)


def _begun(system: System, actions: Sequence[Action]) -> Sequence[Action]:
    """The actions without those below a link that was to give way to a directory, and did not, or is back again.

    What their paths lead to is what the link leads to, in the store perhaps; that is not to be taken back.
    """
    giving_way = {action.path for action in actions if isinstance(action, Hold | RemoveLink)}
    made = {action.path for action in actions if isinstance(action, MakeDirectory)}
    links = tuple(f"{path}/" for path in giving_way & made if system.link_text(path) is not None)
    return [action for action in actions if not action.path.startswith(links)] if links else actions


def _settle(system: System, layout: Layout, actions: Sequence[Action], header: Header | None) -> str:
    """Throw away what held nothing of the user's, and move the rest to where it stays; what went wrong, in words.

    Doing it twice is as good as once.
    """
    header = header or _now()
    archive = ReplacedFiles(system, layout)
    taken: list[Mapping[str, str]] = []
    settled: list[str] = []
    spare: list[str] = []
    try:
        for action in actions:
            match action:
                case CopyBeside(_, source):
                    system.remove_tree(source)
                    archive.prune(source)
                case BackUpWith(path, _, held) if held:
                    beside = _beside(system, path, held)
                    spare += [held] if beside else []
                    line = backup_line(path, beside) if beside else None
                    taken.append(line or kept_line(path, archive.keep(path, held, header.folder), "forced"))
                case Remember(path, held):
                    taken.append(kept_line(path, archive.keep(path, held, header.folder), "taken"))
                case Hold() | Supersede() | ReplaceFile() | BringBack() if action.held:
                    if action.reason == "backup":
                        taken.append(backup_line(action.path, action.held))
                    elif action.reason == "adopted" and not _was_written_to(system, action):
                        system.remove_tree(action.held)
                    else:
                        place = archive.keep(action.path, action.held, header.folder)
                        taken.append(kept_line(action.path, place, action.reason))
                case Settle(path):
                    settled.append(path)
            if isinstance(action, BringBack):
                settled.append(action.path)
                archive.prune(action.place)
        archive.record(taken, settled, header.started)
        for held in spare:
            system.remove_tree(held)
    except OSError as error:
        return f"what was replaced could not be put away: {error.strerror or error}"
    return ""


def _beside(system: System, path: str, held: str) -> str:
    """Where the user's command moved a thing that stood at a path, if it is in the same directory."""
    directory, own = os.path.dirname(path), system.status(held)
    for name in system.names(directory) if own is not None else ():
        beside = f"{directory}/{name}"
        found = system.status(beside)
        if beside in (path, held) or found is None or own is None or found.kind != own.kind:
            continue
        same = found.inode == own.inode if own.kind != "directory" else system.same_content(beside, held)
        if same and found.device == own.device:
            return beside
    return ""


def _was_written_to(system: System, action: Moving) -> bool:
    """Whether somebody wrote to what was moved away, since it was found to hold nothing of the user's."""
    found = system.status(action.held)
    return bool(action.stamp) and found is not None and found.stamp != tuple(action.stamp)


def _put_aside(journal: Journal, layout: Layout, actions: Sequence[Action], header: Header | None) -> bool:
    """Move what is still held after everything was taken back to where `restore` finds it; whether there was anything.

    Somebody has put something else into its place by now, or the journal does not tell of it.
    """
    archive, folder = ReplacedFiles(journal.system, layout), (header or _now()).folder
    moved = [(a.path, a.held) for a in actions if isinstance(a, Moving) and a.held and a.reason != "backup"]
    with machine("putting away what was replaced"):
        left = [(path, held) for path, held in moved if journal.system.status(held) is not None]
        names = journal.system.names(journal.holding)
        for path, held in (*left, *((f"{layout.home}/{name}", f"{journal.holding}/{name}") for name in names)):
            archive.keep(path, held, folder)
    return bool(left or names)


def _now() -> Header:
    return Header("", None, os.getpid(), time.time())


def recover(layout: Layout, *, system: System | None = None) -> Recovery | None:
    """Finish or take back what was broken off; None where there was nothing. Call it with the lock held."""
    machine_now = system if system is not None else System()
    journal = Journal(machine_now, str(layout.journal))
    begun = journal.read()
    if begun is None:
        if _put_aside(journal, layout, (), None):
            return Recovery(False, "files that a broken-off switch had put aside are kept where `restore` finds them")
        return None
    current = Profile(layout.profiles).current
    finished = begun.committed
    if begun.header is not None and current is not None and begun.header.old != begun.header.new:
        finished = finished or current.path == begun.header.new
    files_alone = begun.header is not None and not begun.header.new
    if finished:
        problem = _settle(machine_now, layout, begun.actions, begun.header)
        if problem:
            raise refused(
                journal,
                "what a broken-off command had begun counts already, and cannot be finished"
                if files_alone
                else "a switch was broken off when its new generation was in use already, and cannot be finished",
                problem,
            )
        journal.close()
        message = "a switch that was broken off has been finished: its new generation was already in use"
        return Recovery(True, "what a broken-off `restore` had begun has been finished" if files_alone else message)
    problems = undo(machine_now, begun.actions)
    if problems:
        raise refused(journal, "a switch was broken off, and what it had changed could not be taken back", *problems)
    _put_aside(journal, layout, begun.actions, begun.header)
    journal.close()
    message = "a switch that was broken off has been taken back: the home is as it was before it"
    return Recovery(False, "what a broken-off `restore` had changed has been taken back" if files_alone else message)


def refused(journal: Journal, message: str, *problems: str) -> Failure:
    return failure(
        "recovery-failed",
        message,
        notes=(*problems, f"the journal is `{journal.file}`"),
        hints=("repair what is named above, then run the command again",),
    )
