"""Files brought over HTTP, or from this machine, for fetchers."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from home_manager.diagnostics import Failure, failure
from home_manager.net.http import HttpClient, NoAnswer, chunks, length
from home_manager.net.limits import LARGE, SMALL, Limits
from home_manager.nix.builtins.url import percent_decode

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

READ_SECONDS = 60.0
ATTEMPTS = 3

Progress = Callable[[int, int, str], None]
"""Told how many bytes are there, of how many (0: not known), and of what."""

_IMMUTABLE = re.compile(r'<([^>]+)>[^,]*;\s*rel="?immutable"?')


def silent(done: int, total: int, what: str) -> None:
    """Says nothing."""


@dataclass(frozen=True, slots=True)
class Downloaded:
    """What came: `url` is where it was at last, `immutable` the address at which it will always be, if one is known."""

    url: str
    etag: str = ""
    immutable: str = ""


class Downloads:
    """The way to other machines. `headers` are those for an address; tokens for forges come so."""

    def __init__(self, progress: Progress = silent, headers: Callable[[str], Mapping[str, str]] | None = None) -> None:
        self._progress = progress
        self._headers = headers
        self._http = HttpClient(attempts=1, read_seconds=READ_SECONDS)

    def fetch(self, url: str, place: str, limits: Limits = LARGE) -> Downloaded:
        """Writes what is at an address to the new file `place`."""
        if url.startswith("file:"):
            return self._local(url, place)
        scheme = url.partition(":")[0]
        if scheme not in ("http", "https"):
            raise failure(
                "fetch-failed",
                f"`{url}` cannot be fetched: addresses that begin with `{scheme}:` are not known here",
                hints=("use http:, https: or file:",),
            )
        last: NoAnswer | None = None
        for _ in range(ATTEMPTS):
            try:
                return self._remote(url, place, limits)
            except NoAnswer as problem:
                last = problem
                if problem.final:
                    break
            except OSError as problem:
                raise failure(
                    "fetch-failed",
                    f"what `{url}` holds cannot be written to `{place}`",
                    notes=((problem.strerror or str(problem)).lower(),),
                ) from None
        assert last is not None
        raise unreachable(last)

    def text(self, url: str) -> str:
        """A small text at an address."""
        import tempfile

        with tempfile.TemporaryDirectory() as scratch:
            self.fetch(url, f"{scratch}/text", SMALL)
            with open(f"{scratch}/text", encoding="utf-8", errors="replace") as file:
                return file.read()

    def _local(self, url: str, place: str) -> Downloaded:
        import shutil

        path = percent_decode(re.sub(r"[?#].*", "", url.removeprefix("file:").removeprefix("//")))
        try:
            if os.path.exists(path) and not os.path.isfile(path):
                raise OSError("it is not a regular file")  # a device may never end
            shutil.copyfile(path, place)
        except OSError as error:
            raise failure(
                "fetch-failed", f"`{url}` cannot be read", notes=((error.strerror or str(error)).lower(),)
            ) from None
        return Downloaded(url)

    def _remote(self, url: str, place: str, limits: Limits) -> Downloaded:
        response = self._http.open(url, self._headers(url) if self._headers is not None else {})
        try:
            if response.status != 200:
                raise _refused(url, response)
            total = length(response)
            name, done = url.rpartition("/")[2] or url, 0
            with open(place, "wb") as out:
                for chunk in chunks(response, url, limits):
                    out.write(chunk)
                    done += len(chunk)
                    self._progress(done, total, name)
            link = _IMMUTABLE.search(response.headers.get("Link", ""))
            immutable = link[1] if link and link[1].startswith(("https://", "http://")) else ""
            final = response.geturl() or url
            return Downloaded(final if "://" in final else url, response.headers.get("ETag", ""), immutable)
        finally:
            response.release_conn()


def _refused(url: str, response: BaseHTTPResponse) -> Failure:
    hints: tuple[str, ...] = ()
    if response.status == 404:
        hints = ("look at the address: owner, repository and branch; what is private looks the same",)
    elif response.status in (401, 403, 429):
        hints = ("the server limits or forbids it: a token may be given as `access-tokens` in nix.conf, or wait",)
    reason = f" {response.reason}" if response.reason else ""
    return failure(
        "fetch-failed",
        f"`{url}` cannot be fetched",
        notes=(f"the server answers {response.status}{reason}",),
        hints=hints,
    )


def unreachable(problem: NoAnswer) -> Failure:
    """No answer came from an address."""
    return failure(
        "fetch-failed",
        f"`{problem.url}` cannot be reached",
        notes=(problem.reason,),
        hints=("look at the network connection; what was fetched before is used where the lock file names it",),
    )
