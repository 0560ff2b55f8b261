"""HTTP client: requests with limits, attempts and the environment's proxies; what fails is a `NoAnswer`.

`urllib3` is imported with the first request: most commands make none, and its import takes longer than all else that they do.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from home_manager.net.limits import LARGE, LimitReached, Limits, Watch

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse, PoolManager

AGENT = "home-manager-py"
CONNECT_SECONDS = 15.0
HEAD_SECONDS = 90.0
"""How long everything before the body may take, redirects included."""

CHUNK = 1 << 17

SECRET = (
    "Authorization",
    "Cookie",
    "Private-Token",
    "Proxy-Authorization",
    "X-Auth-Token",
    "Job-Token",
    "Deploy-Token",
)
"""Headers that are for one host alone, even if a caller took one for public."""

PUBLIC = frozenset(("If-None-Match", "If-Modified-Since", "Range", "Accept"))
"""Headers that any host may see."""


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
        head_seconds: float = HEAD_SECONDS,
    ) -> None:
        self._head_seconds = head_seconds
        self._attempts = attempts
        self._read_seconds = read_seconds
        self._connect_seconds = connect_seconds
        self._redirects = redirects
        self._at_once = at_once
        self._pools: dict[str, PoolManager] = {}
        self._lock = threading.Lock()

    def open(self, url: str, headers: Mapping[str, str] | None = None) -> BaseHTTPResponse:
        """The response to a GET, whatever its status; the body is still to be read, by `chunks`. Raises `NoAnswer`."""
        attempt = 0
        while True:
            attempt += 1
            try:
                return self._within(url, headers or {})
            except NoAnswer as answer:
                if answer.final or attempt >= self._attempts:
                    raise

    def _within(self, url: str, headers: Mapping[str, str]) -> BaseHTTPResponse:
        """One attempt, given up when the head of the answer is not there in time, however slowly it comes.

        The time limits of a socket begin anew with every byte; so the whole is waited for from another thread.
        """
        done: list[BaseHTTPResponse | BaseException] = []

        def attempt() -> None:
            try:
                done.append(self._request(url, headers))
            except BaseException as problem:
                done.append(problem)

        worker = threading.Thread(target=attempt, name="http", daemon=True)
        worker.start()
        worker.join(self._head_seconds)
        if not done:
            raise NoAnswer(url, f"no answer came within {self._head_seconds:.0f} seconds", final=True)
        if isinstance(done[0], BaseException):
            raise done[0]
        return done[0]

    def _request(self, url: str, headers: Mapping[str, str]) -> BaseHTTPResponse:
        import urllib3

        try:
            return self._pool(url).request(
                "GET",
                url,
                headers={"User-Agent": AGENT, "Accept-Encoding": "identity", **headers},
                preload_content=False,
                # Connecting is tried anew here, and reading by who knows how to go on. Whatever was said to one host
                # alone, as tokens, goes no further when it sends us to another.
                retries=urllib3.Retry(
                    connect=0,
                    read=0,
                    redirect=self._redirects,
                    status=0,
                    other=0,
                    remove_headers_on_redirect=frozenset((*SECRET, *(name for name in headers if name not in PUBLIC))),
                ),
                timeout=urllib3.Timeout(connect=self._connect_seconds, read=self._read_seconds),
            )
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as problem:
            raise no_answer(url, problem) from None

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


def length(response: BaseHTTPResponse) -> int:
    """How many bytes an answer says that it has; 0 if it does not say, or nothing that makes sense."""
    said = response.headers.get("Content-Length", "")
    return int(said) if said.isascii() and said.isdigit() else 0


def chunks(response: BaseHTTPResponse, url: str, limits: Limits = LARGE) -> Iterator[bytes]:
    """The body of a response in pieces, as they come. Raises `NoAnswer` where it ends early, or goes beyond the limits."""
    import urllib3

    total, done, watch = length(response), 0, Watch(limits)
    try:
        watch.expect(total)
        while True:
            # A piece as large as has come: to wait for a full one would be to wait without end for a slow server.
            chunk = response.read1(CHUNK)
            if not chunk:
                break
            done += len(chunk)
            watch.came(len(chunk))
            yield chunk
    except LimitReached as limit:
        response.close()
        raise NoAnswer(url, str(limit), final=True) from None
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as problem:
        raise no_answer(url, problem) from None
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
