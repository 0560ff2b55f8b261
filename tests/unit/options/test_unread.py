"""What nobody reads: it may be missing, fail or have the wrong type, and costs nothing."""

from __future__ import annotations

from contextlib import suppress

import pytest

from home_manager.diagnostics import Failure, Severity
from home_manager.options import Evaluation, InContext
from home_manager.options.definition import mk_if
from home_manager.options.types.base import OptionType
from home_manager.values import Attrs, Value
from home_manager.values.lazy import Delayed
from unit.options.build import Option, evaluated, module, t


def _never() -> Value:
    raise AssertionError("nobody may ask for this")


NEVER = Delayed(_never)


def _own(file: str) -> bool:
    return file == "home.nix"


def _read(evaluation: Evaluation, *names: str) -> list[str]:
    """The messages about a configuration of which the options named are read."""
    for name in names:
        with suppress(Failure):
            evaluation.value(name)
    return sorted(problem.message for problem in evaluation.failures())


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        (t.str, NEVER),
        (t.int, "no number"),
        (t.str, mk_if(False, "x")),
        (t.str, mk_if(NEVER, "x")),
        (t.attrs_of(t.str), Attrs({"a": NEVER, "b": 1})),
        (t.list_of(t.int), [NEVER, "x"]),
    ],
    ids=["computed", "mistyped", "conditional", "condition", "elements", "items"],
)
def test_an_option_that_nobody_reads_has_any_value(type_: OptionType, value: Value) -> None:
    evaluation = evaluated(module({"unread": Option(type_), "x": Option(t.int)}, {"unread": value, "x": 1}))
    _ = evaluation.config
    assert evaluation.value("x") == 1
    assert evaluation.failures() == []


def test_what_is_there_is_doubted_without_computing_anything() -> None:
    options = {"a": Option(t.int), "b": Option(t.int), "c": Option(t.attrs_of(t.int)), "d": Option(t.str)}
    written = {"a": "one", "b": NEVER, "c": Attrs({"x": Attrs(), "y": NEVER}), "d": "d"}
    evaluation = evaluated(module(options, written), module({}, {"d": "e"}, "other.nix"))
    found = {problem.message: problem for problem in evaluation.doubts(_own)}
    assert set(found) == {"`a` must be of type signed integer", "`d` has conflicting definitions"} or set(found) == {
        "`a` must be of type signed integer"
    }
    assert all(problem.severity is Severity.WARNING for problem in found.values())
    assert evaluation.doubts(lambda file: False) == []


def test_what_is_read_is_no_doubt_but_a_mistake() -> None:
    evaluation = evaluated(module({"a": Option(t.int)}, {"a": "one"}))
    assert _read(evaluation, "a") == ["`a` must be of type signed integer"]
    assert evaluation.doubts(_own) == []


def test_the_first_mistake_does_not_hide_those_that_are_read_beside_it() -> None:
    def both(evaluation: Evaluation, _: object) -> Value:
        return f"{evaluation.value('a')}{evaluation.value('b')}"

    options = {"a": Option(t.str), "b": Option(t.str), "c": Option(t.str), "list": Option(t.list_of(t.str), [])}
    wrong = module({}, {"a": 1, "b": 2, "c": 3}, "wrong.nix")
    # Each of two modules makes the list of something that is wrong, and only the first one is met.
    one = module({}, {"list": Delayed(lambda: [evaluation.value("a")])}, "one.py")
    two = module({}, {"list": Delayed(lambda: [evaluation.value("b")])}, "two.py")
    evaluation = evaluated(module(options), wrong, one, two)
    assert _read(evaluation, "list") == ["`a` must be of type string", "`b` must be of type string"]
    made = evaluated(module({**options, "made": Option(t.str, InContext(both))}), wrong)
    assert "`a` must be of type string" in _read(made, "made")
    assert "`c` must be of type string" not in _read(made, "made")


def test_a_default_that_nobody_reads_is_not_computed() -> None:
    evaluation = evaluated(module({"a": Option(t.str, NEVER), "b": Option(t.int, 1)}, {"b": 2}))
    assert _read(evaluation, "b") == []
