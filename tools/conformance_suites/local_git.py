"""What `fetchGit` gives for a checkout on this machine: the files that git tracks there, as they are now."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping

from home_manager.diagnostics import failure
from home_manager.store import Copy, Recipes, Store


def fetcher(recipes: Recipes, place: str) -> Callable[[str, Mapping[str, object]], Mapping[str, object]]:
    """A way to fetch that knows git's checkouts alone, and writes them to the store at once."""

    def fetch(kind: str, arguments: Mapping[str, object]) -> Mapping[str, object]:
        checkout = str(arguments.get("url", "")).removeprefix("file://")
        if arguments.get("type") != "git" or not os.path.isdir(checkout):
            raise failure("fetch-unavailable", f"a {kind} is not fetched here: `{arguments.get('url')}`")
        words = ["git", "-C", checkout, "ls-files", "-z"]
        if arguments.get("submodules") is True:
            words.append("--recurse-submodules")
        listed = subprocess.run(words, check=True, capture_output=True, text=True).stdout
        wanted: set[str] = set()
        for file in listed.split("\0"):
            path = os.path.join(checkout, file)
            # What was removed without git's knowledge is listed still, and so is a submodule that is left out.
            if not file or (os.path.isdir(path) and not os.path.islink(path)) or not os.path.lexists(path):
                continue
            while path != checkout:
                wanted.add(path)
                path = os.path.dirname(path)
        copy = recipes.add(Copy("source", checkout, lambda path, kind: path in wanted))
        with Store(place, durable=False) as store:
            store.realise(recipes, [copy])
        return {"outPath": copy}

    return fetch
