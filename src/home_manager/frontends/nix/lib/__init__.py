"""Nixpkgs' `lib`, native: `build_lib` is what a flake or a file gets, `extended_lib` what modules get."""

from home_manager.frontends.nix.lib.library import Library, build_lib, extended_lib

__all__ = ["Library", "build_lib", "extended_lib"]
