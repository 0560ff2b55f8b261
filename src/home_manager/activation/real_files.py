"""Real files: what a generation wants that is no link, and what is found where it shall be.

What the generation before wrote is known from its manifest and its sources, so nothing else is kept about them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from home_manager.activation.system import Status, System
from home_manager.diagnostics import Failure
from home_manager.manifest import FileEntry, Manifest, load

RealState = Literal["missing", "right", "same", "write", "mode", "blocked", "gone", "back", "unknown"]

LARGEST = 16 << 20
"""Bytes of a file whose keys are merged; what is larger is no file of settings."""


@dataclass(frozen=True, slots=True)
class RealFile:
    """One real file that a generation wants: a "copy" or a "seed" of the file `source`, or a "merge" of its keys."""

    target: str
    source: str
    how: str
    mode: int | None = None
    executable: bool | None = None
    format: str = ""


@dataclass(frozen=True, slots=True)
class RealFact:
    """What is to be done for one real file, as far as what was found there tells.

    `missing`: nothing is there. `right`: nothing is to be done. `same`: a file of the user's is there that holds what
    shall be there. `write`: what is there gives way, and was ours, but for the keys `overridden`, whose values were
    the user's. `mode`: only permissions differ. `blocked`: `what` is in the way. `gone`: a file of ours that is no
    longer wanted. `back`: one that is as it was after our keys were set in a file of the user's, whose original is
    due. `unknown`: the source is not built yet. What shall be there is `text`, or the bytes of the `source` where
    that is None; with the bits `mode`. `first` says that keys of ours come into a file of the user's that had none.
    `note` is for the user.
    """

    target: str
    state: RealState
    source: str = ""
    text: str | None = None
    mode: int = 0
    was: int = 0
    what: str = ""
    overridden: tuple[str, ...] = ()
    first: bool = False
    note: str = ""
    device: int = 0
    stamp: tuple[int, ...] = ()

    @property
    def size(self) -> int:
        """How many bytes the file that was found has."""
        return self.stamp[0] if self.stamp else 0


def real_files(system: System, manifest: Manifest) -> dict[str, RealFile]:
    """The real files of a generation, directories in their files, by target."""
    found: dict[str, RealFile] = {}
    for entry in manifest.files:
        if entry.on_disk == "link":
            continue
        if system.is_directory(entry.source):
            for leaf in system.leaves(entry.source):
                target = f"{entry.target}/{leaf}"
                found[target] = _of(entry, target, f"{entry.source}/{leaf}")
        else:
            found[entry.target.text] = _of(entry, entry.target.text, entry.source)
    return found


def _of(entry: FileEntry, target: str, source: str) -> RealFile:
    mode = int(entry.mode, 8) if entry.mode else None
    return RealFile(target, source, entry.on_disk, mode, entry.executable, entry.format)


def real_files_of(system: System, generation: str | None) -> dict[str, RealFile]:
    """The real files of a generation in the store; none where its manifest cannot be read (the original's have none)."""
    if generation is None:
        return {}
    try:
        return real_files(system, load(system.read(f"{generation}/manifest.json")))
    except (OSError, Failure):
        return {}


@dataclass(frozen=True, slots=True)
class RealLook:
    """Tells what is to be done with what was found. `contents` has the bytes of sources that are not built yet."""

    system: System
    former: Mapping[str, RealFile]
    contents: Mapping[str, bytes]
    umask: int

    def wanted(self, file: RealFile, where: str, status: Status | None, *, ours: bool) -> RealFact:
        """For a file that is wanted; `ours` says that a link of ours is there."""
        fact = RealFact(file.target, "missing", file.source, None, self._mode(file, status))
        if status is None or ours:
            if status is not None:
                fact = replace(fact, state="write", device=status.device, stamp=status.stamp)
            return self._first(file, fact)
        if file.how == "seed":
            return replace(fact, state="right")
        if status.kind != "file":
            return replace(fact, state="blocked", what="a link" if status.kind == "link" else "a special file")
        fact = replace(fact, was=status.mode, device=status.device, stamp=status.stamp)
        # Permissions belong to all names of a file, and another one may be in the store.
        other: RealState = "mode" if status.names == 1 else "write"
        return self._copy(file, fact, where, other) if file.how == "copy" else self._merge(file, fact, where, other)

    def _mode(self, file: RealFile, status: Status | None) -> int:
        if file.mode is not None:
            return file.mode
        if file.how == "merge" and status is not None and status.kind == "file":
            return status.mode
        executable = file.executable
        if executable is None:
            source = self.system.status(self.system.real_path(file.source))
            executable = source is not None and bool(source.mode & 0o100)
        return (0o777 if executable else 0o666) & ~self.umask

    def _first(self, file: RealFile, fact: RealFact) -> RealFact:
        """Nothing of the user's is there: even a merge is what we want and no more."""
        known = self._content(file)
        if known is None:
            return replace(fact, state="unknown")
        if file.how == "merge":
            # Start-up: few homes have files that keys are merged into.
            from home_manager.activation.merging import merge

            # The source itself is read by the rules of its format, so that a mistake in it is found now.
            text = known.decode("utf-8", "replace")
            merge(file.format, text, "", text)
        return fact

    def _copy(self, file: RealFile, fact: RealFact, where: str, other_mode: RealState) -> RealFact:
        known = self._content(file)
        if known is None and self.system.status(file.source) is None:
            return replace(fact, state="unknown")
        before = self.former.get(file.target)
        if self._same(where, file.source, known):
            if before is None or before.how == "seed":
                return replace(fact, state="same")
            return replace(fact, state="right" if fact.mode == fact.was or file.mode is None else other_mode)
        if before is not None and self.unchanged(before, where):
            return replace(fact, state="write")
        was_ours = before is not None and before.how == "copy"
        what = "a copy that was changed since it was written" if was_ours else "a file with other content"
        return replace(fact, state="blocked", what=what)

    def _merge(self, file: RealFile, fact: RealFact, where: str, other_mode: RealState) -> RealFact:
        # Start-up: few homes have files that keys are merged into.
        from home_manager.activation.merging import Unmergeable, merge

        known = self._content(file)
        if known is None:
            return replace(fact, state="unknown")
        try:
            current = self._text(where, fact.size)
            merged = merge(file.format, current, self._was_ours(file.target), known.decode("utf-8", "replace"))
        except Unmergeable as why:
            return replace(fact, state="blocked", what=f"a file that {why}")
        note = _kept(file.target, merged.kept)
        before = self.former.get(file.target)
        fact = replace(fact, first=before is None or before.how == "seed")
        if merged.text == current:
            state: RealState = "right" if fact.mode == fact.was else other_mode
            return replace(fact, state=state, text=current if state == "write" else None, note=note)
        return replace(fact, state="write", text=merged.text, overridden=merged.overridden, note=note)

    def former_one(self, file: RealFile, where: str, status: Status | None, original: str = "") -> RealFact | None:
        """For a file of the generation before that is no longer wanted; None where nothing is to be done or said.

        `original` is where the user's own file is kept from before our keys were set in it.
        """
        if file.how == "seed" or status is None or status.kind != "file":
            return None
        fact = RealFact(
            file.target, "gone", mode=status.mode, was=status.mode, device=status.device, stamp=status.stamp
        )
        if file.how == "copy":
            if self.unchanged(file, where):
                return fact
            return replace(fact, state="right", note=f"`{file.target}` was changed since it was copied, and was left")
        # Start-up: few homes have files that keys are merged into.
        from home_manager.activation.merging import Unmergeable, without_ours

        try:
            current, ours = self._text(where, status.size), self._was_ours(file.target)
            if original and self._is_merged(file, where, status.size, original):
                return replace(fact, state="back")
            kept = self.system.status(original) if original else None
            before = self._text(original, kept.size) if kept is not None and kept.kind == "file" else ""
            rest = without_ours(file.format, current, ours, before)
        except (Unmergeable, Failure) as why:
            note = f"our keys were left in `{file.target}`, which {why}"
            return replace(fact, state="right", note=note)
        if rest.empty:
            return fact
        state: RealState = "right" if rest.text == current else "write"
        return replace(fact, state=state, text=rest.text, note=_kept(file.target, rest.kept))

    def unchanged(self, file: RealFile, where: str, original: str = "") -> bool:
        """Whether a file is as it was written when it was ours as a whole, or after our keys were set in a file of the
        user's, which is kept as the `original`."""
        if file.how == "seed":
            return False
        if self.system.holds(where, file.source, None):
            return True
        found = self.system.status(where)
        if file.how != "merge" or not original or found is None or found.kind != "file":
            return False
        # Start-up: few homes have files that keys are merged into.
        return self._is_merged(file, where, found.size, original)

    def _is_merged(self, file: RealFile, where: str, size: int, original: str) -> bool:
        """Whether a file is what became of the user's own when our keys were set in it."""
        # Start-up: few homes have files that keys are merged into.
        from home_manager.activation.merging import Unmergeable, merge

        kept = self.system.status(original)
        if kept is None or kept.kind != "file":
            return False
        try:
            before, now = self._text(original, kept.size), self._text(where, size)
            return merge(file.format, before, "", self._was_ours(file.target)).text == now
        except (Unmergeable, Failure, OSError):
            return False

    def _was_ours(self, target: str) -> str:
        before = self.former.get(target)
        if before is None or before.how == "seed":
            return ""
        try:
            return self.system.read(before.source).decode("utf-8", "replace")
        except OSError:
            return ""

    def _text(self, where: str, size: int) -> str:
        # Start-up: few homes have files that keys are merged into.
        from home_manager.activation.merging import Unmergeable

        if size > LARGEST:
            raise Unmergeable("is too large for a file of settings")
        try:
            return self.system.read(where).decode("utf-8")
        except UnicodeDecodeError:
            raise Unmergeable("is not text in UTF-8") from None

    def _content(self, file: RealFile) -> bytes | None:
        """The bytes of a source, of a copy only whether it can be had; None where it is not built yet."""
        known = self.contents.get(file.target)
        if known is not None:
            return known
        try:
            if file.how == "merge":
                return self.system.read(file.source)
        except OSError:
            return None
        return b"" if self.system.status(file.source) is not None else None

    def _same(self, where: str, source: str, known: bytes | None) -> bool:
        if self.system.status(source) is not None:
            return self.system.holds(where, source, None)
        try:
            return self.system.read(where) == known
        except OSError:
            return False


def _kept(target: str, keys: tuple[str, ...]) -> str:
    if not keys:
        return ""
    return f"`{target}` keeps {', '.join(f'`{key}`' for key in keys)}, which was ours and was changed since"
