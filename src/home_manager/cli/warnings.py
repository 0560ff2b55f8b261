"""What a configuration warns of, shown before anything is done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from home_manager.cli.terminal import Terminal
    from home_manager.configuration.generation import Evaluated


def show_warnings(configured: Evaluated, terminal: Terminal) -> None:
    """The warnings of modules, and the mistakes in what nothing reads yet."""
    for warning in configured.warnings:
        terminal.warn(warning)
    terminal.diagnose(configured.doubts)
