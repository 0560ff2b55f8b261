"""A store object made by a bash script that writes to `$out`, as `runCommand` does."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from shlex import quote

from home_manager.diagnostics import failure
from home_manager.store.build_process import Isolation, run
from home_manager.store.hashing import digest, to_bytes
from home_manager.store.isolation import INSIDE, Room, Unavailable
from home_manager.store.removal import remove_tree
from home_manager.store.site import Site
from home_manager.store.tree import new_file, write_all

SYSTEM_DIRECTORIES = ("/usr/local/bin", "/usr/bin", "/bin", "/run/current-system/sw/bin")
"""Where a machine keeps bash and the core programs; NixOS has only the last."""

_LOG_LINES = 40

# Not `-u`: what nixpkgs builds may use variables that are not set.
_PROLOGUE = 'set -e -o pipefail\numask 022\nshopt -s inherit_errexit 2>/dev/null || :\neval "$1"\n'

_WALLS = (
    "a build sees the machine's programs and its inputs, no other files and no network: "
    "name files as paths (`${./file}`), and download with `fetchurl` and its like",
)


@dataclass(frozen=True, slots=True)
class Command:
    """A bash script with a clean environment: `environment`, `out`, `TMPDIR`, and PATH from `path` and the system.

    The variables named in `pass_as_file` are written to files, whose names are in `<variable>Path`.
    """

    name: str
    script: str
    environment: tuple[tuple[str, str], ...] = ()
    path: tuple[str, ...] = ()
    pass_as_file: tuple[str, ...] = ()

    @property
    def reads(self) -> bool:
        return True

    def digest(self) -> str:
        pairs = [part for pair in sorted(self.environment) for part in pair]
        return digest("command", self.name, self.script, "\0".join(self.path), "\0".join(self.pass_as_file), *pairs)

    def mentions(self) -> Iterable[str]:
        yield self.script
        yield from self.path
        for _, value in self.environment:
            yield value

    def write(self, site: Site) -> None:
        with _scratch(site.path) as scratch:
            status, log, made = self._build(site, scratch)
            if status == 0 and os.path.lexists(made):
                _move(made, site.path)
        if status != 0:
            import signal

            how = f"was ended by {signal.Signals(-status).name}" if status < 0 else f"failed with exit status {status}"
            raise failure(
                "command-failed",
                f"the script that makes `{self.name}` {how}",
                notes=_tail(log),
                hints=() if Isolation.reason else _WALLS,
            )
        if not os.path.lexists(site.path):
            raise failure(
                "command-no-output",
                f"the script that makes `{self.name}` did not create `$out`",
                notes=_tail(log),
                hints=("end it with a command that writes to $out, such as `mkdir $out` or `touch $out`",),
            )

    def _build(self, site: Site, scratch: str) -> tuple[int, bytes, str]:
        """Exit status and output of the script, and where what it made lies."""
        words = [find_bash(builds=True), "--noprofile", "--norc", "-c", _PROLOGUE, "builder", self.script]
        reason = ""
        while Isolation.reason in (None, ""):
            folder = f"{scratch}/room-{Isolation.pids:d}"
            os.mkdir(folder, 0o700)
            room = Room(folder, os.path.dirname(site.path), tuple(site.inputs()), Isolation.pids)
            variables = self._variables(site, room.build, INSIDE)
            try:
                status, log = run(words, variables, scratch, room)
            except Unavailable as problem:
                reason = reason or str(problem)
                if not Isolation.pids:
                    Isolation.reason = reason
                Isolation.pids = False
            else:
                Isolation.reason = ""
                return status, log, room.made(site.path)
        own = f"{scratch}/build"
        os.mkdir(own, 0o700)
        status, log = run(words, self._variables(site, own, own), own, None)
        return status, log, site.path

    def _variables(self, site: Site, scratch: str, shown: str) -> dict[str, str]:
        """The environment of the script; `scratch` is its own folder, which it sees as `shown`."""
        variables = {
            "HOME": "/homeless-shelter",
            "LC_ALL": "C.UTF-8",
            "SOURCE_DATE_EPOCH": "1",
            "TERM": "dumb",
            "PATH": os.pathsep.join((*self.path, *SYSTEM_DIRECTORIES)),
            "name": self.name,
        }
        variables.update(self.environment)
        for name in self.pass_as_file:
            where = f"{scratch}/.attribute-{name}"
            descriptor = new_file(where, executable=False)
            try:
                write_all(descriptor, to_bytes(variables.pop(name, "")))
            finally:
                os.close(descriptor)
            variables[name + "Path"] = f"{shown}/.attribute-{name}"
        variables.update(out=site.path, TMPDIR=shown, TMP=shown, TEMP=shown, NIX_BUILD_TOP=shown, PWD=shown)
        return variables


@dataclass(frozen=True, slots=True)
class Completed:
    """A copy of another object, a directory, to which a bash script adds at `$out`."""

    base: str
    name: str
    script: str

    @property
    def reads(self) -> bool:
        return True

    def digest(self) -> str:
        return digest("completed", self.base, self.name, self.script)

    def mentions(self) -> Iterable[str]:
        return (self.base, self.script)

    def write(self, site: Site) -> None:
        Command(self.name, f'cp -a {quote(self.base)}/. "$out"\nchmod -R u+w "$out"\n{self.script}').write(site)


@contextmanager
def _scratch(beside: str) -> Iterator[str]:
    """An empty directory for one build, removed at the end whatever the script did to it."""
    parent, name = os.path.split(beside)
    scratch = f"{parent}/.tmp-{os.getpid()}-build-{name[:32]}"
    os.mkdir(scratch, 0o700)
    try:
        yield scratch
    finally:
        remove_tree(scratch)


def _move(made: str, path: str) -> None:
    """Gives what was made in a room its place; a directory that cannot be written to cannot be moved either."""
    if made != path:
        if os.path.isdir(made) and not os.path.islink(made):
            os.chmod(made, 0o755)
        os.rename(made, path)


def find_bash(*, builds: bool = False) -> str:
    """The machine's bash, from PATH or from where a system keeps it; for `builds`, which see only the latter, from there."""
    searched = [*os.environ.get("PATH", os.defpath).split(os.pathsep), *SYSTEM_DIRECTORIES]
    if builds:
        searched = [*SYSTEM_DIRECTORIES, *searched]
    for directory in searched:
        candidate = os.path.join(directory, "bash")
        if directory and os.path.isfile(candidate) and os.access(candidate, os.X_OK):
            return candidate
    raise failure(
        "bash-missing",
        "no bash was found on this machine",
        notes=(f"looked in {', '.join(dict.fromkeys(d for d in searched if d))}",),
        hints=("install bash with the system's package manager, or put it into PATH",),
    )


def _tail(log: bytes) -> tuple[str, ...]:
    lines = log.decode("utf-8", "replace").splitlines()
    if not lines:
        return ("it printed nothing",)
    left_out = len(lines) - _LOG_LINES
    head = (f"… {left_out} lines before …",) if left_out > 0 else ()
    return ("\n".join(("its output was", *head, *lines[-_LOG_LINES:])),)
