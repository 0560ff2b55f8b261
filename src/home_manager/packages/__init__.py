"""Packages: the package set that configurations see, and the providers that make its packages exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from home_manager.packages import pkgs
from home_manager.packages.realise import realise_packages
from home_manager.packages.reference import Package, PackageRecipe, exe

if TYPE_CHECKING:
    from home_manager.packages.pkgs import PackageSet, package_set
    from home_manager.packages.realise import realise_packages

__all__ = ["Package", "PackageRecipe", "PackageSet", "exe", "package_set", "realise_packages"]


def __getattr__(name: str) -> object:
    if name in ("PackageSet", "package_set"):
        return getattr(pkgs, name)
    if name == "realise_packages":
        return realise_packages
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
