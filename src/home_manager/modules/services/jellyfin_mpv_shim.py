"""`services.jellyfin-mpv-shim`."""

from home_manager.authoring import *
from home_manager.modules.programs._merged_json import merging

VALUE = t.either(t.str, t.either(t.int, t.either(t.bool, t.float)))


def value_text(value):
    """A value as mpv reads it whatever it holds: with the number of its characters."""
    text = formats.plain.yes_no(value) if isinstance(value, bool) else formats.plain.to_string(value)
    return f"%{len(text.encode())}%{text}"


class JellyfinMpvShim(Service):
    """Jellyfin MPV Shim, which plays in mpv what is cast from Jellyfin"""

    package = Package("jellyfin-mpv-shim", install=False)
    settings = option(
        t.json,
        default={},
        example={
            "allow_transcode_to_h265": False,
            "always_transcode": False,
            "audio_output": "hdmi",
            "auto_play": True,
            "fullscreen": True,
            "player_name": "mpv-shim",
        },
        doc="Settings, which a switch merges into {file}`$XDG_CONFIG_HOME/jellyfin-mpv-shim/conf.json`: the program writes "
        "this file itself. See <https://github.com/jellyfin/jellyfin-mpv-shim#configuration>.",
    )
    mpvConfig = Settings(
        None,
        file="jellyfin-mpv-shim/mpv.conf",
        type=t.null_or(t.attrs_of(VALUE)),
        default=None,
        when=lambda self: self.mpvConfig is not None,
        render=lambda self, config: "".join(f"{name}={value_text(value)}\n" for name, value in sorted(config.items())),
        example={"force-window": True, "profile": "gpu-hq"},
        doc="The configuration of mpv; `null` leaves the program its own.",
    )
    mpvBindings = Settings(
        None,
        file="jellyfin-mpv-shim/input.conf",
        type=t.null_or(t.attrs_of(t.str)),
        default=None,
        when=lambda self: self.mpvBindings is not None,
        render=lambda self, bindings: "\n".join(f"{key} {command}" for key, command in sorted(bindings.items())),
        example={"WHEEL_DOWN": "seek -10", "WHEEL_UP": "seek 10"},
        doc="The bindings of mpv; `null` leaves the program its own.",
    )
    shim = UserUnit(
        lambda self: exe(self.package),
        description="Jellyfin mpv shim",
        target="graphical-session.target",
        unit={"Documentation": "https://github.com/jellyfin/jellyfin-mpv-shim"},
    )

    @defines("home.activation", when=settings)
    def merged(self):
        file = f"{self['xdg.configHome']}/jellyfin-mpv-shim/conf.json"
        step = merging(self, "jellyfin-mpv-shim-conf", file, "$own * $given", self.settings)
        return {"jellyfinMpvShimSettingsActivation": step}
