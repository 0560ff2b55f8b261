from typing import Any

from home_manager.authoring import *
from home_manager.modules.services.syncthing import scripts
from home_manager.modules.services.syncthing.settings import (
    ServerSettings,
    cleaned,
    devices_of,
    folders_of,
    unknown_devices,
)

ADDRESS = "127.0.0.1:8384"
"""Where Syncthing serves its web interface without being told."""


class Credentials(Options):
    """Who may use the web interface."""

    username = option(t.non_empty_str, example=literal("config.home.username"), doc="The user's name.")
    passwordFile = option(
        t.str,
        default=lambda self: None,
        default_text="null",
        example=literal("config.sops.secrets.syncthing.path"),
        doc="The path of a file with the password, or with its hash by bcrypt; it is read when the service starts.",
    )


class Tray(Options):
    """An icon in the tray"""

    enable = option(t.bool, default=False, doc="Whether a service shows an icon in the tray.")
    command = option(
        t.str,
        default="syncthingtray --wait",
        default_text="syncthingtray --wait",
        example="qsyncthingtray",
        doc="The command that shows the icon, a program of the package.",
    )
    package = Package("syncthingtray", default="syncthingtray-minimal", example="pkgs.qsyncthingtray", install=False)


class Syncthing(Service):
    """Syncthing, which keeps folders the same on several devices"""

    platforms = ("linux", "darwin")

    cert = option(
        t.null_or(t.str), default=None, doc="The path of `cert.pem`, which is copied to where Syncthing looks."
    )
    key = option(t.null_or(t.str), default=None, doc="The path of `key.pem`, which is copied to where Syncthing looks.")
    guiCredentials = option(
        t.null_or(t.submodule(Credentials)),
        default=None,
        doc="Who may use the web interface. Without, everybody who can reach it has the user's rights on files.",
    )
    overrideDevices = option(
        t.bool, default=True, doc="Whether devices that are not in `settings.devices` are removed from Syncthing."
    )
    overrideFolders = option(
        t.bool, default=True, doc="Whether folders that are not in `settings.folders` are removed from Syncthing."
    )
    settings = option(
        t.submodule(ServerSettings),
        default={},
        example={"options": {"localAnnounceEnabled": False}, "gui": {"theme": "black"}},
        doc="Settings of Syncthing, as its REST API has them, which is not quite as they stand in `config.xml`: "
        "`options.listenAddresses` is a list.",
    )
    guiAddress = option(
        t.str,
        default=ADDRESS,
        doc="Where the web interface is served: an address with a port, or the path of a socket.",
    )
    allProxy = option(
        t.null_or(t.str),
        default=None,
        example="socks5://address.com:1234",
        doc="The variable `all_proxy` for Syncthing: a SOCKS5 proxy to connect through.",
    )
    extraOptions = option(
        t.list_of(t.str), default=[], example=["--reset-deltas"], doc="Further arguments of `syncthing`."
    )
    package = Package("syncthing", install=False)
    tray = group(Tray)
    removed = Removed("passwordFile", "Set `services.syncthing.guiCredentials`, which has the file's path.")

    @defines("home.packages")
    def manual(self):
        return [self._made(self.pkgs["lib"]["getOutput"], "man", self.package)]

    @check
    def devices_exist(self):
        for folder, device in unknown_devices(self.settings):
            yield (
                f"services.syncthing.settings.folders shares {folder} with the device {device}, which "
                "services.syncthing.settings.devices does not have"
            )

    # The service

    def _arguments(self) -> str:
        scheme = "unix://" if self.guiAddress.startswith("/") else ""
        fixed = ["serve", "--no-browser", "--no-restart", "--no-upgrade", f"--gui-address={scheme}{self.guiAddress}"]
        return str(formats.shell.quote_all([exe(self.package), *fixed, *self.extraOptions]))

    def _folder(self) -> str:
        return scripts.FOLDER_ON_DARWIN if self._is_on("darwin") else scripts.FOLDER_ON_LINUX

    def _copies(self) -> str:
        code = scripts.copying_keys(self._folder(), exe(self.pkgs["coreutils"], "install"), self.cert, self.key)
        return str(self._made("writeShellScript", "syncthing-copy-keys", code))

    def _service(self) -> dict[str, Any]:
        more: dict[str, Any] = {}
        if self.cert is not None or self.key is not None:
            more["ExecStartPre"] = f"+{self._copies()}"
        if self.allProxy is not None:
            more["Environment"] = f"all_proxy={self.allProxy}"
        return {
            **more,
            "SuccessExitStatus": [3, 4],
            "RestartForceExitStatus": [3, 4],
            "LockPersonality": True,
            "MemoryDenyWriteExecute": True,
            "NoNewPrivileges": True,
            "PrivateUsers": True,
            "RestrictNamespaces": True,
            "SystemCallArchitectures": "native",
            "SystemCallFilter": "@system-service",
        }

    def _logs(self, name: str) -> dict[str, str]:
        below = f"{self['home.homeDirectory']}/Library/Logs/Syncthing/{name}"
        return {"StandardOutPath": f"{below}-stdout.log", "StandardErrorPath": f"{below}-stderr.log"}

    def _agent(self) -> dict[str, Any]:
        script = self._made("writeShellScript", "syncthing-wrapper", f"{self._copies()}\nexec {self._arguments()}\n")
        return {
            "ProgramArguments": [str(script)],
            "KeepAlive": {"Crashed": True, "SuccessfulExit": False},
            "ProcessType": "Background",
            **self._logs("syncthing"),
        }

    unit = UserUnit(
        lambda self: self._arguments(),
        description="Syncthing - Open Source Continuous File Synchronization",
        after="network.target",
        wanted_by="default.target",
        restart="on-failure",
        unit={"Documentation": "man:syncthing(1)", "StartLimitIntervalSec": 60, "StartLimitBurst": 4},
        service=lambda self: self._service(),
        launchd=lambda self: self._agent(),
    )

    # What tells it its settings

    def _tells(self) -> bool:
        return bool(cleaned(self.settings)) or self.guiCredentials is not None or self.guiAddress != ADDRESS

    def _settings_code(self) -> str:
        chosen = cleaned(self.settings)
        if not chosen:
            return ""
        others = {name: value for name, value in chosen.items() if name not in ("devices", "folders")}
        folders = folders_of(self.settings)
        wanted = {"devices": devices_of(self.settings), "folders": folders, "others": others}
        file = self._made("writeText", "syncthing-settings.json", formats.json.compact(wanted))
        secrets = {device.get("encryptionPasswordFile") for folder in folders for device in folder["devices"]}
        removed = {"devices": "deviceID"} if self.overrideDevices else {}
        if self.overrideFolders:
            removed["folders"] = "id"
        return self._teller().settings(str(file), sorted(secrets - {None}), removed, others=bool(others))

    def _teller(self) -> scripts.Teller:
        programs = {
            "coreutils": self.pkgs["coreutils"],
            "libxml2": self.pkgs["libxml2"],
            "curl": exe(self.pkgs["curl"]),
            "jq": exe(self.pkgs["jq"]),
            "mkpasswd": exe(self.pkgs["mkpasswd"]),
        }
        return scripts.Teller(programs, self._folder(), self.guiAddress)

    def _telling(self) -> str:
        given = self.guiCredentials
        credentials = None if given is None else (given.username, given.passwordFile)
        code = self._teller().whole(credentials, self._settings_code(), own_address=self.guiAddress != ADDRESS)
        return str(self._made("writeShellScript", "merge-syncthing-config", code))

    initial = UserUnit(
        lambda self: self._telling(),
        name="syncthing-init",
        description="Syncthing configuration updater",
        requires="syncthing.service",
        after="syncthing.service",
        wanted_by="default.target",
        service={"Type": "oneshot", "RuntimeDirectory": "syncthing-init", "RemainAfterExit": True},
        launchd=lambda self: {"ProcessType": "Background", "RunAtLoad": True, **self._logs("syncthing-init")},
        when=lambda self: self._tells(),
    )

    # The tray, which can be there without the service

    @check(always=True, when=lambda self: self.tray.enable)
    def platform_of_tray(self):
        if not self._is_on("linux"):
            yield "The option services.syncthing.tray does not support your platform; it needs linux"

    @defines("home.packages", when=lambda self: self.tray.enable, always=True)
    def tray_package(self):
        return [self.tray.package]

    @defines("systemd.user.services", when=lambda self: self.tray.enable, always=True)
    def tray_unit(self):
        name, session = str(self.tray.package["pname"]), ["graphical-session.target"]
        unit = {
            "Unit": {
                "Description": name,
                "Requires": ["tray.target"],
                "After": [*session, "tray.target"],
                "PartOf": session,
            },
            "Service": {"ExecStart": f"{self.tray.package}/bin/{self.tray.command}"},
            "Install": {"WantedBy": session},
        }
        return {name: unit}
