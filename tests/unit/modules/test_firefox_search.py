"""The file of search engines that Firefox reads."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import subprocess
from pathlib import Path

import pytest

from home_manager.modules.programs._firefox_search import BUILD, DISCLAIMER


def decoded(data: bytes) -> bytes:
    """The content of a mozlz4 file whose only block is all literals."""
    assert data[:8] == b"mozLz40\0"
    size, token, rest = int.from_bytes(data[8:12], "little"), data[12], data[13:]
    length = token >> 4
    if length == 15:
        while rest[0] == 255:
            length, rest = length + 255, rest[1:]
        length, rest = length + rest[0], rest[1:]
    assert token & 15 == 0
    assert length == size == len(rest)
    return rest


def built(tmp_path: Path, text: str, salt: str = "", private_salt: str = "") -> bytes:
    out = tmp_path / "search.json.mozlz4"
    given = {"json": text, "salt": salt, "privateSalt": private_salt, "out": str(out)}
    script = f"set -euo pipefail\nappName=Firefox\n{BUILD}"
    subprocess.run(["bash", "-c", script], env={**os.environ, **given}, check=True)
    return out.read_bytes()


@pytest.mark.parametrize("length", [0, 1, 14, 15, 16, 269, 270, 271, 524, 525, 526, 70_000])
def test_text_of_any_length_is_kept(tmp_path: Path, length: int) -> None:
    text = "ü" * (length // 2) + "x" * (length % 2)
    assert decoded(built(tmp_path, text)) == text.encode()


def test_engines_carry_the_hash_that_the_browser_checks(tmp_path: Path) -> None:
    text = json.dumps({"defaultEngineIdHash": "@hash@", "privateDefaultEngineIdHash": "@privateHash@"})
    content = json.loads(decoded(built(tmp_path, text, f"mainddg{DISCLAIMER}", f"mainbing{DISCLAIMER}")))
    for key, engine in (("defaultEngineIdHash", "ddg"), ("privateDefaultEngineIdHash", "bing")):
        salted = f"main{engine}{DISCLAIMER.replace('@appName@', 'Firefox')}".encode()
        assert content[key] == base64.b64encode(hashlib.sha256(salted).digest()).decode()
