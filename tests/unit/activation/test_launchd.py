"""launchd's agents on switch, with a program in launchctl's place that writes down what it is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from homes import Home, steps

from home_manager.manifest import Manifest, dump
from home_manager.modules.launchd.agents import SETUP
from home_manager.store import Files, HomeFiles, Link, Recipes

LAUNCHCTL = """#!/bin/sh
echo "$@" >> "{log}"
case "$*" in *{refused}*) exit 5 ;; esac
"""


class Agents:
    """A home whose agents are switched; `told` is what launchctl was told since the last question."""

    def __init__(self, home: Home, tmp_path: Path) -> None:
        self.home, self.log, self.fake = home, tmp_path / "log", tmp_path / "launchctl"
        self.refuse("nothing")

    def refuse(self, what: str) -> None:
        self.fake.write_text(LAUNCHCTL.format(log=self.log, refused=what))
        self.fake.chmod(0o755)

    def switch(self, agents: dict[str, str], domain: str = "gui", **options: object) -> None:
        script = SETUP.replace("/bin/launchctl", str(self.fake))
        found = steps(("setupLaunchAgents", script), after="writeBoundary")
        recipes = Recipes(self.home.store.root)
        tree = recipes.add(HomeFiles(()))
        manifest = Manifest("alice", str(self.home.path), steps=found)
        content: dict[str, str | Link] = {"manifest.json": dump(manifest), "home-files": Link("", tree)}
        for label, text in agents.items():
            content[f"LaunchAgents/{label}.plist"] = text
            content[f"LaunchAgentDomains/{label}.domain"] = f"{domain}\n"
        path = recipes.add(Files("home-manager-generation", content))
        self.home.store.realise(recipes, (path,))
        self.home.activate((manifest, path), **options)

    def told(self) -> list[str]:
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return [line.split("/")[0] + " " + line.rsplit("/", 1)[-1] for line in lines]

    def installed(self) -> dict[str, str]:
        folder = self.home.path / "Library/LaunchAgents"
        return {path.name: path.read_text() for path in sorted(folder.iterdir())} if folder.is_dir() else {}


@pytest.fixture
def agents(home: Home, tmp_path: Path) -> Agents:
    return Agents(home, tmp_path)


def test_agents_come_change_and_go(agents: Agents) -> None:
    agents.switch({"a": "1", "b": "1"})
    assert agents.installed() == {"a.plist": "1", "b.plist": "1"}
    assert [line for line in agents.told() if line.startswith("bootstrap")] == [
        "bootstrap gui a.plist",
        "bootstrap gui b.plist",
    ]
    agents.switch({"a": "1", "b": "2"}, "user")
    assert agents.told() == ["bootout gui b", "bootstrap user b.plist"]
    agents.switch({"a": "1"})
    assert agents.installed() == {"a.plist": "1"}
    assert agents.told() == ["bootout gui b"]
    agents.switch({"a": "1"})
    assert agents.told() == []


def test_a_dry_run_tells_launchd_nothing(agents: Agents) -> None:
    agents.switch({"a": "1"})
    agents.told()
    agents.switch({"b": "1"}, dry_run=True)
    assert agents.told() == [] and agents.installed() == {"a.plist": "1"}


def test_an_agent_that_is_refused_is_told_of(agents: Agents) -> None:
    agents.refuse("bootstrap")
    agents.switch({"a": "1"})
    assert "launchd refuses a.plist" in agents.home.output
