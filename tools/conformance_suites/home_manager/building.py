"""What a test looks at: the files of the home, its profile, the activation script and specialisations, built in the store."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Sequence
from typing import Any

from conformance_suites.home_manager.product import Product, TestRecipes
from home_manager.configuration.manifest_builder import files_of, files_recipe, steps_of
from home_manager.configuration.specialisations import variants_of
from home_manager.options.eval_modules import Evaluation
from home_manager.packages import PackageRecipe
from home_manager.store import Files, Link, Store
from home_manager.store.command import Completed
from home_manager.values.lazy import force

PROGRAMS = {
    "coreutils": "dircolors cat cp mv rm ln ls mkdir rmdir touch chmod head tail sort uniq cut tr wc tee env basename dirname "
    "readlink realpath mktemp sleep kill printf echo test true false date seq install sha256sum md5sum base64 id uname stat",
    "gnugrep": "grep egrep fgrep",
    "gnused": "sed",
    "diffutils": "diff cmp",
    "findutils": "find xargs",
    "shared-mime-info": "update-mime-database",
    "desktop-file-utils": "update-desktop-database desktop-file-validate",
    "glibcLocales": "locale",
    "bash": "bash sh",
    "fish": "fish fish_indent",
    "gnupg": "gpg gpgconf gpg-agent dirmngr",
    "gettext": "envsubst gettext",
    "git-minimal": "git",
    "yq-go": "yq",
    "neovim-unwrapped": "nvim",
    "neovim": "nvim",
    "nushell": "nu",
}
"""The programs of packages that are there, where their names are not the package's own."""

CACHES = {"update-mime-database", "update-desktop-database", "gtk-update-icon-cache"}
"""Programs that only make caches: where the machine does not have them, they do nothing."""

MISSING = "CONFORMANCE-MISSING-PROGRAM"
"""What a program says that this machine does not have."""

JSON5 = r"""
import json, re, sys
text = open(sys.argv[-1]).read() if sys.argv[-1] != "--as-json" else sys.stdin.read()
text = re.sub(r'("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/', lambda m: m.group(1) or "", text, flags=re.S)
text = re.sub(r'("(?:\\.|[^"\\])*")|,(?=\s*[}\]])', lambda m: m.group(1) or "", text)
print(json.dumps(json.loads(text)))
"""
"""In the place of json5: the tests only have comments and trailing commas."""

MOZLZ4 = r"""
import sys
data, out = open(sys.argv[2], "rb").read()[12:], bytearray()
at = 0

def number(start):
    global at
    while start >= 15:
        start, at = start + data[at], at + 1
        if data[at - 1] < 255:
            break
    return start

while at < len(data):
    token, at = data[at], at + 1
    length = number(token >> 4)
    out, at = out + data[at:at + length], at + length
    if at < len(data):
        distance, at = data[at] | data[at + 1] << 8, at + 2
        for _ in range(number(token & 15) + 4):
            out.append(out[-distance])
open(sys.argv[3], "wb").write(out)
"""
"""In the place of `mozlz4a -d IN OUT`: one block of LZ4 after a head of twelve bytes."""

STAND_INS = {"json5": JSON5, "mozlz4a": MOZLZ4}
"""Programs that are here in Python, whether the machine has them or not."""


def tested(product: Product, evaluation: Evaluation) -> str:
    """The store path of what `$TESTED` is."""
    recipes = product.recipes
    overlap = str(evaluation.value("home.fileOverlapResolution"))
    entries_of_home = files_of(evaluation, recipes)
    files = recipes.add(files_recipe(entries_of_home, overlap))
    home_path: Any = force(evaluation.value("home.path"))
    steps = "".join(f"# step {step.name}\n{step.script}\n" for step in steps_of(evaluation))
    # What runs when a file has changed stands with the file in our manifest, in a step of the original's script.
    steps += "".join(f"# changed {file.target}\n{file.on_change}\n" for file in entries_of_home if file.on_change)
    entries: dict[str, Any] = {
        "home-files": Link("files", files),
        "home-path": Link("path", str(force(home_path["outPath"]))),
        "activate": f"#!/bin/sh\n{steps}",
    }
    for name, variant in variants_of(evaluation).items():
        entries[f"specialisation/{name}"] = Link("specialisation", tested(product, variant))
    path = recipes.add(Files("home-manager-generation", entries, frozenset(("activate",))))
    commands = str(evaluation.value("home.extraBuilderCommands"))
    if commands.strip():
        path = recipes.add(Completed(path, "home-manager-generation", commands))
    return path


def realise(recipes: TestRecipes, store: Store, roots: Sequence[str]) -> None:
    """Makes objects and all that they need."""
    seen: set[str] = set()
    stack = list(roots)
    while stack:
        path = stack.pop()
        if path in seen or not path.startswith("/"):
            continue
        seen.add(path)
        recipe = recipes.get(path)
        if isinstance(recipe, PackageRecipe):
            if not store.exists(path):
                store.place(path, _programs_of(recipe.name))
        else:
            stack.extend(recipes.dependencies(path))
    store.realise(recipes, list(roots))


def _programs_of(package: str) -> Callable[[str], None]:
    """A maker of a package: links to the machine's programs, and a manual page."""

    def make(place: str) -> None:
        os.makedirs(f"{place}/bin")
        os.makedirs(f"{place}/share/man/man1")
        with open(f"{place}/share/man/man1/{package}.1", "w", encoding="utf-8") as page:
            page.write(f".TH {package} 1\n.SH NAME\n{package} \\- of a test\n")
        for program in PROGRAMS.get(package, package).split():
            _provide(program, f"{place}/bin/{program}")

    return make


def _provide(program: str, path: str) -> None:
    beside = f"{os.path.dirname(sys.executable)}/{program}"
    found = beside if os.path.exists(beside) else shutil.which(program)
    if found and program not in STAND_INS:
        os.symlink(found, path)
        return
    if program in STAND_INS:
        text = f"#!{sys.executable}\n{STAND_INS[program]}"
    elif program in CACHES:
        text = "#!/bin/sh\nexit 0\n"
    else:
        text = f"#!/bin/sh\necho '{MISSING} {program}' >&2; exit 127\n"
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(path, 0o755)


def missing_programs(said: str) -> list[str]:
    """The programs that a build or script asked for and this machine does not have."""
    return sorted(set(re.findall(rf"{MISSING} (\S+)", said)))
