"""How modules depend on each other, imports in functions and for types included: ranks, circles, and what is deferred."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from pathlib import Path

from harness.import_graph import Import, circles, imports, module_names

ROOT = Path(__file__).parents[2]
IMPORTS = imports()

CIRCLES = {
    "options": "the type of an option may be a submodule, whose value is an evaluation of modules, which have options",
    "authoring": "a part is given the options of its module, and the class of options has the parts",
    "frontends.nix": "functions of `lib` are given the library that they are found in",
}
"""The circles that there are, by the room that each lies in, and why; docs/architecture.md names them too."""

DEFERRED = {"engine": 46, "cli": 142}
"""How many imports stand in functions, for the start-up's sake or (a few) for a circle's. The numbers only go down.

Those of the engine say why in a comment above them. Those of `cli` have one reason: files of commands are read for help and
completion too, which need nothing of the engine.
"""

OUTSIDE_NAMES = ("modules/", "frontends/nix/lib/", "formats/", "cli/")
"""Folders whose files are called what something outside is called: an option, a file of nixpkgs, a format, a command."""

SHARED_NAMES = {"provider": "the folder of each provider of packages has it in a file of this name"}


def room_of(module: str) -> str:
    """The first folder below the program's package, or the file where it lies there."""
    return module.split(".")[1] if "." in module else module


def layers() -> dict[str, int]:
    """The rank of each room, from the contract of import-linter: higher imports lower."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    (contract,) = [each for each in contracts if each["id"] == "ranks"]
    ranks: dict[str, int] = {}
    for rank, line in enumerate(reversed(contract["layers"])):
        for room in re.split(r"[|:]", line):
            ranks[room.strip()] = rank
    return ranks


def test_no_import_runs_up_the_ranks() -> None:
    ranks = layers()
    wrong = [
        f"{each.importer} -> {each.imported} ({each.kind}, line {each.line})"
        for each in IMPORTS
        if room_of(each.importer) in ranks
        and room_of(each.imported) in ranks
        and ranks[room_of(each.importer)] < ranks[room_of(each.imported)]
    ]
    assert not wrong


def test_circles_are_few_and_each_lies_in_one_room_that_says_why() -> None:
    found = circles(IMPORTS)
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    unexpected = []
    for members in found:
        room = next((name for name in CIRCLES if all(each.startswith(f"home_manager.{name}.") for each in members)), "")
        if not room:
            unexpected.append(members)
    assert not unexpected
    assert len(found) <= 3
    assert not [room for room, reason in CIRCLES.items() if reason not in " ".join(page.split())]


def test_circles_are_found() -> None:
    edges = [Import(*pair, "type", 1, False) for pair in (("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"))]
    assert circles(edges) == [["a", "b", "c"]]
    assert circles(edges[:2]) == []


def test_deferred_imports_become_fewer_and_say_why() -> None:
    deferred = [each for each in IMPORTS if each.kind == "function" and room_of(each.importer) != "modules"]
    engine = [each for each in deferred if room_of(each.importer) != "cli"]
    found = {"engine": len(engine), "cli": len(deferred) - len(engine)}
    assert all(found[part] <= DEFERRED[part] for part in found), f"one more, so one less elsewhere: {found}"
    assert not [f"{each.importer}, line {each.line}" for each in engine if not each.explained]


def test_file_names_are_unique() -> None:
    """So that a name finds one file; `__init__.py` is what its folder is about."""
    where: dict[str, list[str]] = defaultdict(list)
    for path in module_names().values():
        name = path.relative_to(ROOT / "src" / "home_manager").as_posix()
        if path.stem not in ("__init__", "__main__") and not name.startswith(OUTSIDE_NAMES):
            where[path.stem].append(name)
    assert not {name: files for name, files in where.items() if len(files) > 1 and name not in SHARED_NAMES}


def test_terms_of_the_glossary_are_defined_where_it_says() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    glossary = page.split("## Glossary")[1].split("\n## ")[0]
    places = re.findall(r"\| `([\w.]+)` \|$", glossary, re.MULTILINE)
    assert len(places) > 20
    assert not [place for place in places if f"home_manager.{place}" not in module_names()]


def test_modules_that_pages_name_exist() -> None:
    """`nix.lowering.ir` and the like, in the pages about the inside."""
    rooms = layers()
    pages = [ROOT / "docs" / "architecture.md", *(ROOT / "src" / "home_manager").rglob("README.md")]
    wrong = []
    for page in pages:
        for name in re.findall(r"`([a-z_]+(?:\.[a-z_]+)+)`", page.read_text("utf-8")):
            owner = name.rpartition(".")[0]
            if name.split(".")[0] in rooms and not {f"home_manager.{name}", f"home_manager.{owner}"} & set(
                module_names()
            ):
                wrong.append(f"{page.name}: {name}")
    assert not wrong
