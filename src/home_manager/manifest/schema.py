"""The manifest: everything that a generation wants of a home, as frozen data.

Activation reads nothing else of a configuration. `manifest.encoding` turns it into JSON and back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from home_manager.paths import HomeRelPath

VERSION = 1
"""The number of this schema; a reader refuses newer ones."""

StepKind = Literal["builtin", "bash"]
StartServices = Literal["sd-switch", "suggest"]
OnDisk = Literal["link", "copy", "seed", "merge"]
MergeFormat = Literal["json", "toml", "yaml", "ini"]

MERGE_FORMATS: dict[str, MergeFormat] = {
    ".json": "json",
    ".jsonc": "json",
    ".code-workspace": "json",
    ".toml": "toml",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".ini": "ini",
    ".cfg": "ini",
    ".conf": "ini",
    ".desktop": "ini",
}
"""Which format a file has whose keys are merged, by the ending of its name."""


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One `home.file`: `source` (an absolute path, mostly in the store) shall appear at `target`.

    `executable` is None where the bit of the source is kept; `on_change` is bash code, or empty. What is not a "link"
    on the disk is a real file, and no part of the generation's tree of links: a "copy", a "seed" (written only where
    nothing is) or a "merge" of our keys into the user's file, which has the `format`. `mode` are the permission bits
    of a real file in octal digits, or empty where nothing is said of them.
    """

    target: HomeRelPath
    source: str
    recursive: bool = False
    executable: bool | None = None
    force: bool = False
    ignore_links: bool = False
    on_change: str = ""
    on_disk: OnDisk = "link"
    mode: str = ""
    format: MergeFormat | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class PackageEntry:
    """A package of the profile: its name, store path, priority (lower wins) and the outputs that are installed."""

    name: str
    path: str
    priority: int = 5
    outputs: tuple[str, ...] = ("out",)


@dataclass(frozen=True, slots=True)
class Step:
    """One activation step; a `builtin` one is done by the program, a `bash` one is the user's `script`."""

    name: str
    kind: StepKind = "bash"
    script: str = ""


@dataclass(frozen=True, slots=True)
class Systemd:
    """How the user's units are treated at a switch; `units` is where they lie, relative to the home."""

    start_services: StartServices = "sd-switch"
    start_timeout_ms: int = 0
    units: str = ".config/systemd/user"


@dataclass(frozen=True, slots=True)
class Meta:
    """The program that made a generation.

    The manifest is part of what a generation's hash is made of. So nothing stands here of where the configuration lay,
    when it was built or why: one content is one generation. See `home.generation_metadata`.
    """

    tool_version: str = ""


BUILTIN_STEPS = (
    "checkFilesChanged",
    "checkLinkTargets",
    "writeBoundary",
    "installPackages",
    "linkGeneration",
    "onFilesChange",
    "reloadSystemd",
)
"""The steps that the program itself does, in an order that satisfies their dependencies."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What one generation is: files, packages, steps and the facts that activation needs.

    `steps` stand in the order in which they run. `activation_path` are the directories put before the machine's own
    in the steps' PATH; the caller's PATH follows only where `empty_activation_path` is false.
    """

    username: str
    home_directory: str
    state_version: str = ""
    files: tuple[FileEntry, ...] = ()
    packages: tuple[PackageEntry, ...] = ()
    home_path: str | None = None
    steps: tuple[Step, ...] = tuple(Step(name, "builtin") for name in BUILTIN_STEPS)
    activation_path: tuple[str, ...] = ()
    empty_activation_path: bool = True
    uid: int | None = None
    systemd: Systemd = Systemd()
    session_variables_file: str = ""
    warnings: tuple[str, ...] = ()
    meta: Meta = field(default_factory=Meta)
    version: int = VERSION
