"""`home-manager describe [ID]`: a generation, where it comes from, and what changed with it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from home_manager.cli import exits
from home_manager.cli.generations import as_data, minute
from home_manager.cli.messages import _, _n
from home_manager.cli.plan import package_line
from home_manager.cli.request_arguments import session
from home_manager.cli.terminal import Terminal, printable
from home_manager.diagnostics import failure

if TYPE_CHECKING:
    from home_manager.home.compare_homes import PackageChange, TargetChange
    from home_manager.home.generation_metadata import GenerationMetadata
    from home_manager.home.home import Generation
    from home_manager.store import GenerationEntry

EXAMPLES = """\
  home-manager describe          # the generation in use
  home-manager describe 12
  home-manager describe 12 --against 9
"""

MARKS = {"added": ("+", "green"), "changed": ("~", "yellow"), "removed": ("-", "red")}


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "id", nargs="?", type=int, metavar="ID", help=_("a number that `home-manager generations` lists")
    )
    parser.add_argument(
        "--against", type=int, metavar="ID", help=_("compare with this generation (default: the one before)")
    )
    parser.add_argument("--json", action="store_true", help=_("one JSON object"))


def run(arguments: Namespace, terminal: Terminal) -> int:
    from home_manager.home.compare_homes import package_changes, target_changes
    from home_manager.home.generation_metadata import metadata_of

    opened = session(arguments, terminal, configured=False)
    profile = opened.profile
    entries = profile.generations()
    current = profile.current_number
    number = arguments.id if arguments.id is not None else current
    if number is None:
        raise failure(
            "no-generation",
            _("no generation is in use in this home"),
            hints=(_("`home-manager switch` makes the first one"),),
        )
    entry = profile.get(number)
    lower = [each for each in entries if each.number < number]
    other = profile.get(arguments.against) if arguments.against is not None else (lower[-1] if lower else None)
    generation = opened.generation_at(entry.path)
    before = None if other is None else opened.generation_at(other.path)
    metadata = metadata_of(opened.layout, [entry])[number]
    packages = package_changes(before.manifest.packages if before else (), generation.manifest.packages)
    files = target_changes(
        before.path if before else None, generation.path, before.manifest if before else None, generation.manifest
    )
    if arguments.json:
        import json

        data: dict[str, Any] = {
            **as_data(entry, metadata, number == current),
            "stateVersion": generation.manifest.state_version,
            "files": len(generation.manifest.files),
            "packages": [package.name for package in generation.manifest.packages],
            "changes": {
                "against": None if other is None else other.number,
                "files": [{"target": each.target, "change": each.kind} for each in files],
                "packages": [
                    {"name": p.name, "change": p.kind, "before": p.before, "after": p.after} for p in packages
                ],
            },
        }
        terminal.say(json.dumps(data, indent=2, ensure_ascii=False))
        return exits.OK
    found = [*_about(entry, metadata, generation, number == current, terminal), ""]
    found += _changes(other, files, packages, terminal)
    terminal.page("".join(f"{line}\n" for line in found))
    return exits.OK


def _about(
    entry: GenerationEntry, metadata: GenerationMetadata, generation: Generation, current: bool, terminal: Terminal
) -> Iterator[str]:
    from home_manager.configuration.specialisations import variants_in

    title = _("generation {number}").format(number=entry.number)
    yield terminal.style(title, "bold") + (f" ({_('in use')})" if current else "")
    manifest = generation.manifest
    files = _n("{n} file", "{n} files", len(manifest.files)).format(n=len(manifest.files))
    packages = _n("{n} package", "{n} packages", len(manifest.packages)).format(n=len(manifest.packages))
    rows = (
        (_("made"), minute(entry.created)),
        (_("message"), metadata.message),
        (_("specialisation"), metadata.specialisation),
        (_("configuration"), metadata.source),
        (
            _("revision"),
            f"{metadata.revision}{_(' (with changes)') if metadata.dirty else ''}" if metadata.revision else "",
        ),
        (_("host"), metadata.host),
        (_("home-manager"), metadata.tool_version),
        (_("state version"), manifest.state_version),
        (_("user"), manifest.username),
        (_("holds"), _("{files}, {packages}").format(files=files, packages=packages)),
        (_("specialisations"), ", ".join(variants_in(entry.path))),
        (_("path"), entry.path),
    )
    width = max(len(name) for name, value in rows if value)
    for name, value in rows:
        if value:
            yield f"  {name:<{width}}  {printable(value)}"


def _changes(
    other: GenerationEntry | None,
    files: Sequence[TargetChange],
    packages: Sequence[PackageChange],
    terminal: Terminal,
) -> Iterator[str]:
    if other is None:
        yield _("It is the first one that is left.")
        return
    if not files and not packages:
        yield _("It has the files and packages of generation {number}.").format(number=other.number)
        return
    yield _("Since generation {number}:").format(number=other.number)
    for file in files:
        sign, colour = MARKS[file.kind]
        yield "  " + terminal.style(f"{sign} {printable(file.target)}", colour)
    for package in packages:
        yield "  " + _("package {what}").format(what=package_line(package, terminal))
