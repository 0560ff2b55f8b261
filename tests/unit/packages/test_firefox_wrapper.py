"""Firefox with policies of its own."""

from __future__ import annotations

import json
import os
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest


def browser(root: Path, directory: str) -> Path:
    """A browser whose program prints where it lies, as Firefox looks at it."""
    lib = root / "browser" / "lib" / directory
    lib.mkdir(parents=True)
    (lib / "application.ini").write_text("[App]\nName=Firefox\n")
    program = lib / "fox"
    program.write_text('#!/bin/bash\ncat "$(dirname "$(readlink -f "$0")")/distribution/policies.json"\n')
    program.chmod(0o755)
    shared = root / "browser" / "share" / "distribution"
    shared.mkdir(parents=True)
    (shared / "policies.json").write_text("{}")
    (shared / "other.ini").write_text("[Global]\n")
    (lib / "distribution").symlink_to("../../share/distribution")
    return root / "browser"


@pytest.mark.parametrize("directory", ["fox", "fox-esr"])
def test_the_program_sees_the_policies(tmp_path: Path, directory: str) -> None:
    host = tmp_path / "host" / "lib" / "mozilla" / "native-messaging-hosts"
    host.mkdir(parents=True)
    (host / "example.json").write_text("{}")
    out = tmp_path / "out"
    policies = {"policies": {"DisablePocket": True}}
    given = {
        "browser": str(browser(tmp_path, directory)),
        "libName": "fox",
        "program": "fox",
        "application": "",
        "policies": json.dumps(policies),
        "beside": "DisablePocket",
        "extraPrefs": 'pref("a.b", 1);',
        "autoconfig": "// autoconfig",
        "hosts": str(tmp_path / "host"),
        "out": str(out),
        "shell": "/bin/bash",
    }
    functions, build = (
        (files("home_manager.packages") / f"{part}.bash").read_text() for part in ("build", "wrap_firefox")
    )
    script = f"{functions}\nset -euo pipefail\n{build}"
    subprocess.run(["bash", "-c", script], env={**os.environ, **given}, check=True)
    shown = subprocess.run([out / "bin" / "fox"], capture_output=True, text=True, check=True).stdout
    assert json.loads(shown) == policies
    assert (out / "lib/fox/distribution/other.ini").read_text() == "[Global]\n"
    assert (tmp_path / "browser/share/distribution/policies.json").read_text() == "{}"
    assert (out / "lib/mozilla/native-messaging-hosts/example.json").exists()
    assert 'pref("a.b", 1);' in (out / "lib/fox/mozilla.cfg").read_text()


def test_what_is_no_browser_is_told(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    given = {"browser": str(tmp_path), "libName": "fox", "out": str(tmp_path / "out")}
    given |= {"program": "fox", "application": ""}
    build = (files("home_manager.packages") / "wrap_firefox.bash").read_text()
    script = f"set -euo pipefail\n{build}"
    result = subprocess.run(["bash", "-c", script], env={**os.environ, **given}, capture_output=True, text=True)
    assert result.returncode == 1
    assert "no application.ini" in result.stderr


def test_an_application_of_macos_is_wrapped_where_it_lies(tmp_path: Path) -> None:
    contents = tmp_path / "browser/Applications/Fox.app/Contents"
    (contents / "MacOS").mkdir(parents=True)
    (contents / "Resources").mkdir()
    program = contents / "MacOS/fox"
    program.write_text('#!/bin/bash\ncat "$(dirname "$(readlink -f "$0")")/../Resources/distribution/policies.json"\n')
    program.chmod(0o755)
    out = tmp_path / "out"
    given = {"browser": str(tmp_path / "browser"), "libName": "fox", "program": "fox", "application": "Fox"}
    given |= {"policies": "{}", "beside": "", "extraPrefs": "", "hosts": "", "out": str(out), "shell": "/bin/bash"}
    functions, build = (
        (files("home_manager.packages") / f"{part}.bash").read_text() for part in ("build", "wrap_firefox")
    )
    script = f"{functions}\nset -euo pipefail\n{build}"
    subprocess.run(["bash", "-c", script], env={**os.environ, **given}, check=True)
    for place in ("Applications/Fox.app/Contents/MacOS/fox", "bin/fox"):
        assert subprocess.run([out / place], capture_output=True, text=True, check=True).stdout == "{}"
    assert "MOZ_APP_LAUNCHER" in (out / "Applications/Fox.app/Contents/MacOS/fox").read_text()


@pytest.mark.parametrize("policies", [(), ("DisablePocket", "NoDefaultBookmarks")])
def test_the_machines_own_browser_is_started_but_not_changed(tmp_path: Path, policies: tuple[str, ...]) -> None:
    machine = tmp_path / "machine-fox"
    machine.write_text('#!/bin/bash\necho "$MOZ_LEGACY_PROFILES $1"\n')
    machine.chmod(0o755)
    (tmp_path / "browser/bin").mkdir(parents=True)
    (tmp_path / "browser/bin/fox").symlink_to(machine)
    out = tmp_path / "out"
    given = {"browser": str(tmp_path / "browser"), "libName": "fox", "program": "fox", "application": ""}
    given |= {"policies": "{}", "beside": ", ".join(policies), "extraPrefs": "", "hosts": ""}
    functions, build = (
        (files("home_manager.packages") / f"{part}.bash").read_text() for part in ("build", "wrap_firefox")
    )
    script = f"{functions}\nset -euo pipefail\n{build}"
    environment = {**os.environ, **given, "out": str(out), "shell": "/bin/bash"}
    built = subprocess.run(["bash", "-c", script], env=environment, capture_output=True, text=True)
    if policies:
        assert built.returncode == 1
        assert "(DisablePocket, NoDefaultBookmarks) or preferences" in built.stderr
    else:
        shown = subprocess.run([out / "bin/fox", "page"], capture_output=True, text=True, check=True)
        assert shown.stdout == "1 page\n"
