"""A client for Marionette, by which a running Firefox is asked what it made of its files."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

STARTS_WITHIN = 90
"""How many seconds a machine under load may take until Firefox listens."""


class Marionette:
    """A session with the privileges of the browser itself."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._input = connection.makefile("rb")
        self._number = 0
        self._receive()
        self.command("WebDriver:NewSession", {})
        self.command("Marionette:SetContext", {"value": "chrome"})

    def _receive(self) -> Any:
        size = b""
        while (character := self._input.read(1)) != b":":
            if not character:
                raise ConnectionError("the browser hung up")
            size += character
        return json.loads(self._input.read(int(size)))

    def command(self, name: str, parameters: dict[str, object]) -> Any:
        """The result of a command."""
        self._number += 1
        message = json.dumps([0, self._number, name, parameters]).encode()
        self._connection.sendall(str(len(message)).encode() + b":" + message)
        _, _, error, result = self._receive()
        assert not error, error
        return result

    def run(self, script: str) -> Any:
        """What an asynchronous script returns."""
        body = (
            f"const [done] = arguments; (async () => {{ {script} }})().then(done, e => done({{ error: String(e) }}));"
        )
        return self.command("WebDriver:ExecuteAsyncScript", {"script": body, "args": []})["value"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def firefox(program: str, profile: Path, home: Path) -> Iterator[Marionette]:
    """A Firefox without a window that runs with a profile; the profile is written to."""
    port = _free_port()
    with open(profile / "user.js", "a", encoding="utf-8") as file:
        file.write(f'user_pref("marionette.port", {port});\n')
    words = [program, "--headless", "--no-remote", "--marionette", "--remote-allow-system-access"]
    environment = {"HOME": str(home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "MOZ_HEADLESS": "1"}
    process = subprocess.Popen(
        [*words, "--profile", str(profile), "about:blank"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(STARTS_WITHIN * 5):
            try:
                connection = socket.create_connection(("127.0.0.1", port))
                break
            except OSError:
                assert process.poll() is None, "the browser ended"
                time.sleep(0.2)
        else:
            raise TimeoutError("the browser does not listen")
        with connection:
            yield Marionette(connection)
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
