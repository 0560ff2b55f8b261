"""Options of a switch, as the command line gives them."""

from __future__ import annotations

from dataclasses import dataclass

from home_manager.activation.report import Ask


@dataclass(frozen=True, slots=True)
class SwitchOptions:
    """How a switch treats what is in the way, and how much it does and says; `ask` asks the user, see `activation`.

    `specialisation` is the variant of the configuration to activate, `message` what the generation is remembered by.
    """

    backup_extension: str = ""
    backup_command: str = ""
    backup_overwrite: bool = False
    dry_run: bool = False
    verbose: bool = False
    specialisation: str = ""
    message: str = ""
    ask: Ask | None = None
