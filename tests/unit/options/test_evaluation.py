"""The evaluation of modules: priorities, conditions, imports, submodules, laziness."""

from __future__ import annotations

import pytest

from home_manager.authoring.reading import seen
from home_manager.diagnostics import Failure
from home_manager.options import (
    InContext,
    ModuleSpec,
    Shared,
    evaluate,
    mk_default,
    mk_force,
    mk_if,
    mk_merge,
    mk_override,
)
from home_manager.options.types.scalars import UNSPECIFIED
from home_manager.values import Attrs, Value
from home_manager.values.lazy import Delayed, force
from unit.options.build import Option, evaluated, module, t


def boom() -> Value:
    raise AssertionError("was computed")


LAZY_BOOM = Delayed(boom)


def test_the_strongest_priority_wins() -> None:
    options = {"x": Option(t.str, "default")}
    assert evaluated(module(options)).value("x") == "default"
    definitions = [mk_default("weak"), "plain", mk_force("strong"), mk_override(40, "stronger")]
    for count in range(1, 5):
        modules = [module(config={"x": value}, file=f"{n}.nix") for n, value in enumerate(definitions[:count])]
        value = evaluated(module(options, file="o.nix"), *modules).value("x")
        assert value == ["weak", "plain", "strong", "stronger"][count - 1]


def test_conditions_are_not_looked_at_for_the_sake_of_names() -> None:
    options = {"a": {"x": Option(t.int, 1)}, "b": {"y": Option(t.int, 2)}}
    evaluation = evaluated(module(options, mk_if(LAZY_BOOM, {"b": {"y": 3}})))
    assert evaluation.value("a.x") == 1
    with pytest.raises(AssertionError):
        evaluation.value("b.y")


def test_a_condition_may_depend_on_the_configuration() -> None:
    options = {"on": Option(t.bool, False), "x": Option(t.int, 0)}
    first = ModuleSpec("a", "a.nix", options=options, config={"on": True})
    shared = Shared()
    evaluation = evaluate([first, _Depending()], {}, shared=shared)
    assert evaluation.value("x") == 5


class _Depending:
    key = file = "depending.nix"

    def instantiate(self, arguments: object) -> ModuleSpec:
        config = arguments["config"]  # type: ignore[index]
        return ModuleSpec(self.key, self.file, config=mk_if(Delayed(lambda: force(config)["on"]), {"x": 5}))  # type: ignore[index]


def test_merges_conditions_and_priorities_nest() -> None:
    config = mk_merge([{"a": {"l": ["x"]}}, mk_if(True, mk_merge([mk_force({"a": {"n": 7}}), {"a": {"l": ["y"]}}]))])
    evaluation = evaluated(module({"a": {"l": Option(t.list_of(t.str)), "n": Option(t.int, 1)}}, config))
    assert seen(evaluation.value("a.l")) == ["x", "y"]
    assert evaluation.value("a.n") == 7
    assert evaluation.slot("a.n").merged().priority() == 50


def test_later_modules_come_first_and_imports_before_their_importers() -> None:
    options = {"l": Option(t.list_of(t.str), [])}
    inner = module(config={"l": ["imported"]}, file="inner.nix")
    evaluation = evaluated(
        module(options, file="o.nix"),
        module(config={"l": ["first"]}, file="first.nix", imports=(inner,)),
        module(config={"l": ["second"]}, file="second.nix"),
    )
    assert seen(evaluation.value("l")) == ["imported", "second", "first"]


def test_a_module_is_imported_once() -> None:
    shared = module({"l": Option(t.list_of(t.int), [])}, {"l": [1]}, "shared.nix")
    evaluation = evaluated(module(imports=(shared,), file="a.nix"), module(imports=(shared,), file="b.nix"))
    assert seen(evaluation.value("l")) == [1]


