"""`launchd`: services of the user on macOS."""

import re
from typing import Any

from home_manager.authoring import *
from home_manager.modules.launchd._job import Job

PREFIX = "org.nix-community.home."
"""What the names of our jobs begin with."""

SETUP = """\
agents=$HOME/Library/LaunchAgents
run mkdir -p "$agents"
bootout() {
  local label=$1
  run /bin/launchctl bootout "gui/$UID/$label" 2>/dev/null || run /bin/launchctl bootout "user/$UID/$label" 2>/dev/null || :
}
if [[ -v oldGenPath && -d $oldGenPath/LaunchAgents ]]; then
  for old in "$oldGenPath"/LaunchAgents/*.plist; do
    name=${old##*/}
    if [[ -e $old && ! -e $newGenPath/LaunchAgents/$name ]]; then
      bootout "${name%.plist}"
      run rm -f "$agents/$name"
    fi
  done
fi
for new in "$newGenPath"/LaunchAgents/*.plist; do
  name=${new##*/}
  if [[ ! -e $new ]] || cmp -s "$new" "$agents/$name"; then
    continue
  fi
  domain=$(<"$newGenPath/LaunchAgentDomains/${name%.plist}.domain")
  bootout "${name%.plist}"
  # launchd wants a file that belongs to the user, so a link to the store will not do.
  run install -m444 "$new" "$agents/$name"
  run /bin/launchctl bootstrap "$domain/$UID" "$agents/$name" || warnEcho "launchd refuses $name"
done
unset -f bootout
unset agents old new name domain
"""
"""Starts new and changed agents, and ends those that are gone."""


class Agent(Options):
    """An agent."""

    enable = option(t.bool, default=False, example=True, doc="Whether to enable this agent.")
    domain = option(
        t.enum("gui", "user"),
        default="gui",
        example="user",
        doc="Where launchd runs the agent: `gui` for what needs the graphical session, `user` for what does not.",
    )
    waitForNixStore = option(
        t.bool,
        default=True,
        example=False,
        doc="Whether the agent waits for the store to be mounted. It is then shown as `sh` among the login items, otherwise "
        "by its own name.",
    )
    config = option(
        t.submodule(Job),
        default={},
        example={
            "ProgramArguments": ["/usr/bin/say", "Good afternoon"],
            "StartCalendarInterval": [{"Hour": 12, "Minute": 0}],
        },
        doc="The job, see {manpage}`launchd.plist(5)`.",
    )

    @defines(".config")
    def job(self):
        yield {"Label": default(f"{PREFIX}{self._name}")}
        if self.domain == "user":
            yield {"LimitLoadToSessionType": default("Background")}


class Launchd(Module):
    """launchd"""

    namespace = "launchd"
    by_mention = True

    enable = option(
        t.bool,
        default=lambda self: self._is_on("darwin"),
        default_text="pkgs.stdenv.hostPlatform.isDarwin",
        doc="Whether services are made for launchd.",
    )
    agents = option(t.attrs_of(t.submodule(Agent)), default={}, doc="The agents of the user.")

    def _enabled(self) -> dict[str, Any]:
        return {name: agent for name, agent in sorted(self.agents.items()) if agent.enable}

    @check
    def needs_darwin(self):
        if self.enable and not self._is_on("darwin") and self._enabled():
            labels = ", ".join(sorted(f"{agent.config.Label}.plist" for agent in self._enabled().values()))
            yield f"Must use Darwin for modules that require Launchd: {labels}"

    def _plist(self, name: str, agent) -> str:
        job = dict(agent.config.items())
        program = job.pop("Program", None)
        arguments = [*([] if program is None else [str(program)]), *(job.pop("ProgramArguments", None) or [])]
        command = formats.shell.quote_all(arguments)
        if agent.waitForNixStore:
            job["ProgramArguments"] = ["/bin/sh", "-c", f"/bin/wait4path /nix/store && exec {command}"]
        else:
            shown = re.sub("[^+._?=A-Za-z0-9-]+", "-", name)
            script = self._made("writeScriptBin", shown, f"#!/bin/sh\nexec {command}\n")
            job["ProgramArguments"] = [f"{script}/bin/{shown}"]
        return str(formats.plist.render(job))

    def _farm(self, name: str, files: dict[str, str]):
        links = [{"name": file, "path": self._made("writeText", file, text)} for file, text in files.items()]
        return self._made("linkFarm", name, links)

    @defines("home.extraBuilderCommands", when=lambda self: self._is_on("darwin"))
    def directories(self):
        agents = self._enabled()
        plists = {f"{agent.config.Label}.plist": self._plist(name, agent) for name, agent in agents.items()}
        domains = {f"{agent.config.Label}.domain": f"{agent.domain}\n" for agent in agents.values()}
        return (
            f'ln -s "{self._farm("home-manager-agents", plists)}" $out/LaunchAgents\n'
            f'ln -s "{self._farm("home-manager-agent-domains", domains)}" $out/LaunchAgentDomains\n'
        )

    @activation_step("setupLaunchAgents", after="writeBoundary", when=lambda self: self._is_on("darwin"))
    def setup(self):
        return SETUP
