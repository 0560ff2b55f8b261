"""`home-manager plan`: what a switch would do; saved with `-o`, it can be done later exactly so."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from home_manager.cli import exits
from home_manager.cli.differences import LINES, as_text, difference, is_binary, mark
from home_manager.cli.messages import _, _n
from home_manager.cli.request_arguments import session
from home_manager.cli.terminal import Terminal
from home_manager.cli.warnings import show_warnings
from home_manager.diagnostics import Failure

if TYPE_CHECKING:
    from home_manager.home.compare_homes import PackageChange
    from home_manager.home.home import Home
    from home_manager.home.preview import FileChange, Preview
    from home_manager.home.switch_options import SwitchOptions

EXAMPLES = """\
  home-manager plan                     # files, packages, units and steps
  home-manager plan --brief             # without the lines that differ
  home-manager plan -o later            # build it too, and save the plan …
  home-manager switch --plan later      # … to be done exactly so, or not at all
  home-manager plan --json | jq -r '.files[].target'
"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("-o", "--output", metavar="FILE", help=_("build the generation, and save the plan in FILE"))
    parser.add_argument("--brief", action="store_true", help=_("only names, no lines of files"))
    parser.add_argument("--full", action="store_true", help=_("all lines of long differences"))
    parser.add_argument("--json", action="store_true", help=_("one JSON object"))
    parser.add_argument("--exit-code", action="store_true", help=_("status 1 where a switch would change something"))
    parser.add_argument(
        "-c", "--specialisation", metavar="SPECIALISATION", help=_("of this variant of the configuration")
    )
    parser.add_argument(
        "-m", "--message", metavar="TEXT", help=_("with -o: what the generation shall be remembered by")
    )


def run(arguments: Namespace, terminal: Terminal) -> int:
    opened, wishes, found = looked_at(arguments, terminal, built=arguments.output is not None)
    if arguments.json:
        import json

        terminal.say(json.dumps(as_data(found), indent=2, ensure_ascii=False))
    else:
        limit = None if arguments.full else LINES
        terminal.page("".join(f"{line}\n" for line in lines(found, terminal, brief=arguments.brief, limit=limit)))
    status = refused(found, opened, terminal)
    if status == exits.OK and arguments.output is not None:
        from home_manager.home.saved_plans import save

        save(arguments.output, opened, found, wishes)
        terminal.tell(
            _("`home-manager switch --plan {file}` does this, unless the home has changed by then").format(
                file=arguments.output
            )
        )
    return exits.FAILED if status == exits.OK and arguments.exit_code and not found.empty else status


def looked_at(arguments: Namespace, terminal: Terminal, *, built: bool = False) -> tuple[Home, SwitchOptions, Preview]:
    """The session, how to switch, and what that would do; `built` makes the generation first."""
    from home_manager.cli.switch import options
    from home_manager.home.preview import preview, preview_built

    opened, wishes = session(arguments, terminal), options(arguments)
    progress = terminal.progress()
    progress.stage(_("evaluating the configuration"))
    configured = opened.evaluate_locked(progress).variant(wishes.specialisation)
    show_warnings(configured, terminal, opened.layout)
    if not built or arguments.dry_run:
        found = preview(opened, configured, opened.options(wishes, configured.recipes))
    else:
        with opened.store as store, store.hold():
            found = preview_built(
                opened, opened.build(configured, progress), opened.options(wishes, configured.recipes)
            )
    progress.finish()
    return opened, wishes, found


def refused(found: Preview, opened: Home, terminal: Terminal) -> int:
    """Says what a switch would refuse, as it would say it."""
    from home_manager.activation import Plan
    from home_manager.activation.conflicts import refuse

    try:
        against = Plan(conflicts=found.conflicts, outside=found.outside, behind=found.behind, sources=found.sources)
        refuse(against, str(opened.layout.home))
    except Failure as failed:
        terminal.diagnose(failed.finished())
        return exits.FAILED
    return exits.OK


