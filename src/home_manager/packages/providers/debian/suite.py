"""The state of a suite on this machine: its signed description and the table of its packages, kept in the cache."""

from __future__ import annotations

import hashlib
import json
import os
import time
from dataclasses import dataclass

from home_manager.diagnostics import Failure, failure
from home_manager.net.limits import Budget, Counted, LimitReached
from home_manager.packages.providers.debian import package_index as tables
from home_manager.packages.providers.debian.archive import Archive
from home_manager.packages.providers.debian.archive_client import Fetcher, NotThere
from home_manager.packages.providers.debian.package_index import Index
from home_manager.packages.providers.debian.verify_signatures import Release, verified
from home_manager.packages.providers.interface import Progress

FRESH_SECONDS = 24 * 3600
"""How long a description counts as new, so that a switch in between asks nobody."""


@dataclass(frozen=True, slots=True)
class Suite:
    """A proven state of a suite."""

    archive: Archive
    release: Release
    index: Index

    @property
    def pin(self) -> str:
        """A text that names this state: `trixie 13.1 (Sat, 06 Sep 2025 …)`."""
        return f"{self.release.codename} {self.release.version} ({self.release.fields.get('Date', '')})"


class SuiteCache:
    """The suites in a cache folder."""

    def __init__(self, folder: str, fetcher: Fetcher, keys: bytes | None = None) -> None:
        self._folder = folder
        self._fetcher = fetcher
        self._keys = keys

    def open(self, archive: Archive, progress: Progress, *, refresh: bool = False) -> Suite:
        """The suite, from the cache while it is new enough, else asked for again.

        Where the archive cannot be reached but an older proven state is there, that one is used. Raises `Failure`.
        """
        folder = self._place(archive)
        release = None if refresh else self._recent(archive, folder)
        if release is None:
            progress.stage(f"Reading the package index of {archive.url} ({archive.suite})")
            try:
                release = self._renew(archive, folder)
            except Failure as problem:
                if refresh or problem.diagnostic.code != "archive-unreachable":
                    raise
                release = self._kept(archive, folder)
                if release is None:
                    raise
        name = f"main/binary-{archive.architecture}/Packages.xz"
        if name not in release.files:
            raise failure(
                "archive-without-packages",
                f"the suite `{archive.suite}` at {archive.url} has no packages for {archive.architecture}",
            )
        digest, size = release.files[name]
        base = os.path.join(folder, f"{archive.architecture}-{digest[:16]}")
        if not tables.exists(base):
            self._build(archive, release, name, digest, size, base, progress)
        return Suite(archive, release, Index(base))

    def _place(self, archive: Archive) -> str:
        key = hashlib.sha256(archive.url.encode()).hexdigest()[:12]
        return os.path.join(self._folder, f"{key}-{archive.suite.replace('/', '_')}")

    def _recent(self, archive: Archive, folder: str) -> Release | None:
        try:
            asked = float(str(_state(folder).get("asked", 0.0)))
        except (TypeError, ValueError):
            return None
        return self._kept(archive, folder) if 0 <= time.time() - asked < FRESH_SECONDS else None

    def _kept(self, archive: Archive, folder: str) -> Release | None:
        """The description in the cache, if it still holds."""
        try:
            with open(os.path.join(folder, "InRelease"), "rb") as file:
                signed = file.read()
            return self._checked(archive, signed)
        except (OSError, Failure):
            return None

    def _renew(self, archive: Archive, folder: str) -> Release:
        url = archive.at(f"dists/{archive.suite}/InRelease")
        kept = self._kept(archive, folder)
        tag = str(_state(folder).get("etag", "")) if kept is not None else ""
        try:
            answer = self._fetcher.get(url, tag)
        except NotThere as problem:
            raise failure(
                "archive-unreachable",
                f"the archive has no suite `{archive.suite}`: `{url}`",
                notes=(f"it answers {problem.status}", f"the address comes from {archive.chosen_by or 'the caller'}"),
                hints=("name a suite such as stable or trixie, and the folder that holds `dists`",),
            ) from None
        if answer is None and kept is not None:
            _write_state(folder, tag, kept)
            return kept
        signed, tag = answer if answer is not None else (b"", "")
        release = self._checked(archive, signed)
        seen = str(_state(folder).get("date", ""))
        if _is_older(release, seen):
            if kept is None:
                raise failure(
                    "archive-untrusted",
                    f"`{url}` describes the suite as of {release.fields.get('Date', '')}, which is older than what it said before",
                    notes=(f"it was of {seen} then; an old description brings back packages with known holes",),
                    hints=("try again later, or choose another archive",),
                )
            # A mirror that is behind, or somebody who plays an old one back: what is known is newer.
            release, tag = kept, ""
        else:
            os.makedirs(folder, exist_ok=True)
            _write(os.path.join(folder, "InRelease"), signed)
        _write_state(folder, tag, release)
        return release

    def _checked(self, archive: Archive, signed: bytes) -> Release:
        url = archive.at(f"dists/{archive.suite}/InRelease")
        release = verified(signed, url, keys=self._keys)
        names = (release.fields.get("Suite", ""), release.codename)
        if archive.suite not in names:
            raise failure(
                "archive-untrusted",
                f"`{url}` describes the suite `{names[0]}`, not `{archive.suite}`",
                notes=("a signed description of another suite could bring old packages back",),
            )
        return release

    def _build(
        self, archive: Archive, release: Release, name: str, digest: str, size: int, base: str, progress: Progress
    ) -> None:
        """Brings the list of packages and writes its tables."""
        import lzma

        # Start-up: an index that is fresh enough is not asked for again.
        from home_manager.packages.providers.debian.archive_client import Wanted

        place = f"{base}.xz"
        by_hash = f"dists/{archive.suite}/{os.path.dirname(name)}/by-hash/SHA256/{digest}"
        direct = f"dists/{archive.suite}/{name}"
        paths = (by_hash, direct) if release.fields.get("Acquire-By-Hash") == "yes" else (direct,)
        for path in paths:
            try:
                self._fetcher.fetch(
                    [Wanted(archive.at(path), place, size, digest)], lambda d, t, _: progress.advance(d, t, "B")
                )
                break
            except NotThere as problem:
                if path == paths[-1]:
                    raise failure(
                        "archive-unreachable",
                        f"the archive lacks its own package index: `{problem.url}`",
                        hints=("try again later, or choose another archive",),
                    ) from None
        try:
            with lzma.open(place, "rb") as packed:
                text = Counted(packed, Budget.for_archive(size)).read().decode("utf-8", "replace")
        except (lzma.LZMAError, EOFError, LimitReached) as problem:
            raise failure("archive-corrupt", f"the package index of {archive.url} cannot be read: {problem}") from None
        tables.write(base, tables.parse(text))
        os.unlink(place)
        self._forget_others(base)

    def _forget_others(self, base: str) -> None:
        """Removes the tables of earlier states of the same architecture."""
        folder, keep = os.path.split(base)
        kind = keep.partition("-")[0]
        for name in os.listdir(folder):
            if name.startswith(f"{kind}-") and not name.startswith(keep):
                os.unlink(os.path.join(folder, name))


def _state(folder: str) -> dict[str, object]:
    try:
        with open(os.path.join(folder, "state.json"), "rb") as file:
            state = json.load(file)
    except (OSError, ValueError):
        return {}
    return state if isinstance(state, dict) else {}


def _write_state(folder: str, tag: str, release: Release) -> None:
    state = {"asked": time.time(), "etag": tag, "date": release.fields.get("Date", "")}
    _write(os.path.join(folder, "state.json"), json.dumps(state).encode())


def _is_older(release: Release, date: str) -> bool:
    """Whether a description was made before a moment, both as the archive writes them."""
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(release.fields.get("Date", "")) < parsedate_to_datetime(date)
    except (ValueError, TypeError):
        return False


def _write(path: str, data: bytes) -> None:
    new = f"{path}.{os.getpid()}.new"
    with open(new, "wb") as file:
        file.write(data)
    os.replace(new, path)
