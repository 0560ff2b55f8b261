"""Packages of a Debian archive, unpacked below the home: no root, no dpkg, on any distribution."""

from home_manager.packages.providers.debian.archive import Archive, choose
from home_manager.packages.providers.debian.provider import DebianProvider
from home_manager.packages.providers.registry import ProviderSettings

__all__ = ["Archive", "DebianProvider", "choose", "make"]


def make(settings: ProviderSettings) -> DebianProvider:
    """The provider of the suite and archive that the options name."""
    archive = choose(
        url=str(settings.options.get("archive", "")),
        suite=str(settings.options.get("suite", "")),
        system=settings.system,
    )
    return DebianProvider(settings.store, settings.cache, archive)
