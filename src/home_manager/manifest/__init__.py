"""The manifest of a generation: the schema between building and activating."""

from home_manager.manifest.encoding import dump, load
from home_manager.manifest.schema import (
    BUILTIN_STEPS,
    MERGE_FORMATS,
    VERSION,
    FileEntry,
    Manifest,
    MergeFormat,
    Meta,
    OnDisk,
    PackageEntry,
    StartServices,
    Step,
    StepKind,
    Systemd,
)

__all__ = [
    "BUILTIN_STEPS",
    "MERGE_FORMATS",
    "VERSION",
    "FileEntry",
    "Manifest",
    "MergeFormat",
    "Meta",
    "OnDisk",
    "PackageEntry",
    "StartServices",
    "Step",
    "StepKind",
    "Systemd",
    "dump",
    "load",
]