def test_modules_are_disabled_by_key_with_what_only_they_import() -> None:
    inner = module(config={"l": [2]}, file="/m/inner.nix")
    target = module(config={"l": [1]}, file="/m/target.nix", imports=(inner,))
    options = module({"l": Option(t.list_of(t.int), [])}, file="o.nix")
    assert seen(evaluated(options, target, module(file="d.nix", disabled=("/m/target.nix",))).value("l")) == []
    by_name = evaluated(options, target, module(file="d.nix", disabled=("target.nix",)), modulesPath="/m")
    assert seen(by_name.value("l")) == []


def test_attribute_sets_are_modules_in_the_short_and_the_long_form() -> None:
    options = module({"a": {"x": Option(t.int)}}, file="o.nix")
    short = evaluate([options, module(imports=({"a": {"x": 3}},), file="s.nix")], {})
    long = evaluate([options, module(imports=({"config": {"a": {"x": 3}}},), file="s.nix")], {})
    assert short.value("a.x") == long.value("a.x") == 3
    with pytest.raises(Failure) as caught:
        evaluate([options, module(imports=({"config": {}, "a": {"x": 3}},), file="s.nix")], {}).value("a.x")
    assert caught.value.diagnostic.code == "module-stray-attribute"


def test_defaults_and_apply_may_need_the_configuration() -> None:
    options = {
        "a": Option(t.int, 2),
        "b": Option(t.int, InContext(lambda evaluation, _: evaluation.value("a"))),
        "c": Option(t.int, 3, apply=lambda value: value * 10),  # type: ignore[operator]
        "d": Option(t.int, 1, apply=InContext(lambda evaluation, value: [value, evaluation.value("a")])),
    }
    evaluation = evaluated(module(options, {"a": 5}))
    assert [seen(evaluation.value(name)) for name in "bcd"] == [5, 30, [1, 5]]


def test_options_are_computed_only_when_they_are_read() -> None:
    evaluation = evaluated(module({"a": Option(t.int, LAZY_BOOM), "b": Option(t.int, 1)}, {"b": 2}))
    assert evaluation.value("b") == 2
    assert set(evaluation.config) == {"a", "b"}
    assert set(evaluation.unchecked_config) == {"a", "b", "_module"}


def test_submodules_have_names_defaults_and_several_definitions() -> None:
    inner = module(
        {
            "name": Option(t.str, InContext(lambda evaluation, _: evaluation.module_argument("name"))),
            "tags": Option(t.list_of(t.str), []),
        },
        file="inner.nix",
    )
    options = {"users": Option(t.attrs_of(t.submodule(inner)), {})}
    evaluation = evaluated(
        module(options, {"users": {"alice": {"tags": ["a"]}}}),
        module(config={"users": {"alice": mk_if(True, {"tags": ["b"]}), "bob": {"name": "Robert"}}}, file="b.nix"),
    )
    assert seen(evaluation.value("users")) == {
        "alice": {"name": "alice", "tags": ["a", "b"]},
        "bob": {"name": "Robert", "tags": []},
    }


def test_a_submodule_may_be_declared_in_several_places() -> None:
    one = t.attrs_of(t.submodule(module({"a": Option(t.int, 1)}, file="one.nix")))
    two = t.attrs_of(t.submodule(module({"b": Option(t.int, 2)}, file="two.nix")))
    evaluation = evaluated(
        module({"x": Option(one, {}, description="x")}, file="1.nix"),
        module({"x": Option(two)}, {"x": {"q": {"b": 5}}}, file="2.nix"),
    )
    assert seen(evaluation.value("x")) == {"q": {"a": 1, "b": 5}}


def test_options_may_be_declared_inside_an_option_that_is_a_submodule() -> None:
    sub = t.submodule(module({"a": Option(t.int, 1)}, file="sub.nix"))
    evaluation = evaluated(
        module({"x": Option(sub, {})}, file="1.nix"), module({"x": {"b": Option(t.int, 2)}}, file="2.nix")
    )
    assert seen(evaluation.value("x")) == {"a": 1, "b": 2}


