from home_manager.authoring import *

PACKAGES = (
    "package",
    "perlPackage",
    "dockerPackage",
    "sshPackage",
    "coreutilsPackage",
    "curlPackage",
    "bashPackage",
    "kubectlPackage",
)


def needed(name, why):
    return Package(name, install=False, extra=f"Colima needs it {why}.")


def relative(self, path):
    return path and path.removeprefix(f"{self['home.homeDirectory']}/")


def switch(value):
    return "true" if value else "false"


class Profile(Options):
    """A virtual machine"""

    name = option(
        t.str, default=lambda self: self._name, default_text='"‹name›"', read_only=True, doc="The name of the profile."
    )
    isService = option(t.bool, default=False, example=True, doc="Whether the machine runs as a service of the user.")
    isActive = option(
        t.bool, default=False, example=True, doc="Whether docker and kubectl use this machine; one can be active."
    )
    setDockerHost = option(
        t.bool, default=False, example=True, doc="Whether {env}`DOCKER_HOST` is the socket of this machine."
    )
    logFile = option(
        t.path,
        default=lambda self: f"{self['xdg.stateHome']}/colima/{self._name}.log",
        default_text="${config.xdg.stateHome}/colima/${name}.log",
        doc="The file that Colima logs to.",
    )
    settings = option(
        t.yaml,
        default={},
        example={"cpu": 2, "memory": 2, "runtime": "docker", "kubernetes": {"enabled": False}},
        doc="What colima.yaml of the profile holds; without any, Colima keeps its own. See "
        "<https://github.com/abiosoft/colima/blob/main/embedded/defaults/colima.yaml>.",
    )


class Colima(Service):
    """Colima, which runs containers in a virtual machine"""

    platforms = ("linux", "darwin")

    colimaHomeDir = option(
        t.str,
        default=lambda self: (
            f"{self['xdg.configHome']}/colima" if self["xdg.enable"] and self._state_at_least("26.05") else ".colima"
        ),
        default_text='if config.xdg.enable && lib.versionAtLeast config.home.stateVersion "26.05" then\n'
        '  "$XDG_CONFIG_HOME/colima"\nelse\n  ".colima"\n',
        example=literal("${config.xdg.configHome}/colima"),
        apply=relative,
        doc="The directory of Colima, absolute or relative to the home, for {env}`COLIMA_HOME`.",
    )
    limaHomeDir = option(
        t.null_or(t.str),
        default=None,
        default_text='"Colima uses $COLIMA_HOME/_lima by default."',
        example=literal("${config.xdg.dataHome}/lima"),
        apply=relative,
        doc="The directory of Lima, which runs the machines, for {env}`LIMA_HOME`.",
    )
    package = Package("colima")
    dockerPackage = needed("docker", "to make a profile the active one")
    perlPackage = needed("perl", "for `shasum`, when images are loaded")
    sshPackage = needed("openssh", "to reach the machine")
    coreutilsPackage = needed("coreutils", "for this and that")
    curlPackage = needed("curl", "to load images")
    bashPackage = needed("bashNonInteractive", "for scripts of its own")
    kubectlPackage = needed("kubectl", "where a profile has Kubernetes")
    profiles = option(
        t.attrs_of(t.submodule(Profile)),
        default=lambda self: {
            "default": {"isActive": True, "isService": True, "setDockerHost": self._state_at_least("26.05")}
        },
        default_text="{\n  default = {\n    isActive = true;\n    isService = true;\n"
        '    setDockerHost = lib.versionAtLeast config.home.stateVersion "26.05";\n  };\n};\n',
        example={"default": {"isActive": True, "isService": True}, "powerful": {"settings": {"cpu": 8}}},
        doc="Machines by name.",
    )
    variables = Variables(lambda self: self._variables())

    def _home(self, path):
        return f"{self['home.homeDirectory']}/{path}"

    def _first(self, quality):
        return next((profile for profile in self.profiles.values() if profile[quality]), None)

    def _places(self):
        lima = {} if self.limaHomeDir is None else {"LIMA_HOME": self._home(self.limaHomeDir)}
        return {"COLIMA_HOME": self._home(self.colimaHomeDir), **lima}

    def _variables(self):
        served = self._first("setDockerHost")
        socket = served and f"unix://{self._home(self.colimaHomeDir)}/{served.name}/docker.sock"
        return {**self._places(), "DOCKER_HOST": socket}

    def _docker(self):
        """Where docker is configured."""
        if not self._takes_part("programs.docker-cli") or not self["programs.docker-cli.enable"]:
            return {}
        return {"DOCKER_CONFIG": self["home.sessionVariables.DOCKER_CONFIG"]}

    def _path(self, *more):
        return self._search_path([*(getattr(self, name) for name in PACKAGES), *more])

    def _flags(self, profile):
        return ["-f", f"--activate={switch(profile.isActive)}", f"--save-config={switch(not profile.settings)}"]

    @check
    def one_is_active(self):
        if sum(profile.isActive for profile in self.profiles.values()) > 1:
            yield "Only one Colima profile can be active at a time."

    @defines("home.file")
    def settings_files(self):
        for name, profile in self.profiles.items():
            if profile.settings:
                yield {f"{self.colimaHomeDir}/{name}/colima.yaml": {"text": formats.yaml.render(profile.settings)}}

    @defines("programs.docker-cli.settings.currentContext", when=lambda self: self._first("isActive"))
    def context(self):
        name = self._first("isActive").name
        return "colima" if name == "default" else f"colima-{name}"

    def _services(self):
        return {name: profile for name, profile in self.profiles.items() if profile.isService}

    @defines("systemd.user.services")
    def units(self):
        for name, profile in self._services().items():
            variables = [f"{key}={value}" for key, value in {**self._places(), **self._docker()}.items()]
            flags = " \\\n  ".join(self._flags(profile))
            service = {
                "ExecStart": f"{exe(self.package)} start {name} \\\n  {flags}\n",
                "Restart": "always",
                "RestartSec": 2,
                "Environment": [variables[0], f"PATH={self._path()}", *variables[1:]],
                "StandardOutput": f"append:{profile.logFile}",
                "StandardError": f"append:{profile.logFile}",
            }
            yield {
                f"colima-{name}": {
                    "Unit": {"Description": f"Colima container runtime ({name} profile)"},
                    "Service": service,
                    "Install": {"WantedBy": ["default.target"]},
                }
            }

    @defines("launchd.agents", when=lambda self: self._is_on("darwin"))
    def agents(self):
        cache = {"XDG_CACHE_HOME": self["xdg.cacheHome"]} if self["xdg.enable"] else {}
        for name, profile in self._services().items():
            path = {"PATH": self._path(self.pkgs["darwin"]["DarwinTools"])}
            config = {
                "ProgramArguments": [exe(self.package), "start", name, *self._flags(profile)],
                "KeepAlive": {"SuccessfulExit": True},
                "RunAtLoad": True,
                "EnvironmentVariables": {**self._places(), **path, **self._docker(), **cache},
                "StandardOutPath": profile.logFile,
                "StandardErrorPath": profile.logFile,
            }
            yield {f"colima-{name}": {"enable": True, "config": config}}