def lines(found: Preview, terminal: Terminal, *, brief: bool = False, limit: int | None = LINES) -> Iterator[str]:
    """The plan for people: sections of what happens, each line of files that differs, and a summary."""
    if found.files:
        yield terminal.style(_("Files"), "bold")
        for file in found.files:
            yield f"  {mark(file, terminal)}"
        yield ""
    packages = [package_line(each, terminal) for each in found.packages]
    units = [(verb, names) for verb, names in units_of(found) if names]
    for title, rows in (
        (_("Packages"), packages),
        (_("Units"), [f"{verb} {' '.join(names)}" for verb, names in units]),
        (_("Steps"), list(found.steps) if not found.empty else []),
        (_("Hooks of changed files"), list(found.hooks)),
        (_("Known only when it is built"), list(found.undecided)),
    ):
        if rows:
            yield terminal.style(title, "bold")
            yield from (f"  {row}" for row in rows)
            yield ""
    if not brief:
        for file in found.files:
            shown = list(difference(file, terminal, limit=limit))
            if shown:
                yield from shown
                yield ""
    for note in found.notes:
        yield _("note: {text}").format(text=note)
    yield summary(found)


def package_line(package: PackageChange, terminal: Terminal) -> str:
    """A package and what happens to it, in one line."""
    if package.kind == "added":
        return terminal.style(f"+ {package.name} {package.after}".rstrip(), "green")
    if package.kind == "removed":
        return terminal.style(f"- {package.name} {package.before}".rstrip(), "red")
    versions = _("{before} → {after}").format(before=package.before, after=package.after)
    text = _("built anew") if package.before == package.after else versions
    return terminal.style(f"~ {package.name} ({text})", "yellow")


def units_of(found: Preview) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What would be done to units, if those that can run do."""
    units = found.units
    return (
        ("stop", units.stop),
        ("reload", units.reload),
        ("restart", units.restart),
        ("start", units.start),
        ("keep", units.kept),
    )


def summary(found: Preview) -> str:
    """The plan in one sentence."""
    if found.empty:
        return _("Nothing would change.")
    counts = []
    for change, one, many in (
        ("new", "{n} file new", "{n} files new"),
        ("changed", "{n} changed", "{n} changed"),
        ("removed", "{n} removed", "{n} removed"),
        ("replaced", "{n} replaced", "{n} replaced"),
        ("adopted", "{n} of yours taken over", "{n} of yours taken over"),
        ("returned", "{n} given back to you", "{n} given back to you"),
    ):
        count = _count(found.files, change)
        if count:
            counts.append(_n(one, many, count).format(n=count))
    packages = len(found.packages)
    if packages:
        counts.append(_n("{n} package differs", "{n} packages differ", packages).format(n=packages))
    if not counts:
        counts.append(_("a new generation, and no file changes"))
    return _("A switch would do this: {what}.").format(what=", ".join(counts))


def _count(files: Sequence[FileChange], change: str) -> int:
    return sum(file.change == change for file in files)


def as_data(found: Preview) -> dict[str, Any]:
    """The plan as JSON."""
    return {
        "generation": found.generation,
        "built": found.built,
        "current": found.current,
        "changes": not found.empty,
        "files": [file_data(file) for file in found.files],
        "packages": [
            {"name": each.name, "change": each.kind, "before": each.before, "after": each.after}
            for each in found.packages
        ],
        "units": {verb: list(names) for verb, names in units_of(found)},
        "steps": list(found.steps),
        "hooks": list(found.hooks),
        "conflicts": [{"target": each.path, "what": each.what} for each in found.conflicts]
        + [{"target": path, "what": f"a link to {text}"} for path, text in (*found.outside, *found.behind)]
        + [{"target": target, "what": "read by the configuration"} for target in found.sources],
        "undecided": list(found.undecided),
        "notes": list(found.notes),
    }


def file_data(file: FileChange) -> dict[str, Any]:
    """One file of the plan as JSON."""
    return {
        "target": file.target,
        "change": file.change,
        "backup": file.backup or None,
        "binary": is_binary(file.before) or is_binary(file.after),
        "executable": file.after.executable,
        "diff": as_text(file),
    }
