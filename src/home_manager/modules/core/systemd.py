"""`systemd.user`: units, settings and variables of the user's systemd."""

from collections.abc import Iterator
from typing import Any

from home_manager.authoring import *

KINDS = ("service", "slice", "socket", "target", "timer", "path", "mount", "automount")
"""The kinds of unit; the option of each has the plural."""

TRAY = {"Unit": {"Description": "Home Manager System Tray", "Requires": ["graphical-session-pre.target"]}}
"""The target that stands for a tray being there; `xsession.trayTarget` is the same."""


def as_list(value) -> list[Any]:
    return value if isinstance(value, list) else [value]


def some_strings(**more):
    return option(t.coerced_to(t.str, as_list, t.list_of(t.str)), default=[], **more)


def triggers(name: str, effect: str):
    return option(
        t.list_of(t.either(t.package, t.str)),
        default=[],
        example=literal('[ config.xdg.configFile."service.conf".source ]'),
        doc=f"Any texts, such as store paths; a change of one makes a switch {effect} the service.",
        name=name,
    )


def head(kind: str) -> type[Options]:
    """The section `Unit` of a kind."""

    class Head(Options):
        """The section `Unit`."""

        Description = option(
            t.null_or(t.str), default=None, example="My daily database backup", doc="What the unit is, in a few words."
        )
        Documentation = some_strings(example=[f"my-{kind}.{kind}"], doc="Addresses of documentation about the unit.")

    return Head


class ServiceHead(head("service")):  # type: ignore[misc]
    """The section `Unit` of a service."""

    reload_triggers = triggers("X-Reload-Triggers", "reload")
    restart_triggers = triggers("X-Restart-Triggers", "restart")
    switch_method = option(
        t.enum(None, "reload", "restart", "stop-start", "keep-old"),
        default=None,
        example="keep-old",
        doc="How a switch goes from the old to the new version of the service.",
        name="X-SwitchMethod",
    )


class ServiceBody(Options):
    """The section `Service`."""

    Environment = some_strings(
        example=["VAR1=foo", 'VAR2="bar baz"'], doc="Environment variables of the processes of the service."
    )
    ExecStart = option(
        t.either(t.either(t.package, t.str), t.list_of(t.either(t.package, t.str))),
        default=[],
        apply=as_list,
        example="/absolute/path/to/command arg1 arg2",
        doc="The command that the service runs.",
    )


def unit(kind: str):
    """The type of one unit of a kind."""
    value = t.one_of(t.bool, t.int, t.str, t.path)
    section = t.attrs_of(t.attrs_of(t.either(value, t.list_of(value))))

    class Unit(Options):
        """A unit; what is not declared here is written as it is."""

        freeform = t.described(section, f"systemd {kind} unit configuration")
        Unit = group(ServiceHead if kind == "service" else head(kind))
        if kind == "service":
            Service = group(ServiceBody)

    return t.submodule(Unit)


def units(kind: str):
    example = literal(
        f'{{\n  {kind}-name = {{\n    Unit = {{\n      Description = "Example description";\n'
        '      Documentation = [ "man:example(1)" "man:example(5)" ];\n    };\n\n'
        f"    {kind.capitalize()} = {{\n      …\n    }};\n  }};\n}};\n"
    )
    return option(
        t.attrs_of(unit(kind)),
        default={},
        example=example,
        doc=f"Units of the kind {kind}, by name. Sections and settings have the names that systemd gives them, "
        f"see {{manpage}}`systemd.{kind}(5)`; a list stands for one line an element.",
    )


def environment(doc: str):
    return option(
        t.attrs_of(t.null_or(t.one_of(t.str, t.path, t.package))),
        default={},
        example={"PATH": "%u/bin:%u/.cargo/bin"},
        apply=lambda value: " ".join(
            f"{name}={formats.shell.quote(str(each or ''))}" for name, each in sorted(value.items())
        ),
        doc=doc,
    )


def one_value(text: str) -> str:
    """A value for {manpage}`environment.d(5)`: written as it is, unless it has several lines, which must be quoted."""
    if "\n" not in text:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("`", "\\`")
    return f'"{escaped}"'


class ServiceManager(Options):
    """The section `Manager` of the settings."""

    DefaultEnvironment = environment("Environment variables of all processes that systemd starts.")
    ManagerEnvironment = environment("Environment variables of systemd itself.")


class ManagerSettings(Options):
    """The settings of the user's systemd."""

    freeform = t.ini(duplicates=True)
    Manager = group(ServiceManager)


