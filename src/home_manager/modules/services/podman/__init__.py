from typing import Any

from home_manager.authoring import *
from home_manager.modules.services.podman.definitions import KINDS, Build, Container, Image, Network, Volume, sections
from home_manager.modules.services.podman.machines import USUAL, Machine, creation, removal, watching
from home_manager.modules.services.podman.quadlets import UIDMAP, mistakes, text_of

MANIFESTS = {"container": "containers", "build": "images", "network": "networks", "volume": "volumes"}
"""The kinds of quadlets whose resources are removed with them, and the lists of those that stay."""

ANYTHING = [{"type": "insecureAcceptAnything"}]
POLICY = {"default": ANYTHING, "transports": {"docker-daemon": {"": ANYTHING}}}
"""What podman's distributors ship: images need no signature."""

UNITS = """\
mkdir -p $out/quadlets $out/units
{links}
QUADLET_UNIT_DIRS=$out/quadlets {podman}/lib/systemd/user-generators/podman-user-generator $out/units
"""

CLEANUP = """\
(
  PATH=$PATH:{uidmap}
  clean() {{
    local kind=$1 format=$2 manifest={manifests}/$3.manifest name filter
    shift 3
    [[ -e $manifest ]] || return 0
    while read -r name; do
      if [[ -z $name ]] || grep -Fxq -- "$name" "$manifest"; then continue; fi
      echo "Removing the $kind $name, which the configuration no longer has"
      [[ $kind != container ]] || run {podman} container stop "$name"
      if ! run {podman} "$kind" rm "$name"; then
        filter=$kind
        [[ $kind != image ]] || filter=ancestor
        echo "It is used by: $({podman} container ls -a --filter "$filter=$name" --format '{{{{.Names}}}}')" >&2
      fi
    done < <({podman} "$kind" ls "$@" --filter label=nix.home-manager.managed=true --format "$format")
  }}
  clean container '{{{{.Names}}}}' containers -a
  clean image '{{{{.Repository}}}}' images
  clean network '{{{{.Name}}}}' networks
  clean volume '{{{{.Name}}}}' volumes --filter label=nix.home-manager.preserve=false
)
"""


class Registry(Options):
    """A registry"""

    location = option(t.str, doc="The registry, or the beginning of names of images.")
    insecure = option(t.null_or(t.bool), default=None, doc="Whether it may speak without a right certificate.")
    blocked = option(t.null_or(t.bool), default=None, doc="Whether no image comes from it.")


def locations(doc):
    return option(t.list_of(t.str), default=[], doc=f"Registries that {doc}. Deprecated in favour of `registry`.")


class Registries(Options):
    """Where images come from"""

    search = option(
        t.list_of(t.str), default=["docker.io"], doc="Where images are looked for whose name says no registry."
    )
    insecure = locations("may speak without a right certificate")
    block = locations("no image comes from")
    registry = option(t.list_of(t.submodule(Registry)), default=[], doc="What is special about registries.")

    def _entries(self):
        """Registries by location, later settings on top of earlier ones."""
        given = [{"location": each, "insecure": True} for each in self.insecure]
        given += [{"location": each, "blocked": True} for each in self.block]
        given += [dict(each.items()) for each in self.registry]
        merged: dict[str, Any] = {}
        for entry in given:
            known = {name: value for name, value in entry.items() if value is not None}
            merged[entry["location"]] = {**merged.get(entry["location"], {}), **known}
        return [entry for _, entry in sorted(merged.items())]


class Configuration(Options):
    """The configuration of containers"""

    containers = option(t.toml, default={}, doc="What containers.conf holds, see {manpage}`containers.conf(5)`.")
    storage = option(t.toml, doc="What storage.conf holds, see {manpage}`containers-storage.conf(5)`.")
    registries = group(Registries)
    policy = option(
        t.attrs,
        default={},
        example=POLICY,
        doc="What policy.json holds, see {manpage}`containers-policy.json(5)`; without any, images need no signature.",
    )
    mounts = option(t.list_of(t.str), default=[], doc="What every container sees: lines of mounts.conf.")

    @defines(".storage")
    def driver(self):
        return {"storage": {"driver": default("overlay")}}


class AutoUpdate(Options):
    """Newer images from time to time"""

    enable = option(
        t.bool,
        default=lambda self: self._is_on("linux"),
        default_text="true",
        doc="Whether containers with `autoUpdate` get newer images.",
    )
    onCalendar = option(
        t.str,
        default=lambda self: "Sun *-*-* 00:00" if self._is_on("linux") else "",
        default_text='"Sun *-*-* 00:00"',
        doc="When, as {manpage}`systemd.time(7)` has it.",
    )


class Quadlet(Options):
    """A quadlet"""

    assertions = option(t.list_of(t.unspecified), default=[], internal=True, doc="What has to hold.")
    dependencies = option(t.list_of(t.package), default=[], internal=True, doc="What it is built with.")
    resourceType = option(t.str, default="", internal=True, doc="Its kind.")
    serviceName = option(t.str, internal=True, doc="The name of its unit.")
    source = option(t.str, internal=True, doc="Its text.")


