"""What the engine says when definitions are wrong."""

from __future__ import annotations

import pytest

from home_manager.diagnostics import Failure, Source, Span
from home_manager.options import Evaluation, InContext
from home_manager.values import Attrs, Value
from unit.options.build import Option, evaluated, mistakes, module, t

SOURCE = Source("home.nix", "{ programs.git.userNam = 12; }")


def spanned(name: str, value: Value) -> Attrs:
    return Attrs({name: value}, origin={name: Span(SOURCE, 25, 27)})


def only(evaluation: Evaluation) -> Failure:
    with pytest.raises(Failure) as caught:
        _ = evaluation.config
    return caught.value


OPTIONS = {
    "programs": {
        "git": {"userName": Option(t.str, "", declared_in="modules/programs/git.py"), "on": Option(t.bool, False)}
    }
}


def test_a_wrong_type_shows_the_value_and_the_declaration() -> None:
    failures = mistakes(evaluated(module(OPTIONS, {"programs": {"git": spanned("userName", 12)}})))
    (problem,) = failures
    assert problem.code == "option-type-mismatch"
    assert problem.message == "`programs.git.userName` must be of type string"
    assert problem.labels[0].text == "this is an integer" and problem.labels[0].span.start == 25
    assert problem.notes == ("declared in modules/programs/git.py",)
    assert problem.hints == ('write it as a string: "12"',)
    assert [frame.text for frame in problem.frames] == ["while evaluating programs.git.userName"]


@pytest.mark.parametrize(
    ("type_", "value", "hint"),
    [
        (t.bool, "true", "write it without quotes: true"),
        (t.int, "12", "write it without quotes: 12"),
        (t.list_of(t.str), "x", 'put it in a list: [ "x" ]'),
        (t.str, True, None),
    ],
)
def test_a_hint_says_what_to_write_instead(type_: object, value: Value, hint: str | None) -> None:
    (problem,) = mistakes(evaluated(module({"x": Option(type_)}, {"x": value})))  # type: ignore[arg-type]
    assert problem.hints == (() if hint is None else (hint,))


def test_an_unknown_option_has_its_nearest_names() -> None:
    problem = only(evaluated(module(OPTIONS, {"programs": {"git": spanned("userNam", "x")}}))).diagnostic
    assert problem.code == "unknown-option"
    assert problem.message == "the option `programs.git.userNam` does not exist"
    assert problem.hints == ("did you mean `programs.git.userName`?",)
    assert problem.labels[0].span.start == 25


def test_an_option_at_the_wrong_level_is_found_where_it_is() -> None:
    problem = only(evaluated(module(OPTIONS, {"programs": {"userName": "x"}}))).diagnostic
    assert problem.hints == ("did you mean `programs.git.userName`?",)


def test_conflicting_definitions_show_both_values() -> None:
    evaluation = evaluated(
        module({"x": Option(t.str)}, spanned("x", "a")), module(config=spanned("x", "b"), file="other.nix")
    )
    (problem,) = mistakes(evaluation)
    assert problem.code == "option-conflict"
    assert [label.text for label in problem.labels] == ['"b"', '"a"']
    assert problem.notes == ()
    plain = evaluated(module({"x": Option(t.str)}, {"x": "a"}), module(config={"x": "b"}, file="other.nix"))
    assert mistakes(plain)[0].notes == ('in `other.nix`: "b"', 'in `home.nix`: "a"')
    assert "mkForce" in problem.hints[0]


def test_an_option_that_is_read_without_a_value() -> None:
    evaluation = evaluated(module({"a": Option(t.str, declared_in="m.py")}))
    with pytest.raises(Failure) as caught:
        evaluation.value("a")
    assert caught.value.diagnostic.code == "option-undefined"
    assert caught.value.diagnostic.notes == ("declared in m.py",)


def test_a_circle_is_told_by_its_options() -> None:
    def read(name: str) -> InContext:
        return InContext(lambda evaluation, _: evaluation.value(name))

    evaluation = evaluated(module({"a": {"x": Option(t.int, read("b.y"))}, "b": {"y": Option(t.int, read("a.x"))}}))
    with pytest.raises(Failure) as caught:
        evaluation.value("a.x")
    problem = caught.value.diagnostic
    assert problem.code == "infinite-recursion"
    assert problem.notes == ("`a.x` needs `b.y`, which needs `a.x`",)


def test_independent_mistakes_are_told_together() -> None:
    config = {"programs": {"git": {"userName": 1, "on": "yes", "colour": 3}}}
    problems = mistakes(evaluated(module(OPTIONS, config)))
    assert sorted(problem.code for problem in problems) == [
        "option-type-mismatch",
        "option-type-mismatch",
        "unknown-option",
    ]


def test_mistakes_inside_submodules_are_found_with_their_whole_path() -> None:
    inner = module({"port": Option(t.port, 1)}, file="inner.nix")
    options = {"hosts": Option(t.attrs_of(t.submodule(inner)), {})}
    problems = mistakes(evaluated(module(options, {"hosts": {"a.b": {"port": 70000}, "c": {"prot": 1}}})))
    assert {problem.message for problem in problems} == {
        '`hosts."a.b".port` must be of type 16 bit unsigned integer; between 0 and 65535 (both inclusive)',
        "the option `hosts.c.prot` does not exist",
    }


def test_a_namespace_is_no_place_for_a_value() -> None:
    (problem,) = mistakes(evaluated(module(OPTIONS, {"programs": {"git": True}})))
    assert problem.code == "option-namespace"
    assert problem.message == "`programs.git` holds options, so it must be an attribute set"


def test_the_same_option_twice_must_agree() -> None:
    evaluation = evaluated(
        module({"x": Option(t.int, 1)}, file="a.nix"), module({"x": Option(t.str)}, {"x": 1}, file="b.nix")
    )
    (problem,) = mistakes(evaluation)
    assert problem.code == "option-redeclared"
    nested = evaluated(
        module({"x": Option(t.int)}, file="a.nix"), module({"x": {"y": Option(t.int)}}, {"x": {"y": 1}}, "b.nix")
    )
    assert mistakes(nested)[0].code == "option-redeclared"


def test_a_read_of_an_option_that_does_not_exist() -> None:
    with pytest.raises(Failure) as caught:
        evaluated(module(OPTIONS)).value("programs.git.userNam")
    assert caught.value.diagnostic.code == "unknown-option"
    assert caught.value.diagnostic.hints == ("did you mean `programs.git.userName`?",)
