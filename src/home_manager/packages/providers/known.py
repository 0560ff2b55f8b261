"""The providers by name."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

from home_manager.diagnostics import failure
from home_manager.diagnostics.nearest import nearest
from home_manager.packages.providers.interface import Provider
from home_manager.store import Store

DEFAULT = "debian"


def provider(name: str, store: Store, cache: str, *, archive: str = "", suite: str = "", system: str = "") -> Provider:
    """The provider of that name. `cache` is the program's cache folder; `archive` and `suite` may be left empty."""
    make = _PROVIDERS.get(name)
    if make is None:
        near = nearest(name, _PROVIDERS)
        raise failure(
            "provider-unknown",
            f"there is no provider of packages called `{name}`",
            hints=(f"did you mean `{near[0]}`?" if near else f"choose one of: {', '.join(sorted(_PROVIDERS))}",),
        )
    return make(store, cache, archive, suite, system)


def _debian(store: Store, cache: str, archive: str, suite: str, system: str) -> Provider:
    from home_manager.packages.providers.debian import DebianProvider, choose

    return DebianProvider(store, os.path.join(cache, "debian"), choose(url=archive, suite=suite, system=system))


_PROVIDERS: Mapping[str, Callable[[Store, str, str, str, str], Provider]] = {"debian": _debian}
