"""The registry: what a flake is meant by its name alone, as `nixpkgs` or `flake-utils`.

The lists of a user and a system are read; the list of the original lies on a server, and a few of its names here.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping

from home_manager.diagnostics import failure, nearest
from home_manager.flakes.references import text_of
from home_manager.nix.builtins.flakerefs import Reference, parse_flake_ref
from home_manager.paths import open_file

KNOWN: Mapping[str, str] = {
    "agenix": "github:ryantm/agenix",
    "blender-bin": "github:edolstra/nix-warez?dir=blender",
    "deploy-rs": "github:serokell/deploy-rs",
    "disko": "github:nix-community/disko",
    "dwarffs": "github:edolstra/dwarffs",
    "emacs-overlay": "github:nix-community/emacs-overlay",
    "fenix": "github:nix-community/fenix",
    "flake-parts": "github:hercules-ci/flake-parts",
    "flake-utils": "github:numtide/flake-utils",
    "helix": "github:helix-editor/helix",
    "home-manager": "github:nix-community/home-manager",
    "hydra": "github:NixOS/hydra",
    "lanzaboote": "github:nix-community/lanzaboote",
    "nix": "github:NixOS/nix",
    "nix-darwin": "github:nix-darwin/nix-darwin",
    "nixos-hardware": "github:NixOS/nixos-hardware",
    "nixos-homepage": "github:NixOS/nixos-homepage",
    "nixpkgs": "github:NixOS/nixpkgs/nixpkgs-unstable",
    "nur": "github:nix-community/NUR",
    "poetry2nix": "github:nix-community/poetry2nix",
    "sops-nix": "github:Mic92/sops-nix",
    "systems": "github:nix-systems/default",
    "templates": "github:NixOS/templates",
}


def resolve(reference: Reference, *, lists: bool = True) -> Reference:
    """What a name stands for; other references as they are. Without `lists`, only names known here count."""
    seen: list[str] = []
    while reference["type"] == "indirect":
        name = str(reference["id"])
        found = _listed(name) if lists else None
        if found is None and name in KNOWN:
            found = parse_flake_ref(KNOWN[name])
        if found is None or name in seen:
            near = nearest(name, KNOWN)
            raise failure(
                "flake-unknown-name",
                f"no flake is known by the name `{name}`",
                hints=(
                    *((f"did you mean `{near[0]}`?",) if near else ()),
                    f'say where it is: `inputs.{name}.url = "github:OWNER/REPOSITORY";`',
                ),
            )
        seen.append(name)
        chosen = {key: reference[key] for key in ("ref", "rev") if key in reference}
        if chosen:
            found = {key: value for key, value in found.items() if key not in ("ref", "rev")} | chosen
        reference = found
    return reference


def _listed(name: str) -> Reference | None:
    """What the registry of the user or of the system says."""
    config = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    for path in (f"{config}/nix/registry.json", "/etc/nix/registry.json"):
        try:
            with open(open_file(path), encoding="utf-8") as file:
                flakes = json.load(file).get("flakes", [])
        except (OSError, ValueError, AttributeError):
            continue
        for each in flakes:
            given, target = each.get("from", {}), each.get("to", {})
            if given.get("type") == "indirect" and given.get("id") == name and "ref" not in given and "type" in target:
                # Written again, it is known to be one that is supported.
                return parse_flake_ref(text_of(target))
    return None
