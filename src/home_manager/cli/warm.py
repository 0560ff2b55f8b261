"""A warm server: a process that has imported everything and forks for each command line that comes to its socket.

Used only when asked for (`HOME_MANAGER_WARM=1`, `nix-instantiate --warm`, the conformance tools), since code that changes
while it runs is not noticed. The socket lies in a folder that only its owner can enter; the kernel says who connects, and
others are turned away. The server ends when nothing has come for a while.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import stat
import struct
import sys
from collections.abc import Callable
from pathlib import Path

from home_manager.cli import warm_client

IDLE = 30.0
"""Seconds without a request after which a server ends."""

Main = Callable[[list[str]], int]


def private_folder() -> Path | None:
    """Where sockets lie: a folder of the user's alone, or `None` where there can be none."""
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    base = Path(runtime) if runtime else Path(os.environ.get("TMPDIR") or "/tmp")
    folder = base / ("home-manager-warm" if runtime else f"home-manager-warm-{os.getuid()}")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return None
    mine = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not stat.S_IMODE(found.st_mode) & 0o077
    return folder if mine else None


def socket_path(folder: Path) -> str:
    """The socket of the server for this program: another interpreter, version or place has another."""
    import hashlib

    from home_manager import __version__

    program = "\0".join((sys.executable, __version__, str(Path(__file__).resolve())))
    return str(folder / hashlib.sha256(program.encode()).hexdigest()[:16])


def carried_out(words: list[str]) -> int:
    """The status of `nix-instantiate` with these words from a warm server, which is started if there is none.

    `warm_client.NOBODY` where that is not possible: then the caller does the work itself.
    """
    folder = private_folder()
    if folder is None:
        return warm_client.NOBODY
    path = socket_path(folder)
    status = warm_client.ask(path, words)
    if status == warm_client.NOBODY and _started(path):
        status = warm_client.ask(path, words)
    return status


def _started(path: str) -> bool:
    """Starts a server, which goes on when this process ends; false if it does not come up."""
    import subprocess
    import time

    environment = {name: value for name, value in os.environ.items() if name != "HOME_MANAGER_WARM"}
    process = subprocess.Popen(
        [sys.executable, "-m", "home_manager.cli.warm", path],
        cwd="/",
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    for _ in range(500):
        if _answers(path):
            return True
        if process.poll() is not None:
            return _answers(path)
        time.sleep(0.01)
    return False


def _answers(path: str) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(path) == 0


class Listener:
    """The socket of a server; only one server holds it, for the lock beside it."""

    def __init__(self, path: str) -> None:
        import fcntl

        self.path = path
        self._lock = open(f"{path}.lock", "w", encoding="ascii")  # noqa: SIM115 - held as long as the process lives
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise SystemExit(0) from None  # another one serves already
        Path(path).unlink(missing_ok=True)
        self.socket = socket.socket(socket.AF_UNIX)
        before = os.umask(0o177)
        try:
            self.socket.bind(path)
        finally:
            os.umask(before)
        self.socket.listen(64)

    def close(self) -> None:
        Path(self.path).unlink(missing_ok=True)
        self.socket.close()
        self._lock.close()


def serve(path: str, main: Main, idle: float = IDLE) -> None:
    """Forks for every request until none has come for `idle` seconds."""
    import gc

    listener = Listener(path)
    # What is there now is shared with all children as long as nobody writes to it, and counting garbage would write.
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        while select.select([listener.socket], [], [], idle)[0]:
            connection, _ = listener.socket.accept()
            if os.fork() == 0:
                listener.socket.close()
                _child(connection, main)
            connection.close()
    finally:
        listener.close()


def _child(connection: socket.socket, main: Main) -> None:
    """Carries out one request and ends the process."""
    status = 70
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        words = _received(connection)
        connection.sendall(b"+")
        _end_with_client(connection)
        try:
            status = main(words)
        except SystemExit as ending:
            status = ending.code if isinstance(ending.code, int) else int(ending.code is not None)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            connection.sendall(bytes((status & 0xFF,)))
    except OSError:
        pass  # the client has gone, or it is not ours
    finally:
        os._exit(0)


def _received(connection: socket.socket) -> list[str]:
    """The words of a request; this process then has its folder, environment and streams."""
    if hasattr(socket, "SO_PEERCRED"):
        _, user, _ = struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
        if user != os.getuid():
            raise PermissionError(user)
    data, streams, _, _ = socket.recv_fds(connection, 1 << 16, 3)
    if len(data) < 4 or len(streams) != 3:
        raise ConnectionError
    length = 4 + int.from_bytes(data[:4], "little")
    while len(data) < length:
        more = connection.recv(1 << 16)
        if not more:
            raise ConnectionError
        data += more
    folder, count, *rest = data[4:].split(b"\0")
    words, variables = rest[: int(count)], rest[int(count) :]
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(folder)
    os.environb.clear()
    os.environb.update(variable.partition(b"=")[::2] for variable in variables)
    # These live as long as the process.
    sys.stdin = open(0, encoding="utf-8", errors="surrogateescape", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", errors="surrogateescape", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)  # noqa: SIM115
    return [os.fsdecode(word) for word in words]


def _end_with_client(connection: socket.socket) -> None:
    """Lets the end of the client (an interrupt at its terminal) end this process: the signal's default does."""
    import fcntl

    try:
        fcntl.fcntl(connection, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(connection, fcntl.F_SETFL, fcntl.fcntl(connection, fcntl.F_GETFL) | os.O_ASYNC)
    except (OSError, AttributeError):
        pass  # then it works on until it is done


def _warmed() -> Main:
    """`home-manager nix-instantiate`, with all that it imports imported."""
    from home_manager.cli.arguments import parser_for
    from home_manager.cli.program import run
    from home_manager.cli.table import find
    from home_manager.nix.evaluation import Evaluator, deep_force, print_value
    from home_manager.nix.io import SystemIO

    evaluator = Evaluator(SystemIO(), store_dir="/nix/store")
    print_value(deep_force(evaluator.eval_text('let f = { a ? 1, ... }: "${toString a}"; in f { } == "1"')))
    for module in ("home_manager.nix.nar_paths", "home_manager.nix.syntax.unparse", "home_manager.diagnostics.render"):
        __import__(module)
    command = find("nix-instantiate")
    assert command is not None
    parser_for(command)
    return run


if __name__ == "__main__":
    serve(sys.argv[1], _warmed())
