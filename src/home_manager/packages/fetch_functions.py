"""What a configuration downloads (`fetchurl`, `fetchFromGitHub` …), as recipes whose path is known at once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from home_manager.diagnostics import failure
from home_manager.packages.builders import Builders
from home_manager.packages.reference import Package, store_name
from home_manager.store import Site, digest
from home_manager.values import Attrs, Builtin, Function, Value
from home_manager.values.lazy import force

Fetch = Callable[[str, Mapping[str, object], str], None]
"""Downloads: the kind (`fetchurl`), its arguments, and the path at which the result shall be."""

KINDS = (
    "fetchurl", "fetchzip", "fetchgit", "fetchpatch", "fetchpatch2", "fetchFromGitHub", "fetchFromGitLab",
    "fetchFromGitea", "fetchFromForgejo", "fetchFromCodeberg", "fetchFromSourcehut", "fetchFromBitbucket",
    "fetchFromSavannah", "fetchCrate", "fetchPypi", "fetchsvn", "fetchhg", "fetchtarball", "requireFile",
)  # fmt: skip

HASHES = ("hash", "sha256", "sha512", "sha1", "outputHash")


@dataclass(frozen=True)
class Fetched:
    """The recipe of something downloaded; its path depends on the hash that it must have, where one is given."""

    name: str
    kind: str
    arguments: tuple[tuple[str, str], ...]
    promised: str = ""
    fetch: Fetch | None = field(default=None, compare=False, repr=False)

    @property
    def reads(self) -> bool:
        return False

    def digest(self) -> str:
        what = (self.promised,) if self.promised else tuple(part for pair in self.arguments for part in pair)
        return digest("fetched", self.kind, self.name, *what)

    def mentions(self) -> Iterable[str]:
        return ()

    def write(self, site: Site) -> None:
        if self.fetch is None:
            address = dict(self.arguments).get("url", self.name)
            raise failure(
                "fetch-unavailable",
                f"`{self.name}` would have to be downloaded with `{self.kind}`, which is not possible here",
                notes=(f"from {json.loads(address) if address.startswith(chr(34)) else address}",),
                hints=("download it beside the configuration and name the file there",),
            )
        self.fetch(self.kind, {name: json.loads(text) for name, text in self.arguments}, site.path)


def fetchers(make: Builders, fetch: Fetch | None) -> Mapping[str, Value]:
    """Every fetching function."""

    def one(kind: str) -> Builtin:
        return Builtin(kind, 1, lambda arguments: fetched(make, fetch, kind, arguments))

    return {kind: one(kind) for kind in KINDS}


def fetched(make: Builders, fetch: Fetch | None, kind: str, arguments: Value) -> Package:
    """The package for one call of a fetching function."""
    given = force(arguments)
    if not isinstance(given, dict):
        raise failure("builder-arguments", f"`{kind}` needs a set of arguments")
    plain = {name: item for name, value in given.items() if (item := _plain(make, value)) is not None}
    address = _address(kind, plain)
    if address:
        plain.setdefault("url", address)
    name = str(
        plain.get("name") or (_last(str(plain.get("url", ""))) if kind in ("fetchurl", "fetchpatch") else "source")
    )
    promised = next((str(plain[key]) for key in HASHES if plain.get(key)), "")
    texts = tuple(sorted((key, json.dumps(value, sort_keys=True)) for key, value in plain.items()))
    recipe = Fetched(store_name(name), kind, texts, promised, fetch)
    shown: dict[str, Value] = {
        key: given[key] for key in ("rev", "tag", "owner", "repo", "url", "urls", "passthru") if key in given
    }
    shown["meta"] = given.get("meta", Attrs())
    if address and "url" not in shown:
        shown["url"] = address
    return make.made(recipe, name=name, attributes=shown)


def _plain(make: Builders, value: Value) -> object:
    """An argument as JSON data; functions are left out."""
    value = force(value)
    if value is None or isinstance(value, Function):
        return None
    if isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, list):
        return [_plain(make, item) for item in value]
    if isinstance(value, dict) and "outPath" not in value:
        return {name: _plain(make, item) for name, item in value.items()}
    return make.text_of(value)


def _address(kind: str, given: Mapping[str, object]) -> str:
    """The address that the arguments of a forge's function stand for."""
    owner, repo = given.get("owner", ""), given.get("repo", "")
    revision = given.get("rev") or given.get("tag") or ""
    if kind == "fetchFromGitHub":
        host = given.get("githubBase", "github.com")
        return f"https://{host}/{owner}/{repo}/archive/{revision}.tar.gz"
    if kind == "fetchFromGitLab":
        host = given.get("domain", "gitlab.com")
        return f"https://{host}/{owner}/{repo}/-/archive/{revision}/{repo}-{revision}.tar.gz"
    if kind in ("fetchFromGitea", "fetchFromForgejo", "fetchFromCodeberg"):
        host = given.get("domain", "codeberg.org")
        return f"https://{host}/{owner}/{repo}/archive/{revision}.tar.gz"
    if kind == "fetchFromSourcehut":
        return f"https://git.sr.ht/{owner}/{repo}/archive/{revision}.tar.gz"
    urls = given.get("urls")
    return str(urls[0]) if isinstance(urls, list) and urls and "url" not in given else ""


def _last(url: str) -> str:
    return re.sub(r"[?#].*", "", url).rstrip("/").rpartition("/")[2] or "source"
