"""What the fetching functions of the package set bring (`pkgs.fetchurl`, `pkgs.fetchFromGitHub` …), when it is built."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from home_manager.diagnostics import Failure, failure
from home_manager.flakes import git
from home_manager.flakes.archives import sole_directory, unpack
from home_manager.flakes.fetchers import Fetchers
from home_manager.flakes.nar import NarHash
from home_manager.nix.hash_encoding import Hash, parse_hash_or_empty
from home_manager.store import machine
from home_manager.store.tree import copy, copy_file, survey

FILES = ("fetchurl",)
REPOSITORIES = ("fetchgit",)
ARCHIVES = (
    "fetchzip", "fetchtarball", "fetchFromGitHub", "fetchFromGitLab", "fetchFromGitea", "fetchFromForgejo",
    "fetchFromCodeberg", "fetchFromSourcehut",
)  # fmt: skip
CHANGING = ("postFetch", "sparseCheckout", "leaveDotGit", "deepClone", "fetchLFS", "forceFetchGit")
"""Arguments that change what comes, in ways that are not known here."""


def fetch_source(
    fetchers: Fetchers, kind: str, arguments: Mapping[str, object], place: str, *, pure: bool = False
) -> None:
    """Makes `place` of what a fetching function was asked for, after it was compared with its hash.

    For a `pure` configuration, nothing on this machine is an address.
    """
    if pure:
        _check_addresses(kind, arguments)
    asked = [name for name in CHANGING if arguments.get(name)]
    if kind not in (*FILES, *REPOSITORIES, *ARCHIVES) or asked:
        raise failure(
            "fetch-unsupported",
            f"`{kind}`" + (f" with `{asked[0]}`" if asked else "") + " cannot be used here",
            hints=("use `fetchurl`, `fetchzip`, `fetchgit` or one of the forges, without changing what comes",),
        )
    wanted = _promised(arguments)
    if kind in FILES:
        _file(fetchers, arguments, wanted, place)
    elif kind in REPOSITORIES or arguments.get("fetchSubmodules"):
        _repository(fetchers, kind, arguments, wanted, place)
    else:
        _archive(fetchers, arguments, wanted, place)


def _check_addresses(kind: str, arguments: Mapping[str, object]) -> None:
    given = arguments.get("urls")
    for url in (arguments.get("url", ""), *(given if isinstance(given, list) else ())):
        if str(url).startswith(("file:", "/")):
            raise failure(
                "nix-pure",
                f"`{kind}` does not fetch `{url}` from this machine in pure evaluation mode",
                hints=("put the file into the flake, or make it an input of the flake", "or pass --impure"),
            )


def _promised(arguments: Mapping[str, object]) -> Hash | None:
    for name in ("hash", "outputHash", "sha256", "sha512", "sha1"):
        if name in arguments:
            algorithm = name if name.startswith("sha") else str(arguments.get("outputHashAlgo") or "sha256")
            return parse_hash_or_empty(str(arguments[name]), algorithm)
    return None


def _file(fetchers: Fetchers, arguments: Mapping[str, object], wanted: Hash | None, place: str) -> None:
    given = arguments.get("urls") or [arguments.get("url", "")]
    urls = [str(each) for each in given] if isinstance(given, list) else [str(given)]
    sha256 = wanted.sri() if wanted is not None and wanted.algorithm == "sha256" else None
    for number, url in enumerate(urls, 1):
        try:
            found = fetchers.flat(url, "file", sha256)[0]
            break
        except Failure:
            if number == len(urls):
                raise
    if wanted is not None and sha256 is None:
        with machine(f"reading `{found}`"), open(found, "rb") as file:
            got = Hash(wanted.algorithm, hashlib.file_digest(file, wanted.algorithm).digest())
        fetchers.expect(wanted.sri(), got.sri(), urls[-1])
    with machine(f"writing `{place}`"):
        copy_file(found, place, executable=bool(arguments.get("executable")))


def _archive(fetchers: Fetchers, arguments: Mapping[str, object], wanted: Hash | None, place: str) -> None:
    url = str(arguments.get("url", ""))
    kept = _kept(fetchers, wanted)
    if kept is None:
        with fetchers.cache.scratch() as scratch:
            fetchers.download(url, f"{scratch}/archive")
            unpack(f"{scratch}/archive", f"{scratch}/tree", url)
            tree = f"{scratch}/tree" if arguments.get("stripRoot") is False else sole_directory(f"{scratch}/tree")
            kept = _checked(fetchers, tree, wanted, url)
    _copy(kept, place)


def _repository(
    fetchers: Fetchers, kind: str, arguments: Mapping[str, object], wanted: Hash | None, place: str
) -> None:
    url = str(arguments.get("url", ""))
    if kind not in REPOSITORIES:
        url = re.sub(r"/(?:-/)?archive/.*", "", url) + ".git"
    kept = _kept(fetchers, wanted)
    if kept is None:
        asked = str(arguments.get("rev") or arguments.get("tag") or "HEAD")
        is_hash = re.fullmatch(r"[0-9a-f]{40}", asked) is not None
        with machine("writing to the cache of repositories"):
            repository, rev, _ = git.locate(
                url, "" if is_hash else asked, asked if is_hash else "", fetchers.cache.repository
            )
        submodules = bool(arguments.get("fetchSubmodules", kind in REPOSITORIES))
        kept, got = fetchers.of_revision(repository, url, rev, submodules=submodules)
        if wanted is not None and wanted.algorithm == "sha256":
            fetchers.expect(wanted.sri(), got, url)
    _copy(kept, place)


def _kept(fetchers: Fetchers, wanted: Hash | None) -> str | None:
    if wanted is None or wanted.algorithm != "sha256" or not fetchers.cache.has(wanted):
        return None
    return fetchers.cache.tree(wanted)


def _checked(fetchers: Fetchers, tree: str, wanted: Hash | None, url: str) -> str:
    """Keeps a tree, if it is what was promised; gives its place."""
    got = NarHash(tree)
    if wanted is not None and wanted.algorithm == "sha256":
        fetchers.expect(wanted.sri(), got.sri(), url)
    return fetchers.cache.keep(tree, parse_hash_or_empty(got.sri(), "sha256"))


def _copy(kept: str, place: str) -> None:
    with machine(f"writing `{place}`"):
        copy(survey(kept), kept, place)
