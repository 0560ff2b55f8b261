"""What the architecture promises and no linter knows: who touches the machine, who prints, what is called how."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "home_manager"
SOURCES = sorted(PACKAGE.rglob("*.py"))


@dataclass(frozen=True)
class Room:
    """A row of the table of rooms in docs/architecture.md."""

    rank: str
    name: str
    touching: tuple[str, ...]
    """What begins the names of the files that may touch the machine."""


def rooms() -> list[Room]:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    found: list[Room] = []
    for rank, name, touching in re.findall(r"^\| (\d*) ?\| `([\w./]+)` \| .* \| (.*?) ?\|$", page, re.MULTILINE):
        files = (name,) if touching == "yes" else tuple(f"{name}{file}" for file in re.findall(r"`([^`]+)`", touching))
        found.append(Room(rank, name.rstrip("/"), files))
    return found


ROOMS = rooms()
TOUCHES_THE_MACHINE = tuple(file for room in ROOMS for file in room.touching)

CALLS = {
    "open",
    "os.open",
    "os.listdir",
    "os.scandir",
    "os.walk",
    "os.symlink",
    "os.rename",
    "os.replace",
    "os.remove",
    "os.unlink",
    "os.mkdir",
    "os.makedirs",
    "os.readlink",
    "os.stat",
    "os.lstat",
    "os.path.exists",
    "os.path.isdir",
    "os.path.isfile",
    "os.getcwd",
    "os.system",
    "subprocess.run",
    "subprocess.Popen",
    "shutil.rmtree",
    "shutil.which",
}


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def called(tree: ast.AST) -> Iterator[str]:
    """The dotted names of what is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            try:
                yield ast.unparse(node.func)
            except RecursionError:
                continue


def test_the_table_of_rooms_is_that_of_the_folders() -> None:
    there = {
        path.name
        for path in PACKAGE.iterdir()
        if not path.name.startswith("__") and (path.suffix == ".py" or (path.is_dir() and any(path.rglob("*.p[oy]"))))
    }
    assert sorted(room.name for room in ROOMS) == sorted(there)
    assert [file for file in TOUCHES_THE_MACHINE if not (PACKAGE / file).exists()] == []


def test_the_ranks_are_those_that_imports_are_held_to() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "ranks")
    held = {str(rank): sorted(re.findall(r"\w+", layer)) for rank, layer in enumerate(reversed(layers))}
    told: dict[str, list[str]] = {}
    for room in ROOMS:
        if room.rank:
            told.setdefault(room.rank, []).append(room.name.removesuffix(".py"))
    assert {rank: sorted(names) for rank, names in told.items()} == held


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_a_file_keeps_to_its_room(path: Path) -> None:
    name, text = name_of(path), path.read_text("utf-8")
    tree = ast.parse(text)
    assert text.count("\n") < 500, "a file is about one thing, below 500 lines"
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)] if name.startswith("modules/") else []
    assert any(map(ast.get_docstring, [tree, *classes])) or not text.strip(), (
        "the first line says what the file is; in a module, that of the class does"
    )
    assert not re.search(r"(utils|helpers|common|misc)(/|\.py$)", name.replace("modules/misc/", "modules/")), (
        "a name that says nothing"
    )
    calls = set(called(tree))
    if not name.startswith("cli/"):
        assert not calls & {"print", "sys.stdout.write", "sys.stderr.write"}, "only cli prints"
    if not name.startswith(TOUCHES_THE_MACHINE) and not name.startswith("modules/"):
        assert not calls & CALLS, "this package does not touch the machine"
    if name.startswith("modules/") and name != "modules/__init__.py":
        assert not calls & CALLS, "a module does no input or output"


def wrongly_matched(parsed: Any) -> bool:
    """Whether a pattern has a possessive repetition of more than single characters, or an atomic group."""
    for operator, argument in parsed:
        name = str(operator)
        if name == "ATOMIC_GROUP":
            return True
        if name == "POSSESSIVE_REPEAT":
            (first, *more) = argument[2]
            if more or str(first[0]) not in ("IN", "LITERAL", "NOT_LITERAL", "ANY", "CATEGORY"):
                return True
        parts = argument if isinstance(argument, tuple | list) else (argument,)
        for part in parts:
            inner = part if isinstance(part, list) and all(not isinstance(each, tuple) for each in part) else [part]
            for each in inner:
                if hasattr(each, "data") and wrongly_matched(each.data):
                    return True
    return False


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_no_pattern_needs_a_newer_python(path: Path) -> None:
    """Before 3.11.5, which Debian 12 does not have, `re` matches possessive and atomic groups wrongly."""
    name = name_of(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    if name in ("__main__", "__init__"):
        return
    module = importlib.import_module(f"home_manager.{name}")
    patterns = [value for value in vars(module).values() if isinstance(value, re.Pattern)]
    parse = importlib.import_module("re._parser").parse
    assert not [each.pattern for each in patterns if wrongly_matched(parse(each.pattern, each.flags & ~re.DEBUG).data)]


def test_the_check_of_patterns_finds_what_it_is_for() -> None:
    parse = importlib.import_module("re._parser").parse
    assert wrongly_matched(parse(r"a(?:b|cd)*+").data)
    assert wrongly_matched(parse(r"(x|(?>ab))").data)
    assert not wrongly_matched(parse(r"[ab]*+(?:b|cd)*x++").data)


def test_no_file_names_a_machine_or_a_registry() -> None:
    """Paths of the machine that this was written on, and hosts of package registries, belong into no file."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("this is no git work tree")
    hosts = ["py" + "pi.org", "python" + "hosted.org", "registry.npm" + "js.org", "deb.debian" + ".org/"][:3]
    places = re.compile(r"(?<![\w.])/(work|opt/up)/")
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if not path.is_file() or path.is_symlink():
            continue
        text = path.read_bytes().decode("utf-8", "replace")
        assert not [host for host in hosts if host in text] and not places.search(text), name
