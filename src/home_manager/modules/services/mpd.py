from typing import Any

from home_manager.authoring import *

PORT = 6600
"""The port that MPD and its clients use without being told."""
LIKE_NO_DEFINITION = 1500
"""The priority of an option's own default."""

WHERE_MUSIC_IS = """\
${home.homeDirectory}/music    if state version < 22.11
${xdg.userDirs.music}          if xdg.userDirs.enable == true
undefined                      otherwise
"""


def as_text(value) -> str:
    """A path as it is written: the music is not copied into the store."""
    return str(formats.plain.to_string(value))


class Network(Options):
    """Where MPD listens"""

    startWhenNeeded = option(
        t.bool, default=False, doc="Whether systemd listens, and starts MPD at the first connection; for Linux only."
    )
    listenAddress = option(
        t.str, default="127.0.0.1", example="any", doc="The address that MPD listens on; `any` is all of them."
    )
    port = option(t.port, default=PORT, doc="The TCP port that MPD listens on.")

    def _any(self) -> bool:
        return bool(self.listenAddress == "any")


class Mpd(Service):
    """MPD, the music player daemon"""

    platforms = ("linux", "darwin")

    package = Package("mpd")
    enableSessionVariables = option(
        t.bool, default=True, doc="Whether `MPD_HOST` and `MPD_PORT` are set, from `services.mpd.network`."
    )
    musicDirectory = option(
        t.either(t.path, t.str),
        default_text=WHERE_MUSIC_IS,
        apply=as_text,
        doc="Where the music lies. It must be given unless `xdg.userDirs.enable` is on, which knows the place.",
    )
    playlistDirectory = option(
        t.path,
        default=lambda self: f"{self.dataDir}/playlists",
        default_text='"\\${dataDir}/playlists"',
        apply=as_text,
        doc="Where playlists are kept.",
    )
    extraConfig = option(
        t.lines,
        default="",
        doc="Lines for the end of `mpd.conf`, see mpd.conf(5); the places of files stand there already.",
    )
    extraArgs = option(t.list_of(t.str), default=[], example=["--verbose"], doc="Further arguments of MPD.")
    dataDir = option(
        t.path,
        default=lambda self: f"{self['xdg.dataHome']}/mpd",
        default_text='"$XDG_DATA_HOME/mpd"',
        apply=as_text,
        doc="Where MPD keeps its state, the tags, playlists and the like.",
    )
    network = group(Network)
    generatedConfig = option(
        t.str,
        read_only=True,
        doc="The text of the configuration, which is in no file of the home: "
        '`xdg.configFile."mpd/mpd.conf".text = config.services.mpd.generatedConfig` makes one.',
    )
    dbFile = option(
        t.null_or(t.str),
        default=lambda self: f"{self.dataDir}/tag_cache",
        default_text='"\\${dataDir}/tag_cache"',
        doc="The file of the tags; with `null`, the configuration does not say.",
    )

    @defines(".musicDirectory")
    def music(self):
        if not self._state_at_least("22.11"):
            yield override(LIKE_NO_DEFINITION, f"{self['home.homeDirectory']}/music")
        elif self["xdg.userDirs.enable"]:
            yield override(LIKE_NO_DEFINITION, self["xdg.userDirs.music"])

    @defines(".generatedConfig")
    def configuration(self) -> str:
        settings = {
            "music_directory": self.musicDirectory,
            "playlist_directory": self.playlistDirectory,
            "db_file": self.dbFile,
            "log_file": f"{self['home.homeDirectory']}/Library/Logs/mpd/log.txt" if self._is_on("darwin") else None,
            "state_file": f"{self.dataDir}/state",
            "sticker_file": f"{self.dataDir}/sticker.sql",
        }
        listening = {
            "bind_to_address": None if self.network._any() else self.network.listenAddress,
            "port": None if self.network.port == PORT else self.network.port,
        }
        extra = f"{self.extraConfig}\n" if self.extraConfig else ""
        return f"{_lines(settings)}\n{_lines(listening)}{extra}"

    variables = Variables(
        MPD_PORT=lambda self: str(self.network.port),
        MPD_HOST=lambda self: None if self.network._any() else self.network.listenAddress,
        when=enableSessionVariables,
    )

    def _configuration(self) -> str:
        return str(self._made("writeText", "mpd.conf", self.generatedConfig))

    def _directories(self) -> str:
        make = f"{self.pkgs['coreutils']}/bin/mkdir -p '{self.dataDir}' '{self.playlistDirectory}'"
        return f'{self.pkgs["bash"]}/bin/bash -c "{make}"'

    def _on_demand(self) -> list[str]:
        return ["mpd.socket"] if self.network.startWhenNeeded else []

    unit = UserUnit(
        lambda self: (
            f"{self.package}/bin/mpd --no-daemon {self._configuration()} {formats.shell.quote_all(self.extraArgs)}"
        ),
        description="Music Player Daemon",
        after=lambda self: ["network.target", "sound.target", *self._on_demand()],
        requires=lambda self: self._on_demand(),
        wanted_by=lambda self: [] if self.network.startWhenNeeded else ["default.target"],
        service=lambda self: {
            "Environment": [f"PATH={self['home.profileDirectory']}/bin"],
            "Type": "notify",
            "ExecStartPre": self._directories(),
        },
    )
    socket = UserUnit(
        kind="sockets",
        wanted_by="sockets.target",
        when=lambda self: self.network.startWhenNeeded,
        section=lambda self: {
            "Socket": {"ListenStream": [self._address(), "%t/mpd/socket"], "Backlog": 5, "KeepAlive": True}
        },
    )

    def _address(self) -> str:
        return f"{'' if self.network._any() else self.network.listenAddress + ':'}{self.network.port}"

    @defines("launchd.agents")
    def on_darwin(self):
        if not self._is_on("darwin"):
            return None
        config = {
            "ProgramArguments": [exe(self.package), "--no-daemon", self._configuration(), *self.extraArgs],
            "KeepAlive": True,
            "ProcessType": "Interactive",
        }
        return {"mpd": {"enable": True, "config": config}}


def _lines(settings: dict[str, Any]) -> str:
    return "".join(f'{name:<19} "{value}"\n' for name, value in settings.items() if value is not None)
