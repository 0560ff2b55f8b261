from collections.abc import Iterator
from typing import Any

from home_manager.authoring import *
from home_manager.modules.programs.ssh.match_blocks import MatchBlock, as_settings
from home_manager.modules.programs.ssh.rendering import as_list, block, directive, directives, is_path, is_set

DEFAULTS = {
    "ForwardAgent": False,
    "AddKeysToAgent": "no",
    "Compression": False,
    "ServerAliveInterval": 0,
    "ServerAliveCountMax": 3,
    "HashKnownHosts": False,
    "UserKnownHostsFile": "~/.ssh/known_hosts",
    "ControlMaster": "no",
    "ControlPath": "~/.ssh/master-%r@%n:%p",
    "ControlPersist": "no",
}
"""What holds for all hosts with `enableDefaultConfig`. Each of these once was an option of the module, too."""

FORWARDS = ("LocalForward", "RemoteForward", "DynamicForward")
WITH_SETS = (*FORWARDS, "SetEnv")

SETTINGS_EXAMPLE = """{
  "github.com" = {
    User = "git";
    IdentityFile = "~/.ssh/github";
  };
  "Host *.example.org" = lib.hm.dag.entryBefore [ "github.com" ] {
    LocalForward = [
      {
        bind.port = 8080;
        host.address = "10.0.0.13";
        host.port = 80;
      }
    ];
  };
  corp = lib.hm.dag.entryAfter [ "github.com" ] {
    header = "Match tagged corp";
    ProxyJump = "bastion";
  };
}
"""

MATCH_BLOCKS_EXAMPLE = """{
  "john.example.com" = {
    hostname = "example.com";
    user = "john";
  };
  foo = lib.hm.dag.entryBefore ["john.example.com"] {
    hostname = "example.com";
    identityFile = "/home/john/.ssh/foo_rsa";
  };
};
"""


def old_name(directive: str) -> str:
    return directive[0].lower() + directive[1:]


def moved(directive: str):
    """An option of former releases that is a directive for all hosts now."""
    return option(t.anything, visible=False, doc=f'The old name of `programs.ssh.settings."*".{directive}`.')


class Block(Options):
    """A block of directives."""

    freeform = t.attrs_of(t.anything)

    header = option(
        t.str,
        default=lambda self: self._usual_header(),
        default_text="the name of the block, after `Host ` unless it begins with `Host ` or `Match `",
        doc="The line that opens the block, where the block's name is not to be that line.",
    )

    def _usual_header(self) -> str:
        name = str(self._argument("dagName"))
        return name if name.startswith(("Host ", "Match ")) else f"Host {name}"


