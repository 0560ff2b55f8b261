from home_manager.authoring import *

LATE = 2000
"""Where code for Nushell belongs that takes Ctrl-R from fzf."""


def settings_type():
    plain = t.one_of(t.bool, t.int, t.str)
    entry = t.either(plain, t.list_of(t.either(plain, t.attrs_of(plain))))
    table = t.either(entry, t.attrs_of(entry))
    return t.described(t.attrs_of(t.either(table, t.attrs_of(table))), "Atuin configuration")


class Daemon(Options):
    """The service that keeps the history."""

    enable = option(t.bool, default=False, example=True, doc="Whether a service in the background keeps the history.")
    logLevel = option(
        t.null_or(t.enum("trace", "debug", "info", "warn", "error")), default=None, doc="How much the service logs."
    )


class Atuin(Program):
    """Atuin, a history of the shell that can be searched and shared"""

    package = Package("atuin")
    shells = ShellIntegration(
        bash=lambda self: formats.shell.script(
            """
            if [[ :$SHELLOPTS: =~ :(vi|emacs): ]]; then
              source "@preexec@/share/bash/bash-preexec.sh"
              eval "$(@init@)"
            fi
            """,
            preexec=self.pkgs["bash-preexec"],
            init=formats.shell.Code(self._init("bash")),
        ),
        zsh=lambda self: f'if [[ $options[zle] = on ]]; then\n  eval "$({self._init("zsh")})"\nfi\n',
        fish=lambda self: f"source {self._made_file('atuin-fish-config.fish', 'fish')}\n",
        nushell=lambda self: f"source {self._made_file('atuin-nushell-config.nu', 'nu')}\n",
        order={"nushell": LATE},
        extra="Ctrl-R or the up arrow then search the history, as `flags` say.",
    )
    flags = option(
        t.list_of(t.str),
        default=[],
        example=["--disable-up-arrow", "--disable-ctrl-r"],
        doc="Further arguments of `atuin init`.",
    )
    settings = option(
        settings_type(),
        default={},
        example=literal(
            '{\n  auto_sync = true;\n  sync_frequency = "5m";\n  sync_address = "https://api.atuin.sh";\n'
            '  search_mode = "prefix";\n}\n'
        ),
        doc="The settings of Atuin, see <https://docs.atuin.sh/latest/configuration/config/>.",
    )
    forceOverwriteSettings = option(
        t.bool,
        default=False,
        doc="Whether a file of settings that is there already is replaced. Atuin writes one by itself after each "
        "command that has none.",
    )
    themes = Files(
        "atuin/themes/{name}.toml",
        formats.toml,
        example=literal(
            '{\n  "my-theme" = {\n    theme.name = "My Theme";\n    colors = {\n      Base = "#000000";\n'
            '      Title = "#FFFFFF";\n    };\n  };\n}\n'
        ),
        doc="Themes by name: settings, files or texts, see <https://docs.atuin.sh/latest/guide/theming/>.",
    )
    daemon = group(Daemon)

    def _init(self, shell: str) -> str:
        return f"{exe(self.package)} init {shell} {formats.shell.quote_all(self.flags)}".rstrip()

    def _made_file(self, name: str, shell: str):
        # Atuin makes files in the home directory even to write this, so it is given one that goes away again.
        surroundings = {"nativeBuildInputs": [self.pkgs["writableTmpDirAsHomeHook"]]}
        return self._made("runCommand", name, surroundings, f'{self._init(shell)} > "$out"\n')

    @defines("xdg.configFile")
    def files(self):
        if self.settings:
            text = formats.toml.render(self.settings)
            yield {"atuin/config.toml": {"text": text, "force": self.forceOverwriteSettings}}

    @defines(".settings", when=lambda self: self["home.preferXdgDirectories"])
    def logs(self):
        return {"logs": {"dir": default(f"{self['xdg.stateHome']}/atuin/logs")}}

    # The service

    def _serves(self) -> bool:
        return bool(self.daemon.enable)

    def _command(self) -> list[str]:
        start = ["start"] if version_at_least(self.package["version"], "18.13.0") else []
        return [exe(self.package), "daemon", *start]

    @check(when=_serves)
    def something_starts_it(self):
        if not (self["systemd.user.enable"] or self["launchd.enable"]):
            yield "programs.atuin.daemon.enable needs systemd or launchd, which start the daemon."

    @defines(".settings", when=_serves)
    def connection(self):
        systemd = self["systemd.user.enable"]
        place = {} if systemd else {"socket_path": default(f"{self['xdg.dataHome']}/atuin/daemon.sock")}
        return {"daemon": {"enabled": True, "systemd_socket": systemd, **place}}

    service = UserUnit(
        lambda self: " ".join(self._command()),
        name="atuin-daemon",
        description="Atuin daemon",
        requires=["atuin-daemon.socket"],
        wanted_by=["default.target"],
        restart="on-failure",
        environment=lambda self: {"ATUIN_LOG": self.daemon.logLevel} if self.daemon.logLevel else {},
        service={"RestartSteps": 3, "RestartMaxDelaySec": 6},
        install={"Also": ["atuin-daemon.socket"]},
        when=_serves,
    )

    @defines("systemd.user.sockets", when=_serves)
    def socket(self):
        directory = "%t" if version_at_least(self.package["version"], "18.4.0") else "%D/atuin"
        return {
            "atuin-daemon": {
                "Unit": {"Description": "Atuin daemon socket"},
                "Install": {"WantedBy": ["sockets.target"]},
                "Socket": {"ListenStream": f"{directory}/atuin.sock", "SocketMode": "0600", "RemoveOnStop": True},
            }
        }

    @defines("launchd.agents", when=_serves)
    def agent(self):
        config = {
            "ProgramArguments": self._command(),
            "EnvironmentVariables": {"ATUIN_LOG": self.daemon.logLevel} if self.daemon.logLevel else {},
            "KeepAlive": {"Crashed": True, "SuccessfulExit": False},
            "ProcessType": "Background",
        }
        return {"atuin-daemon": {"enable": True, "config": config}}
