"""What the architecture promises and no linter knows: who touches the machine, who prints, what is called how."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "home_manager"
SOURCES = sorted(PACKAGE.rglob("*.py"))

TOUCHES_THE_MACHINE = (
    "activation/",
    "cli/",
    "store/",
    "flakes/",
    "generation/",
    "nix/io.py",
    "nix/archive.py",
    "packages/providers/",
    "packages/join.py",
    "packages/pkgs.py",
    "diagnostics/codes.py",
    "authoring/catalogue.py",
    "modules/__init__.py",
)
"""Where files are read or written and programs are run.

`activation` keeps it to `system.py` and the shell beside it. Of `packages`, `join.py` is a recipe, carried out by the
store, and `pkgs.py` reads what a configuration asks it to. The last three read data that comes with the program.
"""

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


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_a_file_keeps_to_its_room(path: Path) -> None:
    name, text = name_of(path), path.read_text("utf-8")
    tree = ast.parse(text)
    assert text.count("\n") < 500, "a file is about one thing, below 500 lines"
    assert ast.get_docstring(tree) or not text.strip(), "the first line says what the module is"
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
    words = [*hosts, "/" + "work/", "/" + "opt/up", "/" + "root/."]
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if not path.is_file() or path.is_symlink():
            continue
        text = path.read_bytes().decode("utf-8", "replace")
        assert not [word for word in words if word in text], name
