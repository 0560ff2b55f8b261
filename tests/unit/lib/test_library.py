"""What the library promises beyond single values: laziness of its parts, errors, laws."""

from __future__ import annotations

import shlex
import subprocess
import sys
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home_manager.diagnostics import Failure
from home_manager.frontends.nix.lib import Library, build_lib, extended_lib
from home_manager.frontends.nix.lib.catalogue import EXPORTS, HM_TOPICS, TOPICS
from home_manager.nix.errors import NixThrow
from home_manager.nix.evaluation import Evaluator, call, deep_force, expect_attrs, expect_list, force, to_python
from home_manager.nix.io import SystemIO
from home_manager.options.types import public_names as t
from home_manager.values import Attrs, Builtin, ContextString

EVALUATOR = Evaluator(SystemIO(), store_dir="/nix/store")
LIB = build_lib(EVALUATOR)


def apply(name: str, *arguments: object) -> Any:
    return to_python(deep_force(call(LIB[name], *arguments)))


def evaluate(text: str) -> Any:
    scoped = Evaluator(SystemIO(), store_dir="/nix/store", extra_globals={"lib": LIB})
    return to_python(deep_force(scoped.eval_text(text)))


def test_every_export_exists() -> None:
    missing = [name for name in EXPORTS if LIB.get(name, None) is None and name not in LIB]
    assert missing == []


def test_every_topic_has_names() -> None:
    hm = extended_lib(EVALUATOR)["hm"]
    assert isinstance(hm, Attrs)
    assert all(len(force(LIB[topic])) for topic in TOPICS)  # type: ignore[arg-type]
    assert all(len(force(hm[topic])) for topic in HM_TOPICS)  # type: ignore[arg-type]


def test_hm_is_for_modules_only() -> None:
    assert "hm" not in LIB
    assert "hm" in extended_lib(EVALUATOR)


def test_topics_are_imported_when_they_are_named() -> None:
    script = (
        "import sys\n"
        "from home_manager.frontends.nix.lib import build_lib\n"
        "from home_manager.nix.evaluation import Evaluator\n"
        "from home_manager.nix.io import SystemIO\n"
        "lib = build_lib(Evaluator(SystemIO(), store_dir='/nix/store'))\n"
        "lib['optionalString']\n"
        "late = ('.systems.tables', '.fileset', '.licenses', '.customisation')\n"
        "print([module for module in sys.modules if module.endswith(late)])\n"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n"


NO_PACKAGE = "lib.meta.getExe': The first argument is"


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("lib.last [ ]", "lists.last: list must not be empty!"),
        ("lib.toInt \"x\"", 'toInt: Could not convert "x" to int.'),
        ("lib.getExe' { } \"x\"", f"{NO_PACKAGE} of type set, but it should be a derivation instead."),
        ("lib.assertMsg false \"no\"", "no"),
        ("lib.types.ints.between 3 1", "ints.between: lowest must be smaller than highest"),
        ("lib.toShellVar \"a-b\" 1", "toShellVar: a-b is not a valid shell variable name"),
        ("lib.network.ipv6.fromString \"1::2::3\"", "1::2::3 is not a valid IPv6 address"),
    ],
)  # fmt: skip
def test_throws(expression: str, message: str) -> None:
    with pytest.raises(NixThrow) as caught:
        evaluate(expression)
    assert str(caught.value) == message


def evaluation(module: str, attribute: str = "") -> str:
    return f"(lib.evalModules {{ modules = [ {module} ]; }}).config{attribute}"


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("lib.mkOption { typo = 1; }", "nix-argument"),
        (evaluation("{ imports = [ [ ] ]; }"), "not-a-module"),
        (evaluation("{ _type = \"flake\"; }"), "not-a-module"),
        (evaluation("{ options = { }; x = 1; }"), "module-stray-attribute"),
        (evaluation("{ options.a = lib.mkOption { type = 3; }; config.a = 1; }", ".a"), "not-a-type"),
        (evaluation("{ options.a = lib.mkOption { }; config.b = 1; }"), "unknown-option"),
    ],
)  # fmt: skip
def test_failures(expression: str, code: str) -> None:
    with pytest.raises(Failure) as caught:
        evaluate(expression)
    assert caught.value.diagnostic.code == code


def test_a_changed_type_keeps_its_engine_type() -> None:
    library = Library(EVALUATOR)
    string = expect_attrs(library.topic("types")["str"])
    described = library.type(Attrs({**string, "description": "word"}))
    assert described.describe() == "word"
    assert described.accepts("x")
    assert not described.accepts(1)
    assert library.type(library.type_value(t.lines)) is t.lines


def test_types_are_looked_at_late() -> None:
    late = 'options.a = lib.mkOption { type = throw "type"; };'
    text = evaluation(f"{{ {late} options.b = lib.mkOption {{ default = 1; }}; }}", ".b")
    assert evaluate(text) == 1


def test_context_of_joined_strings() -> None:
    a = ContextString("a", frozenset({"/nix/store/x"}))
    b = ContextString("b", frozenset({"/nix/store/y"}))
    result = force(call(LIB["concatStringsSep"], "-", [a, b]))
    assert isinstance(result, ContextString)
    assert result.context == {"/nix/store/x", "/nix/store/y"}


WORDS = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), max_size=5)


@given(WORDS)
def test_shell_words_are_read_back(words: list[str]) -> None:
    assert shlex.split(apply("escapeShellArgs", words)) == words


@given(st.lists(st.integers(0, 9)), st.lists(st.integers(0, 9)))
def test_lists_as_sets(first: list[int], second: list[int]) -> None:
    assert apply("unique", first) == list(dict.fromkeys(first))
    assert apply("subtractLists", second, first) == [item for item in first if item not in second]
    assert apply("intersectLists", second, first) == [item for item in first if item in second]


EDGES = st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda e: e[0] != e[1]), max_size=14)


@given(EDGES)
def test_toposort_obeys_or_shows_a_circle(edges: set[tuple[int, int]]) -> None:
    before = Builtin("before", 2, lambda a, b: (force(a), force(b)) in edges)
    result = apply("toposort", before, list(range(8)))
    if "result" in result:
        order = result["result"]
        assert sorted(order) == list(range(8))
        assert all(order.index(a) < order.index(b) for a, b in edges)
    else:
        cycle = result["cycle"]
        assert all((later, earlier) in edges for earlier, later in pairwise(cycle))
        assert result["loops"]
        assert all((item, cycle[-1]) in edges for item in result["loops"])


SETS = st.recursive(
    st.integers(0, 3), lambda inner: st.dictionaries(st.sampled_from("abc"), inner, max_size=3), max_leaves=8
).filter(lambda value: isinstance(value, dict))


def updated(left: Any, right: Any) -> Any:
    if isinstance(left, dict) and isinstance(right, dict):
        joint = {name: updated(left[name], right[name]) for name in left if name in right}
        return {**left, **right, **joint}
    return right


def as_value(data: Any) -> Any:
    return Attrs({name: as_value(item) for name, item in data.items()}) if isinstance(data, dict) else data


@given(SETS, SETS)
def test_recursive_update(left: Any, right: Any) -> None:
    assert apply("recursiveUpdate", as_value(left), as_value(right)) == updated(left, right)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers())))
def test_sort_on_is_stable(pairs: list[tuple[int, int]]) -> None:
    key = Builtin("key", 1, lambda pair: expect_list(pair)[0])
    assert apply("sortOn", key, [list(pair) for pair in pairs]) == [list(p) for p in sorted(pairs, key=lambda p: p[0])]
