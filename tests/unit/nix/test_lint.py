"""Checks of style: what each says, where, and that nothing is said unless it is asked for."""

from __future__ import annotations

import pytest

from home_manager.diagnostics import Failure, Source
from home_manager.nix.evaluation import Evaluator
from home_manager.nix.io import SystemIO
from home_manager.nix.syntax.lint import check
from home_manager.nix.syntax.lint_settings import NO_LINTS, Lints

TEXT = 'let a = /etc/x; b = ~/y; c = sub/z; d = ./ok; in "${/etc/${c}}" + http://h.org'


def said(text: str, lints: Lints) -> list[str]:
    return list(check(Source("«string»", text), lints))


@pytest.mark.parametrize(
    ("lints", "lines"),
    [
        (
            Lints(absolute_path_literals="warn"),
            [
                "absolute path literals are not portable. Consider replacing path literal '/etc/x' by a string, relative "
                "path, or parameter (lint-absolute-path-literals)\n  at «string»:1:9",
                "home path literals are not portable. Consider replacing path literal '~/y' by a string, relative path, "
                "or parameter (lint-absolute-path-literals)\n  at «string»:1:21",
                "absolute path literals are not portable. Consider replacing path literal '/etc/' by a string, relative "
                "path, or parameter (lint-absolute-path-literals)\n  at «string»:1:53",
            ],
        ),
        (
            Lints(short_path_literals="warn"),
            [
                "relative path literal 'sub/z' should be prefixed with '.' for clarity: './sub/z' "
                "(lint-short-path-literals)\n  at «string»:1:30"
            ],
        ),
        (
            Lints(url_literals="warn"),
            [
                'URL literals are discouraged. Consider using a string literal "http://h.org" instead '
                "(lint-url-literals)\n  at «string»:1:67"
            ],
        ),
        (NO_LINTS, []),
    ],
)
def test_each_lint_speaks_of_its_literals(lints: Lints, lines: list[str]) -> None:
    assert said(TEXT, lints) == lines


def test_a_fatal_lint_is_an_error_at_the_literal() -> None:
    with pytest.raises(Failure) as caught:
        said(TEXT, Lints(url_literals="fatal"))
    assert str(caught.value).startswith("URL literals are disallowed.")
    assert str(caught.value.diagnostic.span) == "«string»:1:67"


def evaluated(text: str, lints: Lints = NO_LINTS) -> tuple[object, list[str], list[str]]:
    """The value of a text, with what was warned by it and what the evaluator remarked."""
    warned: list[str] = []
    remarked: list[str] = []
    io = SystemIO(warn=warned.append, notice=remarked.append)
    return Evaluator(io, store_dir="/nix/store", lints=lints).eval_text(text), warned, remarked


def test_warnings_of_a_program_and_remarks_of_the_evaluator_are_apart() -> None:
    value, warned, remarked = evaluated('builtins.warn "old" http://h.org', Lints(url_literals="warn"))
    assert value == "http://h.org"
    assert warned == ["old"]
    assert len(remarked) == 1


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("let or = 1; in builtins.length [ (x: x) or ]", 1),
        ("let or = 1; in (x: y: x) (x: x) or", 1),
        ("let or = 1; in { a = 2; }.a or (x: x) or", 1),
        ("let or = x: x; in map or [ ]", 0),
        ("let f = x: x; or = f; in f (f or)", 0),
    ],
)
def test_the_name_or_is_remarked_on_where_it_will_be_read_otherwise(text: str, count: int) -> None:
    remarks = evaluated(text)[2]
    assert len(remarks) == count
    assert all("uses `or` as an identifier" in remark and "    ((x: x) or)" in remark for remark in remarks)


def test_a_thunk_that_threw_is_not_evaluated_again() -> None:
    traced: list[str] = []
    evaluator = Evaluator(SystemIO(trace=traced.append), store_dir="/nix/store")
    value = evaluator.eval_text(
        'let x = builtins.trace "once" (throw "no"); t = builtins.tryEval; in [ (t x).success (t x).success ]'
    )
    assert evaluator.builtins["toJSON"].run(value) == "[false,false]"  # type: ignore[attr-defined]
    assert traced == ["once"]
