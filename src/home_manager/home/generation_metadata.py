"""Remarks about generations, for people: why one was made, from which revision, on which host.

They lie beside the profile, not in the generation: the same content is the same store object, whoever made it and why.
`remarks` in the state directory has a line of JSON for each; of two about the same generation the later one counts.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from home_manager import __version__
from home_manager.activation import Layout, System
from home_manager.diagnostics import Failure
from home_manager.manifest import load
from home_manager.paths import open_file
from home_manager.store import GenerationEntry, machine

GIT_SECONDS = 5.0
"""How long git may take to say what the revision is."""


@dataclass(frozen=True, slots=True)
class GenerationMetadata:
    """What is remembered of a generation; empty where nobody knows.

    `source` is the configuration as it was named, `revision` the commit of the directory that it lies in, `dirty`
    whether files there differed from it. `specialisation` is the variant of the configuration that was activated.
    """

    number: int = 0
    path: str = ""
    message: str = ""
    source: str = ""
    revision: str = ""
    dirty: bool = False
    host: str = ""
    tool_version: str = ""
    specialisation: str = ""

    @property
    def revision_text(self) -> str:
        """The revision, short, with a mark where files differed from it."""
        return f"{self.revision[:12]}{'-dirty' if self.dirty else ''}" if self.revision else ""


def metadata_now(source: str, *, message: str = "", specialisation: str = "") -> GenerationMetadata:
    """The remark of this moment about a configuration (a file or flake; empty where a generation was given)."""
    revision, dirty = revision_of(source) if source else ("", False)
    return GenerationMetadata(
        message=message,
        source=source,
        revision=revision,
        dirty=dirty,
        host=platform.node(),
        tool_version=__version__,
        specialisation=specialisation,
    )


def write(layout: Layout, metadata: GenerationMetadata) -> None:
    """Remembers a remark. The switch has succeeded by then, so that it is no failure if this does not."""
    try:
        System().append(_file(layout), (json.dumps(asdict(metadata), ensure_ascii=False) + "\n").encode())
    except OSError:
        return


def metadata_of(layout: Layout, entries: list[GenerationEntry]) -> dict[int, GenerationMetadata]:
    """The remark about each generation, by number; one without any tells what its manifest does."""
    known = _read(layout)
    found: dict[int, GenerationMetadata] = {}
    for entry in entries:
        metadata = known.get(entry.number)
        if metadata is None or metadata.path != entry.path:
            metadata = _of_manifest(entry)
        found[entry.number] = metadata
    return found


def _read(layout: Layout) -> dict[int, GenerationMetadata]:
    try:
        with open(open_file(_file(layout)), encoding="utf-8") as file:
            lines = file.read().splitlines()
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError):
        return {}
    found: dict[int, GenerationMetadata] = {}
    for line in lines:
        try:
            value = json.loads(line)
        except ValueError:
            # A line that a crash cut short.
            continue
        if isinstance(value, dict) and type(value.get("number")) is int:
            found[value["number"]] = _metadata(value)
    return found


def _metadata(value: Mapping[str, object]) -> GenerationMetadata:
    """The fields that have the right type; whatever else the file says is left out."""
    defaults = GenerationMetadata()
    given = {}
    for field in fields(GenerationMetadata):
        item = value.get(field.name)
        if type(item) is type(getattr(defaults, field.name)):
            given[field.name] = item
    return GenerationMetadata(**given)  # type: ignore[arg-type]


def _of_manifest(entry: GenerationEntry) -> GenerationMetadata:
    try:
        with machine(f"reading `{entry.path}`"), open(f"{entry.path}/manifest.json", encoding="utf-8") as file:
            meta = load(file.read()).meta
    except Failure:
        return GenerationMetadata(entry.number, entry.path)
    return GenerationMetadata(entry.number, entry.path, tool_version=meta.tool_version)


def _file(layout: Layout) -> str:
    return f"{layout.state}/remarks"


def forget(layout: Layout) -> None:
    """Removes all remarks."""
    system = System()
    if system.status(_file(layout)) is not None:
        system.unlink(_file(layout))


def revision_of(source: str) -> tuple[str, bool]:
    """The commit of the git work tree that a file lies in, and whether tracked files differ from it; empty for none."""
    path = source.partition("#")[0].partition("?")[0].removeprefix("path:").removeprefix("git+file://")
    directory = path if os.path.isdir(path) else os.path.dirname(path)
    root = _work_tree(directory) if directory.startswith("/") else ""
    if not root:
        return "", False
    # Start-up: only a configuration in a git repository has a revision.
    from home_manager.flakes import git

    try:
        head, dirty = git.state(root, os.path.relpath(directory, root), GIT_SECONDS)
    except Failure:
        return "", False
    return (head, dirty) if head else ("", False)


def _work_tree(directory: str) -> str:
    """The nearest directory from here on upwards that has a `.git`, so that git need not be asked in most homes."""
    while not os.path.exists(f"{directory}/.git"):
        above = os.path.dirname(directory)
        if above == directory:
            return ""
        directory = above
    return directory
