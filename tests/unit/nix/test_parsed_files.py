"""The cache of parsed files: what comes out is what went in, and whatever is wrong with it counts as nothing there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from home_manager.diagnostics import Failure, Source
from home_manager.nix.evaluation import Evaluator, deep_force, print_value
from home_manager.nix.io import SystemIO
from home_manager.nix.lowering import ir
from home_manager.nix.lowering.ir_cache import ParsedFiles
from home_manager.nix.lowering.resolve import resolve
from home_manager.nix.syntax.parser import parse

LANGUAGE = Path(__file__).parents[2] / "lang"
PROGRAM = """
{ a ? 1, b ? { inherit (builtins) length; }, ... }@given:
let
  long = x: y: assert builtins.isInt x; if x > y then "x is ${toString x}, which is more than ${toString y}" else -y;
  inherit (given.b or b) length;
in
with { inherit long; }; rec {
  both = [ (long 1 2) (long 2 1) ] ++ map (each: each * 2 + builtins.stringLength "a somewhat long text here") [ 1 2 3 ];
  count = length both; ${"dyn" + "amic"} = ./file + "/x"; has = given ? a.b && !(b ? c) || a == 1 -> true;
  "quoted name" = ''
    an indented string with ${toString count} things
      and more of it, so that it becomes a piece of its own in the cache of parsed files, which is not read
  '';
  older = let { body = x; x = "the old form of let, with a text that is long enough to be cut off: ${toString (1 / 2.0)}"; };
}
"""


def evaluator(cache: Path) -> Evaluator:
    return Evaluator(SystemIO(), store_dir="/nix/store", parsed=ParsedFiles(str(cache), worthwhile=0))


def value(cache: Path, file: Path) -> str:
    ev = evaluator(cache)
    result = print_value(deep_force(ev.auto_call(ev.eval_file(str(file)), {})))
    ev.keep_parsed()
    return result


def packs(cache: Path) -> list[Path]:
    return list(cache.glob("parsed-*"))


@pytest.fixture
def program(tmp_path: Path) -> Path:
    file = tmp_path / "program.nix"
    file.write_text(PROGRAM)
    return file


def parsed_from(cache: Path, file: Path) -> bool:
    """Whether the cache knows a file as it is now."""
    ev = evaluator(cache)
    ev.eval_file(str(file))
    assert ev._parsed is not None
    return bool(ev._parsed._found)


@pytest.mark.parametrize("file", sorted(LANGUAGE.glob("*.nix")), ids=lambda file: file.stem)
def test_the_forms_of_a_text_survive(file: Path) -> None:
    source = Source(str(file), file.read_bytes().decode("utf-8", "surrogateescape"))
    try:
        pieces = resolve(parse(source, "/base"), source, Evaluator(SystemIO(), store_dir="/nix/store").globals)
    except Failure:
        return
    again = ir.decode(ir.encode(pieces))
    assert [ir.piece(again, index) for index in range(len(again))] == pieces


def test_the_second_run_gives_the_same(tmp_path: Path, program: Path) -> None:
    cache = tmp_path / "cache"
    first = value(cache, program)
    assert len(packs(cache)) == 1
    assert parsed_from(cache, program)
    assert value(cache, program) == first


def test_a_changed_file_is_parsed_again(tmp_path: Path, program: Path) -> None:
    cache = tmp_path / "cache"
    before = value(cache, program)
    program.write_text(PROGRAM.replace("[ 1 2 3 ]", "[ 1 2 4 ]"))
    assert not parsed_from(cache, program)
    assert value(cache, program) != before


def test_the_same_text_elsewhere_has_other_paths(tmp_path: Path, program: Path) -> None:
    cache = tmp_path / "cache"
    value(cache, program)
    other = tmp_path / "sub" / "program.nix"
    other.parent.mkdir()
    other.write_text(PROGRAM)
    assert f"{tmp_path}/sub/file/x" in value(cache, other)


def test_errors_have_the_same_places(tmp_path: Path) -> None:
    file = tmp_path / "fails.nix"
    file.write_text(PROGRAM.replace("toString (1 / 2.0)", "toString (1 / 0)"))
    said = []
    for _ in range(2):
        ev = evaluator(tmp_path / "cache")
        with pytest.raises(Failure) as caught:
            deep_force(ev.auto_call(ev.eval_file(str(file)), {}))
        ev.keep_parsed()
        diagnostic = caught.value.finished()[0]
        said.append(
            (diagnostic.message, str(diagnostic.span), [(each.text, str(each.span)) for each in diagnostic.frames])
        )
    assert said[0] == said[1]


def test_what_is_undefined_is_never_kept(tmp_path: Path) -> None:
    file = tmp_path / "undefined.nix"
    file.write_text(PROGRAM.replace("long 1 2", "nowhere 1 2"))
    for _ in range(2):
        with pytest.raises(Failure, match="nowhere"):
            value(tmp_path / "cache", file)
    assert not packs(tmp_path / "cache")


def test_other_global_names_mean_another_entry(tmp_path: Path, program: Path) -> None:
    cache = tmp_path / "cache"
    value(cache, program)
    ev = Evaluator(SystemIO(), store_dir="/s", parsed=ParsedFiles(str(cache)), extra_globals={"length": 1})
    ev.eval_file(str(program))
    assert ev._parsed is not None
    assert not ev._parsed._found


@pytest.mark.parametrize("spoil", ["first", "middle", "last", "short", "empty"])
def test_damage_counts_as_nothing_there(tmp_path: Path, program: Path, spoil: str) -> None:
    cache = tmp_path / "cache"
    expected = value(cache, program)
    (pack,) = packs(cache)
    data = bytearray(pack.read_bytes())
    if spoil in ("short", "empty"):
        data = data[: len(data) // 2] if spoil == "short" else bytearray()
    else:
        data[{"first": 0, "middle": len(data) // 2, "last": -1}[spoil]] ^= 0x55
    pack.write_bytes(data)
    assert not parsed_from(cache, program)
    assert value(cache, program) == expected
    assert parsed_from(cache, program)


def test_what_others_can_write_is_not_read(tmp_path: Path, program: Path) -> None:
    cache = tmp_path / "cache"
    value(cache, program)
    (pack,) = packs(cache)
    pack.chmod(0o666)
    assert not parsed_from(cache, program)
    pack.chmod(0o600)
    assert parsed_from(cache, program)
    cache.chmod(0o777)
    assert not parsed_from(cache, program)


def test_a_link_in_its_place_is_not_followed(tmp_path: Path, program: Path) -> None:
    cache = tmp_path / "cache"
    value(cache, program)
    (pack,) = packs(cache)
    pack.rename(tmp_path / "elsewhere")
    pack.symlink_to(tmp_path / "elsewhere")
    assert not parsed_from(cache, program)


def test_a_folder_that_cannot_be_made_is_no_mistake(tmp_path: Path, program: Path) -> None:
    (tmp_path / "file").write_text("")
    assert value(tmp_path / "file" / "cache", program)


def test_little_is_not_worth_a_file(tmp_path: Path, program: Path) -> None:
    ev = Evaluator(SystemIO(), store_dir="/nix/store", parsed=ParsedFiles(str(tmp_path / "cache")))
    ev.eval_file(str(program))
    ev.keep_parsed()
    assert not os.path.exists(tmp_path / "cache")


def test_files_of_another_parser_are_removed(tmp_path: Path, program: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir(mode=0o700)
    (cache / "parsed-0123456789abcdef").write_text("")
    (cache / "downloads").write_text("")
    value(cache, program)
    assert len(packs(cache)) == 1
    assert (cache / "downloads").exists()
