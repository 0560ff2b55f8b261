"""Types: what they accept, how they merge, and what they are called."""

from __future__ import annotations

import pytest

from home_manager.diagnostics import Failure
from home_manager.options import Mismatch, OptionType, mk_after, mk_before, mk_default, mk_force, mk_if, mk_order
from home_manager.options.types.base import same
from home_manager.values import MISSING, Attrs, Builtin, ContextString, PathValue
from unit.options.build import Option, evaluated, merged, module, t

STORE = "/nix/store/" + "a" * 32 + "-bat"
PACKAGE = Attrs({"type": "derivation", "name": "bat", "outPath": STORE})

WORDS = [
    (t.attrs_of(t.null_or(t.str)), "attribute set of (null or string)"),
    (t.ini(), "attribute set of section of an INI file (attrs of INI atom (null, bool, int, float or string))"),
    (
        t.ini(joined=True),
        "attribute set of section of an INI file "
        "(attrs of INI atom (null, bool, int, float or string) or a non-empty list of them)",
    ),
    (t.key_value(), "attribute set of (atom (null, bool, int, float or string))"),
    (
        t.key_value(duplicates=True),
        "attribute set of (atom (null, bool, int, float or string) or a list of them for duplicate keys)",
    ),
    (t.null_or(t.unsigned), "null or (unsigned integer, meaning >=0)"),
    (t.either(t.positive, t.str), "positive integer, meaning >0, or string"),
    (t.either(t.float, t.positive), "floating point number or (positive integer, meaning >0)"),
    (t.attrs_of(t.json), "attribute set of (JSON value)"),
    (t.null_or(t.json), "null or JSON value"),
    (t.coerced_to(t.str, lambda s: [s], t.list_of(t.str)), "(list of string) or string convertible to it"),
    (t.null_or(t.number_between(0, 1)), "null or integer or floating point number between 0 and 1 (both inclusive)"),
    (
        t.null_or(t.number_between(1.0, 2.0)),
        "null or integer or floating point number between 1.0 and 2.0 (both inclusive)",
    ),
    (t.null_or(t.one_of(t.path, t.lines)), 'null or absolute path or strings concatenated with "\\n"'),
    (t.non_empty_list_of(t.str), "non-empty (list of string)"),
    (t.null_or(t.uniq(t.non_empty_list_of(t.str))), "null or (non-empty (list of string))"),
    (t.port, "16 bit unsigned integer; between 0 and 65535 (both inclusive)"),
    (t.between(0, 100), "integer between 0 and 100 (both inclusive)"),
    (t.enum("a", 1, None, True), 'one of "a", 1, <null>, true'),
    (t.null_or(t.enum("TCP")), 'null or value "TCP" (singular enum)'),
    (t.dag_of(t.str), "DAG of string"),
    (t.list_of(t.path_in_store), "list of path in the Nix store"),
    (t.function_to(t.list_of(t.package)), "function that evaluates to a(n) list of package"),
    (t.lazy_attrs_of(t.submodule(module())), "lazy attribute set of (submodule)"),
    (t.submodule(module(freeform=t.toml)), "open submodule of (TOML value)"),
    (
        t.list_of(t.submodule(module(freeform=t.attrs_of(t.anything)))),
        "list of (open submodule of attribute set of anything)",
    ),
    (t.null_or(t.str_matching("[0-9a-f]{8}")), "null or string matching the pattern [0-9a-f]{8}"),
    (t.attrs_of(t.attrs_of(t.gvariant)), "attribute set of attribute set of (GVariant value)"),
    (t.single_line_str, "(optionally newline-terminated) single-line string"),
    (t.attr_tag({"b": Option(t.int), "a": Option(t.str)}), "attribute-tagged union with choices: a, b"),
]


@pytest.mark.parametrize(("type_", "words"), WORDS, ids=[words for _, words in WORDS])
def test_the_description_of_a_type_is_that_of_the_catalogue(type_: OptionType, words: str) -> None:
    assert type_.describe() == words


