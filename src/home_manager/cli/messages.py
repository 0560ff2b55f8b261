"""Translation of what the command line says: `_` for a sentence, `_n` for one that counts."""

from __future__ import annotations

import functools
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import NullTranslations

DOMAIN = "home-manager"
CATALOGUES = os.path.join(os.path.dirname(os.path.dirname(__file__)), "locale")
"""Compiled catalogues: `<language>/LC_MESSAGES/home-manager.mo`."""


def _languages() -> list[str]:
    """The languages wished for, the dearest first, in the order that gettext looks at the environment."""
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        wished = os.environ.get(variable)
        if wished:
            return wished.split(":")
    return []


@functools.cache
def catalogue() -> NullTranslations | None:
    """The catalogue in use, or None for English, so that gettext is only imported by those who need it."""
    languages = _languages()
    if not languages or languages[0].split(".")[0].split("_")[0] in ("C", "POSIX", "en"):
        return None
    import gettext

    return gettext.translation(DOMAIN, CATALOGUES, languages, fallback=True)


def _(message: str) -> str:
    """The message in the user's language."""
    found = catalogue()
    return message if found is None else found.gettext(message)


def _n(one: str, many: str, count: int) -> str:
    """The form of a message that fits a number."""
    found = catalogue()
    if found is None:
        return one if count == 1 else many
    return found.ngettext(one, many, count)


def later(message: str) -> str:
    """Marks a text for the catalogue where it stands; it is translated where it is shown."""
    return message
