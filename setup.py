"""The parts of a build that depend on circumstances: with `HOME_MANAGER_COMPILE=1`, the evaluator becomes machine code.

Everything else about the build is in pyproject.toml. Without the variable there is nothing to compile.
"""

import os
from glob import glob

from setuptools import setup

NIX = "src/home_manager/nix"
COMPILED = [
    "src/home_manager/lazy.py",
    # Values and what is done with them; from text to nodes
    *(f"{NIX}/{name}.py" for name in ("objects", "runtime", "arithmetic", "comparison", "coercion")),
    *(f"{NIX}/{name}.py" for name in ("syntax", "lexer", "bindings", "patterns", "indentation", "parser", "resolve")),
    *(f"{NIX}/{name}.py" for name in ("forms", "build")),
    *(name for name in sorted(glob(f"{NIX}/ast/*.py")) if not name.endswith("__init__.py")),
    *(
        f"{NIX}/builtins/{name}.py"
        for name in ("application", "attrsets", "control", "lists", "numbers", "strings", "text")
    ),
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


setup(ext_modules=extensions())
