"""Libraries that only some homes need: brought in when a file asks for them, and missed by name."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from home_manager.diagnostics import failure


def library(name: str, format: str) -> ModuleType:
    """A library that edits files of a format; a failure that says how to get it where it is not installed."""
    try:
        return import_module(name)
    except ImportError:
        raise failure(
            "merge-needs-library",
            f"merging keys into a {format} file needs the Python library `{name}`, which is not installed",
            hints=(
                "install home-manager with its extra `merge`: `pip install 'home-manager[merge]'`",
                'or let the whole file be ours: `onDisk = "copy";`',
            ),
        ) from None
