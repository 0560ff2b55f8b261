"""URLs as flake references use them: read, taken apart, written again."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from home_manager.nix.byte_strings import decode, encode

_URL = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.\-]*):(?://(?P<authority>[^/?#]*))?(?P<path>[^?#]*)"
    r"(?:\?(?P<query>[^#]*))?(?:#(?P<fragment>.*))?\Z",
    re.DOTALL,
)
_SAFE = r"A-Za-z0-9\-._~!$&'()*+,;=:@"
_PATH = re.compile(rf"(?:[{_SAFE}/]|%[0-9A-Fa-f]{{2}})*\Z")
_QUERY = re.compile(rf"(?:[{_SAFE}/?\[\] \"]|%[0-9A-Fa-f]{{2}})*\Z")
_FRAGMENT = re.compile(rf"(?:[{_SAFE}/? \"^]|%[0-9A-Fa-f]{{2}})*\Z")
_AUTHORITY = re.compile(rf"(?:[{_SAFE}\[\]]|%[0-9A-Fa-f]{{2}})*\Z")
_ESCAPE = re.compile(rb"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


class BadURL(Exception):
    """A text that is no URL; the message is the original's."""


@dataclass(slots=True)
class URL:
    """A URL with its parts decoded. `authority` is kept as written; `None` and empty are different."""

    scheme: str
    authority: str | None
    path: list[str]
    query: dict[str, str] = field(default_factory=dict)
    fragment: str = ""

    def __str__(self) -> str:
        text = self.scheme + ":"
        if self.authority is not None:
            text += "//" + self.authority
        text += "/".join(percent_encode(part, ":@") for part in self.path)
        if self.query:
            text += "?" + "&".join(
                f"{percent_encode(name, ':@/?')}={percent_encode(value, ':@/?')}"
                for name, value in sorted(self.query.items())
            )
        return text + ("#" + percent_encode(self.fragment) if self.fragment else "")

    def segments(self) -> list[str]:
        """The parts of the path that are not empty."""
        return [part for part in self.path if part]

    def transport(self) -> tuple[str | None, str]:
        """The scheme taken apart: `git+https` is `git` over `https`."""
        application, plus, transport = self.scheme.partition("+")
        return (application, transport) if plus else (None, self.scheme)


def percent_encode(text: str, keep: str = "") -> str:
    """The text with every byte escaped that is neither unreserved nor in `keep`."""
    kept = _UNRESERVED | frozenset(keep.encode())
    return "".join(chr(byte) if byte in kept else f"%{byte:02X}" for byte in encode(text))


def percent_decode(text: str) -> str:
    """The text with its escapes undone."""
    return decode(_ESCAPE.sub(_byte, encode(text))) if "%" in text else text


def _byte(found: re.Match[bytes]) -> bytes:
    return bytes.fromhex(found[1].decode())


def parse_query(text: str) -> dict[str, str]:
    """The parameters of a query; those without a value are left out, the first of two equal ones counts."""
    if not _QUERY.match(text):
        raise BadURL(f"invalid URI query '{text}'")
    result: dict[str, str] = {}
    for part in text.split("&") if text else []:
        name, equals, value = part.partition("=")
        if equals:
            result.setdefault(percent_decode(name), percent_decode(value))
    return result


def parse_url(text: str) -> URL:
    """The parts of a URL."""
    found = _URL.match(text)
    if found is None:
        raise BadURL(f"'{text}' doesn't have a scheme")
    path, query, fragment = found["path"], found["query"] or "", found["fragment"] or ""
    authority: str | None = found["authority"]
    if not _PATH.match(path) or not _FRAGMENT.match(fragment) or not _AUTHORITY.match(authority or ""):
        raise BadURL(f"'{text}' is not a valid URL: leftover")
    url = URL(found["scheme"], authority, [], parse_query(query), percent_decode(fragment))
    if url.transport()[1] == "file":
        if authority:
            raise BadURL(f"file:// URL '{text}' has unexpected authority '{authority}'")
        path = path or "/"
    url.path = [percent_decode(part) for part in path.split("/")]
    return url
