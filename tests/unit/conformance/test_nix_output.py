"""The conformance runner reads what Nix prints, and compares it with our diagnostics."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3] / "tools"))

from conformance_suites.nix_lang import flags_of
from conformance_suites.nix_output import Account, Step, cause, read, same_trace, told
from home_manager.diagnostics import Diagnostic, Frame, Label, Source, Span

PRINTED = """\
warning: something else
error:
       … while calling the 'head' builtin
         at /pwd/x.nix:1:1:
            1| head (f 1)
             | ^
            2|

       … while evaluating the first argument passed to builtins.head

       error: expected a list
       but found an integer: 1
       Did you mean this?
"""


def test_steps_messages_and_places_are_read() -> None:
    assert read(PRINTED) == Account(
        Step("expected a list but found an integer: 1", ""),
        (
            Step("while calling the 'head' builtin", "/pwd/x.nix:1:1"),
            Step("while evaluating the first argument passed to builtins.head", ""),
        ),
    )
    assert read(PRINTED).place == "/pwd/x.nix:1:1"


def test_an_error_with_a_place_and_no_steps() -> None:
    text = "error: undefined variable 'é'\n       at «stdin»:2:3:\n            1|\n            2|   é\n             |   ^\n"
    assert read(text) == Account(Step("undefined variable 'é'", "«stdin»:2:3"), ())


def test_our_columns_are_counted_in_bytes_and_frames_turned_round() -> None:
    source = Source("/here/x.nix", "é head 1")
    span = Span(source, 2, 6)
    frames = (Frame("inner:", None, True), Frame("outer", span, True))
    account = told(
        Diagnostic("nix-type", "wrong", labels=(Label(span),), frames=frames),
        lambda text: text.replace("/here", "/pwd"),
    )
    assert account == Account(Step("wrong", "/pwd/x.nix:1:4"), (Step("outer", "/pwd/x.nix:1:4"), Step("inner", "")))


def test_an_error_without_a_place_may_have_that_of_the_nearest_step() -> None:
    theirs = Account(Step("wrong", ""), (Step("outer", "f:1:1"),))
    assert same_trace(Account(Step("wrong", "f:1:1"), (Step("outer", "f:1:1"),)), theirs)
    assert not same_trace(Account(Step("wrong", "f:2:1"), (Step("outer", "f:1:1"),)), theirs)
    assert not same_trace(Account(Step("wrong", "f:1:1"), ()), theirs)


def test_like_differences_have_the_same_cause() -> None:
    def lacking(name: str) -> str:
        return cause(Account(Step("wrong", ""), ()), Account(Step("wrong", ""), (Step(f"while calling '{name}'", ""),)))

    assert lacking("a") == lacking("b") == "without the step: while calling …"
    assert cause(Account(Step("a", ""), ()), Account(Step("b", ""), ())) == "another message"


def test_the_options_of_a_case() -> None:
    flags = flags_of("--arg lib import(lang/lib.nix) --argstr name text -A a.b  # why\n-I here --lint-x fatal")
    assert flags.arguments == {"lib": ("import(lang/lib.nix)", False), "name": ("text", True)}
    assert (flags.attribute, flags.search_path, flags.ignored) == ("a.b", ["here"], ["--lint-x fatal"])
