"""The parts of a build that are more than copying files; everything else about it is in pyproject.toml.

- The files that are built, not committed: the module index, and the compiled catalogues of translations. An editable
  install has them in the source tree, where git ignores them.
- With `HOME_MANAGER_COMPILE=1`, the evaluator becomes machine code.
"""

import os
import sys
from datetime import UTC, datetime
from glob import glob
from pathlib import Path

from setuptools import Command, setup
from setuptools.command.build import build

NIX = "src/home_manager/nix"
COMPILED = [
    # Values and what is done with them
    "src/home_manager/values/lazy.py",
    "src/home_manager/values/classes.py",
    *(f"{NIX}/{name}.py" for name in ("runtime", "arithmetic", "comparison", "coercion", "byte_strings")),
    # From text to nodes
    *(
        f"{NIX}/syntax/{name}.py"
        for name in ("ast", "lexer", "token_cursor", "bindings", "patterns", "indentation", "parser")
    ),
    *(f"{NIX}/lowering/{name}.py" for name in ("resolve", "ir", "lower")),
    *(name for name in sorted(glob(f"{NIX}/nodes/*.py")) if not name.endswith("__init__.py")),
    *(f"{NIX}/builtins/{name}.py" for name in ("application", "attrsets", "control", "lists", "numbers", "strings")),
]
"""The modules in which evaluation spends its time. Their classes know the types of their attributes."""

HIDDEN = [] if os.name == "nt" else ["-fvisibility=hidden"]


def extensions() -> list[object]:
    """What there is to compile."""
    if os.environ.get("HOME_MANAGER_COMPILE") != "1":
        return []
    from mypyc.build import mypycify

    folder = os.environ.get("HOME_MANAGER_COMPILE_FOLDER", "build/compiled/c")
    modules = list(mypycify(COMPILED, opt_level="3", debug_level="0", target_dir=folder))
    for each in modules:
        # Calls between compiled functions go straight to them: nothing outside may take their place.
        each.extra_compile_args += HIDDEN
    return modules


class BuildData(Command):
    """The build step that makes the module index and the compiled catalogues of translations."""

    description = "make the module index and the compiled catalogues of translations"
    user_options = ()
    editable_mode = False
    build_lib: str | None = None

    def initialize_options(self) -> None:
        self.build_lib = None

    def finalize_options(self) -> None:
        self.set_undefined_options("build_py", ("build_lib", "build_lib"))

    def run(self) -> None:
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        for po, mo in self._catalogues().items():
            Path(mo).parent.mkdir(parents=True, exist_ok=True)
            with open(po, "rb") as text, open(mo, "wb") as binary:
                catalogue = read_po(text)
                # Babel writes the time of the run into the header; equal texts shall give equal files.
                catalogue.creation_date = catalogue.revision_date = datetime(2000, 1, 1, tzinfo=UTC)
                write_mo(binary, catalogue)
        sys.path.insert(0, "src")
        from home_manager.modules import indexed

        if self.editable_mode:
            indexed().refreshed()
        else:
            index = indexed(f"{self.build_lib}/home_manager/modules")
            index.write(index.scanned(), None)

    def _catalogues(self) -> dict[str, str]:
        base = "src" if self.editable_mode else self.build_lib
        found = glob("home_manager/locale/*/LC_MESSAGES/*.po", root_dir="src")
        return {f"src/{po}": f"{base}/{po.removesuffix('.po')}.mo" for po in sorted(found)}

    def get_source_files(self) -> list[str]:
        return list(self._catalogues())

    def get_outputs(self) -> list[str]:
        index = [f"{self.build_lib}/home_manager/modules/{name}" for name in ("index.json", "names.txt")]
        return [*index, *self._catalogues().values()]

    def get_output_mapping(self) -> dict[str, str]:
        return {}


build.sub_commands = [*build.sub_commands, ("build_data", None)]
setup(ext_modules=extensions(), cmdclass={"build_data": BuildData})
