"""The providers by name. A further one is a folder or module with `make`, and a line here."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Final

from home_manager.diagnostics import failure
from home_manager.diagnostics.nearest import nearest
from home_manager.packages.providers.interface import Provider
from home_manager.store import Store

PROVIDERS: Final[Mapping[str, str]] = {
    "debian": "home_manager.packages.providers.debian",
    "host": "home_manager.packages.providers.host",
}
"""The module of each provider, imported when it is asked for."""

AUTO: Final = "auto"

AUTOMATIC: Final = ("debian",)
"""The order of providers where nothing says otherwise: `host` has no versions, so it is only taken where it is named."""


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """What a provider is made with: the store, a cache folder of its own, the system of the home, and its options."""

    store: Store
    cache: str
    system: str
    options: Mapping[str, Any] = field(default_factory=dict)


def make_provider(
    name: str, store: Store, cache: str, system: str, options: Mapping[str, Mapping[str, Any]] | None = None
) -> Provider:
    """The provider of that name. `cache` is the program's cache folder, `options` those of all providers by name."""
    if name not in PROVIDERS:
        raise unknown_provider(name)
    module = import_module(PROVIDERS[name])
    made: Provider = module.make(
        ProviderSettings(store, os.path.join(cache, name), system, (options or {}).get(name, {}))
    )
    return made


def provider_order(names: Sequence[str]) -> tuple[str, ...]:
    """The order in which providers are asked; `auto`, or no name at all, leaves it to us."""
    for name in names:
        if name != AUTO and name not in PROVIDERS:
            raise unknown_provider(name)
    given = tuple(each for name in names for each in (AUTOMATIC if name == AUTO else (name,)))
    return tuple(dict.fromkeys(given)) or AUTOMATIC


def unknown_provider(name: str) -> Exception:
    near = nearest(name, PROVIDERS)
    return failure(
        "provider-unknown",
        f"there is no provider of packages called `{name}`",
        hints=(f"did you mean `{near[0]}`?" if near else f"choose one of: {', '.join(sorted(PROVIDERS))}",),
    )