class Internal(Options):
    """Quadlets on their way to units"""

    quadletDefinitions = option(
        t.list_of(t.submodule(Quadlet)), default=[], default_text="{ }", internal=True, doc="The quadlets."
    )
    builtQuadlets = option(t.attrs_of(t.package), default={}, internal=True, doc="What has the units, by quadlet.")


def definitions(cls, what):
    return option(t.attrs_of(t.submodule(cls)), default={}, doc=f"{what} by name, each a unit `podman-NAME`.")


class Podman(Service):
    """Podman, which runs containers"""

    platforms = ("linux", "darwin")

    package = Package("podman")
    _configFiles = option(
        t.attrs_of(t.path),
        default=lambda self: self._made_files(),
        read_only=True,
        internal=True,
        visible=False,
        doc="The files of the configuration.",
    )
    settings = group(Configuration)
    internal = group(Internal)
    enableTypeChecks = option(
        t.bool, default=False, example=True, doc="Whether quadlets are checked against their types."
    )
    containers = definitions(Container, "Containers")
    builds = definitions(Build, "Images that are built here")
    images = definitions(Image, "Images that are fetched")
    networks = definitions(Network, "Networks")
    volumes = definitions(Volume, "Volumes")
    autoUpdate = group(AutoUpdate)
    useDefaultMachine = option(
        t.bool,
        default=lambda self: self._is_on("darwin"),
        default_text="false",
        doc="Whether there is the machine that podman makes by itself; on macOS alone.",
    )
    machines = option(
        t.attrs_of(t.submodule(Machine)),
        default={},
        example={"dev-machine": {"cpus": 4, "memory": 8192, "autoStart": True}},
        doc="Virtual machines by name; on macOS alone. Others that podman knows are removed.",
    )
    extraPackages = option(
        t.list_of(t.package),
        default=lambda self: [self.pkgs["openssh"]],
        default_text="[ pkgs.openssh ]",
        example=literal("with pkgs; [ openssh hello ]"),
        doc="Packages whose programs podman finds when it makes machines.",
    )

    # What is wrong

    @check
    def names_are_kept(self):
        for kind in KINDS:
            for name, definition in getattr(self, f"{kind}s").items():
                yield from mistakes(f"services.podman.{kind}s.{name}", name, definition.extraConfig)

    @check
    def fits_the_platform(self):
        linux = self._is_on("linux")
        elsewhere = (
            ("useDefaultMachine", "machines") if linux else ("enableTypeChecks", *(f"{kind}s" for kind in KINDS))
        )
        for name in elsewhere:
            if getattr(self, name):
                yield f"services.podman.{name} works on {'macOS' if linux else 'Linux'} only."

    @warn
    def registries_have_moved(self):
        registries = self.settings.registries
        if registries.insecure or registries.block:
            yield (
                "`services.podman.settings.registries.insecure` and `services.podman.settings.registries.block` are "
                "deprecated: give such registries in `services.podman.settings.registries.registry`, with `location`, "
                "and `insecure` or `blocked`.\n"
            )

    # The configuration

    def _made_files(self):
        settings, entries = self.settings, self.settings.registries._entries()
        registries = {"unqualified-search-registries": settings.registries.search}
        policy = self._made(self._argument("lib")["generators"]["toJSON"], {}, settings.policy or POLICY)
        texts = {
            "policy.json": policy,
            "registries.conf": formats.toml.render({**registries, **({"registry": entries} if entries else {})}),
            "storage.conf": formats.toml.render(settings.storage),
            "containers.conf": formats.toml.render(settings.containers),
            **({"mounts.conf": "\n".join(settings.mounts)} if settings.mounts else {}),
        }
        return {name: self._made("writeText", name, text) for name, text in texts.items()}

    def _config_files(self):
        return self._read("_configFiles")

    @defines("xdg.configFile", when=lambda self: self._is_on("linux"))
    def files(self):
        return {f"containers/{name}": {"source": source} for name, source in self._config_files().items()}

    @defines("home.activation", when=lambda self: self._is_on("darwin"))
    def real_files(self):
        # The machine sees the directory, but not the store that links would lead to.
        directory = '"$HOME/.config/containers'
        script = f'run mkdir -p {directory}"\n' + "".join(
            f'run rm -f {directory}/{name}"\nrun install -m 0644 {source} {directory}/{name}"\n'
            for name, source in self._config_files().items()
        )
        return {"podmanContainersConfig": {"data": script, "before": ["podmanMachines"], "after": ["linkGeneration"]}}

    # Quadlets

    def _quadlet_names(self):
        """The quadlets that others can refer to."""
        return {f"{name}.{kind}" for kind in KINDS for name in getattr(self, f"{kind}s")}

    @defines(".internal.quadletDefinitions", when=lambda self: self._is_on("linux"))
    def quadlets(self):
        return [
            {
                "resourceType": kind,
                "serviceName": f"podman-{name}",
                "source": text_of(f"{name}.{kind}", sections(self, kind, name, definition)),
            }
            for kind in KINDS
            for name, definition in getattr(self, f"{kind}s").items()
        ]

    def _built(self):
        """The units that podman makes of the quadlets: of all together, since they refer to each other."""
        links = []
        for quadlet in self.internal.quadletDefinitions:
            name = f"{quadlet.serviceName}.{quadlet.resourceType}"
            links.append(f"ln -s {self._made('writeText', name, quadlet.source)} $out/quadlets/{name}")
        script = UNITS.format(links="\n".join(links), podman=self.package)
        return self._made("runCommand", "podman-quadlets", {}, script)

    def _has_quadlets(self):
        return self.internal.quadletDefinitions

    @defines(".internal.builtQuadlets", when=_has_quadlets)
    def built(self):
        return {
            f"{quadlet.serviceName.removeprefix('podman-')}.{quadlet.resourceType}": self._built()
            for quadlet in self.internal.quadletDefinitions
        }

    @defines("xdg.configFile", when=_has_quadlets)
    def units(self):
        return {"systemd/user": {"source": f"{self._built()}/units", "recursive": True}}

    @defines("xdg.configFile", when=lambda self: self._is_on("linux"))
    def manifests(self):
        for kind, name in MANIFESTS.items():
            prefix = "localhost/homemanager/" if kind == "build" else ""
            listed = "\n".join(f"{prefix}{each}" for each in getattr(self, f"{kind}s"))
            yield {f"podman/{name}.manifest": {"text": f"{listed}\n"}}

    @defines("home.activation", when=_has_quadlets)
    def cleanup(self):
        script = CLEANUP.format(
            uidmap=UIDMAP,
            manifests=formats.shell.quote(f"{self['xdg.configHome']}/podman"),
            podman=f"{self.package}/bin/podman",
        )
        return {"podmanQuadletCleanup": {"data": script, "before": [], "after": ["reloadSystemd"]}}

    # Services

    update = UserUnit(
        lambda self: f"{self.package}/bin/podman auto-update",
        name="podman-auto-update",
        description="Podman auto-update service",
        unit={"Documentation": "man:podman-auto-update(1)"},
        service=lambda self: {
            "Type": "oneshot",
            "Environment": f"PATH=/run/wrappers/bin:/run/current-system/sw/bin:{self['home.homeDirectory']}/.nix-profile/bin",
            "ExecStartPost": f"{self.package}/bin/podman image prune -f",
            "TimeoutStartSec": "300s",
            "TimeoutStopSec": "10s",
        },
        when=lambda self: self.autoUpdate.enable and self._is_on("linux"),
    )
    timer = UserUnit(
        kind="timers",
        name="podman-auto-update",
        description="Podman auto-update timer",
        wanted_by="timers.target",
        section=lambda self: {
            "Timer": {"OnCalendar": self.autoUpdate.onCalendar, "RandomizedDelaySec": 300, "Persistent": True}
        },
        when=lambda self: self.autoUpdate.enable and self._is_on("linux"),
    )

    @config_file(
        "systemd/user/podman-user-wait-network-online.service.d/50-exec-search-path.conf",
        when=lambda self: self._is_on("linux"),
    )
    def search_path(self):
        packages = [self.pkgs[name] for name in ("bashInteractive", "systemd", "coreutils")]
        return f"[Service]\nExecSearchPath={self._search_path(packages)}:/bin\n"

    # Machines

    def _machines(self):
        given = dict(self.machines.items())
        return {**given, "podman-machine-default": USUAL} if self.useDefaultMachine else given

    @defines("home.activation", when=lambda self: self._is_on("darwin"))
    def made_machines(self):
        podman, machines = exe(self.package), dict(sorted(self._machines().items()))
        script = f'PATH="{self._search_path([self.package, *self.extraPackages])}:$PATH"\n'
        script += "".join(creation(podman, name, machine) for name, machine in machines.items())
        script += removal(podman, machines)
        return {"podmanMachines": {"data": script, "before": [], "after": ["writeBoundary"]}}

    @defines("launchd.agents", when=lambda self: self._is_on("darwin"))
    def watchdogs(self):
        for name, machine in self._machines().items():
            if machine["autoStart"]:
                script = watching(exe(self.package), name, machine)
                config = {
                    "ProgramArguments": [
                        str(self._made("writeShellScript", f"podman-machine-watchdog-{name}", script))
                    ],
                    "KeepAlive": {"Crashed": True, "SuccessfulExit": False},
                    "ProcessType": "Background",
                    "RunAtLoad": True,
                }
                yield {f"podman-machine-{name}": {"enable": True, "config": config}}