class Ssh(Program):
    """SSH client configuration"""

    package = Package("openssh", nullable=True, default=None, extra="By default the system's client is used.")
    extraConfig = option(t.lines, default="", doc="Further lines at the end of the block for all hosts.")
    extraOptionOverrides = option(
        t.attrs_of(t.anything), default={}, doc="Directives before all blocks, which thereby win over theirs."
    )
    includes = option(t.list_of(t.str), default=[], doc="Patterns of files to include; see `Include` in ssh_config(5).")
    settings = option(
        t.dag_of(t.submodule(Block)),
        default={},
        example=literal(SETTINGS_EXAMPLE),
        doc="The blocks of `~/.ssh/config`, with directives as in ssh_config(5). A name is a pattern of hosts, or a whole "
        "line if it begins with `Host ` or `Match `. Where the order matters, use `lib.hm.dag`; `*` is always the last.",
    )
    matchBlocks = option(
        t.dag_of(t.submodule(MatchBlock)),
        default={},
        visible=False,
        example=literal(MATCH_BLOCKS_EXAMPLE),
        doc="The old form of `programs.ssh.settings`.",
    )
    enableDefaultConfig = option(
        t.bool,
        default=True,
        example=False,
        doc="Whether the block `*` is given the defaults of former releases. They will go; set those that you need there.",
    )

    forwardAgent = moved("ForwardAgent")
    addKeysToAgent = moved("AddKeysToAgent")
    compression = moved("Compression")
    serverAliveInterval = moved("ServerAliveInterval")
    serverAliveCountMax = moved("ServerAliveCountMax")
    hashKnownHosts = moved("HashKnownHosts")
    userKnownHostsFile = moved("UserKnownHostsFile")
    controlMaster = moved("ControlMaster")
    controlPath = moved("ControlPath")
    controlPersist = moved("ControlPersist")

    @defines(".settings")
    def moved_directives(self) -> Iterator[Any]:
        # Each keeps its priority, which must hold for its directive only and not for all blocks.
        for name in DEFAULTS:
            slot = self._option(old_name(name))
            if slot.is_defined():
                merged = slot.merged()
                for each in merged.settled():
                    yield {"*": {name: override(merged.priority(), each.value)}}

    @warn
    def directives_have_moved(self) -> Iterator[str]:
        for name in DEFAULTS:
            if self._option(old_name(name)).is_defined():
                yield f'programs.ssh.{old_name(name)} has been renamed to programs.ssh.settings."*".{name}.'

    @defines(".settings")
    def from_match_blocks(self):
        return {
            name: {"before": entry["before"], "after": entry["after"], "data": as_settings(entry["data"])}
            for name, entry in self.matchBlocks.items()
        }

    @defines(".settings", when=enableDefaultConfig)
    def defaults(self):
        return {"*": {name: default(value) for name, value in DEFAULTS.items()}}

    @config_file(".ssh/config", below="home.file")
    def client(self) -> str:
        sections = []
        top = [directive(name, value, "") for name, value in sorted(self.extraOptionOverrides.items())]
        if self.includes:
            top.append(f"Include {' '.join(self.includes)}")
        if top:
            sections.append("\n".join(top))
        sections += [block(self.settings[name]["data"]) for name in self._ordered()]
        if self.extraConfig:
            sections.append("  " + self.extraConfig.removesuffix("\n").replace("\n", "\n  "))
        return "\n\n".join(sections) + "\n" if sections else ""

    def _ordered(self) -> list[str]:
        """The names of the blocks in order; the first value of a directive counts, so the one for all hosts ends them."""
        entries = {name: entry for name, entry in self.settings.items() if name != "*"}
        found: Any = self._made(self._argument("lib")["hm"]["dag"]["topoSort"], entries)
        names = [str(each["name"]) for each in found.get("result", [])]
        return [*names, "*"] if "*" in self.settings else names

    @check
    def paths_without_ports(self) -> Iterator[str]:
        for name, entry in self.settings.items():
            for key in FORWARDS:
                for each in as_list(entry["data"].get(key, [])):
                    if not is_set(each):
                        continue
                    ends = [each] if key == "DynamicForward" else [each.get("bind", {}), each.get("host", {})]
                    if any(is_path(end.get("address")) and end.get("port") is not None for end in ends):
                        yield f'programs.ssh.settings."{name}".{key}: a path cannot have a port.'

    @check
    def extra_needs_all_hosts(self) -> Iterator[str]:
        if self.extraConfig and "*" not in self.settings:
            yield 'programs.ssh.extraConfig continues programs.ssh.settings."*", which is not declared.'

    @check
    def extra_options_are_old(self) -> Iterator[str]:
        for name, entry in self.settings.items():
            if entry["data"].get("extraOptions", {}) != {}:
                yield f'programs.ssh.settings."{name}".extraOptions is not known; set its directives in the block itself.'

    @check
    def sets_are_no_values(self) -> Iterator[str]:
        for name, entry in self.settings.items():
            for key in directives(entry["data"]):
                value = entry["data"][key]
                if key not in WITH_SETS and any(is_set(each) and each for each in as_list(value)):
                    yield f'programs.ssh.settings."{name}".{key} is a set, which this directive cannot have.'

    @warn
    def match_blocks_are_old(self) -> Iterator[str]:
        if self.matchBlocks:
            yield "programs.ssh.matchBlocks is deprecated; use programs.ssh.settings."
        for name, entry in self.matchBlocks.items():
            if entry["data"]["host"] is not None and entry["data"]["match"] is not None:
                yield f'programs.ssh.matchBlocks."{name}" has both host and match; match is used.'
        for name, entry in self.matchBlocks.items():
            if entry["data"]["extraOptions"]:
                yield (
                    f'programs.ssh.matchBlocks."{name}".extraOptions is deprecated; '
                    f'set its directives in programs.ssh.settings."{name}".'
                )

    @warn
    def defaults_will_go(self) -> Iterator[str]:
        if self.enableDefaultConfig:
            yield (
                "the defaults of programs.ssh will be removed; set programs.ssh.enableDefaultConfig to false, and those "
                'that you want to keep in programs.ssh.settings."*".'
            )
