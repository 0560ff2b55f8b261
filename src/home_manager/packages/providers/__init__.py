"""Where packages come from: one interface, and a folder for each source of packages."""

from home_manager.packages.providers.interface import (
    PackageRequest,
    Progress,
    Provider,
    Realised,
    SilentProgress,
    WantedPackage,
    lock_key,
)

__all__ = ["PackageRequest", "Progress", "Provider", "Realised", "SilentProgress", "WantedPackage", "lock_key"]
