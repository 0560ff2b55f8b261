"""The Debian provider: wanted packages and all that they need, from a suite of a Debian archive into the store."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace

from home_manager.diagnostics import failure
from home_manager.packages.names import Entry, table
from home_manager.packages.package_lock import Lacking, Locked, LockedFile
from home_manager.packages.providers.debian.archive import Archive
from home_manager.packages.providers.debian.archive_client import Fetcher, NotThere, Wanted
from home_manager.packages.providers.debian.dependency_closure import closure
from home_manager.packages.providers.debian.package_index import Index
from home_manager.packages.providers.debian.resolve_packages import Resolution, Unknown, nearest_names, quoted, resolve
from home_manager.packages.providers.debian.special import specials
from home_manager.packages.providers.debian.suite import Suite, SuiteCache
from home_manager.packages.providers.debian.versions import upstream_version
from home_manager.packages.providers.interface import PackageRequest, Progress, Realised, SilentProgress, WantedPackage
from home_manager.store import Store, digest, machine

FORMAT = 2
"""Part of the store paths: counts up whenever packages are unpacked differently."""

WORKERS = 4


class DebianProvider:
    """Packages of one suite of an archive, kept in `cache` and put into `store`.

    A package is locked as the files of its closure, its own first. So what is locked needs no index any more, and is
    the same after the suite has moved on, as long as anybody still has the files.
    """

    name = "debian"

    def __init__(
        self,
        store: Store,
        cache: str,
        archive: Archive,
        *,
        keys: bytes | None = None,
        names: Mapping[str, Entry] | None = None,
        fetcher: Fetcher | None = None,
    ) -> None:
        """`cache` is a folder of this provider's own; `keys`, `names` and `fetcher` stand in for the shipped ones."""
        self._store = store
        self._cache = cache
        self._archive = archive
        self._fetcher = fetcher or Fetcher()
        self._names = names
        self._suites = SuiteCache(os.path.join(cache, "suites"), self._fetcher, keys)
        self._pin: Mapping[str, str] = {}

    def lock(
        self, requests: Sequence[PackageRequest], progress: Progress, *, refresh: bool = False
    ) -> list[Locked | Lacking]:
        """See `Provider.lock`."""
        suite = self.suite(progress, refresh=refresh)
        self._pin = {"archive": self._archive.url, "suite": self._archive.suite, "state": suite.pin}
        return [self._locked(suite.index, request) for request in requests]

    def pin(self) -> Mapping[str, str]:
        """See `Provider.pin`."""
        return self._pin

    def realise(self, wanted: Sequence[WantedPackage], progress: Progress) -> list[Realised]:
        """See `Provider.realise`: everything is downloaded before the first package is made."""
        missing = [each for each in wanted if not self._store.exists(each.path)]
        if not missing:
            return []
        with machine(f"using the package cache `{self._cache}`"):
            try:
                self._download(missing, progress)
            except NotThere as problem:
                raise failure(
                    "package-gone",
                    f"the archive does not have a locked package any more: `{problem.url}`",
                    notes=(f"it answers {problem.status}", "the archive has moved on to newer versions"),
                    hints=(
                        "run `home-manager update` to lock what it has now",
                        "or name an archive that keeps old versions, such as a snapshot",
                    ),
                ) from None
        with self._store.hold():
            self._unpack(missing, progress)
            self._compose(missing, progress)
        return [self._realised(each) for each in missing]

    def suite(self, progress: Progress, *, refresh: bool = False) -> Suite:
        """The suite as it is known now; asks the archive if it must, or if `refresh` says so."""
        with machine(f"using the package cache `{self._cache}`"):
            return self._suites.open(self._archive, progress, refresh=refresh)

    def search(self, words: str, limit: int = 20) -> list[tuple[str, str, str]]:
        """See `Provider.search`."""
        records = self.suite(SilentProgress()).index.search(words, limit)
        return [(record.name, record.version, record.summary) for record in records]

    def describe(self) -> str:
        """See `Provider.describe`."""
        return f"Debian packages from {self._archive}, as {self._archive.chosen_by or 'the caller'} says"

    # The steps

    def _locked(self, index: Index, request: PackageRequest) -> Locked | Lacking:
        """What a request is in Debian: the packages that it is made of, then all that they need."""
        names = table() if self._names is None else self._names
        known = specials()
        parts = [resolve(index, names, path) for path in (request.attribute, *request.parts)]
        missing = [part for part in parts if isinstance(part, Unknown)]
        if missing:
            notes = (*(f"looked for {quoted(part.tried)}" for part in missing if part.tried), f"in {self._archive}")
            return Lacking((self.name,), notes, nearest_names(missing[0], index, names))
        found = [part for part in parts if isinstance(part, Resolution)]
        packages = tuple(dict.fromkeys(name for part in found for name in part.packages))
        records = closure(
            index,
            packages,
            dropped={name: special.without for name, special in known.items() if special.without},
            added={name: special.with_ for name, special in known.items() if special.with_},
        )
        facts = {
            "architecture": self._archive.architecture,
            "main": found[0].main,
            "packages": list(packages),
            "renames": {new: old for part in found for new, old in part.renames.items()},
        }
        files = tuple(LockedFile(r.name, r.version, r.path, r.size, r.sha256) for r in records)
        return Locked(
            self.name, upstream_version(records[0].version), files, facts, {"description": records[0].summary}
        )

    def _download(self, packages: Sequence[WantedPackage], progress: Progress) -> None:
        wanted = [
            Wanted(self._archive.at(file.path), self._cached(file), file.size, file.sha256)
            for file in _unique(packages)
            if not self._store.exists(self._object(file))
        ]
        if wanted:
            progress.stage("Downloading packages")
            self._fetcher.fetch(wanted, lambda done, total, name: progress.advance(done, total, "B", name))

    def _unpack(self, packages: Sequence[WantedPackage], progress: Progress) -> None:
        from concurrent.futures import ThreadPoolExecutor

        # Start-up: needed where a package is not in the store yet.
        from home_manager.packages.providers.debian.unpack import unpack

        files = [file for file in _unique(packages) if not self._store.exists(self._object(file))]
        if not files:
            return
        progress.stage("Unpacking packages")

        def one(file: LockedFile) -> str:
            self._store.place(self._object(file), lambda where: unpack(self._cached(file), where, file.name))
            return file.name

        with ThreadPoolExecutor(WORKERS, thread_name_prefix="unpack") as pool:
            work = [pool.submit(one, file) for file in sorted(files, key=lambda file: -file.size)]
            try:
                for done, item in enumerate(work, 1):
                    progress.advance(done, len(work), "", item.result())
            except BaseException:
                for item in work:
                    item.cancel()
                raise

    def _compose(self, packages: Sequence[WantedPackage], progress: Progress) -> None:
        # Start-up: needed where a package is not in the store yet.
        from home_manager.packages.providers.debian.compose import Composition, Part
        from home_manager.packages.providers.debian.unpack import Contents

        progress.stage("Putting packages together")
        contents: dict[str, Contents] = {}
        for done, package in enumerate(packages, 1):
            facts = package.locked.facts
            parts = []
            for file in package.locked.files:
                place = self._object(file)
                if place not in contents:
                    contents[place] = Contents.read(place)
                parts.append(Part(file.name, place, contents[place], file.name in facts["packages"]))

            def fill(where: str, package: WantedPackage = package, parts: Sequence[Part] = tuple(parts)) -> None:
                Composition(
                    parts,
                    replace(self._archive, architecture=str(package.locked.facts["architecture"])),
                    directory=where,
                    final=package.path,
                    renames=package.locked.facts["renames"],
                    main=str(package.locked.facts["main"]),
                ).write()

            self._store.place(package.path, fill)
            progress.advance(done, len(packages), "", package.request.text)
        progress.finish()

    def _realised(self, wanted: WantedPackage) -> Realised:
        ignored = ", ".join(wanted.request.changes)
        warnings = (
            (f"`{wanted.request.text}` is Debian's package as it is: the change of {ignored} has no effect",)
            if ignored
            else ()
        )
        return Realised(wanted, wanted.locked.version, warnings)

    def _object(self, file: LockedFile) -> str:
        """The store path of an unpacked package, which depends on nothing but its file."""
        version = "".join(
            c if c.isalnum() or c in "+-._" else "_" for c in file.version.partition(":")[2] or file.version
        )
        return f"{self._store.root}/{digest('deb', str(FORMAT), file.sha256)}-deb-{file.name}-{version}"

    def _cached(self, file: LockedFile) -> str:
        return os.path.join(self._cache, "files", f"{file.sha256[:32]}-{os.path.basename(file.path)}")


def _unique(packages: Sequence[WantedPackage]) -> list[LockedFile]:
    """Every file of the packages once."""
    return list({file.sha256: file for package in packages for file in package.locked.files}.values())
