"""Sessions: commands run one after the other in a scratch home, with what they print."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from harness.normal import normal_output


def environment(scratch: Path) -> dict[str, str]:
    """The environment of a session: a home of its own, our program first on the path, nothing of the user's."""
    home = scratch / "home"
    home.mkdir(exist_ok=True)
    programs = Path(sys.executable).parent
    return {
        "HOME": str(home),
        "USER": "alice",
        "LOGNAME": "alice",
        "PATH": f"{programs}:/usr/local/bin:/usr/bin:/bin",
        "LC_ALL": "C.UTF-8",
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "TERM": "dumb",
        "PYTHONDONTWRITEBYTECODE": os.environ.get("PYTHONDONTWRITEBYTECODE", ""),
        "GIT_CONFIG_NOSYSTEM": "1",
        "ROOT": str(scratch / "root"),
    }


@functools.cache
def may_mount() -> bool:
    """Whether a command may mount a small disk of its own with `unshare -rm`."""
    try:
        with tempfile.TemporaryDirectory() as place:
            mount = ["unshare", "-rm", "mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", place]
            return subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def commands(body: str) -> list[str]:
    """The commands of a session: lines that begin with `$ `; those that begin with `> ` go on with the one before."""
    found: list[str] = []
    for line in body.splitlines():
        if line.startswith("$ "):
            found.append(line[2:])
        elif line.startswith("> ") and found:
            found[-1] += "\n" + line[2:]
    return found


def transcript(body: str, scratch: Path) -> str:
    """The session with the output that the commands have now; a status other than 0 stands below it in brackets.

    Each command is one bash process in the folder of the inputs; `$ROOT` is an empty root below the scratch folder.
    """
    places = {str(scratch / "root"): "ROOT", str(scratch / "home"): "HOME", str(scratch): "SCRATCH"}
    surroundings = environment(scratch)
    lines: list[str] = []
    for command in commands(body):
        first, *more = command.split("\n")
        lines += [f"$ {first}", *(f"> {line}" for line in more)]
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=scratch / "inputs",
            env=surroundings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=120,
            check=False,
        )
        said = normal_output(done.stdout.decode("utf-8", "backslashreplace"), places)
        # A line that looks like a command would be run as one the next time.
        lines += [f"  {line}" if line.startswith(("$ ", "> ")) else line for line in said.splitlines()]
        if done.returncode:
            lines.append(f"[status {done.returncode}]")
    return "".join(f"{line}\n" for line in lines)
