"""HTTP client: requests with time limits, attempts and the environment's proxies; what fails is a `NoAnswer`.

`urllib3` is imported with the first request, since most commands make none and its import takes 60 ms.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse, PoolManager

AGENT = "home-manager-py"
CONNECT_SECONDS = 15.0
CHUNK = 1 << 17


class NoAnswer(Exception):
    """No answer, or only the beginning of one. `reason` is why, `final` whether another attempt would end alike."""

    def __init__(self, url: str, reason: str, *, final: bool = False) -> None:
        super().__init__(f"{url}: {reason}")
        self.url = url
        self.reason = reason
        self.final = final


class HttpClient:
    """HTTP for one run; threads may share it. Connections are kept for the next request to the same host."""

    def __init__(
        self,
        *,
        attempts: int,
        read_seconds: float,
        connect_seconds: float = CONNECT_SECONDS,
        redirects: int = 8,
        at_once: int = 1,
    ) -> None:
        self._attempts = attempts
        self._read_seconds = read_seconds
        self._connect_seconds = connect_seconds
        self._redirects = redirects
        self._at_once = at_once
        self._pools: dict[str, PoolManager] = {}
        self._lock = threading.Lock()

    def open(self, url: str, headers: Mapping[str, str] | None = None) -> BaseHTTPResponse:
        """The response to a GET, whatever its status; the body is still to be read, by `chunks`. Raises `NoAnswer`."""
        import urllib3

        attempt = 0
        while True:
            attempt += 1
            try:
                return self._pool(url).request(
                    "GET",
                    url,
                    headers={"User-Agent": AGENT, "Accept-Encoding": "identity", **(headers or {})},
                    preload_content=False,
                    # Connecting is tried anew here, and reading by who knows how to go on.
                    retries=urllib3.Retry(connect=0, read=0, redirect=self._redirects, status=0, other=0),
                    timeout=urllib3.Timeout(connect=self._connect_seconds, read=self._read_seconds),
                )
            except (urllib3.exceptions.HTTPError, OSError) as problem:
                answer = no_answer(url, problem)
                if answer.final or attempt >= self._attempts:
                    raise answer from None

    def _pool(self, url: str) -> PoolManager:
        import urllib3

        with self._lock:
            proxy = proxy_for(url)
            pool = self._pools.get(proxy)
            if pool is None:
                options: dict[str, Any] = {"maxsize": self._at_once}
                pool = urllib3.ProxyManager(proxy, **options) if proxy else urllib3.PoolManager(**options)
                self._pools[proxy] = pool
            return pool


def chunks(response: BaseHTTPResponse, url: str) -> Iterator[bytes]:
    """The body of a response in pieces. Raises `NoAnswer` where the connection ends before the body does."""
    import urllib3

    total, done = int(response.headers.get("Content-Length") or 0), 0
    while True:
        try:
            chunk = response.read(CHUNK)
        except (urllib3.exceptions.HTTPError, OSError) as problem:
            raise no_answer(url, problem) from None
        if not chunk:
            break
        done += len(chunk)
        yield chunk
    if total and done != total:
        raise NoAnswer(url, f"the connection ended after {done} of {total} bytes")


def no_answer(url: str, problem: Exception) -> NoAnswer:
    """What went wrong with a request, with the innermost reason in words."""
    reason: object = problem
    while isinstance(inner := getattr(reason, "reason", None), Exception) and inner is not reason:
        reason = inner
    text = str(reason)
    # urllib3 puts the object that failed before its message: "<…HTTPConnection…>: Failed to …".
    text = text.split(">: ", 1)[-1] if ">: " in text else text
    text = text.split("): ", 1)[-1] if text.startswith("HTTP") and "): " in text else text
    return NoAnswer(url, text or type(problem).__name__, final="NameResolution" in repr(problem))


def proxy_for(url: str) -> str:
    """The proxy that the environment names for an address (`http_proxy`, `https_proxy`, `no_proxy`), or nothing."""
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
