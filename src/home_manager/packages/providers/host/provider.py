"""The provider of programs that the machine has. It promises presence only: the machine decides about versions."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from home_manager.packages.names import Entry, parse, table
from home_manager.packages.package_lock import Lacking, Locked
from home_manager.packages.providers.interface import PackageRequest, Progress, Realised, WantedPackage
from home_manager.store import Store


class HostProvider:
    """The programs on `path`, a list of folders like `PATH`; what lies in the home's own store is not the machine's."""

    name = "host"

    def __init__(self, store: Store, path: str | None = None, names: Mapping[str, Entry] | None = None) -> None:
        self._store = store
        self._path = os.environ.get("PATH", os.defpath) if path is None else path
        self._names = names

    def lock(
        self, requests: Sequence[PackageRequest], progress: Progress, *, refresh: bool = False
    ) -> list[Locked | Lacking]:
        """See `Provider.lock`."""
        return [self._locked(request) for request in requests]

    def _locked(self, request: PackageRequest) -> Locked | Lacking:
        names = table() if self._names is None else self._names
        programs = {}
        for attribute in (request.attribute, *request.parts):
            text = ".".join(attribute)
            program = (names.get(text) or parse(text)).main_program
            found = self._find(program)
            if found is None:
                return Lacking((self.name,), (f"no program `{program}` in PATH",))
            programs[program] = found
        return Locked(self.name, "", (), {"programs": programs})

    def _find(self, program: str) -> str | None:
        for folder in self._path.split(os.pathsep):
            path = os.path.join(folder, program)
            outside = not os.path.realpath(path).startswith(self._store.root + os.sep)
            if os.path.isabs(folder) and os.path.isfile(path) and os.access(path, os.X_OK) and outside:
                return path
        return None

    def pin(self) -> Mapping[str, str]:
        """See `Provider.pin`: the machine has no state that could be named."""
        return {}

    def realise(self, wanted: Sequence[WantedPackage], progress: Progress) -> list[Realised]:
        """See `Provider.realise`."""
        for each in wanted:
            programs: Mapping[str, str] = each.locked.facts["programs"]

            def fill(place: str, programs: Mapping[str, str] = programs) -> None:
                os.makedirs(f"{place}/bin")
                for program, path in programs.items():
                    os.symlink(path, f"{place}/bin/{program}")

            self._store.place(each.path, fill)
        return [Realised(each, each.locked.version) for each in wanted]

    def search(self, words: str, limit: int = 20) -> list[tuple[str, str, str]]:
        """See `Provider.search`: the programs whose name has all the words."""
        wanted = words.lower().split()
        found = {
            name: (name, "", os.path.join(folder, name))
            for folder in reversed(self._path.split(os.pathsep))
            if os.path.isdir(folder)
            for name in os.listdir(folder)
            if all(word in name.lower() for word in wanted)
        }
        return [found[name] for name in sorted(found)][:limit]

    def describe(self) -> str:
        """See `Provider.describe`."""
        return "programs of this machine, as PATH finds them"
