"""The providers by name: a provider exists as soon as it has a row here."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

from home_manager.diagnostics import failure
from home_manager.diagnostics.nearest import nearest
from home_manager.packages.providers.interface import Provider
from home_manager.store import Store

DEFAULT = "debian"


def known_name(wanted: str) -> str:
    """The name of the provider that is meant: `auto` and nothing at all leave the choice to us."""
    if wanted in ("", "auto"):
        return DEFAULT
    if wanted not in _PROVIDERS:
        near = nearest(wanted, _PROVIDERS)
        raise failure(
            "provider-unknown",
            f"there is no provider of packages called `{wanted}`",
            hints=(f"did you mean `{near[0]}`?" if near else f"choose one of: {', '.join(sorted(_PROVIDERS))}",),
        )
    return wanted


def provider(name: str, store: Store, cache: str, *, archive: str = "", suite: str = "", system: str = "") -> Provider:
    """The provider of that name. `cache` is the program's cache folder; `archive` and `suite` may be left empty."""
    return _PROVIDERS[known_name(name)](store, cache, archive, suite, system)


def _debian(store: Store, cache: str, archive: str, suite: str, system: str) -> Provider:
    # Start-up: of all providers one is used.
    from home_manager.packages.providers.debian import DebianProvider, choose

    return DebianProvider(store, os.path.join(cache, "debian"), choose(url=archive, suite=suite, system=system))


_PROVIDERS: Mapping[str, Callable[[Store, str, str, str, str], Provider]] = {"debian": _debian}
