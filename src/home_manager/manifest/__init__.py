"""The manifest of a generation: the schema between building and activating."""

from home_manager.manifest.encoding import dump, load
from home_manager.manifest.model import (
    BUILTIN_STEPS,
    VERSION,
    FileEntry,
    Manifest,
    Meta,
    PackageEntry,
    StartServices,
    Step,
    StepKind,
    Systemd,
)

__all__ = [
    "BUILTIN_STEPS",
    "VERSION",
    "FileEntry",
    "Manifest",
    "Meta",
    "PackageEntry",
    "StartServices",
    "Step",
    "StepKind",
    "Systemd",
    "dump",
    "load",
]
