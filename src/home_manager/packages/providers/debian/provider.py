"""The Debian provider: wanted packages and all that they need, from a suite of a Debian archive into the store."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from home_manager.diagnostics import Failures, failure
from home_manager.packages.names import Entry, table
from home_manager.packages.providers.debian.archive import Archive
from home_manager.packages.providers.debian.archive_client import Fetcher, NotThere, Wanted
from home_manager.packages.providers.debian.dependency_closure import closure
from home_manager.packages.providers.debian.index import Index, Record
from home_manager.packages.providers.debian.resolve_packages import Resolution, Unknown, resolve, unknown
from home_manager.packages.providers.debian.special import specials
from home_manager.packages.providers.debian.suite import Suite, SuiteCache
from home_manager.packages.providers.interface import PackageRequest, Progress, Realised
from home_manager.store import Store, digest, machine

FORMAT = 2
"""Part of the store paths: counts up whenever packages are unpacked differently."""

WORKERS = 4


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a request comes to: what it is in Debian, and the packages for it, those that it is made of first."""

    request: PackageRequest
    resolution: Resolution
    records: tuple[Record, ...]


class DebianProvider:
    """Packages of one suite of an archive, kept in `cache` and put into `store`."""

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

    def realise(self, requests: Sequence[PackageRequest], progress: Progress) -> list[Realised]:
        """See `Provider.realise`: everything is found out and brought before the first package is made."""
        missing = [request for request in requests if not self._store.exists(request.path)]
        if not missing:
            return []
        with machine(f"using the package cache `{self._cache}`"):
            suite = self._suites.open(self._archive, progress)
            plans = self._plan(suite.index, missing)
            try:
                self._bring(plans, progress)
            except NotThere:
                # A suite moves on and takes the old files away: look once more what it has now.
                suite = self._suites.open(self._archive, progress, refresh=True)
                plans = self._plan(suite.index, missing)
                try:
                    self._bring(plans, progress)
                except NotThere as problem:
                    raise failure(
                        "archive-unreachable",
                        f"the archive lacks a package that its index promises: `{problem.url}`",
                        notes=(f"it answers {problem.status}",),
                        hints=("try again later, or choose another archive",),
                    ) from None
        with self._store.hold():
            self._unpack(plans, progress)
            self._compose(plans, progress)
        return [self._realised(plan) for plan in plans]

    def suite(self, progress: Progress, *, refresh: bool = False) -> Suite:
        """The suite as it is known now; asks the archive if it must, or if `refresh` says so."""
        with machine(f"using the package cache `{self._cache}`"):
            return self._suites.open(self._archive, progress, refresh=refresh)

    def search(self, words: str, limit: int = 20) -> list[tuple[str, str, str]]:
        """See `Provider.search`."""
        from home_manager.packages.providers.interface import SilentProgress

        records = self.suite(SilentProgress()).index.search(words, limit)
        return [(record.name, record.version, record.summary) for record in records]

    def describe(self) -> str:
        """See `Provider.describe`."""
        return f"Debian packages from {self._archive}, as {self._archive.chosen_by or 'the caller'} says"

    # The steps

    def _plan(self, index: Index, requests: Sequence[PackageRequest]) -> list[_Plan]:
        """What every request comes to; all that cannot be had are said at once."""
        names = table() if self._names is None else self._names
        known = specials()
        plans: list[_Plan] = []
        wrong: list[Unknown] = []
        for request in requests:
            parts = [resolve(index, names, path) for path in (request.attribute, *request.parts)]
            missing = [part for part in parts if isinstance(part, Unknown)]
            wrong += missing
            found = [part for part in parts if isinstance(part, Resolution)]
            if missing or not found:
                continue
            records = closure(
                index,
                dict.fromkeys(name for part in found for name in part.packages),
                dropped={name: special.without for name, special in known.items() if special.without},
                added={name: special.with_ for name, special in known.items() if special.with_},
            )
            whole = Resolution(
                tuple(dict.fromkeys(name for part in found for name in part.packages)),
                found[0].main,
                {new: old for part in found for new, old in part.renames.items()},
            )
            plans.append(_Plan(request, whole, tuple(records)))
        if wrong:
            by_name = {".".join(part.attribute): part for part in wrong}
            mentions = {request.text: request.mention for request in requests}
            problems = [unknown(part, index, names, self._archive, mentions.get(n)) for n, part in by_name.items()]
            raise problems[0] if len(problems) == 1 else Failures(tuple(p.diagnostic for p in problems))
        return plans

    def _bring(self, plans: Sequence[_Plan], progress: Progress) -> None:
        wanted = [
            Wanted(self._archive.at(record.path), self._file(record), record.size, record.sha256)
            for record in _unique(plans)
            if not self._store.exists(self._object(record))
        ]
        if wanted:
            progress.stage("Downloading packages")
            self._fetcher.bring(wanted, lambda done, total, name: progress.advance(done, total, "B", name))

    def _unpack(self, plans: Sequence[_Plan], progress: Progress) -> None:
        from concurrent.futures import ThreadPoolExecutor

        from home_manager.packages.providers.debian.unpack import unpack

        records = [record for record in _unique(plans) if not self._store.exists(self._object(record))]
        if not records:
            return
        progress.stage("Unpacking packages")

        def one(record: Record) -> str:
            self._store.place(self._object(record), lambda where: unpack(self._file(record), where, record.name))
            return record.name

        with ThreadPoolExecutor(WORKERS, thread_name_prefix="unpack") as pool:
            work = [pool.submit(one, record) for record in sorted(records, key=lambda r: -r.size)]
            try:
                for done, item in enumerate(work, 1):
                    progress.advance(done, len(work), "", item.result())
            except BaseException:
                for item in work:
                    item.cancel()
                raise

    def _compose(self, plans: Sequence[_Plan], progress: Progress) -> None:
        from home_manager.packages.providers.debian.compose import Composition, Part
        from home_manager.packages.providers.debian.unpack import Contents

        progress.stage("Putting packages together")
        contents: dict[str, Contents] = {}
        for done, plan in enumerate(plans, 1):
            parts = []
            for record in plan.records:
                place = self._object(record)
                if place not in contents:
                    contents[place] = Contents.read(place)
                parts.append(Part(record.name, place, contents[place], record.name in plan.resolution.packages))

            def fill(where: str, plan: _Plan = plan, parts: Sequence[Part] = tuple(parts)) -> None:
                Composition(
                    parts,
                    self._archive,
                    directory=where,
                    final=plan.request.path,
                    renames=plan.resolution.renames,
                    main=plan.resolution.main,
                ).write()

            self._store.place(plan.request.path, fill)
            progress.advance(done, len(plans), "", plan.request.text)
        progress.finish()

    def _realised(self, plan: _Plan) -> Realised:
        ignored = ", ".join(plan.request.changes)
        warnings = (
            (f"`{plan.request.text}` is Debian's package as it is: the change of {ignored} has no effect",)
            if ignored
            else ()
        )
        return Realised(plan.request, plan.records[0].version, warnings)

    def _object(self, record: Record) -> str:
        """The store path of an unpacked package, which depends on nothing but its file."""
        version = "".join(
            c if c.isalnum() or c in "+-._" else "_" for c in record.version.partition(":")[2] or record.version
        )
        return f"{self._store.root}/{digest('deb', str(FORMAT), record.sha256)}-deb-{record.name}-{version}"

    def _file(self, record: Record) -> str:
        return os.path.join(self._cache, "files", f"{record.sha256[:32]}-{os.path.basename(record.path)}")


def _unique(plans: Sequence[_Plan]) -> list[Record]:
    """Every package of the plans once."""
    return list({record.sha256: record for plan in plans for record in plan.records}.values())
