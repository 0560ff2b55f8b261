"""Programs of graphical sessions that read a generated file. Most read it before they look for a display, which is not there."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path


def _output(words: list[str], home: Path, **variables: str) -> tuple[int, str]:
    """The status of a program and all that it says; nobody is there to draw for it."""
    environment = {"HOME": str(home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "XDG_RUNTIME_DIR": str(home)}
    done = subprocess.run(
        words,
        env={**environment, **variables},
        cwd=home,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=30,
    )
    return done.returncode, done.stdout + done.stderr


def complaint(words: list[str], home: Path, pattern: str, **variables: str) -> str:
    """What a program says, where that includes a complaint about the file; that it then fails is no complaint."""
    _, said = _output(words, home, **variables)
    return said if re.search(pattern, said) else ""


def failure(words: list[str], home: Path, **variables: str) -> str:
    status, said = _output(words, home, **variables)
    return (said or f"status {status}") if status else ""


def i3(path: Path, home: Path) -> str:
    # It ends well in spite of what it says of colours and the like.
    return failure(["i3", "-C", "-c", str(path)], home) or complaint(["i3", "-C", "-c", str(path)], home, "ERROR:")


def sway(path: Path, home: Path) -> str:
    if os.geteuid() == 0:
        return ""  # it refuses to run as root
    command = ["sway", "--config", str(path), "--validate", "--unsupported-gpu"]
    return failure(command, home, WLR_BACKENDS="headless", WLR_RENDERER="pixman")


def i3status(path: Path, home: Path) -> str:
    return failure(["i3status", "-c", str(path), "--run-once"], home)


def foot(path: Path, home: Path) -> str:
    return complaint(["foot", "--check-config", "-c", str(path)], home, r" err: config\.c(?!.*failed to open)")


def fuzzel(path: Path, home: Path) -> str:
    return complaint(["fuzzel", f"--config={path}"], home, r" err: config\.c")


def kanshi(path: Path, home: Path) -> str:
    said = complaint(["kanshi", "-c", str(path)], home, "arse config|arse included|expected ")
    # Before 1.5 there are no outputs beside profiles.
    return "" if "unknown directive 'output'" in said else said


def luac(path: Path, home: Path) -> str:
    return failure(["luac", "-p", str(path)], home)


def mako(path: Path, home: Path) -> str:
    return complaint(["mako", "-c", str(path)], home, "Failed to parse")


def rofi(path: Path, home: Path) -> str:
    # Themes that it refers to are not there.
    return complaint(["rofi", "-rasi-validate", str(path)], home, "Parser error")


def gammastep(path: Path, home: Path) -> str:
    return failure(["gammastep", "-c", str(path), "-l", "52.5:13.4", "-m", "dummy", "-p"], home)


def redshift(path: Path, home: Path) -> str:
    return failure(["redshift", "-c", str(path), "-l", "52.5:13.4", "-m", "dummy", "-p"], home)


def tofi(path: Path, home: Path) -> str:
    return complaint(["tofi", "-c", str(path)], home, r": line \d+: ")


def yambar(path: Path, home: Path) -> str:
    return failure(["yambar", "--validate", f"--config={path}"], home)


READERS = (
    ("i3", i3, ".config/i3/config"),
    ("sway", sway, ".config/sway/config"),
    ("i3status", i3status, ".config/i3status/config"),
    ("foot", foot, ".config/foot/foot.ini"),
    ("fuzzel", fuzzel, ".config/fuzzel/fuzzel.ini"),
    ("kanshi", kanshi, ".config/kanshi/config"),
    ("luac", luac, ".config/hypr/*.lua", ".config/swayimg/*.lua", ".config/devilspie2/*.lua"),
    ("mako", mako, ".config/mako/config"),
    ("rofi", rofi, "*.rasi"),
    ("gammastep", gammastep, ".config/gammastep/config.ini"),
    ("redshift", redshift, ".config/redshift/redshift.conf"),
    ("tofi", tofi, ".config/tofi/config"),
    ("yambar", yambar, ".config/yambar/config.yml"),
)
"""The programs, what asks them, and the files that they read."""

SCRIPTS = (
    ".config/bspwm/bspwmrc",
    ".config/herbstluftwm/autostart",
    ".config/river/init",
    ".config/labwc/autostart",
    ".config/borders/bordersrc",
    ".config/autorandr/*/post*",
    ".config/autorandr/*/pre*",
)
"""Configurations that are scripts for bash."""
