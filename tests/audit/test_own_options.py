"""Options of our own are read by something; those of the original are held to it by the cases."""

from __future__ import annotations

import re
from pathlib import Path

from audit.conftest import CATALOGUE, FACTS
from audit.test_modules import options_of
from home_manager.options.location import show_path

SOURCES = Path(__file__).parents[2] / "src" / "home_manager"
TEXTS = {path: path.read_text("utf-8") for path in SOURCES.rglob("*.py")}


def is_read(path: tuple[str, ...], module: str) -> bool:
    """Whether a source names the whole path, or the module that declares an option reads it from itself."""
    name = show_path(path)
    own = SOURCES / (module.removeprefix("home_manager.").replace(".", "/") + ".py")
    reads = re.compile(rf"self(\.\w+)*\.{re.escape(path[-1])}\b|when={re.escape(path[-1])}\b")
    return any(f'"{name}"' in text for text in TEXTS.values()) or reads.search(TEXTS.get(own, "")) is not None


def test_every_option_of_our_own_is_read() -> None:
    ours = [
        (path, entry.module)
        for entry in CATALOGUE.entries
        for path, option in options_of(entry)
        if show_path(path) not in FACTS and "*" not in path and option.apply is None and option.visible is True
    ]
    assert ("home", "packageProviders") in [path for path, _ in ours]
    assert [show_path(path) for path, module in ours if not is_read(path, module)] == []
