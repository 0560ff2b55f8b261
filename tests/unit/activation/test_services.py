"""Units: what has to be done about a change, and how it is done."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from homes import QUIET, Home

from home_manager.activation import Options, Report, activate
from home_manager.activation.services import Systemctl
from home_manager.activation.system import Completed, System
from home_manager.activation.units import Units, make_unit_plan
from home_manager.manifest import Manifest, Systemd

ALWAYS = frozenset(("default.target",))


def units(**texts: str) -> Units:
    """Services by name, each wanted by default.target."""
    named = {f"{name}.service": text for name, text in texts.items()}
    return Units(named, dict.fromkeys(named, ALWAYS))


def unit(unit_section: str = "", run: str = "/bin/x") -> str:
    return f"[Unit]\n{unit_section}\n[Service]\nExecStart={run}\nX-SwitchMethod=keep-old\n"


def lines(old: Units, new: Units, *active: str) -> tuple[str, ...]:
    return tuple(
        line.removeprefix("systemctl --user ") for line in make_unit_plan(old, new, {*active, *ALWAYS}).lines()
    )


def test_new_gone_and_unchanged_units() -> None:
    old, new = units(a=unit(), b=unit()), units(b=unit(), c=unit())
    assert lines(old, new, "a.service", "b.service") == ("stop a.service", "start c.service")
    assert lines(old, new, "a.service", "c.service") == ("stop a.service",)
    assert lines(old, new) == ("start c.service",)


def test_only_what_an_active_target_wants_is_started() -> None:
    new = Units({"a.service": unit(), "b.service": unit(), "t@.service": unit()}, {
        "a.service": frozenset(("graphical.target",)), "t@.service": ALWAYS
    })  # fmt: skip
    assert lines(units(), new) == ()
    assert make_unit_plan(units(), new, {"graphical.target"}).start == ("a.service",)
    refusing = units(a=unit("RefuseManualStart=true"))
    assert lines(units(), refusing) == ()
    assert lines(units(a=unit("RefuseManualStop=yes")), units(), "a.service") == ()


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("", ("restart a.service",)),
        ("X-SwitchMethod=reload", ("reload a.service",)),
        ("X-SwitchMethod=restart", ("restart a.service",)),
        ("X-SwitchMethod=stop-start", ("stop a.service", "start a.service")),
        ("X-SwitchMethod=keep-old", ()),
        ("X-RestartIfChanged=false", ()),
        ("X-ReloadIfChanged=true", ("reload a.service",)),
        ("X-StopIfChanged=true", ("stop a.service", "start a.service")),
        ("RefuseManualStop=true", ()),
    ],
)
def test_how_a_running_unit_is_switched(section: str, expected: tuple[str, ...]) -> None:
    old, new = units(a=unit(section)), units(a=unit(section, "/bin/y"))
    assert lines(old, new, "a.service") == expected
    assert lines(old, old, "a.service") == ()


def test_triggers() -> None:
    def triggered(key: str, value: str) -> Units:
        return units(a=unit(f"{key}={value}"))

    assert lines(triggered("X-Reload-Triggers", "1"), triggered("X-Reload-Triggers", "2"), "a.service") == (
        "reload a.service",
    )
    assert lines(triggered("X-Restart-Triggers", "1"), triggered("X-Restart-Triggers", "2"), "a.service") == (
        "restart a.service",
    )


def test_targets_are_not_restarted() -> None:
    old, new = Units({"a.target": "1"}, {}), Units({"a.target": "2"}, {})
    plan = make_unit_plan(old, new, {"a.target"})
    assert (plan.lines(), plan.kept) == ((), ("a.target",))


@dataclass
class Recording:
    """A service manager that only notes what it is told."""

    answer: str = "running"
    running: frozenset[str] = frozenset(("default.target",))
    failing: str = ""
    told: list[str] = field(default_factory=list)

    def state(self) -> str:
        return self.answer

    def active(self) -> frozenset[str]:
        return self.running

    def tell(self, verb: str, units: Sequence[str]) -> Completed:
        self.told.append(" ".join((verb, *units)))
        return Completed(1, "Job failed.") if verb == self.failing else Completed(0, "")


def switch(home: Home, services: Recording, generation: tuple[Manifest, str], *, dry_run: bool = False) -> Report:
    return activate(
        *generation,
        layout=home.layout,
        options=Options(skip_sanity_checks=True, dry_run=dry_run),
        system=QUIET,
        services=services,
    )


def with_unit(home: Home, text: str, **more: object) -> tuple[Manifest, str]:
    directory = ".config/systemd/user"
    files = {f"{directory}/a.service": text, f"{directory}/default.target.wants/a.service": text}
    return home.generation(files, **more)  # type: ignore[arg-type]


def test_a_switch_tells_the_service_manager(home: Home) -> None:
    services = Recording()
    report = switch(home, services, with_unit(home, "1"))
    assert services.told == ["daemon-reload", "start a.service"]
    assert report.units == ("systemctl --user daemon-reload", "systemctl --user start a.service")
    services = Recording(running=frozenset(("a.service",)), failing="restart")
    report = switch(home, services, with_unit(home, "2"))
    assert services.told == ["daemon-reload", "restart a.service"]
    assert report.incomplete == ("`systemctl --user restart a.service` failed: Job failed.",)
    services = Recording(running=frozenset(("a.service",)))
    switch(home, services, home.generation({}))
    assert services.told == ["stop a.service", "daemon-reload"]


def test_nothing_is_asked_where_no_unit_changed(home: Home) -> None:
    class Silent(Recording):
        def state(self) -> str:
            pytest.fail("the service manager was asked")

    switch(home, Silent(), home.generation({"a": "1"}))


def test_without_a_service_manager_there_is_a_note(home: Home) -> None:
    services = Recording(answer="Failed to connect to bus")
    report = switch(home, services, with_unit(home, "1"))
    assert services.told == []
    assert "does not answer" in report.notes[0]


def test_suggestions(home: Home) -> None:
    services = Recording()
    report = switch(home, services, with_unit(home, "1", systemd=Systemd("suggest")))
    assert services.told == ["daemon-reload"]
    assert report.notes == ("units changed; run: systemctl --user start a.service",)


def test_a_dry_run_tells_nothing(home: Home) -> None:
    services = Recording()
    report = switch(home, services, with_unit(home, "1"), dry_run=True)
    assert services.told == []
    assert report.units == ("systemctl --user start a.service",)


def test_units_read_their_old_text_again_when_a_later_step_fails(home: Home) -> None:
    from homes import steps

    from home_manager.diagnostics import Failure

    services = Recording()
    generation = with_unit(home, "1", steps=steps(("late", "false"), after="reloadSystemd"))
    with pytest.raises(Failure):
        switch(home, services, generation)
    assert services.told == ["daemon-reload", "start a.service", "daemon-reload"]


def test_systemctl_is_called_with_a_runtime_directory() -> None:
    calls: list[tuple[list[str], dict[str, str]]] = []

    class Fake(System):
        def run(self, command, environment, timeout=None):  # type: ignore[no-untyped-def]
            calls.append((list(command), dict(environment)))
            return Completed(0, "")

    Systemctl(Fake(), {"PATH": "/bin"}).tell("start", ("a.service",))
    command, environment = calls[0]
    assert command == ["systemctl", "--user", "start", "a.service"]
    assert environment["XDG_RUNTIME_DIR"].startswith("/run/user/")
    absent = Systemctl(System(), {"PATH": "/nowhere"})
    assert absent.state() not in ("running", "degraded")


@pytest.mark.slow
def test_against_a_real_systemd(tmp_path: Path) -> None:
    from live_systemd import SYSTEMD

    if not SYSTEMD or not shutil.which("unshare") or not shutil.which("systemctl"):
        pytest.skip("there is no systemd here")
    command = ["unshare", "-rm", sys.executable, str(Path(__file__).with_name("live_systemd.py")), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    if done.stdout.startswith("SKIP") or "Operation not permitted" in done.stderr:
        pytest.skip(f"no systemd --user can be started here: {done.stdout or done.stderr}")
    assert done.returncode == 0 and done.stdout.endswith("OK\n"), done.stdout + done.stderr
