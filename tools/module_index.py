"""Writes the index of the modules and the names of their options from the module files; `--check` only compares."""

from __future__ import annotations

import sys
from pathlib import Path

from home_manager.authoring.catalogue import dump
from home_manager.modules import INDEX, NAMES, catalogue, stamp


def main(*, check: bool) -> int:
    modules = catalogue(fresh=True)
    wanted = {Path(INDEX): dump(modules, stamp()), Path(NAMES): "\n".join(modules.option_names()) + "\n"}
    stale = [path.name for path, text in wanted.items() if not path.exists() or path.read_text("utf-8") != text]
    if check:
        for name in stale:
            print(f"{name} is out of date: run tools/module_index.py")
        return 1 if stale else 0
    for path, text in wanted.items():
        path.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))
