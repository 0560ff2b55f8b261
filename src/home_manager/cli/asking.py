"""Questions about what is in the way of a switch: looked at, kept, overwritten or left, one by one or all at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from home_manager.cli.messages import _, _n
from home_manager.cli.terminal import Terminal

if TYPE_CHECKING:
    from home_manager.activation import Conflict, Decision
    from home_manager.activation.report import Ask

Content = Callable[["Conflict"], "bytes | None"]

LARGEST = 1 << 20
"""Bytes of a file that is still shown line by line."""


def asker(terminal: Terminal, home: Callable[[], str]) -> Ask | None:
    """What asks about conflicts, or None where there is nobody to ask."""
    if not terminal.can_ask or terminal.json:
        return None
    return lambda conflicts, content: ask(conflicts, content, terminal, home())


def ask(
    conflicts: Sequence[Conflict], content: Content, terminal: Terminal, home: str
) -> Mapping[str, Decision] | None:
    """The user's decision for each conflict, or None to leave everything as it is."""
    count = len(conflicts)
    terminal.tell(_n("{n} file is in the way:", "{n} files are in the way:", count).format(n=count))
    for line in table(conflicts, home):
        terminal.tell(f"  {line}")
    decided: dict[str, Decision] = {}
    for number, conflict in enumerate(conflicts):
        rest = conflicts[number:]
        if (answer := _one(conflict, content, terminal, home, several=len(rest) > 1)) is None:
            return None
        decision, for_all = answer
        for each in rest if for_all else rest[:1]:
            decided[each.path] = decision if decision != "overwrite" or each.can_overwrite else "backup"
        if for_all:
            break
    return decided


def table(conflicts: Sequence[Conflict], home: str) -> list[str]:
    """All conflicts, a line each: where, and what is there."""
    shown = [_printable(f"{home}/{conflict.path}") for conflict in conflicts]
    width = min(max(map(len, shown)), 60)
    return [f"{path:<{width}}  {_printable(conflict.what)}" for path, conflict in zip(shown, conflicts, strict=True)]


def _one(
    conflict: Conflict, content: Content, terminal: Terminal, home: str, *, several: bool
) -> tuple[Decision, bool] | None:
    """The decision for one, and whether it is for all that follow, too."""
    answers = {"d": _("diff"), "b": _("back up"), "o": _("overwrite"), "s": _("skip"), "q": _("quit")}
    if not conflict.can_overwrite:
        del answers["o"]
    if several:
        answers["a"] = _("the same for all")
    question = _printable(f"{home}/{conflict.path}")
    while True:
        picked = terminal.ask(question, answers, "q")
        if picked == "d":
            terminal.pass_on(difference(conflict, content, home))
            continue
        for_all = picked == "a"
        if for_all:
            left = {key: text for key, text in answers.items() if key in "bos"}
            picked = terminal.ask(_("for all"), {"b": _("back up"), **left, "q": _("quit")}, "q")
        match picked:
            case "b":
                return "backup", for_all
            case "o":
                return "overwrite", for_all
            case "s":
                return "skip", for_all
        return None


def difference(conflict: Conflict, content: Content, home: str) -> str:
    """What would change, line by line; in a sentence where there are no lines."""
    path = f"{home}/{conflict.path}"
    wanted = content(conflict)
    if wanted is None:
        return (
            _("what shall be there is not built yet, or is no file") if conflict.wanted else _("a directory is needed")
        )
    there = _bytes_at(path)
    if there is None:
        return _printable(f"{path}: {conflict.what}")
    if b"\0" in there or b"\0" in wanted or max(len(there), len(wanted)) > LARGEST:
        return _("both are files of {one} and {other} bytes that are not shown").format(
            one=len(there), other=len(wanted)
        )
    import difflib

    lines = difflib.unified_diff(_lines(there), _lines(wanted), _printable(path), _("wanted"), lineterm="")
    return "\n".join(_printable(line.rstrip("\n"), keep="\t") for line in lines)


def _bytes_at(path: str) -> bytes | None:
    """The content of a regular file; of nothing else, since reading a FIFO or a device may never end."""
    if not os.path.isfile(path):
        return None
    try:
        with open(path, "rb") as file:
            return file.read(LARGEST + 1)
    except OSError:
        return None


def _lines(data: bytes) -> list[str]:
    return data.decode("utf-8", "replace").splitlines()


def _printable(text: str, keep: str = "") -> str:
    """A text in which nothing moves the cursor: control characters and undecodable bytes are written as escapes."""
    return "".join(
        c if c.isprintable() or c in keep else c.encode("unicode_escape", "surrogatepass").decode() for c in text
    )
