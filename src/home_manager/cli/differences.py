"""Differences between what is in the home and what shall be there, as unified diffs for people."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from home_manager.cli.messages import _, _n
from home_manager.cli.terminal import Terminal, printable

if TYPE_CHECKING:
    from home_manager.home.compare_homes import Side
    from home_manager.home.preview import FileChange

LINES = 200
"""How many lines of one difference are shown, unless all are asked for."""

MARKS = {"new": "+", "changed": "~", "removed": "-", "replaced": "!", "adopted": "=", "returned": "<"}
COLOURS = {
    "new": "green",
    "changed": "yellow",
    "removed": "red",
    "replaced": "red",
    "adopted": "blue",
    "returned": "blue",
}


def mark(file: FileChange, terminal: Terminal) -> str:
    """A file and what happens to it, in one line."""
    text = f"{MARKS[file.change]} {printable(file.target)}"
    words = {
        "replaced": _("replaced; yours is kept"),
        "adopted": _("becomes a link, with the same content; yours is kept"),
        "returned": _("yours again, as it was"),
    }.get(file.change, "")
    if file.backup:
        words = _("kept as {backup}").format(backup=printable(file.backup))
    styled = terminal.style(text, COLOURS[file.change])
    return f"{styled}  ({words})" if words else styled


def difference(file: FileChange, terminal: Terminal, *, limit: int | None = LINES) -> Iterator[str]:
    """The lines of a difference, or a sentence where there are none to be shown."""
    before, after = file.before, file.after
    if before.same(after):
        return
    yield from _title(file, terminal)
    if before.kind == after.kind == "file" and before.executable != after.executable:
        yield _("made executable") if after.executable else _("no longer executable")
        if before.data == after.data and before.size == after.size:
            return
    words = _in_words(before, after)
    if words:
        yield words
        return
    lines = list(difflib.unified_diff(_lines(before), _lines(after), lineterm=""))[2:]
    shown = lines if limit is None else lines[:limit]
    for line in shown:
        yield _coloured(printable(line, keep="\t"), terminal)
    left = len(lines) - len(shown)
    if left:
        text = _n("… {n} more line; `--full` shows all", "… {n} more lines; `--full` shows all", left)
        yield terminal.style(text.format(n=left), "dim")


def as_text(file: FileChange) -> str | None:
    """The whole difference as a patch, None where it is not one of lines."""
    if _in_words(file.before, file.after):
        return None
    name = printable(file.target)
    was = "/dev/null" if file.before.kind == "missing" else f"a/{name}"
    will = "/dev/null" if file.after.kind == "missing" else f"b/{name}"
    lines = difflib.unified_diff(_lines(file.before), _lines(file.after), was, will, lineterm="")
    return "".join(f"{line}\n" for line in lines)


def is_binary(side: Side) -> bool:
    return side.data is not None and b"\0" in side.data


def _title(file: FileChange, terminal: Terminal) -> Iterator[str]:
    name = printable(file.target)
    yield terminal.style(
        _("--- {name} (now)").format(name=name) if file.before.kind != "missing" else "--- /dev/null", "bold"
    )
    yield terminal.style(
        _("+++ {name} (after the switch)").format(name=name) if file.after.kind != "missing" else "+++ /dev/null",
        "bold",
    )


def _in_words(before: Side, after: Side) -> str:
    """What a difference is that is not one of lines."""
    if after.kind == "unknown":
        return _("what it will hold is known when it is built")
    if "directory" in (before.kind, after.kind) or "other" in (before.kind, after.kind):
        return _("{before} becomes {after}").format(before=_kind(before), after=_kind(after))
    if is_binary(before) or is_binary(after):
        return _("binary, {before} bytes before and {after} bytes after").format(before=before.size, after=after.size)
    if (before.kind == "file" and before.data is None) or (after.kind == "file" and after.data is None):
        return _("too large to compare: {before} bytes before and {after} bytes after").format(
            before=before.size, after=after.size
        )
    return ""


def _kind(side: Side) -> str:
    return {
        "missing": _("nothing"),
        "file": _("a file"),
        "directory": _("a directory"),
        "other": _("a special file"),
        "unknown": _("something"),
    }[side.kind]


def _lines(side: Side) -> list[str]:
    text = (side.data or b"").decode("utf-8", "backslashreplace")
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    elif text:
        lines.append("\\ " + _("no newline at the end"))
    return lines


def _coloured(line: str, terminal: Terminal) -> str:
    if line.startswith("@@"):
        return terminal.style(line, "cyan")
    if line.startswith("+"):
        return terminal.style(line, "green")
    return terminal.style(line, "red") if line.startswith("-") else line
