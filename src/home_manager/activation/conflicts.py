"""What the user is told when something is in the way: all of it at once."""

from __future__ import annotations

import shlex

from home_manager.activation.plan import Plan
from home_manager.diagnostics import Diagnostic, Failure, Failures, failure


def refuse(plan: Plan, home: str) -> None:
    """Raise the failure of a plan that must not be carried out."""
    found: list[Diagnostic] = []
    if plan.conflicts:
        found.append(_in_the_way(plan, home))
    if plan.sources:
        found.append(_sources(plan, home))
    if plan.outside:
        found.append(_outside(plan, home))
    if plan.behind:
        found.append(_behind_links(plan, home))
    if len(found) == 1:
        raise Failure(found[0])
    if found:
        raise Failures(tuple(found))


def _in_the_way(plan: Plan, home: str) -> Diagnostic:
    count = len(plan.conflicts)
    subject = "a file is" if count == 1 else f"{count} files are"
    hints = []
    if any(conflict.can_back_up for conflict in plan.conflicts):
        hints.append("move them aside with `-b EXT`: `-b backup` renames `x` to `x.backup`")
    if any(not conflict.can_back_up for conflict in plan.conflicts):
        hints.append("choose another extension for `-b`, or move the old backups away")
    target = plan.conflicts[0].path
    hints.append(f'overwrite one with `home.file."{_printable(target)}".force = true`')
    return Diagnostic(
        "file-in-the-way",
        f"{subject} in the way, and nothing was changed",
        notes=tuple(f"{_printable(f'{home}/{c.path}')} is {_printable(c.what)}" for c in plan.conflicts),
        hints=tuple(hints),
    )


def _sources(plan: Plan, home: str) -> Diagnostic:
    return Diagnostic(
        "target-is-source",
        "what the configuration is read from would be replaced by what it makes, and nothing was changed",
        notes=tuple(f"{_printable(f'{home}/{target}')} is read by the configuration" for target in plan.sources),
        hints=(
            "move what is read to another place, such as the folder of your `home.nix`",
            "or leave the entry out: the file is where it shall be",
        ),
    )


def _outside(plan: Plan, home: str) -> Diagnostic:
    return Diagnostic(
        "target-outside-home",
        "files would be written outside of the home directory, and nothing was changed",
        notes=tuple(f"{_printable(f'{home}/{path}')} is a link to {_printable(text)}" for path, text in plan.outside),
        hints=("make it a real directory; what the link leads to stays",),
    )


def _behind_links(plan: Plan, home: str) -> Diagnostic:
    first, _ = plan.behind[0]
    directory = shlex.quote(_printable(f"{home}/{first}"))
    return Diagnostic(
        "target-behind-link",
        "files would be written through a link of yours to another place, and nothing was changed",
        notes=tuple(f"{_printable(f'{home}/{path}')} is a link to {_printable(text)}" for path, text in plan.behind),
        hints=(
            f"make it a real directory: `rm {directory} && mkdir {directory}`; what the link leads to stays",
            "or give the files targets in the place that it leads to",
        ),
    )


def _printable(text: str) -> str:
    """A path in one line: control characters and undecodable bytes are written as escapes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in text)


def check_backup_extension(extension: str | None) -> None:
    """Refuse an extension that would name another file than one beside the original."""
    if extension is not None and (not extension or "/" in extension or "\0" in extension):
        raise failure(
            "backup-extension",
            f"`{extension}` cannot be the extension of backups",
            hints=("give some letters, such as `-b backup`",),
        )