ACCEPTED = [
    (t.bool, [True], [1, "true", None]),
    (t.int, [0, -3], [True, 1.0, "1"]),
    (t.float, [1.5], [1]),
    (t.number, [1, 1.5], [True]),
    (t.str, ["", ContextString("x", frozenset({"/nix/store/x"}))], [PathValue("/x"), 1]),
    (t.non_empty_str, ["a"], ["", " \n\t"]),
    (t.single_line_str, ["a", "a\n"], ["a\nb", "a\r"]),
    (t.str_matching("[[:digit:]]+"), ["12"], ["1a", ""]),
    (t.str_matching(".*"), ["a\nb"], []),
    (t.path, ["/x", PathValue("/x"), PACKAGE], ["x", "", 1]),
    (t.path_in_store, [STORE, STORE + "/bin/x"], ["/x", "/nix/store"]),
    (t.external_path, ["/x"], [STORE, "x", PathValue("/x")]),
    (t.package, [PACKAGE, STORE], [STORE + "/bin/x", "bat", {}]),
    (t.shell_package, [Attrs({**PACKAGE, "shellPath": "/bin/zsh"})], [PACKAGE]),
    (t.enum("a", 1), ["a", 1], ["b", True]),
    (t.u8, [0, 255], [256, -1, True]),
    (t.s8, [-128, 127], [128]),
    (t.positive, [1], [0]),
    (t.list_of(t.int), [[], ["not looked at"]], [{}, None]),
    (t.non_empty_list_of(t.int), [[1]], [[]]),
    (t.attrs_of(t.int), [{}, {"a": "not looked at"}], [[], None]),
    (t.null_or(t.int), [None, 1], ["x"]),
    (t.either(t.int, t.str), [1, "x"], [True]),
    (t.coerced_to(t.int, str, t.str), [1, "x"], [True]),
    (t.function_to(t.int), [Builtin("f", 1, lambda x: x), Attrs({"__functor": None})], [{}]),
    (t.submodule(module()), [{}, Builtin("f", 1, lambda x: x), "/x.nix"], ["x", 1]),
    (t.attr_tag({"a": Option(t.int)}), [{"a": 1}], [{}, {"a": 1, "b": 2}, {"b": 2}]),
    (t.gvariant, [True, 1, 1.5, "x", [1], []], [None, {}]),
    (t.toml, [{"a": [1, "x", True]}, 1], [None]),
    (t.json, [None], []),
    (t.narrowed(t.int, lambda x: x != 3), [2], [3, "x"]),  # type: ignore[arg-type,return-value]
]


@pytest.mark.parametrize(("type_", "good", "bad"), ACCEPTED, ids=[str(each[0].describe()) for each in ACCEPTED])
def test_what_a_type_accepts(type_: OptionType, good: list[object], bad: list[object]) -> None:
    for value in good:
        assert type_.check(value) is None, value
    for value in bad:
        found = type_.check(value)
        assert isinstance(found, Mismatch) and found.expected == type_.describe(), value


def test_lists_follow_each_other_in_their_order() -> None:
    assert merged(t.list_of(t.str), ["a"], mk_after(["z"]), mk_before(["0"]), ["b"]) == ["0", "a", "b", "z"]
    assert merged(t.list_of(t.str), mk_order(1, ["b"]), mk_order(0, ["a"])) == ["a", "b"]


def test_elements_of_lists_may_be_conditional() -> None:
    assert merged(t.list_of(t.str), [mk_if(False, "a"), mk_if(True, "b"), "c"]) == ["b", "c"]


def test_lines_are_joined_with_newlines_and_keep_their_context() -> None:
    assert merged(t.lines, "a", mk_before("b")) == "b\na"
    value = merged(t.lines, ContextString("a", frozenset({"p"})), "b")
    assert isinstance(value, ContextString) and value.context == {"p"}


def test_a_line_loses_its_newline() -> None:
    assert merged(t.single_line_str, "a\n") == "a"


def test_sets_are_merged_name_by_name() -> None:
    type_ = t.attrs_of(t.list_of(t.int))
    assert merged(type_, {"a": [1], "b": mk_if(False, [2])}, {"a": [3], "c": []}) == {"a": [1, 3], "c": []}


def test_a_lazy_set_knows_its_names_without_its_values() -> None:
    evaluation = evaluated(
        module({"x": Option(t.lazy_attrs_of(t.null_or(t.int)))}, {"x": {"a": mk_if(False, 1), "b": 2}})
    )
    value = evaluation.value("x")
    assert isinstance(value, dict) and list(value) == ["a", "b"]
    assert evaluation.value("x.a") is None


def test_the_shallow_set_takes_the_last_definition_of_a_name() -> None:
    assert merged(t.attrs, {"a": 1, "b": 1}, {"a": 2}) == {"a": 2, "b": 1}


def test_null_does_not_mix_with_values() -> None:
    assert merged(t.null_or(t.int), None, None) is None
    with pytest.raises(Failure) as caught:
        merged(t.null_or(t.int), None, 1)
    assert caught.value.diagnostic.code == "option-conflict"