def test_freeform_values_stand_beside_the_options() -> None:
    evaluation = evaluated(
        module(
            {"known": Option(t.int, 1), "deep": {"known": Option(t.int, 2)}},
            {"free": mk_if(True, [1]), "deep": {"other": "x"}, "off": mk_if(False, 1)},
            freeform=t.attrs_of(t.anything),
        )
    )
    assert seen(evaluation.config) == {"known": 1, "deep": {"known": 2, "other": "x"}, "free": [1]}


def test_module_arguments_come_from_the_special_ones_and_from_the_configuration() -> None:
    evaluation = evaluated(module({"x": Option(t.int, 1)}, {"_module": {"args": {"pkgs": 7}}}), lib=3)
    assert evaluation.module_argument("lib") == 3
    assert evaluation.module_argument("pkgs") == 7
    with pytest.raises(Failure) as caught:
        evaluation.module_argument("absent")
    assert caught.value.diagnostic.code == "module-argument"


def test_the_options_argument_tells_about_definitions() -> None:
    evaluation = evaluated(module({"a": {"x": Option(t.int, 1), "y": Option(t.int, 2)}}, {"a": {"x": mk_force(3)}}))
    x = force(evaluation.options["a"])["x"]  # type: ignore[index]
    assert force(x["_type"]) == "option"
    assert force(x["isDefined"]) is True
    assert force(x["highestPrio"]) == 50
    assert force(x["value"]) == 3
    assert force(x["files"]) == ["home.nix"]
    assert force(x["loc"]) == ["a", "x"]
    y = force(evaluation.options["a"])["y"]  # type: ignore[index]
    assert force(y["highestPrio"]) == 1500


def test_an_evaluation_can_be_extended() -> None:
    evaluation = evaluated(module({"x": Option(t.int, 1), "y": Option(t.int, 2)}, {"x": 5}))
    more = evaluation.extended([module(config={"y": 6}, file="more.nix")])
    assert (more.value("x"), more.value("y"), evaluation.value("y")) == (5, 6, 2)


def test_a_variant_is_the_whole_configuration_with_more_definitions() -> None:
    off = module(config={"variants": mk_force({})}, file="off.nix")
    options = {
        "x": Option(t.int, 1),
        "y": Option(t.int, InContext(lambda evaluation, _: evaluation.value("x"))),
        "variants": Option(t.attrs_of(t.variant(off)), {}),
    }
    evaluation = evaluated(module(options, {"x": 2, "variants": {"other": {"x": mk_force(3)}}}))
    assert evaluation.value("y") == 2
    assert evaluation.value("variants.other.y") == 3


def test_classes_of_modules_do_not_mix() -> None:
    nixos = ModuleSpec("n", "n.nix", class_="nixos")
    with pytest.raises(Failure) as caught:
        evaluate([nixos], {}, class_="homeManager").value("x")
    assert caught.value.diagnostic.code == "module-class"


def test_the_check_for_unknown_options_can_be_switched_off() -> None:
    options = {"x": Option(t.int, 1)}
    assert evaluated(module(options, {"y": 2, "_module": {"check": False}})).config["x"] is not None
    with pytest.raises(Failure):
        _ = evaluated(module(options, {"y": 2})).config


def test_a_read_only_option_is_set_once() -> None:
    options = {"x": Option(t.int, read_only=True)}
    assert evaluated(module(options, {"x": 1})).value("x") == 1
    with pytest.raises(Failure) as caught:
        evaluated(module(options, {"x": 1}), module(config={"x": 1}, file="b.nix")).value("x")
    assert caught.value.diagnostic.code == "option-read-only"


def test_what_a_file_says_about_one_value_can_carry_its_own_place() -> None:
    located = Attrs({"_type": "definition", "file": "elsewhere.nix", "value": 3})
    evaluation = evaluated(module({"x": Option(UNSPECIFIED)}, {"x": located}))
    assert [each.file for each in evaluation.definitions("x")] == ["elsewhere.nix"]
