"""Firefox itself reads the profile and the policies that are made for it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest

from harness.casefile import Case, Section, lay_out
from harness.marionette import firefox
from harness.outcome import configuration_file, outcome

PROGRAM = shutil.which("firefox-esr") or shutil.which("firefox")

pytestmark = [pytest.mark.slow, pytest.mark.skipif(PROGRAM is None, reason="there is no Firefox on this machine")]

HOME = """\
{
  programs.firefox = {
    enable = true;
    package = null;
    configPath = ".firefox";
    profiles.main = {
      settings = { "a.number" = 3; "a.text" = "say \\"hello\\""; "a.list" = [ 1 2 ]; };
      userChrome = "#nav-bar { padding: 1px; }";
      search = {
        default = "docs";
        privateDefault = "ddg";
        engines.docs = {
          name = "Docs";
          urls = [ { template = "https://docs.example.org/?q={searchTerms}"; } ];
          definedAliases = [ "@d" ];
        };
      };
      containers.bank = { id = 7; color = "green"; icon = "dollar"; };
      bookmarks = {
        force = true;
        settings = [ { name = "Docs & <more>"; url = "https://docs.example.org/"; } ];
      };
      handlers.schemes.mailto = {
        action = 2;
        handlers = [ { name = "Mail"; uriTemplate = "https://mail.example.org/?to=%s"; } ];
      };
    };
  };
}
"""

ASK = """
const load = name => ChromeUtils.importESModule(`resource://gre/modules/${name}.sys.mjs`);
const { ContextualIdentityService } = load("ContextualIdentityService");
const { PlacesUtils } = load("PlacesUtils");
const prefs = Services.prefs, found = {};
const search = Services.search
  ?? ChromeUtils.importESModule("moz-src:///toolkit/components/search/SearchService.sys.mjs").SearchService;
const engine = await search.getDefault();
found.engine = [engine.id, engine.name, engine.getSubmission("a b").uri.spec, engine.aliases];
found.containers = ContextualIdentityService.getPublicIdentities().map(each => [each.userContextId, each.name, each.icon]);
found.preferences = [prefs.getIntPref("a.number"), prefs.getCharPref("a.text"), prefs.getCharPref("a.list")];
found.styles = prefs.getBoolPref("toolkit.legacyUserProfileCustomizations.stylesheets");
for (let tries = 0; tries < 50; tries++) {
  const marks = [];
  await PlacesUtils.bookmarks.fetch({ url: "https://docs.example.org/" }, each => marks.push(each.title));
  found.bookmarks = marks;
  if (marks.length) break;
  await new Promise(resolve => setTimeout(resolve, 100));
}
const protocols = Cc["@mozilla.org/uriloader/external-protocol-service;1"].getService(Ci.nsIExternalProtocolService);
const handlers = protocols.getProtocolHandlerInfo("mailto").possibleApplicationHandlers;
// Those of Firefox itself follow.
found.handler = handlers.queryElementAt(0, Ci.nsIHandlerApp).name;
return found;
"""


def test_the_profile_is_what_the_configuration_says(tmp_path: Path) -> None:
    assert PROGRAM is not None
    case = Case("", (Section("module", "home.nix", HOME),))
    (tmp_path / "inputs").mkdir()
    lay_out(case, tmp_path / "inputs")
    outcome(configuration_file(case, tmp_path / "inputs"), tmp_path)
    (made,) = (path.parent for path in tmp_path.glob("state/store/*/.firefox/main/user.js"))
    # The hash of the search engine holds for a directory of this name.
    profile = tmp_path / "main"
    profile.mkdir()
    subprocess.run(["cp", "-rL", "--no-preserve=mode", f"{made}/.", str(profile)], check=True)
    with firefox(PROGRAM, profile, tmp_path) as browser:
        found = browser.run(ASK)
    assert found == {
        "engine": ["docs", "Docs", "https://docs.example.org/?q=a+b", ["@d"]],
        "containers": [[7, "bank", "dollar"]],
        "preferences": [3, 'say "hello"', "[1,2]"],
        "styles": True,
        "bookmarks": ["Docs & <more>"],
        "handler": "Mail",
    }


def test_policies_reach_a_wrapped_browser(tmp_path: Path) -> None:
    assert PROGRAM is not None
    lib = Path(PROGRAM).resolve().parent
    if not (lib / "application.ini").exists():
        pytest.skip("the program does not lie in the browser's own directory")
    (tmp_path / "browser" / "lib").mkdir(parents=True)
    (tmp_path / "browser" / "lib" / lib.name).symlink_to(lib)
    name = Path(PROGRAM).resolve().name
    policies = {"policies": {"Preferences": {"a.locked": {"Value": 5, "Status": "locked"}}}}
    given = {
        "browser": str(tmp_path / "browser"),
        "libName": name,
        "program": name,
        "application": "",
        "policies": json.dumps(policies),
        "beside": "Preferences",
        "extraPrefs": "",
        "autoconfig": "",
        "hosts": "",
        "out": str(tmp_path / "out"),
        "shell": "/bin/bash",
    }
    functions, build = (
        (files("home_manager.packages") / f"{part}.bash").read_text() for part in ("build", "wrap_firefox")
    )
    script = f"{functions}\nset -euo pipefail\n{build}"
    subprocess.run(["bash", "-c", script], env={**os.environ, **given}, check=True)
    profile = tmp_path / "profile"
    profile.mkdir()
    with firefox(str(tmp_path / "out" / "bin" / name), profile, tmp_path) as browser:
        assert browser.run("return Object.keys(Services.policies.getActivePolicies() ?? {});") == ["Preferences"]
