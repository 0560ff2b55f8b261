"""Files brought from an archive: over HTTP, in parallel, resumed where they broke off, kept once they are proven.

Nothing gets its final name in the cache before its SHA-256 is what was promised, so what is there is right.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from home_manager.diagnostics import Failure, failure

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse, PoolManager

CONNECT_SECONDS = 15.0
READ_SECONDS = 30.0
ATTEMPTS = 4
AT_ONCE = 6
CHUNK = 1 << 17


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
    """HTTP for one run. Proxies are taken from the environment (`http_proxy`, `https_proxy`, `no_proxy`)."""

    def __init__(self, attempts: int = ATTEMPTS, connect_seconds: float = CONNECT_SECONDS) -> None:
        self._attempts = attempts
        self._connect_seconds = connect_seconds
        self._pools: dict[str, PoolManager] = {}
        self._lock = threading.Lock()

    def get(self, url: str, etag: str = "") -> tuple[bytes, str] | None:
        """A small file and its entity tag; `None` if it still has the given one. Raises `Failure`, `NotThere`."""
        headers = {"If-None-Match": etag} if etag else {}
        response = self._open(url, headers)
        try:
            if response.status == 304:
                return None
            self._expect(response, url)
            return self._read(response, url), response.headers.get("ETag", "")
        finally:
            response.release_conn()

    def bring(self, files: Sequence[Wanted], progress: Callable[[int, int, str], None]) -> int:
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
            self._bring_one(missing[0], came)
            return total
        from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait

        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="download") as pool:
            # The largest first, so that none of them is left alone at the end.
            work = [pool.submit(self._bring_one, f, came) for f in sorted(missing, key=lambda f: -f.size)]
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

    def _bring_one(self, file: Wanted, came: Callable[[str, int], None]) -> None:
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
                for chunk in self._chunks(response, file.url):
                    out.write(chunk)
                    added += len(chunk)
                    came(len(chunk))
                    if have + added > file.size * 2 + CHUNK:
                        break
        finally:
            response.release_conn()
        return added

    def _open(self, url: str, headers: dict[str, str]) -> BaseHTTPResponse:
        import urllib3

        last: Exception | None = None
        for _ in range(self._attempts):
            try:
                return self._pool(url).request(
                    "GET",
                    url,
                    headers={**headers, "Accept-Encoding": "identity"},
                    preload_content=False,
                    redirect=True,
                    retries=urllib3.Retry(connect=0, read=0, redirect=5, status=0, other=0),
                    timeout=urllib3.Timeout(connect=self._connect_seconds, read=READ_SECONDS),
                )
            except urllib3.exceptions.HTTPError as problem:
                last = problem
                if "NameResolution" in repr(problem):
                    break
        raise unreachable(url, last)

    def _pool(self, url: str) -> PoolManager:
        import urllib3

        with self._lock:
            proxy = _proxy(url)
            pool = self._pools.get(proxy)
            if pool is None:
                options = {"maxsize": AT_ONCE, "headers": {"User-Agent": "home-manager-py"}}
                pool = urllib3.ProxyManager(proxy, **options) if proxy else urllib3.PoolManager(**options)  # type: ignore[arg-type]
                self._pools[proxy] = pool
            return pool

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

    def _read(self, response: BaseHTTPResponse, url: str) -> bytes:
        return b"".join(self._chunks(response, url))

    def _chunks(self, response: BaseHTTPResponse, url: str) -> Sequence[bytes] | _Chunks:
        return _Chunks(response, url)


class _Chunks:
    """The body of a response, its network errors made into failures."""

    def __init__(self, response: BaseHTTPResponse, url: str) -> None:
        self._response = response
        self._url = url

    def __iter__(self) -> _Chunks:
        return self

    def __next__(self) -> bytes:
        import urllib3

        try:
            chunk = self._response.read(CHUNK)
        except (urllib3.exceptions.HTTPError, OSError) as problem:
            raise unreachable(self._url, problem) from None
        if not chunk:
            raise StopIteration
        return chunk


def unreachable(url: str, problem: Exception | None) -> Failure:
    """The archive cannot be reached: which address, and why."""
    return failure(
        "archive-unreachable",
        f"the package archive cannot be reached: `{url}`",
        notes=(_cause(problem),),
        hints=("look at the network connection, or choose another archive; nothing was changed",),
    )


def _cause(problem: Exception | None) -> str:
    """The innermost reason, in words."""
    reason: object = problem
    while True:
        inner = getattr(reason, "reason", None)
        if not isinstance(inner, Exception) or inner is reason:
            break
        reason = inner
    text = str(reason)
    # urllib3 puts the object that failed before its message: "<…HTTPConnection…>: Failed to …".
    text = text.split(">: ", 1)[-1] if ">: " in text else text
    text = text.split("): ", 1)[-1] if text.startswith("HTTP") and "): " in text else text
    return text or type(problem).__name__


def _proxy(url: str) -> str:
    """The proxy that the environment names for an address, or nothing."""
    scheme, _, rest = url.partition("://")
    host = rest.split("/", 1)[0].rsplit("@", 1)[-1].split(":")[0]
    for name in os.environ.get("no_proxy", os.environ.get("NO_PROXY", "")).split(","):
        name = name.strip().lstrip(".")
        if name and (name == "*" or host == name or host.endswith("." + name)):
            return ""
    for variable in (f"{scheme}_proxy", f"{scheme.upper()}_PROXY", "all_proxy", "ALL_PROXY"):
        value = os.environ.get(variable, "")
        if value.startswith("http"):
            return value
    return ""


def _is_there(file: Wanted) -> bool:
    try:
        return os.path.getsize(file.place) == file.size
    except OSError:
        return False


def _sha256(path: str) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
