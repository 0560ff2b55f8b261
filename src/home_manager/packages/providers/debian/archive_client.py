"""Files brought from an archive: over HTTP, in parallel, resumed where they broke off, kept once they are proven.

Nothing gets its final name in the cache before its SHA-256 is what was promised, so what is there is right.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from home_manager.diagnostics import Failure, failure
from home_manager.net.http import CONNECT_SECONDS, HttpClient, NoAnswer, chunks
from home_manager.net.limits import SMALL, Limits

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

READ_SECONDS = 30.0
ATTEMPTS = 4
REDIRECTS = 5
AT_ONCE = 6


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to have: its address, its place in the cache, and the size and SHA-256 that it must have."""

    url: str
    place: str
    size: int
    sha256: str


class _Stopped(Exception):
    """Ends a download because another one has failed."""


class NotThere(Exception):
    """The archive answers, but has no such file."""

    def __init__(self, url: str, status: int) -> None:
        super().__init__(f"{url}: {status}")
        self.url = url
        self.status = status


class Fetcher:
    """Downloads from a package archive, for one run."""

    def __init__(self, attempts: int = ATTEMPTS, connect_seconds: float = CONNECT_SECONDS) -> None:
        self._attempts = attempts
        self._http = HttpClient(
            attempts=attempts,
            connect_seconds=connect_seconds,
            read_seconds=READ_SECONDS,
            redirects=REDIRECTS,
            at_once=AT_ONCE,
        )

    def get(self, url: str, etag: str = "") -> tuple[bytes, str] | None:
        """A small file and its entity tag; `None` if it still has the given one. Raises `Failure`, `NotThere`."""
        headers = {"If-None-Match": etag} if etag else {}
        response = self._open(url, headers)
        try:
            if response.status == 304:
                return None
            self._expect(response, url)
            return b"".join(self._chunks(response, url, SMALL)), response.headers.get("ETag", "")
        finally:
            response.release_conn()

    def fetch(self, files: Sequence[Wanted], progress: Callable[[int, int, str], None]) -> int:
        """Brings what the cache lacks; gives the number of bytes that came. `progress` gets done, total and a name."""
        missing = [file for file in files if not _is_there(file)]
        total = sum(file.size for file in missing)
        done = 0
        lock = threading.Lock()
        stopped = threading.Event()

        def came(name: str, count: int) -> None:
            nonlocal done
            if stopped.is_set():
                raise _Stopped
            with lock:
                done += count
                progress(min(done, total), total, name)

        if not missing:
            return 0
        os.makedirs(os.path.dirname(missing[0].place), exist_ok=True)
        if len(missing) == 1:
            self._fetch_one(missing[0], came)
            return total
        from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait

        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="download") as pool:
            # The largest first, so that none of them is left alone at the end.
            work = [pool.submit(self._fetch_one, f, came) for f in sorted(missing, key=lambda f: -f.size)]
            try:
                finished, rest = wait(work, return_when=FIRST_EXCEPTION)
                if rest:
                    stopped.set()
                for item in finished:
                    item.result()
            except BaseException:
                # An interrupt as well: what is under way stops at its next piece, and is continued next time.
                stopped.set()
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return total

    def _fetch_one(self, file: Wanted, came: Callable[[str, int], None]) -> None:
        name = os.path.basename(file.url)
        partial = f"{file.place}.partial"
        counted = 0
        last: Exception | None = None
        for attempt in range(self._attempts):
            have = os.path.getsize(partial) if os.path.exists(partial) else 0
            if have >= file.size:
                os.unlink(partial)
                have = 0
            came(name, have - counted)
            counted = have
            try:
                counted += self._continue(file, partial, have, lambda n: came(name, n))
            except Failure as problem:
                if attempt + 1 == self._attempts:
                    raise
                last = problem
                counted = os.path.getsize(partial) if os.path.exists(partial) else 0
                continue
            if _sha256(partial) == file.sha256:
                os.replace(partial, file.place)
                return
            os.unlink(partial)
        if isinstance(last, Failure):
            raise last
        raise failure(
            "archive-corrupt",
            f"`{file.url}` is not the file that the archive's index promises",
            notes=(f"expected {file.size} bytes with SHA-256 {file.sha256}",),
            hints=("try again later, or choose another archive: a mirror may be half updated",),
        )

    def _continue(self, file: Wanted, partial: str, have: int, came: Callable[[int], None]) -> int:
        """Appends what is missing to the partial file; gives the number of bytes added."""
        response = self._open(file.url, {"Range": f"bytes={have}-"} if have else {})
        added = 0
        try:
            if have and response.status == 200:
                came(-have)
                added -= have
                have = 0
            elif response.status != 206:
                self._expect(response, file.url)
            with open(partial, "ab" if have else "wb") as out:
                for chunk in self._chunks(response, file.url, Limits(size=file.size - have)):
                    out.write(chunk)
                    added += len(chunk)
                    came(len(chunk))
        finally:
            response.release_conn()
        return added

    def _open(self, url: str, headers: dict[str, str]) -> BaseHTTPResponse:
        try:
            return self._http.open(url, headers)
        except NoAnswer as problem:
            raise unreachable(problem) from None

    def _expect(self, response: BaseHTTPResponse, url: str) -> None:
        if response.status in (403, 404, 410):
            raise NotThere(url, response.status)
        if response.status not in (200, 206):
            raise failure(
                "archive-unreachable",
                f"the archive does not give `{url}`",
                notes=(f"it answers {response.status} {response.reason or ''}".rstrip(),),
                hints=("try again later, or choose another archive",),
            )

    def _chunks(self, response: BaseHTTPResponse, url: str, limits: Limits) -> Iterator[bytes]:
        try:
            yield from chunks(response, url, limits)
        except NoAnswer as problem:
            raise unreachable(problem) from None


def unreachable(problem: NoAnswer) -> Failure:
    """The archive cannot be reached: which address, and why."""
    return failure(
        "archive-unreachable",
        f"the package archive cannot be reached: `{problem.url}`",
        notes=(problem.reason,),
        hints=("look at the network connection, or choose another archive; nothing was changed",),
    )


def _is_there(file: Wanted) -> bool:
    """Whether the cache has a file; its name alone is nobody's word for what it holds."""
    try:
        return os.path.getsize(file.place) == file.size and _sha256(file.place) == file.sha256
    except OSError:
        return False


def _sha256(path: str) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
