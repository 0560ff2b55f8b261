"""Switches told to a real `systemd --user`; run as a program below `unshare -rm`, where it can be started.

systemd wants to see that the machine was booted with it, which in a mount namespace of one's own can be arranged.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

SYSTEMD = next((path for path in ("/usr/lib/systemd/systemd", "/lib/systemd/systemd") if os.path.exists(path)), "")
UNITS = ".config/systemd/user"


def start(home: Path) -> subprocess.Popen[bytes]:
    """The manager of a home's services; it ends this program where it cannot be started."""
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", "/run"], check=True)
    runtime = f"/run/user/{os.getuid()}"
    os.makedirs(runtime, mode=0o700)
    os.makedirs("/run/systemd/system")
    for name in list(os.environ):
        if name.startswith(("XDG_", "DBUS_", "LISTEN_", "NOTIFY_")):
            del os.environ[name]
    os.environ.update(HOME=str(home), XDG_RUNTIME_DIR=runtime, SKIP_SANITY_CHECKS="1")
    log = open(f"{runtime}/log", "wb")  # noqa: SIM115 -- it belongs to the process
    manager = subprocess.Popen([SYSTEMD, "--user", "--log-target=console"], stdout=log, stderr=log)
    end = time.monotonic() + 120
    while time.monotonic() < end and manager.poll() is None:
        if ask("is-system-running") in ("running", "degraded"):
            return manager
        time.sleep(0.1)
    manager.kill()
    print("SKIP", Path(f"{runtime}/log").read_text()[-300:] or "systemd --user does not start here")
    os._exit(0)


def ask(*words: str) -> str:
    done = subprocess.run(["systemctl", "--user", *words], capture_output=True, text=True, check=False)
    return done.stdout.strip()


def process(unit: str) -> str:
    return ask("show", "-p", "MainPID", "--value", unit)


def main() -> None:
    sys.path.insert(0, str(Path(__file__).parent))
    from homes import QUIET, Home

    from home_manager.activation import Report
    from home_manager.manifest import FileEntry, Systemd
    from home_manager.paths import HomeRelPath

    top = Path(sys.argv[1])
    home = Home(top)
    manager = start(home.path)

    def switch(units: dict[str, str], how: str = "sd-switch", **options: object) -> Report:
        files: dict[str, str | FileEntry] = {}
        for name, text in units.items():
            folder = top / "units" / name
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
            source = f"{home.store.add_tree('unit', str(folder))}/{name}"
            for target in (f"{UNITS}/{name}", f"{UNITS}/default.target.wants/{name}"):
                files[target] = FileEntry(HomeRelPath(target), source)
        generation = home.generation(files, systemd=Systemd(start_services=how))  # type: ignore[arg-type]
        return home.activate(generation, system=QUIET, **options)

    def service(unit: str = "", more: str = "", sleep: int = 1000) -> str:
        return f"[Unit]\nDescription=x\n{unit}\n[Service]\nExecStart=/bin/sleep {sleep}\n{more}\n"

    reload = f"ExecReload=/bin/sh -c 'echo reloaded >> {top}/reloads'"
    first = {
        "same.service": service(), "changed.service": service(), "gone.service": service(),
        "reload.service": service("X-SwitchMethod=reload", reload), "keep.service": service("X-SwitchMethod=keep-old"),
        "stop.service": service("X-SwitchMethod=stop-start", f"ExecStop=/bin/sh -c 'echo stopped >> {top}/stops'"),
        "trigger.service": service("X-Restart-Triggers=1"), "quiet.service": service("X-Reload-Triggers=1", reload),
        "clock.timer": "[Timer]\nOnCalendar=yearly\nUnit=same.service\n",
    }  # fmt: skip
    report = switch(first)
    assert report.incomplete == (), report
    for name in first:
        assert ask("is-active", name) == "active", (name, ask("status", name))
    before = {name: process(name) for name in first if name.endswith(".service")}

    report = switch(first)
    assert report.units == () and {name: process(name) for name in before} == before

    second = dict(first)
    del second["gone.service"]
    second |= {
        "changed.service": service(sleep=1001), "new.service": service(),
        "reload.service": service("X-SwitchMethod=reload", reload, 1001),
        "keep.service": service("X-SwitchMethod=keep-old", "", 1001),
        "stop.service": service("X-SwitchMethod=stop-start", "", 1001), "trigger.service": service("X-Restart-Triggers=2"),
        "quiet.service": service("X-Reload-Triggers=2", reload),
    }  # fmt: skip
    planned = switch(second, dry_run=True).units
    assert {name: process(name) for name in before} == before
    report = switch(second)
    assert report.incomplete == (), report
    assert tuple(line for line in report.units if "daemon-reload" not in line) == planned, (planned, report.units)
    now = {name: process(name) for name in before}
    kept = {name for name in before if now[name] == before[name]}
    assert kept == {"same.service", "reload.service", "keep.service", "quiet.service"}, kept
    assert ask("is-active", "gone.service") in ("inactive", "unknown") and ask("is-active", "new.service") == "active"
    assert (top / "reloads").read_text() == "reloaded\n" * 2
    assert (top / "stops").read_text() == "stopped\n"

    report = switch(first, "suggest")
    assert any("systemctl --user restart" in note for note in report.notes), report.notes
    assert {name: process(name) for name in before if name != "gone.service"} == {
        name: process for name, process in now.items() if name != "gone.service"
    }
    switch(second)

    broken = {**second, "broken.service": "[Service]\nType=oneshot\nExecStart=/bin/false\n"}
    report = switch(broken)
    assert len(report.incomplete) == 1 and "broken.service" in report.incomplete[0], report
    assert home.profile.current_number == report.generation

    failing = home.generation({f"{UNITS}/x": "1"}, steps=_failing())
    try:
        home.activate(failing)
    except Exception as failed:
        assert type(failed).__name__ == "Undone", failed
    assert ask("is-active", "new.service") == "active"

    report = switch({})
    assert all(ask("is-active", name) in ("inactive", "failed", "unknown") for name in second), report
    manager.terminate()
    manager.wait(20)
    report = switch(first)
    assert report.notes == ("the user's systemd does not answer; units are not reloaded",), report
    print("OK")


def _failing() -> object:
    from homes import steps

    return steps(("bad", "false"), after="linkGeneration")


if __name__ == "__main__":
    main()
