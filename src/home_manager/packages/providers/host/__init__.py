"""Programs that the machine has already: a package is links to what `PATH` finds."""

from home_manager.packages.providers.host.provider import HostProvider
from home_manager.packages.providers.registry import ProviderSettings

__all__ = ["HostProvider", "make"]


def make(settings: ProviderSettings) -> HostProvider:
    """The provider of this machine's programs."""
    return HostProvider(settings.store)
