"""The environment of a program in a scratch home: the caller's, with all that speaks of the caller's home taken out."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from home_manager.activation import Layout

OF_THE_CALLER = ("XDG_", "DBUS_", "WAYLAND_", "HOME_MANAGER_", "NIX_", "__HM_", "__ETC_", "__NIX", "HM_")
"""Beginnings of the names of variables that speak of the caller's home and session.

Through the session's bus, programs would write to the caller's home after all.
"""

MAY_NAME_THE_HOME = frozenset(("PATH", "PWD", "OLDPWD", "SHELL", "TMPDIR", "XAUTHORITY", "SSH_AUTH_SOCK"))
"""What may lie below the caller's home without being a place that programs read settings from or write to."""

PROFILES = (".nix-profile/bin", ".local/state/nix/profile/bin")

SOURCE = 'if [ -r "$1" ]; then . "$1"; fi; exec "$2" -I -S -c "$3"'
SHOW = "import os, sys; sys.stdout.buffer.write(b'\\0'.join(n + b'=' + v for n, v in os.environb.items()))"


def environment(
    caller: Mapping[str, str], layout: Layout, callers_home: str, user: str, scratch: str
) -> dict[str, str]:
    """The caller's environment, moved to the scratch home."""
    found = {
        name: value
        for name, value in caller.items()
        if not name.startswith(OF_THE_CALLER) and (name in MAY_NAME_THE_HOME or not _is_below(value, callers_home))
    }
    home = str(layout.home)
    own = [f"{callers_home.rstrip('/')}/{profile}" for profile in PROFILES]
    path = [each for each in caller.get("PATH", os.defpath).split(os.pathsep) if each not in own]
    runtime = f"{scratch}/run"
    os.makedirs(runtime, mode=0o700, exist_ok=True)
    return {
        **found,
        "HOME": home,
        "USER": user,
        "LOGNAME": user,
        "PATH": os.pathsep.join([f"{home}/.nix-profile/bin", *path]),
        "XDG_RUNTIME_DIR": runtime,
        "HOME_MANAGER_TRY": home,
    }


def _is_below(value: str, home: str) -> bool:
    return home.strip("/") != "" and (value == home or value.startswith(f"{home}/"))


def with_session_variables(variables: dict[str, str], file: str, layout: Layout) -> dict[str, str]:
    """The environment after the session's variables were read.

    Texts of a configuration name the home that it is made for, which here is another one: the caller's own, as a rule.
    So what they add is moved as well.
    """
    import subprocess
    import sys

    words = ["/bin/sh", "-c", SOURCE, "home-manager", file, sys.executable, SHOW]
    done = subprocess.run(words, env=variables, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=False)
    if done.returncode != 0:
        return variables
    found = {}
    for entry in done.stdout.split(b"\0"):
        name, _equals, value = os.fsdecode(entry).partition("=")
        found[name] = moved(value, variables.get(name, ""), layout.logical_home, str(layout.home))
    return {name: value for name, value in found.items() if name not in ("_", "SHLVL")}


def moved(value: str, before: str, logical: str, home: str) -> str:
    """A variable's text with the logical home as the scratch one, but for parts that stood in it before."""
    if not logical.strip("/"):
        return value
    kept = set(before.split(os.pathsep)) if before else set()
    place = re.compile(rf"(?<![^\s:=,;'\"]){re.escape(logical)}(?![^\s/:,;'\"])")
    parts = (part if part in kept else place.sub(lambda _: home, part) for part in value.split(os.pathsep))
    return os.pathsep.join(parts)
