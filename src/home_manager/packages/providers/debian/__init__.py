"""Packages from a Debian archive: found, proven, brought, unpacked, and put together so that they run on any Linux."""

from home_manager.packages.providers.debian.archive import Archive, choose
from home_manager.packages.providers.debian.provider import DebianProvider

__all__ = ["Archive", "DebianProvider", "choose"]
