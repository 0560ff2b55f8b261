"""Files brought over HTTP, or from this machine, for fetchers."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from home_manager.diagnostics import Failure, failure

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

CHUNK = 1 << 17
CONNECT_SECONDS = 15.0
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

    def bring(self, url: str, place: str) -> Downloaded:
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
        import urllib3

        last: Exception | None = None
        for _ in range(ATTEMPTS):
            try:
                return self._remote(url, place)
            except (urllib3.exceptions.HTTPError, OSError) as problem:
                last = problem
                if "NameResolution" in repr(problem) or (isinstance(problem, OSError) and problem.filename):
                    break
        raise unreachable(url, last)

    def text(self, url: str) -> str:
        """A small text at an address."""
        import tempfile

        with tempfile.TemporaryDirectory() as scratch:
            self.bring(url, f"{scratch}/text")
            with open(f"{scratch}/text", encoding="utf-8", errors="replace") as file:
                return file.read()

    def _local(self, url: str, place: str) -> Downloaded:
        import shutil

        from home_manager.nix.builtins.url import percent_decode

        path = percent_decode(re.sub(r"[?#].*", "", url.removeprefix("file:").removeprefix("//")))
        try:
            shutil.copyfile(path, place)
        except OSError as error:
            raise failure(
                "fetch-failed", f"`{url}` cannot be read", notes=((error.strerror or str(error)).lower(),)
            ) from None
        return Downloaded(url)

    def _remote(self, url: str, place: str) -> Downloaded:
        import urllib3

        proxy = _proxy(url)
        pool = urllib3.ProxyManager(proxy) if proxy else urllib3.PoolManager()
        given = dict(self._headers(url)) if self._headers is not None else {}
        response = pool.request(
            "GET",
            url,
            headers={"User-Agent": "home-manager-py", "Accept-Encoding": "identity", **given},
            preload_content=False,
            retries=urllib3.Retry(connect=0, read=0, redirect=8, status=0, other=0),
            timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS),
        )
        try:
            if response.status != 200:
                raise _refused(url, response)
            total = int(response.headers.get("Content-Length") or 0)
            name, done = url.rpartition("/")[2] or url, 0
            with open(place, "wb") as out:
                while chunk := response.read(CHUNK):
                    out.write(chunk)
                    done += len(chunk)
                    self._progress(done, total, name)
            if total and done != total:
                raise OSError(f"the connection ended after {done} of {total} bytes")
            link = _IMMUTABLE.search(response.headers.get("Link", ""))
            final = response.geturl() or url
            return Downloaded(
                final if "://" in final else url, response.headers.get("ETag", ""), link[1] if link else ""
            )
        finally:
            response.release_conn()
            pool.clear()


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


def unreachable(url: str, problem: Exception | None) -> Failure:
    """No answer came from an address."""
    reason: object = problem
    while isinstance(inner := getattr(reason, "reason", None), Exception):
        reason = inner
    text = str(reason)
    text = text.split(">: ", 1)[-1] if ">: " in text else text
    text = text.split("): ", 1)[-1] if text.startswith("HTTP") and "): " in text else text
    return failure(
        "fetch-failed",
        f"`{url}` cannot be reached",
        notes=(text or type(problem).__name__,),
        hints=("look at the network connection; what was fetched before is used where the lock file names it",),
    )


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
