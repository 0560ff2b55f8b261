"""What the built-in fetchers bring: `fetchurl`, `fetchTarball`, `fetchGit`, `fetchTree`, `getFlake`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from home_manager.diagnostics import failure
from home_manager.flakes.fetchers import NO_REVISION, Fetchers
from home_manager.flakes.outputs import Flakes
from home_manager.nix.builtins.flakerefs import Reference
from home_manager.store import Recipes, SourceTree


def fetch(
    fetchers: Fetchers,
    recipes: Recipes,
    flakes: Callable[[], Flakes],
    kind: str,
    arguments: Mapping[str, object],
    *,
    pure: bool,
) -> Mapping[str, object]:
    """The answer to `NixIO.fetch`."""
    given = cast(Reference, dict(arguments))
    if kind == "flake":
        given.pop("reference", None)
        return flakes().get(given, pure=pure)
    if kind == "mercurial":
        raise failure(
            "fetch-unsupported",
            f"Mercurial repositories cannot be fetched: `{given['url']}`",
            hints=("use a git repository or an archive of it, with `fetchGit` or `fetchTarball`",),
        )
    name = str(given.pop("name", "source"))
    promised = cast("str | None", given.get("hash"))
    if kind == "url":
        place, got = fetchers.flat(str(given["url"]), name, promised)
        return {"outPath": recipes.mount(SourceTree(name, place, f"flat:{got.sri()}"))}
    if kind == "tarball":
        reference: Reference = {"type": "tarball", "url": given["url"]}
        if promised is not None:
            reference["narHash"] = promised
        tree = fetchers.fetch(reference)
    else:
        if given.get("type") == "git":
            given["url"] = _git_url(str(given.get("url", "")))
        tree = fetchers.fetch(given, lists=not pure)
    source = tree.source
    named = SourceTree(name, source.directory, source.content, source.accepts, source.absent)
    found = {"outPath": recipes.mount(named), **tree.attributes()}
    if kind == "git" and "rev" not in found:
        found |= {"rev": NO_REVISION, "shortRev": NO_REVISION[:7], "revCount": 0}
    return found


def _git_url(text: str) -> str:
    """The URL of a repository: people write paths, and `user@host:path` as ssh takes it."""
    if text.startswith("/"):
        return f"file://{text}"
    host, colon, path = text.partition(":")
    if colon and "/" not in host and not path.startswith("//") and "@" in host:
        return f"ssh://{host}/{path.lstrip('/')}"
    return text
