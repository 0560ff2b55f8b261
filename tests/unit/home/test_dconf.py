"""dconf on switch, with the real program: settings are loaded, and what is no longer set goes back to its default."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from home_manager.configuration.request import Request
from home_manager.home.home import Generation, open_home
from home_manager.home.switch_options import SwitchOptions
from home_manager.packages import PackageRecipe
from home_manager.packages.providers import SilentProgress
from home_manager.store import Store

NEEDED = ("dconf", "jq", "dbus-run-session", "dbus-daemon")

CONFIG = """
{ lib, pkgs, ... }:
{
  home.username = "alice"; home.homeDirectory = "/home/alice"; home.stateVersion = "25.11";
  home.packages = lib.mkForce [ ];
  xdg.mime.enable = false;
  i18n.glibcLocales = pkgs.writeTextDir "lib/locale/none" "";
  dconf.settings = %s;
}
"""


@pytest.mark.slow
@pytest.mark.skipif(any(shutil.which(each) is None for each in NEEDED), reason=f"needs {', '.join(NEEDED)}")
def test_settings_come_and_go(tmp_path: Path) -> None:
    def switch(settings: str) -> None:
        (tmp_path / "home.nix").write_text(CONFIG % settings)
        home = open_home(Request(config=str(tmp_path / "home.nix"), root=str(tmp_path / "root")))
        configured = home.evaluate()
        with home.store as store:
            _bring_own(store, configured.recipes, configured.path)
            store.realise(configured.recipes, [configured.path])
        home.activate(Generation(configured.path, configured.manifest), SwitchOptions(), SilentProgress())

    def read(key: str) -> str:
        place = tmp_path / "root/home/alice"
        environment = {"HOME": str(place), "PATH": os.environ["PATH"], "XDG_RUNTIME_DIR": str(tmp_path)}
        done = subprocess.run(["dconf", "read", key], env=environment, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    switch('{ "org/test" = { one = 1; two = "text"; }; "org/other".flag = true; }')
    assert [read("/org/test/one"), read("/org/test/two"), read("/org/other/flag")] == ["1", "'text'", "true"]
    switch('{ "org/test".two = "changed"; }')
    assert [read("/org/test/one"), read("/org/test/two"), read("/org/other/flag")] == ["", "'changed'", ""]


def _bring_own(store: Store, recipes: object, root: str) -> None:
    """For each package that is needed, a folder with links to the machine's own programs."""

    def fill(path: str) -> None:
        os.makedirs(f"{path}/bin")
        for name in NEEDED:
            os.symlink(str(shutil.which(name)), f"{path}/bin/{name}")

    seen: set[str] = set()
    stack = [root]
    while stack:
        path = stack.pop()
        if path in seen:
            continue
        seen.add(path)
        if isinstance(recipes.get(path), PackageRecipe):  # type: ignore[attr-defined]
            store.place(path, fill)
        else:
            stack.extend(recipes.dependencies(path))  # type: ignore[attr-defined]