def test_an_alternative_takes_all_definitions_or_none() -> None:
    type_ = t.either(t.list_of(t.int), t.str)
    assert merged(type_, [1], [2]) == [1, 2]
    with pytest.raises(Failure):
        merged(type_, [1], "x")


def test_values_of_another_type_are_converted_before_the_merge() -> None:
    assert merged(t.coerced_to(t.str, lambda text: [text], t.list_of(t.str)), "a", ["b"]) == ["a", "b"]


def test_unique_types_take_one_definition() -> None:
    assert merged(t.uniq(t.list_of(t.int)), [1]) == [1]
    with pytest.raises(Failure) as caught:
        merged(t.uniq(t.list_of(t.int)), [1], [2])
    assert caught.value.diagnostic.code == "option-not-unique"
    assert merged(t.raw, mk_force(1), 2) == 1


def test_booleans_may_be_or_ed() -> None:
    assert merged(t.bool_by_or, False, True) is True
    assert merged(t.bool_by_or, False, False) is False


def test_anything_is_merged_deeply() -> None:
    assert merged(t.anything, {"a": {"b": 1}}, {"a": {"c": [1]}, "d": mk_default(3)}, {"d": 4}) == {
        "a": {"b": 1, "c": [1]},
        "d": 4,
    }
    with pytest.raises(Failure):
        merged(t.anything, {"a": 1}, {"a": 2})


def test_untyped_definitions_are_joined_by_their_kind() -> None:
    assert merged(t.unspecified, [1], [2]) == [1, 2]
    assert merged(t.unspecified, {"a": 1}, {"b": 2}) == {"a": 1, "b": 2}
    assert merged(t.unspecified, "a", "b") == "ab"
    assert merged(t.unspecified, True, False) is True


def test_a_store_path_becomes_a_package() -> None:
    value = merged(t.package, STORE)
    assert isinstance(value, dict) and value["type"] == "derivation" and value["name"] == "bat"


def test_tags_choose_one_alternative() -> None:
    type_ = t.attr_tag({"file": Option(t.str), "size": Option(t.int)})
    assert merged(type_, {"size": 1}) == {"size": 1}
    with pytest.raises(Failure):
        merged(type_, {"size": 1}, {"file": "x"})


def test_entries_of_a_graph_may_be_bare_values() -> None:
    entry = {"data": "b", "after": ["a"], "before": []}
    assert merged(t.dag_of(t.str), {"a": "x", "b": entry}) == {
        "a": {"data": "x", "after": [], "before": []},
        "b": {"data": "b", "after": ["a"], "before": []},
    }


def test_submodules_in_a_graph_know_their_name() -> None:
    from home_manager.options import InContext

    inner = module({"n": Option(t.str, InContext(lambda evaluation, _: evaluation.module_argument("dagName")))})
    value = merged(t.dag_of(t.submodule(inner)), {"host": {}})
    assert value == {"host": {"data": {"n": "host"}, "after": [], "before": []}}


def test_gvariant_values_have_one_type() -> None:
    value = merged(t.gvariant, [1, 2], [3])
    assert isinstance(value, dict) and value["type"] == "ai"
    with pytest.raises(Failure):
        merged(t.gvariant, 1, "x")


def test_types_of_two_declarations_are_combined() -> None:
    both = t.enum("a").combined(t.enum("b"))
    assert both is not None and both.describe() == 'one of "a", "b"'
    assert t.attrs_of(t.enum("a")).combined(t.attrs_of(t.enum("b"))) is not None
    assert t.str.combined(t.int) is None
    assert t.lines.combined(t.commas) is None
    assert t.lines.combined(t.lines) is t.lines
    assert t.coerced_to(t.str, str, t.str).combined(t.str) is None


def test_the_empty_values() -> None:
    assert t.list_of(t.int).empty() == []
    assert t.attrs_of(t.int).empty() == {}
    assert t.null_or(t.int).empty() is None
    assert t.non_empty_list_of(t.int).empty() is MISSING
    assert t.int.empty() is MISSING


def test_equality_is_that_of_the_language() -> None:
    function = Builtin("f", 1, lambda x: x)
    assert same({"a": [1, None]}, {"a": [1.0, None]})
    assert not same(True, 1)
    assert not same({"f": function}, {"f": function})
    assert same(PACKAGE, Attrs({**PACKAGE, "name": "other"}))
    assert not same({"a": 1}, {"a": 1, "b": 1})
