"""What `tools/module_lengths.py` counts: lines with code, in Python and in Nix."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

TOOL = Path(__file__).parents[3] / "tools" / "module_lengths.py"

PYTHON = '''\
from home_manager.authoring import *

# a comment
class Bat(Program):
    """bat, a cat"""

    config = option(
        t.str,
        default="",  # a comment
        doc="A long sentence, "
        "in two lines.",
    )

    text = """
two
"""
'''
"""Nine lines of code: the import, the class, four of `config`, and three of a text that is none of documentation."""

NIX = """\
{ lib, ... }:
# a comment
{
  meta.maintainers = [ lib.maintainers.alice ];

  options.programs.bat.config = lib.mkOption {
    type = lib.types.str;
    description = ''
      A sentence with ${"an interpolation; and more"}.
    '';
  };
  /* a comment
     of two lines */
  config.text = ''
    two
  '';
}
"""
"""Nine as well: without the names of maintainers, the description and the comments."""


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("module_lengths", TOOL)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["module_lengths"] = module
    spec.loader.exec_module(module)
    return module


def test_lines_of_python(tool: ModuleType) -> None:
    assert tool.python_lines(PYTHON) == 9


def test_lines_of_nix(tool: ModuleType) -> None:
    assert tool.nix_lines(NIX) == 9


def test_the_median_is_told_and_held(tmp_path: Path) -> None:
    original = tmp_path / "modules/programs/bat.nix"
    original.parent.mkdir(parents=True)
    original.write_text("{\n" + "".join(f"  a{n} = {n};\n" for n in range(400)) + "}\n")
    command = [sys.executable, TOOL, tmp_path, "--all"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "  402  programs/bat.nix\n1 modules: median 0." in done.stdout, done.stderr
    assert subprocess.run([*command, "--most", "0.01"], capture_output=True, check=False).returncode == 1
