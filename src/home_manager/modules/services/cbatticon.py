from home_manager.authoring import *

PERCENT = t.null_or(t.between(0, 100))


def command(doc, **more):
    return option(t.null_or(t.lines), default=None, doc=doc, **more)


class Cbatticon(Service):
    """cbatticon"""

    package = Package("cbatticon", example="pkgs.batticonplus", extra="For Wayland, use `pkgs.batticonplus`.")
    commandCriticalLevel = command(
        "Shell code for when the battery is almost empty.", example='notify-send "battery critical!"\n'
    )
    commandLeftClick = command("Shell code for a click on the icon.")
    iconType = option(
        t.null_or(t.enum("standard", "notification", "symbolic")),
        default=None,
        example="symbolic",
        doc="The kind of icon.",
    )
    lowLevelPercent = option(PERCENT, default=None, example=20, doc="At how many percent the battery is low.")
    criticalLevelPercent = option(PERCENT, default=None, example=5, doc="At how many percent it is almost empty.")
    updateIntervalSeconds = option(
        t.null_or(t.positive), default=None, example=5, doc="After how many seconds it looks again."
    )
    hideNotification = option(t.null_or(t.bool), default=None, doc="Whether there are no notifications.")
    batteryId = option(
        t.null_or(t.str), default=None, doc="The battery, as `cbatticon -p` shows them; the first one without it."
    )

    def _script(self, name, code):
        return None if code is None else self._made("writeShellScript", name, code)

    def _command(self):
        flags = {
            name: self._script(name, code)
            for name, code in (
                ("command-critical-level", self.commandCriticalLevel),
                ("command-left-click", self.commandLeftClick),
            )
        }
        flags |= {
            "icon-type": self.iconType,
            "low-level": self.lowLevelPercent,
            "critical-level": self.criticalLevelPercent,
            "update-interval": self.updateIntervalSeconds,
        }
        words = [exe(self.package), *(f"--{name} {value}" for name, value in flags.items() if value is not None)]
        words += ["--hide-notification"] if self.hideNotification else []
        return " ".join([*words, *([] if self.batteryId is None else [self.batteryId])])

    unit = UserUnit(
        _command,
        description="cbatticon system tray battery icon",
        target="graphical-session.target",
        after=["graphical-session.target", "tray.target"],
        requires="tray.target",
        restart="on-abort",
    )
