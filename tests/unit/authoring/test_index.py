"""The module index: made by itself in a checkout, trusted in an installation, never in the way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

MODULE = '''
from home_manager.authoring import Program, option, t


class Sample(Program):
    """a sample"""

    {name} = option(t.str, default="", doc="A text.")
'''

LOOK = """
import json, sys

sys.path.insert(0, sys.argv[1])
from home_manager.authoring.index import IndexedPackage
from home_manager.diagnostics import Failure

package = IndexedPackage("sample_modules", sys.argv[1] + "/sample_modules", {})
current = package.is_current()
try:
    catalogue = package.catalogue()
except Failure as failed:
    sys.exit("\\n".join([failed.diagnostic.message, *failed.diagnostic.hints]))
imported = sorted(name for name in sys.modules if name.startswith("sample_modules.programs."))
print(json.dumps([current, imported, [e.module for e in catalogue.entries], list(catalogue.option_names())]))
"""


class Checkout:
    """A package of modules in a scratch folder, looked at by a process of its own each time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.modules = folder / "sample_modules"
        self.index = self.modules / "index.json"
        (self.modules / "programs").mkdir(parents=True)
        (self.modules / "__init__.py").write_text("")
        self.write("bat", "theme")

    def write(self, module: str, option: str) -> None:
        (self.modules / "programs" / f"{module}.py").write_text(textwrap.dedent(MODULE.format(name=option)))

    def look(self) -> tuple[bool, list[str], list[str], list[str]]:
        """Whether the index fitted, what was imported, the modules, and the names of their options."""
        done = subprocess.run(
            [sys.executable, "-B", "-c", LOOK, str(self.folder)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        current, imported, modules, names = json.loads(done.stdout)
        return current, imported, modules, names


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


BAT = "sample_modules.programs.bat"


def test_the_first_look_writes_an_index_and_the_second_imports_nothing(checkout: Checkout) -> None:
    assert checkout.look() == (False, [BAT], [BAT], ["programs.bat.enable", "programs.bat.theme"])
    # The names are as good as the modules themselves.
    assert checkout.look() == (True, [], [BAT], ["programs.bat.enable", "programs.bat.theme"])
    assert sorted(path.name for path in checkout.modules.iterdir()) == [
        "__init__.py",
        "index.json",
        "names.txt",
        "programs",
    ]


def test_an_edit_of_the_same_length_is_noticed(checkout: Checkout) -> None:
    checkout.look()
    checkout.write("bat", "scene")
    current, _, _, names = checkout.look()
    assert not current and names == ["programs.bat.enable", "programs.bat.scene"]


def test_a_module_that_was_added_renamed_or_removed_is_noticed(checkout: Checkout) -> None:
    checkout.look()
    checkout.write("eza", "theme")
    assert checkout.look()[2] == [BAT, "sample_modules.programs.eza"]
    os.rename(checkout.modules / "programs/eza.py", checkout.modules / "programs/exa.py")
    assert checkout.look()[2] == [BAT, "sample_modules.programs.exa"]
    os.unlink(checkout.modules / "programs/exa.py")
    assert checkout.look()[2] == [BAT]
    assert checkout.look()[0]


@pytest.mark.parametrize("text", ["", "[", "[]", '["another state"]', "{}"])
def test_a_broken_index_is_made_anew(checkout: Checkout, text: str) -> None:
    checkout.index.write_text(text)
    assert checkout.look()[2] == [BAT]
    assert checkout.look()[0]


def test_where_no_index_can_be_written_the_files_are_read(checkout: Checkout) -> None:
    checkout.index.mkdir()  # not even root replaces a folder by a file
    for _ in range(2):
        current, _, modules, names = checkout.look()
        assert (current, modules, names) == (False, [BAT], ["programs.bat.enable", "programs.bat.theme"])
    assert [path.name for path in checkout.modules.glob("index.json*")] == ["index.json"]


def test_the_index_of_an_installation_is_trusted_without_a_look_at_the_files(checkout: Checkout) -> None:
    checkout.look()
    stamp, *modules = json.loads(checkout.index.read_text())
    assert stamp
    checkout.index.write_text(json.dumps([None, *modules]))
    checkout.write("eza", "theme")
    assert checkout.look()[:3] == (True, [], [BAT])


def test_a_definition_that_nobody_reads_is_an_error_of_the_module(checkout: Checkout) -> None:
    text = textwrap.dedent(MODULE.format(name="theme"))
    text += '\n    @defines("programs.bat.thme")\n    def more(self):\n        return "dark"\n'
    (checkout.modules / "programs/eza.py").write_text(text.replace("import Program", "import Program, defines"))
    with pytest.raises(
        AssertionError, match=r"`programs\.eza` defines `programs\.bat\.thme`, which no module declares"
    ) as told:
        checkout.look()
    assert "did you mean `programs.bat.theme`?" in str(told.value) and not checkout.index.exists()
