"""What an evaluation tells of itself: where options are declared, what values were made of, which modules there are."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home_manager.authoring.reading import seen
from home_manager.diagnostics import Failure, Source, Span
from home_manager.nix.errors import NixThrow
from home_manager.options import ModuleSpec, Shared, evaluate, mk_force, mk_if, mk_merge
from home_manager.options.frontend import PythonFrontend
from home_manager.values import Attrs
from home_manager.values.lazy import force
from unit.options.build import Option, evaluated, module, t

NAMES = ("a", "b", "c", "d")


@given(st.lists(st.sets(st.sampled_from(NAMES)), min_size=1, max_size=12))
def test_many_modules_declare_as_few_do(groups: list[set[str]]) -> None:
    """From some number of declaring modules on, a namespace remembers who declares what: nothing else changes."""
    specs = [
        module({"n": {f"{name}{number}": Option(t.int, number) for name in names}}, file=f"{number}.nix")
        for number, names in enumerate(groups)
    ]
    evaluation = evaluated(*specs)
    wanted = {f"{name}{number}": number for number, names in enumerate(groups) for name in names}
    for name, number in wanted.items():
        slot = evaluation.slot(("n", name))
        assert (force(slot), slot.files) == (number, [f"{number}.nix"])
    if wanted:
        assert set(force(evaluation.value("n"))) == set(wanted)  # type: ignore[call-overload]
        assert evaluation.find(("n", "zz")) is None


def test_every_declaration_has_its_place() -> None:
    source = Source("x.nix", "one\ntwo\n")
    first = Option(t.enum("x"), span=Span(source, 0, 3))
    second = Option(t.enum("y"), span=Span(source, 4, 7))
    evaluation = evaluated(module({"o": first}, file="a.nix"), module({"o": second}, file="b.nix"))
    slot = evaluation.slot("o")
    assert [(file, span and span.start) for file, span in slot.positions()] == [("b.nix", 4), ("a.nix", 0)]
    shown: Any = evaluation.options["o"]
    assert [seen(force(each))["line"] for each in force(shown["declarationPositions"])] == [2, 1]  # type: ignore[attr-defined]


def test_tags_that_are_declared_twice_are_joined() -> None:
    one = t.attr_tag({"a": Option(t.enum("x"), declared_in="1")})
    two = t.attr_tag({"a": Option(t.enum("y"), declared_in="2"), "b": Option(t.int, declared_in="2")})
    both = one.combined(two)
    assert both is not None
    tag = both.sub_options(())["a"]
    assert isinstance(tag, Option)
    assert tag.type is not None and tag.type.accepts("x") and tag.type.accepts("y")
    assert [file for file, _ in tag.declared] == ["1", "2"]
    with pytest.raises(Failure) as caught:
        one.combined(t.attr_tag({"a": Option(t.int)}))
    assert caught.value.diagnostic.code == "option-redeclared"


class Telling(PythonFrontend):
    """A front end that keeps what it is told."""

    def __init__(self, told: list[str]) -> None:
        self.told = told

    def warn(self, text: str) -> None:
        self.told.append(text)


def test_lists_and_sets_tell_of_their_elements() -> None:
    site = t.submodule(ModuleSpec("site", "site", options={"port": Option(t.int, 80)}))
    options = {"sites": Option(t.attrs_of(site)), "list": Option(t.list_of(t.either(t.int, site)))}
    config = {"sites": {"x": {"port": 1}, "y": {}}, "list": mk_merge([[1, mk_if(False, 2)], [{"port": 3}]])}
    evaluation = evaluate([ModuleSpec("home", "home", options=options, config=_attrs(config))])

    def meta(name: str) -> Any:
        return seen(evaluation.slot(name).merged().meta())

    assert [meta("sites")["attrs"][name]["configuration"]["port"] for name in "xy"] == [1, 80]
    first, second = meta("list")["list"]
    assert dict(first) == {} and second["configuration"]["port"] == 3
    assert dict(seen(evaluated(module({"x": Option(t.str, "y")})).slot("x").merged().meta())) == {}


def _attrs(value: object) -> object:
    return Attrs({name: _attrs(each) for name, each in value.items()}) if isinstance(value, dict) else value


def test_a_value_of_neither_type_warns_where_nobody_checked() -> None:
    told: list[str] = []
    options = {"x": Option(t.submodule(ModuleSpec("x", "x", freeform=t.either(t.int, t.bool))))}
    spec = ModuleSpec("home", "home", options=options, config=_attrs({"x": {"n": 1}}))
    evaluation = evaluate([spec], shared=Shared(Telling(told)))
    assert seen(evaluation.value("x"))["n"] == 1
    assert len(told) == 1 and "`x` must be of type signed integer or boolean" in told[0]


def test_an_evaluation_is_extended_again_and_again() -> None:
    options = {"n": Option(t.int, 1)}
    evaluation = evaluated(module(options))
    once = evaluation.extended([ModuleSpec("a", "a", config={"n": 2})])
    twice = once.extended([ModuleSpec("b", "b", config={"n": mk_force(3)})])
    assert [each.value("n") for each in (evaluation, once, twice)] == [1, 2, 3]


def test_own_arguments_are_there_without_a_definition() -> None:
    evaluation = evaluate([module({}, {"_module": {"args": {"mine": 1}}})], {"special": 2})
    assert set(force(evaluation.value("_module.args"))) == {"extendModules", "moduleType", "mine"}  # type: ignore[call-overload]
    assert evaluation.module_argument("special") == 2
    assert "_module" not in evaluation.config and "_module" in evaluation.unchecked_config
    assert dict(force(evaluation.value("_module.specialArgs")).items()) == {"special": 2}  # type: ignore[attr-defined]


def test_the_graph_has_what_is_disabled() -> None:
    inner = module(file="inner.nix")
    spec = module(file="outer.nix", imports=(inner,), disabled=("/inner.nix",))
    other = module(file="/inner.nix")
    evaluation = evaluated(spec, other)
    assert [(node.key, node.disabled, len(node.imports)) for node in evaluation.graph] == [
        ("outer.nix", False, 1),
        ("/inner.nix", True, 0),
    ]


@pytest.mark.parametrize(
    "spec",
    [
        module({"x": Option(t.int)}, {"x": "text"}),
        module({"x": Option(t.int)}),
        module({"x": Option(t.int)}, mk_merge([{"x": 1}, {"x": 2}])),
        module({"x": Option(t.int, 1)}, {"y": 1}),
        module({"x": Option(t.int, 1)}, disabled=(Attrs(),)),
    ],
)
def test_what_is_refused_can_be_caught_by_the_language(spec: ModuleSpec) -> None:
    with pytest.raises(NixThrow):
        force(evaluated(spec).config["x"])
