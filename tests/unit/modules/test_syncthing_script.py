"""The script that tells Syncthing its settings, run against a server that writes down what it is asked."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from home_manager.modules.services.syncthing.scripts import Teller

ANSWERS = {
    "/rest/config/gui": {"user": "", "password": "$2a$old"},
    "/rest/config/devices": [{"deviceID": "OLD 1"}, {"deviceID": "AAA"}],
    "/rest/config/restart-required": {"requiresRestart": True},
}

SETTINGS: dict[str, Any] = {
    "devices": [{"deviceID": "AAA", "id": "AAA"}],
    "folders": [
        {
            "id": "my music",
            "devices": [{"deviceId": "AAA", "encryptionPasswordFile": "SECRET"}, {"deviceId": "BBB"}],
            "ignorePatterns": ["it's"],
        },
        {"id": "plain", "devices": [], "ignorePatterns": None},
    ],
    "others": {"options": {"urAccepted": -1}},
}


class Server(ThreadingHTTPServer):
    """A server with a list of what it was asked: method, path and data."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str, object]] = []


class Handler(BaseHTTPRequestHandler):
    def answer(self) -> None:
        assert isinstance(self.server, Server)
        assert self.headers["X-API-Key"] == "the key"
        data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.asked.append((self.command, self.path, json.loads(data) if data else None))
        text = json.dumps(ANSWERS.get(self.path, [])).encode() if self.command == "GET" else b""
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield made
        made.shutdown()


def program(folder: Path, name: str, code: str) -> str:
    file = folder / "bin" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\n{code}\n")
    file.chmod(0o755)
    return str(file)


@pytest.mark.skipif(not shutil.which("jq") or not shutil.which("curl"), reason="needs jq and curl")
def test_what_syncthing_is_told(tmp_path: Path, server: Server) -> None:
    secret, password, settings = tmp_path / "se cret", tmp_path / "password", tmp_path / "settings.json"
    secret.write_text("of the tablet")
    password.write_text('pass"word\n')
    settings.write_text(json.dumps(SETTINGS).replace("SECRET", str(secret)))
    (tmp_path / "coreutils").symlink_to("/usr")
    program(tmp_path, "xmllint", "echo the key")
    programs = {
        "coreutils": tmp_path / "coreutils",
        "libxml2": tmp_path,
        "curl": shutil.which("curl"),
        "jq": shutil.which("jq"),
        "mkpasswd": program(tmp_path, "mkpasswd", "cat > /dev/null; echo another hash"),
    }
    teller = Teller(programs, f'folder="{tmp_path}"\n', f"127.0.0.1:{server.server_port}")
    code = teller.settings(str(settings), [str(secret)], {"devices": "deviceID"}, others=True)
    script = teller.whole(("@jq@", str(password)), code, own_address=False)

    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "RUNTIME_DIRECTORY": str(tmp_path)}
    subprocess.run(["bash", "-c", script], check=True, env=environment, timeout=60)

    folder = SETTINGS["folders"][0]
    shared = [{"deviceId": "AAA", "encryptionPassword": "of the tablet"}, {"deviceId": "BBB"}]
    assert server.asked == [
        ("GET", "/rest/config/gui", None),
        ("PATCH", "/rest/config/gui", {"user": "@jq@"}),
        ("PATCH", "/rest/config/gui", {"password": 'pass"word'}),
        ("POST", "/rest/config/devices", {"deviceID": "AAA", "id": "AAA"}),
        ("POST", "/rest/config/folders", {"id": folder["id"], "devices": shared}),
        ("POST", "/rest/config/folders", {"id": "plain", "devices": []}),
        ("POST", "/rest/db/ignores?folder=my%20music", {"ignore": ["it's"]}),
        ("GET", "/rest/config/devices", None),
        ("DELETE", "/rest/config/devices/OLD%201", None),
        ("PUT", "/rest/config/options", {"urAccepted": -1}),
        ("GET", "/rest/config/restart-required", None),
        ("POST", "/rest/system/restart", None),
    ]
