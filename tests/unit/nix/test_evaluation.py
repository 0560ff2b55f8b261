"""The evaluator as Python uses it: calls, files, search path, automatic arguments, positions, errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from home_manager.diagnostics import Failure, Source
from home_manager.nix.errors import NixThrow
from home_manager.nix.evaluation import (
    Evaluator,
    LazyCall,
    call,
    deep_force,
    force,
    from_python,
    function_arguments,
    print_value,
    to_python,
)
from home_manager.nix.io import SystemIO
from home_manager.nix.nar_paths import NamedObjects
from home_manager.values import Attrs, Builtin, ContextString, PathValue
from home_manager.values.lazy import Delayed

STORE = "/nix/store"


@pytest.fixture
def evaluator() -> Evaluator:
    return Evaluator(SystemIO(objects=NamedObjects(STORE), environment={"HOME": "/home/alice"}), store_dir=STORE)


def test_values_are_python_values(evaluator: Evaluator) -> None:
    value = evaluator.eval_text('{ a = 1; b = [ 1.5 true null "s" ]; c = /x; }')
    assert to_python(value) == {"a": 1, "b": [1.5, True, None, "s"], "c": "/x"}
    assert isinstance(value, Attrs)
    assert isinstance(force(value["c"]), PathValue)


def test_functions_can_be_called_with_python_values(evaluator: Evaluator) -> None:
    function = evaluator.eval_text("{ name, ... }@all: suffix: name + suffix + toString (builtins.length all.xs)")
    given = from_python({"name": "n", "xs": [1, 2], "more": {}})
    assert call(function, given, Delayed(lambda: "-s")) == "n-s2"
    assert call(call(function, given), "-t") == "n-t2"
    assert function_arguments(function) == {"name": False}
    assert force(LazyCall(function, given, "-u")) == "n-u2"


def test_python_functions_can_be_called_from_the_language(evaluator: Evaluator) -> None:
    asked: list[object] = []

    def join(a: object, b: object) -> object:
        asked.append(b)
        return f"{force(a)}!"

    function = evaluator.eval_text('join: (join "a") (throw "never")')
    assert call(function, Builtin("join", 2, join)) == "a!"
    assert len(asked) == 1


def test_extra_names(evaluator: Evaluator) -> None:
    other = Evaluator(evaluator.io, store_dir=STORE, extra_globals={"answer": 42, "late": Delayed(lambda: 43)})
    assert other.eval_text("answer + late") == 85
    with pytest.raises(Failure, match="undefined variable 'answer'"):
        evaluator.eval_text("answer")


def test_files_are_evaluated_once(evaluator: Evaluator, tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "default.nix").write_text("{ x = 1; here = ./.; f = a: a; }")
    (tmp_path / "main.nix").write_text(
        "let l = import ./lib; in { inherit (l) x here; lists = [ l ] == [ (import ./lib) ]; }"
    )
    value = evaluator.eval_file(str(tmp_path / "main.nix"))
    assert to_python(value) == {"x": 1, "here": str(tmp_path / "lib"), "lists": True}
    assert evaluator.eval_file(str(tmp_path / "main.nix")) is value
    scoped = evaluator.eval_file_in(str(tmp_path / "main.nix"), {"import": Builtin("import", 1, lambda path: {"x": 2})})
    assert isinstance(scoped, Attrs)
    assert force(scoped["x"]) == 2


def test_a_link_is_followed_before_relative_paths_are_read(evaluator: Evaluator, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.nix").write_text("import ./b.nix")
    (tmp_path / "real" / "b.nix").write_text("5")
    (tmp_path / "link.nix").symlink_to("real/a.nix")
    assert evaluator.eval_file(str(tmp_path / "link.nix")) == 5


def test_search_path(evaluator: Evaluator, tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "x.nix").write_text("1")
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / "y.nix").write_text("2")
    path = [("", str(tmp_path / "one")), ("pre", str(tmp_path / "two"))]
    other = Evaluator(evaluator.io, store_dir=STORE, search_path=path)
    assert other.eval_text("import <x.nix> + import <pre/y.nix>") == 3
    with pytest.raises(NixThrow, match=r"file 'y\.nix' was not found in the Nix search path"):
        other.eval_text("<y.nix>")


def test_automatic_arguments(evaluator: Evaluator) -> None:
    arguments = {"a": 1, "b": 2, "c": 3}
    assert evaluator.auto_call(evaluator.eval_text("{ a, b ? 5, d ? 6 }: [ a b d ]"), arguments) == [1, 2, 6]
    assert to_python(evaluator.auto_call(evaluator.eval_text("{ ... }@all: all"), arguments)) == arguments
    assert evaluator.auto_call(evaluator.eval_text("7"), arguments) == 7
    with pytest.raises(Failure, match="argument without a value \\('x'\\)"):
        evaluator.auto_call(evaluator.eval_text("{ a, x }: a"), arguments)


def test_contexts_travel(evaluator: Evaluator, tmp_path: Path) -> None:
    (tmp_path / "f").write_text("hello")
    text = evaluator.eval_text('"a ${./f} b" + "c"', str(tmp_path))
    assert isinstance(text, ContextString)
    (path,) = text.context
    assert text == f"a {path} bc"
    assert path.startswith(f"{STORE}/") and path.endswith("-f")
    # `nix-store --add` gives the same name to a file with this text.
    (tmp_path / "hello.txt").write_text("hello world\n")
    copied = evaluator.eval_text('"${./hello.txt}"', str(tmp_path))
    assert copied == evaluator.copy_path(PathValue(str(tmp_path / "hello.txt")))


def test_positions_of_attributes(evaluator: Evaluator) -> None:
    source = Source("/f.nix", '{\n  a = 1;\n  b.c = 2;\n} // {\n  a = 3; ${"d"} = 4; ${"e" + ""} = 5;\n}')
    value = evaluator.eval_source(source, "/")
    assert isinstance(value, Attrs)
    assert [str(value.position(name)) for name in ("a", "b", "d", "e", "x")] == [
        "/f.nix:5:3",
        "/f.nix:3:3",
        "/f.nix:5:10",
        "/f.nix:5:22",
        "None",
    ]


def test_a_failure_leaves_the_depth_as_it_was(evaluator: Evaluator) -> None:
    for _ in range(3):
        with pytest.raises(Failure, match="stack overflow; max-call-depth exceeded"):
            evaluator.eval_text("let f = x: 1 + f x; in f 1")
        assert evaluator.depth == 0
    caught = evaluator.eval_text('let f = n: if n == 0 then throw "x" else 1 + f (n - 1); in builtins.tryEval (f 100)')
    assert to_python(caught) == {"success": False, "value": False}
    assert evaluator.depth == 0


def test_the_call_depth_can_be_set(evaluator: Evaluator) -> None:
    shallow = Evaluator(evaluator.io, store_dir=STORE, max_call_depth=50)
    text = "let f = n: if n == 0 then 0 else 1 + f (n - 1); in f {}"
    assert shallow.eval_text(text.format(40)) == 40
    with pytest.raises(Failure, match="max-call-depth"):
        shallow.eval_text(text.format(60))


@pytest.mark.slow
def test_recursion_is_as_deep_as_the_limit_says(evaluator: Evaluator) -> None:
    deep = Evaluator(evaluator.io, store_dir=STORE, max_call_depth=110_000)
    text = "let f = n: if n == 0 then 0 else 1 + f (n - 1); g = n: if n == 0 then [ ] else [ (g (n - 1)) ]; in {}"
    assert deep.eval_text(text.format("f 100000")) == 100_000
    folded = "builtins.foldl' (a: b: if a == [ ] then b else f b) 1 [ 90000 ]"
    assert deep.eval_text(text.format(folded)) == 90_000
    through_map = "let h = n: if n == 0 then 0 else builtins.head (map (m: 1 + h m) [ (n - 1) ]); in h 50000"
    assert deep.eval_text(through_map) == 50_000
    through_sets = "let h = n: rec { a = if n == 0 then 0 else b + 1; b = (h (n - 1)).a; }; in (h 50000).a"
    assert deep.eval_text(through_sets) == 50_000
    with pytest.raises(Failure, match="stack overflow; max-call-depth exceeded"):
        deep.eval_text(text.format("f 120000"))
    with pytest.raises(Failure, match="stack overflow; max-call-depth exceeded"):
        evaluator.eval_text(text.format("f 10001"))


def test_frames_say_how_evaluation_came_there(evaluator: Evaluator) -> None:
    with pytest.raises(Failure) as caught:
        deep_force(evaluator.eval_text("let f = x: { y = x.z; }; in { a = f { z = 1 + null; }; }"))
    (diagnostic,) = caught.value.finished()
    assert diagnostic.code == "nix-type"
    assert all(frame.nix for frame in diagnostic.frames)
    assert [frame.text for frame in diagnostic.frames][-1] == "while evaluating the attribute 'a'"


def test_an_endless_recursion_does_not_collect_frames_without_end(evaluator: Evaluator) -> None:
    with pytest.raises(Failure) as caught:
        evaluator.eval_text("let f = x: 1 + f x; in f 1")
    assert len(caught.value.frames) < 200


def test_functions_have_names_when_printed_in_errors(evaluator: Evaluator) -> None:
    for text, shown in [
        ('"${(rec { g = x: x; }).g}"', "«lambda g @ «string»:1:15»"),
        ('let f = a: b: c: a; in "${f 1 2}"', "«lambda f @ «string»:1:15»"),
        ('"${x: x}"', "«lambda @ «string»:1:4»"),
        ('"${builtins.map}"', "«primop map»"),
    ]:
        with pytest.raises(Failure) as caught:
            evaluator.eval_text(text)
        assert str(caught.value).endswith(shown)


def test_printing_does_not_force(evaluator: Evaluator) -> None:
    value = evaluator.eval_text('{ a = throw "x"; b = x: x; c = map; d = map 1; e = [ (1 + 1) ]; }')
    assert print_value(value) == "{ a = <CODE>; b = <LAMBDA>; c = <PRIMOP>; d = <CODE>; e = <CODE>; }"
