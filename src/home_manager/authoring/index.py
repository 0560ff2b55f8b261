"""The module index: what each module file declares, written down so that nothing need be imported to know it.

It is built, never committed. A wheel brings one that is trusted, since its files do not change. In a checkout the index
carries a stamp of the files that it was made from; one with another stamp is made anew and, where that is possible, kept.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator, Mapping

from home_manager.authoring.catalogue import Catalogue, scan
from home_manager.authoring.module_entry import Entry
from home_manager.authoring.sink_check import check_sinks
from home_manager.options.location import parse_path, show_path

INDEX = "index.json"
"""The index of modules: a stamp, then a line for each module."""
NAMES = "names.txt"
"""The full names of all options, a line each, for suggestions and completion."""
_AUTHORING = os.path.dirname(__file__)


class IndexedPackage:
    """A package of modules with its index, which lies in the folder of the package unless `place` says otherwise.

    `positions` are the files of the original that differ from the modules' paths, `owed` the options that modules define
    without any module that declares them yet.
    """

    def __init__(
        self,
        package: str,
        folder: str,
        positions: Mapping[str, str],
        place: str = "",
        owed: Collection[str] = (),
    ) -> None:
        self.package = package
        self.folder = folder
        self.positions = positions
        self.owed = owed
        self.place = place or folder

    def catalogue(self) -> Catalogue:
        """All modules: from the index where it fits the files, else from the files, which are then indexed."""
        found = self._read()
        return self.refreshed() if found is None else found

    def is_current(self) -> bool:
        """Whether the index is there and fits the files."""
        return self._read() is not None

    def scanned(self) -> Catalogue:
        """All modules, from importing every file."""
        return scan(self.package, self.positions)

    def refreshed(self) -> Catalogue:
        """All modules, from their files; the index is written where the folder permits it."""
        before = stamp(self.folder)
        modules = self.scanned()
        check_sinks(modules, self.owed)
        try:
            self.write(modules, before)
        except OSError:
            pass  # Without an index each start reads all files: slower, and as right.
        return modules

    def write(self, modules: Catalogue, made_from: str | None) -> None:
        """Puts an index into place; one without a stamp is trusted as it is. Readers see the old or the new one, whole."""
        os.makedirs(self.place, exist_ok=True)
        # The names come first: whoever finds a fitting index finds names that are at least as new.
        _replace(os.path.join(self.place, NAMES), "".join(f"{name}\n" for name in modules.option_names()))
        _replace(os.path.join(self.place, INDEX), dump(modules, made_from))

    def names(self) -> list[str]:
        """The names of all options, as they were written down last."""
        try:
            with open(os.path.join(self.place, NAMES), encoding="utf-8") as file:
                return file.read().splitlines()
        except OSError:
            return list(self.refreshed().option_names())

    def _read(self) -> Catalogue | None:
        try:
            with open(os.path.join(self.place, INDEX), encoding="utf-8") as file:
                made_from, *listed = json.load(file)
        except (OSError, ValueError):
            return None
        if made_from is not None and made_from != stamp(self.folder):
            return None
        return Catalogue([_entry(each) for each in listed], self.names)


def _replace(path: str, text: str) -> None:
    draft = f"{path}.{os.getpid()}"
    try:
        with open(draft, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(draft, path)
    finally:
        if os.path.exists(draft):
            os.unlink(draft)


def stamp(folder: str) -> str:
    """What tells one state of the module files from another: names, sizes and times of them and of the module language.

    Two microseconds a file, none of which is opened. The sum does not depend on the order in which a directory lists
    its files; the hash of a tuple of numbers, unlike that of a text, is the same in every process.
    """
    files = total = 0
    for root in (folder, _AUTHORING):
        for name, size, time in _python_files(root):
            files += 1
            total += hash((int.from_bytes(name.encode(), "big"), size, time)) & 0xFFFF_FFFF_FFFF
    return f"{files} files, {total:x}"


def _python_files(root: str) -> Iterator[tuple[str, int, int]]:
    """The Python files below a folder: each one's path below it, size and time of change."""
    folders = [root]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.name.endswith(".py"):
                    status = entry.stat()
                    yield entry.path[len(root) :], status.st_size, status.st_mtime_ns
                elif "." not in entry.name and entry.name != "__pycache__" and entry.is_dir():
                    folders.append(entry.path)


def dump(catalogue: Catalogue, made_from: str | None) -> str:
    """The text of an index: the stamp of the files that it was made from, then a line of JSON for each module."""
    lines = [
        json.dumps(
            {
                "module": entry.module,
                "always": entry.always,
                "position": entry.position,
                "extending": entry.extending,
                "mounts": [show_path(mount) for mount in entry.mounts],
                "sinks": [show_path(sink) for sink in entry.sinks],
            }
        )
        for entry in catalogue.entries
    ]
    return "[\n" + ",\n".join([json.dumps(made_from), *lines]) + "\n]\n"


def _entry(each: Mapping[str, object]) -> Entry:
    mounts, sinks = each["mounts"], each["sinks"]
    assert isinstance(mounts, list) and isinstance(sinks, list)
    return Entry(
        str(each["module"]),
        [parse_path(mount) for mount in mounts],
        [parse_path(sink) for sink in sinks],
        each["always"] is True,
        str(each["position"]),
        each["extending"] is True,
    )
