"""What Nix prints for a failure, read back: its message, its place, and the steps that led to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from home_manager.diagnostics import Diagnostic, Span

_PLACE = re.compile(r"\s*at (?P<place>.+:\d+:\d+):?$")
_EXCERPT = re.compile(r"\s*\d*\|")
_BESIDES = re.compile(r"\s*(Did you mean |Try 'nix)")
"""What is no part of the message: we say it elsewhere, or the program says it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a trace, or the error itself: a text, and `file:line:column` or nothing."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Account:
    """A failure as it is told: the error, and the steps from the outermost to the innermost."""

    error: Step
    steps: tuple[Step, ...]

    @property
    def place(self) -> str:
        """Where the error is: its own place, else that of the nearest step that has one."""
        return next((step.place for step in (self.error, *reversed(self.steps)) if step.place), "")


def read(text: str) -> Account:
    """The account in what Nix writes to standard error, without warnings and what comes before."""
    steps: list[Step] = []
    words: list[str] | None = None
    place = ""

    def close() -> None:
        nonlocal words, place
        if words is not None:
            said = " ".join(" ".join(words).split())
            if said:
                steps.append(Step(said, place))
        words, place = None, ""

    for line in text.split("\n"):
        bare = line.strip()
        if bare.startswith("error:") or bare.startswith("… "):
            close()
            words = [bare.removeprefix("error:").removeprefix("… ").strip()]
            continue
        if words is None or not bare:
            continue
        found = _PLACE.match(line)
        if found is not None:
            place = place or found["place"]
        elif not _EXCERPT.match(line) and not _BESIDES.match(line) and not place:
            words.append(bare)
    close()
    if not steps:
        return Account(Step("", ""), ())
    return Account(steps[-1], tuple(steps[:-1]))


def told(diagnostic: Diagnostic, shown: Callable[[str], str]) -> Account:
    """The account in one of our diagnostics; `shown` turns a file's name into the one that is expected."""

    def place(span: Span | None) -> str:
        if span is None:
            return ""
        line, column = span.source.position(span.start)
        # Nix counts bytes.
        before = span.source.line(line)[: column - 1].encode("utf-8", "surrogateescape")
        return f"{shown(span.source.name)}:{line}:{len(before) + 1}"

    def step(text: str, span: Span | None) -> Step:
        return Step(" ".join(shown(text).split()), place(span))

    def without_excerpt(text: str) -> str:
        return "\n".join(line for line in text.split("\n") if not _EXCERPT.match(line))

    frames: Sequence[Step] = [step(frame.text.rstrip(":"), frame.span) for frame in reversed(diagnostic.frames)]
    return Account(step(without_excerpt(diagnostic.message), diagnostic.span), tuple(frames))


def plain_warnings(text: str) -> str:
    """What is traced and warned, without excerpts and the shape of lines; the step of a warning is part of it."""
    text = re.sub(r"warning:\s*… while evaluating derivation ('[^']*')\s*warning:", r"warning: in derivation \1:", text)
    lines = [line for line in text.split("\n") if not _EXCERPT.match(line)]
    return " ".join(" ".join(line.rstrip(":") if _PLACE.match(line) else line for line in lines).split())


def same_text(ours: str, theirs: str) -> bool:
    """Whether two texts are the same but for a colon at the end."""
    return ours.rstrip(":") == theirs.rstrip(":")


def same_trace(ours: Account, theirs: Account) -> bool:
    """Whether two accounts are the same: each step's text and place, and the error's.

    Where Nix gives the error itself no place, ours may have that of the nearest step.
    """
    if len(ours.steps) != len(theirs.steps) or ours.place != theirs.place:
        return False
    return same_text(ours.error.text, theirs.error.text) and all(
        same_text(one.text, other.text) and one.place == other.place
        for one, other in zip(ours.steps, theirs.steps, strict=True)
    )


def cause(ours: Account, theirs: Account) -> str:
    """Why two accounts differ, in a few words that are the same for like cases."""
    if not same_text(ours.error.text, theirs.error.text):
        return "another message"
    mine, wanted = ([step.text for step in account.steps] for account in (ours, theirs))
    for text in wanted:
        if text not in mine:
            return f"without the step: {_alike(text)}"
    for text in mine:
        if text not in wanted:
            return f"with a step too many: {_alike(text)}"
    if mine != wanted:
        return "steps in another number or order"
    return "another place of a step" if ours.place == theirs.place else "another place of the error"


def _alike(text: str) -> str:
    """A step without the names in it."""
    return re.sub(r"'[^']*'|\d+", "…", text)[:70]
