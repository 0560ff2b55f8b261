from home_manager.authoring import *


class Server(Options):
    """The server of foot."""

    enable = option(
        t.bool, default=False, example=True, doc="Whether foot runs as a server, which opens windows at once."
    )
    systemdTarget = option(
        t.str,
        default=lambda self: self["wayland.systemd.target"],
        default_text="config.wayland.systemd.target",
        example="sway-session.target",
        doc="The target that starts the server. Something has to reach it: `sway-session.target`, for one, needs "
        "`wayland.windowManager.sway.systemd.enable`.",
    )
    unit = UserUnit(
        lambda self: f"{exe(self['programs.foot.package'])} --server",
        name="foot",
        description="Fast, lightweight and minimalistic Wayland terminal emulator.",
        part_of=lambda self: [self.systemdTarget],
        after=lambda self: [self.systemdTarget],
        wanted_by=lambda self: [self.systemdTarget],
        restart="on-failure",
        unit={"Documentation": "man:foot(1)", "ConditionEnvironment": "WAYLAND_DISPLAY"},
        service={"OOMPolicy": "continue"},
        when=enable,
    )


class Foot(Program):
    """foot, a terminal emulator for Wayland"""

    platforms = ("linux",)

    package = Package("foot")
    server = group(Server)
    settings = Settings(
        formats.ini(duplicates=True),
        file="foot/foot.ini",
        example={
            "main": {"term": "xterm-256color", "font": "Fira Code:size=11", "dpi-aware": "yes"},
            "mouse": {"hide-when-typing": "yes"},
        },
        doc="The settings of foot, see foot.ini(5).",
    )
