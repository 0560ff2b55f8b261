"""References to flakes as people write them, and what can be said of one without looking behind it."""

from __future__ import annotations

import os
import re

from home_manager.diagnostics import failure
from home_manager.nix.builtins.flakerefs import Reference, flake_ref_text, parse_flake_ref
from home_manager.nix.builtins.url import URL, BadURL, parse_query, parse_url, percent_decode

FORGES = ("github", "gitlab", "sourcehut")
REVISION = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_ID = re.compile(r"[a-zA-Z][a-zA-Z0-9_-]*(?:/[a-zA-Z0-9@][\w.@+\-/]*)?\Z")


def split_fragment(text: str) -> tuple[str, str | None]:
    """A reference and what stands after its `#`, decoded; `None` where there is no `#`."""
    before, hash_, after = text.partition("#")
    return before, percent_decode(after) if hash_ else None


def of_user(text: str, here: str) -> Reference:
    """A reference of the command line: paths count from `here`, and become `git+file:` inside of a work tree."""
    if not _ID.match(text):
        try:
            url = parse_url(text)
        except BadURL:
            return _of_path(text, here)
        if url.scheme in ("path", "git+file") and not url.authority and not "/".join(url.path).startswith("/"):
            url.path = os.path.normpath(os.path.join(here, "/".join(url.path))).split("/")
            return parse_flake_ref(str(url))
    return parse_flake_ref(text)


def _of_path(text: str, here: str) -> Reference:
    path_text, _, query_text = text.partition("?")
    try:
        query = parse_query(query_text)
    except BadURL as error:
        raise failure("nix-flake-ref", str(error)) from None
    path = os.path.normpath(os.path.join(here, percent_decode(path_text) or "."))
    if not os.path.isdir(path):
        if os.path.basename(path) == "flake.nix" and os.path.isfile(path):
            path = os.path.dirname(path)
        else:
            raise failure(
                "flake-missing",
                f"there is no flake at `{text}`",
                notes=(f"`{path}` is not a directory" if os.path.lexists(path) else f"`{path}` does not exist",),
                hints=("name the directory that holds `flake.nix`",),
            )
    path = _with_flake(path, text, query.get("dir", ""))
    root, below = path, ""
    while os.path.dirname(root) != root:
        if os.path.lexists(f"{root}/.git"):
            if below:
                query.setdefault("dir", below)
            if os.path.exists(f"{root}/.git/shallow"):
                query["shallow"] = "1"
            return parse_flake_ref(str(URL("git+file", "", root.split("/"), query)))
        below = f"{os.path.basename(root)}/{below}".rstrip("/")
        root = os.path.dirname(root)
    return parse_flake_ref(str(URL("path", "", path.split("/"), query)))


def _with_flake(path: str, text: str, directory: str) -> str:
    """The directory itself or the nearest one above it, in the same repository, that holds a `flake.nix`."""
    if directory:
        return path
    above = path
    while not os.path.exists(f"{above}/flake.nix"):
        if os.path.lexists(f"{above}/.git") or os.path.dirname(above) == above:
            raise failure(
                "flake-missing",
                f"there is no `flake.nix` in `{text}`",
                notes=(f"looked in `{path}`" + (" and above it" if above != path else ""),),
                hints=("`home-manager init` writes one", "name another flake with --flake, or a file with -f"),
            )
        above = os.path.dirname(above)
    return above


def is_relative(reference: Reference) -> bool:
    """Whether it is a path within the tree of the flake that names it."""
    return reference["type"] == "path" and not str(reference.get("path", "")).startswith("/")


def is_locked(reference: Reference) -> bool:
    """Whether it always names the same content."""
    kind = reference["type"]
    if kind in FORGES:
        return "rev" in reference and "narHash" in reference
    if kind in ("git", "hg"):
        return "rev" in reference and not reference.get("dirtyRev")
    return kind != "indirect" and "narHash" in reference


def text_of(reference: Reference) -> str:
    """The reference as a URL."""
    return flake_ref_text({name: value for name, value in reference.items() if name != "__final"})


def canonical(reference: Reference) -> Reference:
    """The reference with a `?dir=` that older versions left in the URL taken out of it."""
    url = reference.get("url")
    if not isinstance(url, str) or not reference.get("dir"):
        return reference
    try:
        parsed = parse_url(url)
    except BadURL:
        return reference
    if parsed.query.get("dir") == reference["dir"]:
        del parsed.query["dir"]
    return {**reference, "url": str(parsed)}


def of_input(text: str, *, is_flake: bool) -> Reference:
    """The reference in the `url` of an input. Without a scheme it is a path, or the name of a flake."""
    if not _ID.match(text):
        try:
            parse_url(text)
        except BadURL:
            path, _, query = text.partition("?")
            url = URL("path", "" if path.startswith("/") else None, path.split("/"), parse_query(query))
            return parse_flake_ref(str(url))
    reference = parse_flake_ref(text)
    # A tarball that is no flake may as well be a single file, by its ending.
    plain = reference["type"] == "tarball" and not text.startswith("tarball+")
    if plain and not is_flake and not _looks_packed(str(reference["url"])):
        reference["type"] = "file"
    return reference


def _looks_packed(url: str) -> bool:
    path = re.sub(r"[?#].*", "", url)
    return path.endswith((".zip", ".tar", ".tgz", ".tar.gz", ".tar.xz", ".tar.bz2", ".tar.zst"))
