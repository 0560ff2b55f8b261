"""Names of store objects made from names of files."""

from __future__ import annotations

import re

_REFUSED = re.compile(r"[^0-9A-Za-z+._?=]")


def store_name(text: str) -> str:
    """A name for the store from any text, as the original does it: `hm_`, then every letter that is safe.

    Dashes go too: Nix takes a dash with a digit behind it for the start of a version.
    """
    return "hm_" + _REFUSED.sub("", text)
