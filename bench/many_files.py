"""Ten thousand files: a first switch and one that changes nothing, beside the same tree by stow, chezmoi and `cp -rs`.

Each program starts from the same folder of files. Ours evaluates a configuration, copies the files into its store,
reads and seals them, and keeps a journal; stow and `cp -rs` only make links; chezmoi, where it is installed, copies.
All of it happens in memory where that is possible: how long a disk takes for a new name differs by a factor of ten from
one minute to the next.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.clock import once
from bench.startup import PROGRAM

MEMORY = "/dev/shm"
FOLDERS, EACH, ROUNDS = 100, 100, 3
CONFIGURATION = """\
{ lib, pkgs, ... }:
{
  home.username = "alice"; home.homeDirectory = "/home/alice"; home.stateVersion = "25.11";
  home.packages = lib.mkForce [ ];
  xdg.mime.enable = false;
  i18n.glibcLocales = pkgs.writeTextDir "lib/locale/none" "";
  home.file."tree" = { source = ./tree; recursive = true; };
}
"""


def lines() -> Iterator[str]:
    """The report."""
    in_memory = os.path.isdir(MEMORY) and os.access(MEMORY, os.W_OK | os.X_OK)
    scratch = Path(tempfile.mkdtemp(prefix="home-manager-bench-", dir=MEMORY if in_memory else None))
    try:
        _make_tree(scratch / "tree")
        (scratch / "home.nix").write_text(CONFIGURATION)
        ways = [_ours, _copied, _stowed, _chezmoi]
        timings = {
            way.__name__: [timing for _ in range(ROUNDS) if (timing := way(scratch)) is not None] for way in ways
        }
    finally:
        subprocess.run(["chmod", "-R", "u+w", str(scratch)], check=False)
        shutil.rmtree(scratch)
    links = _medians(timings["_copied"])[0]
    names = {"_ours": "switch", "_copied": "cp -rs", "_stowed": "stow --no-folding", "_chezmoi": "chezmoi apply"}
    for way, name in names.items():
        if not timings[way]:
            yield f"files    {name:<26}  not installed here"
            continue
        first, again = _medians(timings[way])
        shown = f"   again {again * 1000:8.1f} ms" if again else ""
        yield f"files    {name:<26} {first * 1000:8.1f} ms  {first / links:5.1f} × cp -rs{shown}"


def _medians(timings: list[tuple[float, float]]) -> tuple[float, float]:
    return statistics.median(first for first, _ in timings), statistics.median(again for _, again in timings)


def _make_tree(top: Path) -> None:
    for folder in range(FOLDERS):
        place = top / f"d{folder // 10}" / f"e{folder % 10}"
        place.mkdir(parents=True)
        for file in range(EACH):
            (place / f"f{file}").write_text(f"file {file} of folder {folder}\n")


def _twice(command: list[str], environment: dict[str, str] | None = None) -> tuple[float, float]:
    return once(command, environment), once(command, environment)


def _ours(scratch: Path) -> tuple[float, float]:
    root = _empty(scratch / "root")
    environment = {**os.environ, "HOME": str(scratch)}
    timing = _twice([PROGRAM, "--root", str(root), "switch", "-f", str(scratch / "home.nix")], environment)
    there = sum(len(files) for _, _, files in os.walk(root / "home/alice/tree"))
    if there != FOLDERS * EACH:
        raise SystemExit(f"the switch made {there} files")
    return timing


def _copied(scratch: Path) -> tuple[float, float]:
    return once(["cp", "-rs", str(scratch / "tree"), str(_empty(scratch / "copied"))]), 0.0


def _stowed(scratch: Path) -> tuple[float, float] | None:
    target = _empty(scratch / "stowed")
    return _where("stow", lambda stow: _twice([stow, "-d", str(scratch), "-t", str(target), "--no-folding", "tree"]))


def _chezmoi(scratch: Path) -> tuple[float, float] | None:
    home = _empty(scratch / "chezmoi-home")
    words = ["--source", str(scratch / "tree"), "--destination", str(home), "--no-tty", "apply"]
    return _where("chezmoi", lambda chezmoi: _twice([chezmoi, *words], {**os.environ, "HOME": str(home)}))


def _where(program: str, run: Callable[[str], tuple[float, float]]) -> tuple[float, float] | None:
    found = shutil.which(program)
    return run(found) if found else None


def _empty(place: Path) -> Path:
    if place.exists():
        subprocess.run(["chmod", "-R", "u+w", str(place)], check=False)
        shutil.rmtree(place)
    place.mkdir()
    return place