def without_empty_environments(settings) -> dict[str, Any]:
    """The settings without variables that nobody set: an empty text would undo those set elsewhere."""
    sections = dict(settings.items())
    sections["Manager"] = {
        name: value
        for name, value in sections["Manager"].items()
        if value != "" or name not in ("DefaultEnvironment", "ManagerEnvironment")
    }
    return sections


class UserSystemd(Module):
    """The user's systemd"""

    namespace = "systemd.user"

    enable = option(
        t.bool,
        default=lambda self: self.pkgs["stdenv"]["hostPlatform"]["isLinux"],
        default_text="pkgs.stdenv.hostPlatform.isLinux",
        example=True,
        doc="Whether to enable the user systemd service manager.",
    )
    systemctlPath = option(
        t.str,
        default=lambda self: f"{self.pkgs['systemd']}/bin/systemctl",
        default_text='"${pkgs.systemd}/bin/systemctl"',
        doc="The program `systemctl`, as an absolute path. It has to suit the systemd that runs.",
    )
    packages = option(
        t.list_of(t.package),
        default=[],
        doc="Packages with user units: what they have in `share/systemd/user` appears in `$XDG_DATA_HOME/systemd/user`.",
    )
    services = units("service")
    slices = units("slice")
    sockets = units("socket")
    targets = units("target")
    timers = units("timer")
    paths = units("path")
    mounts = units("mount")
    automounts = units("automount")
    startServices = option(
        t.either(t.bool, t.enum("suggest", "sd-switch")),
        default=True,
        apply=lambda value: value if isinstance(value, bool) else value == "sd-switch",
        doc="Whether a switch starts new services, restarts changed ones and stops those that are gone (`true` or "
        "`sd-switch`), or only prints the commands for it (`false` or `suggest`).",
    )
    servicesStartTimeoutMs = option(
        t.unsigned,
        default=0,
        doc="How many milliseconds a started service may take to fail before it counts as started; 0 for no limit.",
    )
    sessionVariables = option(
        t.attrs_of(t.either(t.int, t.str)),
        default={},
        example={"EDITOR": "vim"},
        doc="Environment variables of the user's session, with values as in {manpage}`environment.d(5)`.",
    )
    settings = option(
        t.submodule(ManagerSettings),
        default={},
        apply=without_empty_environments,
        example={"Manager.DefaultCPUAccounting": True},
        doc="Settings of the user's systemd itself, see {manpage}`systemd-user.conf(5)`.",
    )

    @defines("assertions", when=enable)
    def platform(self):
        if not self.pkgs["stdenv"]["hostPlatform"]["isLinux"]:
            return [
                {"assertion": False, "message": "The module systemd does not support your platform; it needs linux."}
            ]
        return None

    @defines("xdg.configFile", when=enable)
    def unit_files(self) -> Iterator[Any]:
        for kind in KINDS:
            defined = getattr(self, f"{kind}s")
            if defined:
                yield {
                    path: entry for name, each in defined.items() for path, entry in self._unit(f"{name}.{kind}", each)
                }

    def _unit(self, file: str, sections) -> Iterator[tuple[str, Any]]:
        """The file of a unit, and the links by which it is wanted or required."""
        # systemd takes a unit's name from the last part of what the link points to.
        made = self._made(
            "writeTextFile",
            {
                "name": formats.systemd.store_name(file),
                "text": formats.systemd.render(sections),
                "destination": f"/{file}",
            },
        )
        entry = {"source": f"{made}/{file}"}
        yield f"systemd/user/{file}", entry
        install = sections.get("Install", {})
        for key, ending in (("WantedBy", "wants"), ("RequiredBy", "requires")):
            for target in as_list(install.get(key, [])):
                yield f"systemd/user/{target}.{ending}/{file}", entry

    @defines("xdg.configFile", when=lambda self: self.enable and self.sessionVariables)
    def variables_file(self):
        text = "".join(f"{name}={one_value(str(value))}\n" for name, value in sorted(self.sessionVariables.items()))
        return {"environment.d/10-home-manager.conf": {"text": text}}

    @defines("xdg.configFile", when=lambda self: self.enable and any(self.settings.values()))
    def settings_file(self):
        text = formats.ini(duplicates=True).render(self.settings)
        return {"systemd/user.conf": {"source": self._made("writeText", "user.conf", text)}}

    @defines("xdg.dataFile", when=lambda self: self.enable and self.packages)
    def units_of_packages(self):
        joined = {"name": "user-systemd-units", "paths": self.packages, "stripPrefix": "/share/systemd/user"}
        return {"systemd/user": {"recursive": True, "source": self._made("symlinkJoin", joined)}}

    @defines(".targets")
    def tray(self):
        # Both kinds of graphical session have it, so that it does not matter which one the user has.
        return {"tray": TRAY}
