"""Which inputs this program brings itself instead of fetching them: nixpkgs, and home-manager."""

from __future__ import annotations

import os
import re

from home_manager.nix.builtins.flakerefs import Reference

NIXPKGS = "nixpkgs"
HOME_MANAGER = "home-manager"

_NIXPKGS_URL = re.compile(
    r"https?://(?:channels\.nixos\.org|nixos\.org/channels|releases\.nixos\.org)/"
    r"|(?:flakehub\.com/f|api\.flakehub\.com/f(?:/pinned)?|github\.com)/(?:nixos|determinatesystems)/nixpkgs(?:[./]|$)"
    r"|flakehub\.com/f/determinatesystems/(?:nixpkgs-weekly|secure-nixpkgs)",
    re.IGNORECASE,
)
_HOME_MANAGER_URL = re.compile(
    r"(?:flakehub\.com/f|api\.flakehub\.com/f(?:/pinned)?|github\.com)/[^/]+/home-manager(?:[./]|$)", re.IGNORECASE
)


def replacement(reference: Reference) -> str:
    """What takes the place of a reference; empty if nothing does. Forks count as what they are forks of."""
    kind = reference["type"]
    if kind == "indirect":
        name = str(reference["id"])
        return name if name in (NIXPKGS, HOME_MANAGER) else ""
    if kind in ("github", "gitlab", "sourcehut"):
        repository = str(reference.get("repo", "")).lower()
        if repository in (NIXPKGS, "nixpkgs-channels", "nixpkgs.lib", "devenv-nixpkgs"):
            return NIXPKGS
        return HOME_MANAGER if repository == HOME_MANAGER else ""
    if kind == "path":
        return _of_directory(str(reference["path"]))
    url = str(reference.get("url", ""))
    if url.startswith("file:"):
        return _of_directory(re.sub(r"^file:(?://)?", "", url))
    if _NIXPKGS_URL.search(url):
        return NIXPKGS
    return HOME_MANAGER if _HOME_MANAGER_URL.search(url) else ""


def _of_directory(path: str) -> str:
    """A working copy is known by files that only it has."""
    if not path.startswith("/"):
        return ""
    if os.path.exists(f"{path}/pkgs/top-level/all-packages.nix"):
        return NIXPKGS
    return HOME_MANAGER if os.path.exists(f"{path}/modules/lib/stdlib-extended.nix") else ""
