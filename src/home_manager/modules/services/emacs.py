from home_manager.authoring import *

SOCKETS = "%t/emacs"
SOCKET = f"{SOCKETS}/server"
"""Where emacsclient looks for the daemon."""

GRAPHICAL = "graphical"
SESSION = "graphical-session.target"
PAGES = "info:emacs man:emacs(1) https://gnu.org/software/emacs/"

MIME_TYPES = (
    "text/english;text/plain;text/x-makefile;text/x-c++hdr;text/x-c++src;text/x-chdr;text/x-csrc;text/x-java;text/x-moc;"
    "text/x-pascal;text/x-tcl;text/x-tex;application/x-shellscript;text/x-c;text/x-c++;"
)


class Client(Options):
    """The client."""

    enable = option(t.bool, default=False, example=True, doc="Whether the desktop offers emacsclient.")
    arguments = option(t.list_of(t.str), default=["-c"], doc="Arguments of emacsclient.")


class SocketActivation(Options):
    """The socket of the daemon."""

    enable = option(
        t.bool, default=False, example=True, doc="Whether the daemon is started when something asks its socket for it."
    )


class Emacs(Service):
    """the Emacs daemon"""

    platforms = ("linux", "darwin")

    package = option(
        t.package,
        default=lambda self: self._own_or_configured(),
        default_text="if config.programs.emacs.enable then config.programs.emacs.finalPackage\nelse pkgs.emacs\n",
        doc="The Emacs that runs; that of `programs.emacs` where this is on.",
    )
    extraOptions = option(
        t.list_of(t.str), default=[], example=["-f", "exwm-enable"], doc="Further arguments of the daemon."
    )
    client = group(Client)
    socketActivation = group(SocketActivation)
    startWithUserSession = option(
        t.either(t.bool, t.enum(GRAPHICAL)),
        default=lambda self: not self.socketActivation.enable,
        default_text="!config.services.emacs.socketActivation.enable",
        example=GRAPHICAL,
        doc="Whether the daemon is started with the session, by `default.target`, or by `graphical-session.target` where this "
        "is `graphical`.",
    )
    defaultEditor = option(
        t.bool,
        default=False,
        example=True,
        doc="Whether `emacsclient` is the default editor, by the variables `EDITOR` and `VISUAL`.",
    )
    editor = Variables(lambda self: dict.fromkeys(("EDITOR", "VISUAL"), f"{self._client_script()}"), when=defaultEditor)

    def _own_or_configured(self):
        if self._takes_part("programs.emacs") and self["programs.emacs.enable"]:
            return self["programs.emacs.finalPackage"]
        return self.pkgs["emacs"]

    def _program(self, name: str) -> str:
        return exe(self.package, name)

    def _client_script(self):
        return self._made("writeShellScript", "editor", f'exec {self._program("emacsclient")} "${{@:---create-frame}}"')

    def _is_at_least_28(self) -> bool:
        return version_at_least(self.package["version"], "28")

    def _loses_socket(self) -> bool:
        """Whether Emacs would remove the socket that systemd listens on."""
        return bool(self.socketActivation.enable) and not self._is_at_least_28()

    @defines("home.packages", when=lambda self: self.client.enable and self._is_on("linux"))
    def desktop_entry(self):
        entry = {
            "Type": "Application",
            "Exec": " ".join([self._program("emacsclient"), *self.client.arguments, "%F"]),
            "Terminal": False,
            "Name": "Emacs Client",
            "Icon": "emacs",
            "Comment": "Edit text",
            "GenericName": "Text Editor",
            "MimeType": MIME_TYPES,
            "Categories": "Development;TextEditor;",
            "Keywords": "Text;Editor;",
            "StartupWMClass": "Emacsd" if self._is_at_least_28() else "Emacs",
        }
        text = formats.ini.render({"Desktop Entry": entry})
        made = self._made("writeTextDir", "share/applications/emacsclient.desktop", text)
        return [self._made(self.pkgs["lib"]["hiPrio"], made)]

    def _session(self) -> list[str]:
        return [SESSION] if self.startWithUserSession == GRAPHICAL else []

    def _command(self) -> str:
        socket = f"={formats.shell.quote(SOCKET)}" if self.socketActivation.enable else ""
        daemon = f"{self._program('emacs')} --fg-daemon{socket} {formats.shell.quote_all(self.extraOptions)}"
        # A login shell, so that the daemon has the environment that a login has.
        return f'{self.pkgs["runtimeShell"]} -l -c "{daemon}"'

    def _permissions(self) -> dict[str, str]:
        change = f"{self.pkgs['coreutils']}/bin/chmod --changes"
        return {"ExecStartPost": f"{change} -w {SOCKETS}", "ExecStopPost": f"{change} +w {SOCKETS}"}

    daemon = UserUnit(
        _command,
        description="Emacs text editor",
        after=_session,
        part_of=_session,
        wanted_by=lambda self: self._session() or (["default.target"] if self.startWithUserSession is True else []),
        restart="on-failure",
        unit=lambda self: {
            "Documentation": PAGES,
            # It may hold texts that nobody has saved.
            "X-RestartIfChanged": False,
            **({"RefuseManualStart": True} if self._loses_socket() else {}),
        },
        service=lambda self: {
            "Type": "notify",
            # What Emacs says when it is told to end.
            "SuccessExitStatus": 15,
            **(self._permissions() if self._loses_socket() else {}),
        },
    )
    socket = UserUnit(
        kind="sockets",
        description="Emacs text editor",
        unit={"Documentation": PAGES},
        section={
            "Socket": {
                "ListenStream": SOCKET,
                "FileDescriptorName": "server",
                "SocketMode": "0600",
                "DirectoryMode": "0700",
                # When Emacs ends it opens its socket once more, which must not start it again.
                "FlushPending": True,
            }
        },
        wanted_by="sockets.target",
        install={"RequiredBy": ["emacs.service"]},
        when=lambda self: self.socketActivation.enable,
    )

    @defines("launchd.agents", when=lambda self: self._is_on("darwin"))
    def agent(self):
        config = {
            "ProgramArguments": [self._program("emacs"), "--fg-daemon", *self.extraOptions],
            "RunAtLoad": True,
            "KeepAlive": {"Crashed": True, "SuccessfulExit": False},
        }
        return {"emacs": {"enable": True, "config": config}}
