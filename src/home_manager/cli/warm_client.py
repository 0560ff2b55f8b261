"""Hands a command line to a warm server, if there is one: its own process, kept small so that a start costs little.

Run as a file by `python -I -S warm_client.py SOCKET WORD…`, so it imports nothing but what the interpreter has built in.
The request holds the working folder, the words and the environment; the three standard streams go along as descriptors.
The answer is `+` once the request is taken, then the exit status as one byte.
"""

import _socket
import os
import sys

NOBODY = -1
"""The answer of `ask` where no server took the request, and nothing has been done."""

LOST = 1
"""The status where the server's process ended without one."""


def request(words: list[str]) -> bytes:
    """A command line with its surroundings; no part of it can hold a zero byte."""
    parts = [os.getcwdb(), str(len(words)).encode(), *map(os.fsencode, words)]
    parts += [name + b"=" + value for name, value in os.environb.items()]
    body = b"\0".join(parts)
    return len(body).to_bytes(4, "little") + body


def ask(path: str, words: list[str]) -> int:
    """The exit status of a command line that the server at `path` carries out, or `NOBODY`."""
    connection = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    try:
        connection.connect(path)
        streams = b"".join(number.to_bytes(4, sys.byteorder) for number in (0, 1, 2))
        data = request(words)
        sent = connection.sendmsg([data], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, streams)])
        if sent < len(data):  # sending nothing would fail where all has been done already
            connection.sendall(data[sent:])
        if connection.recv(1) != b"+":
            return NOBODY
    except OSError:
        return NOBODY
    try:
        status = connection.recv(1)
    except OSError:
        status = b""
    return status[0] if status else LOST


if __name__ == "__main__":
    outcome = ask(sys.argv[1], sys.argv[2:])
    if outcome == NOBODY:
        sys.stderr.write(f"no warm server answers at {sys.argv[1]}\n")
        outcome = 75
    # Without the end of an interpreter's life, which would cost as much as its beginning.
    sys.stderr.flush()
    os._exit(outcome)
