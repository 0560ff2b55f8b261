"""What messages say to write instead is written instead, and must lead further than before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.casefile import Case, lay_out, read
from harness.outcome import configuration_file, lock_packages, outcome
from home_manager.diagnostics import Diagnostic, Failure, Span

CASES = sorted(Path(__file__).parent.glob("*.case"))
ASSIGNMENT = re.compile(r'(?P<path>[A-Za-z_"][^=;`]*?) = (?P<right>.+);')
PARAPHRASED = (
    "of our own",
    "in a module",
    "outside of",
    "NixOS system",
    "for one home it is",
    "one level down",
    "leave it for",
)
"""Words of advice that moves something to another place, which no replacement of a line can follow."""


def diagnostics_of(case: Case, scratch: Path, changed: tuple[str, str] | None = None) -> tuple[Diagnostic, ...]:
    """What is wrong with a configuration; nothing, where it is accepted. `changed` is a file and its new text."""
    configuration = configuration_file(case, scratch / "inputs")
    if changed is not None:
        # Written last, since the file that all cases are imported into is one of those that may be changed.
        (scratch / "inputs" / Path(changed[0]).name).write_text(changed[1], encoding="utf-8")
    try:
        outcome(configuration, scratch)
        lock_packages(configuration, scratch)
    except Failure as failed:
        return failed.finished()
    return ()


def edits(diagnostic: Diagnostic) -> Iterator[tuple[str, str, str]]:
    """For each line of advice that says what to write: the advice, the file, and its text with that written in it."""
    span = diagnostic.span
    if span is None:
        return
    for hint in diagnostic.hints:
        if "…" in hint or any(words in hint for words in PARAPHRASED):
            continue
        changed = applied(hint, span)
        if changed is not None and changed != span.source.text:
            yield hint, span.source.name, changed


def applied(hint: str, span: Span) -> str | None:
    """The text of a source with a line of advice followed, or None where it does not say what to write."""
    text = span.source.text
    meant = re.fullmatch(r"did you mean `([^`]+)`\?|write `([^` ]+)`", hint)
    if meant is not None:
        name = meant[1] or meant[2]
        at = text[span.start : span.end]
        dots = at.count(".") + 1 if meant[1] else name.count(".") + 1
        return text[: span.start] + ".".join(name.split(".")[-dots:]) + text[span.end :]
    words, colon, code = hint.partition(": ")
    if not colon:
        return None
    assignment = ASSIGNMENT.fullmatch(code)
    if assignment is not None:
        if words.startswith("add a line"):
            line_end = text.find("\n", span.end)
            return f"{text[: line_end + 1]}  {code}\n{text[line_end + 1 :]}"
        found = [
            each for each in re.finditer(re.escape(assignment["path"]) + r"\s*=", text) if each.start() <= span.end
        ]
        end = text.find(";", span.end)
        return None if not found or end < 0 else f"{text[: found[-1].start()]}{code}{text[end + 1 :]}"
    if code.startswith("(") and f" {code[1:-1]} " in text:
        return text.replace(code[1:-1], code)
    if code.startswith(("[", '"', "./", "pkgs.", "lib.")):
        return f"{text[: span.start]}{code}{text[span.end :]}"
    return None


def key(diagnostic: Diagnostic) -> tuple[str, str]:
    return diagnostic.code, diagnostic.message


@pytest.mark.slow
@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_advice_that_is_followed_leads_further(file: Path, tmp_path: Path) -> None:
    case = read(file)
    (tmp_path / "inputs").mkdir()
    lay_out(case, tmp_path / "inputs")
    before = diagnostics_of(case, tmp_path)
    advice = [(each, *edit) for each in before for edit in edits(each)]
    if not advice:
        pytest.skip("nothing is proposed that could be written into the text as it is")
    for number, (diagnostic, hint, name, text) in enumerate(advice):
        scratch = tmp_path / f"followed-{number}"
        (scratch / "inputs").mkdir(parents=True)
        lay_out(case, scratch / "inputs")
        after = {key(each) for each in diagnostics_of(case, scratch, (name, text))}
        assert key(diagnostic) not in after, f"it is no better after `{hint}`:\n{text}"
