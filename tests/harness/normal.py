"""What differs from run to run and machine to machine, written so that it does not."""

from __future__ import annotations

import re
from collections.abc import Mapping

STORE_PATH = re.compile(r"(?:/[^\s'\"`:=;,()<>\[\]{}@]+)?/store/[0-9a-z]{32}-([0-9A-Za-z+._?=-]+)")
PLACEHOLDER = re.compile(r"/store/[0-9a-z]{32}-")


def normal_paths(text: str, store: str) -> str:
    """The text with each path of the store written `@name@`, as the goldens of the original have it."""
    return re.sub(rf"{re.escape(store)}/[0-9a-z]{{32}}-([0-9A-Za-z+_?=-]+(?:\.[0-9A-Za-z+_?=-]+)*)", r"@\1@", text)


def normal_output(text: str, places: Mapping[str, str]) -> str:
    """What a command printed, with places of this run replaced by words, times and store hashes by placeholders.

    `places` maps a real directory to its word; the longest is replaced first.
    """
    for place in sorted(places, key=len, reverse=True):
        text = text.replace(place, places[place])
    text = re.sub(r"[0-9a-z]{32}-(?=[0-9A-Za-z])", "HASH-", text)
    text = re.sub(r"\b\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?\b", "DATE TIME", text)
    return re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)
