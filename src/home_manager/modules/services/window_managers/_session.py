"""What sessions of compositors have in common: the target that stands for one, and how a unit comes to know of it."""

from home_manager.authoring import *

PRE = "graphical-session-pre.target"
AUTOSTART = "xdg-desktop-autostart.target"


def target(description, *, autostart=False, **more):
    """The unit of a session; `autostart`: desktop files in the autostart directories are started, too."""
    late = [AUTOSTART] if autostart else []
    unit = {
        "Description": description,
        "Documentation": ["man:systemd.special(7)"],
        "BindsTo": ["graphical-session.target"],
        "Wants": [PRE, *late],
        "After": [PRE],
        **({"Before": late} if late else {}),
        **more,
    }
    return {"Unit": unit}


def variables_of(*names, example="--all"):
    return option(
        t.list_of(t.str),
        default=list(names),
        example=[example],
        doc="The variables that systemd and D-Bus get to know when the session starts.",
    )


def extra_commands(*commands):
    return option(t.list_of(t.str), default=list(commands), doc="Commands that are run once they know them.")


def xdg_autostart():
    return option(
        t.bool,
        default=False,
        example=True,
        doc="Whether to enable autostart of applications using systemd-xdg-autostart-generator(8).",
    )


def session_enabled(name, default=True, **more):
    return option(
        t.bool,
        default=default,
        doc=f"Whether the session is a unit, `{name}-session.target`, which takes `graphical-session.target` along. Some "
        "variables are handed to systemd and D-Bus before.",
        **more,
    )


class XWayland(Options):
    """Programs for X."""

    enable = option(t.bool, default=True, example=True, doc="Whether programs for X can be used.")


def systemd(name, *names):
    """What systemd knows of a compositor: the options `systemd`."""

    class Systemd(Options):
        """What systemd knows of the session."""

        enable = session_enabled(name, example=True)
        variables = variables_of(*names, example="-all")
        extraCommands = extra_commands(
            f"systemctl --user stop {name}-session.target", f"systemctl --user start {name}-session.target"
        )

    return group(Systemd)


def activation(self):
    """The command that hands over the variables and then starts the session."""
    systemd = self.systemd
    tell = f"{self.pkgs['dbus']}/bin/dbus-update-activation-environment --systemd {' '.join(systemd.variables)}"
    return f"{tell} {' '.join(f'&& {command}' for command in systemd.extraCommands)}"


def targets(name):
    """The definition of the session's unit."""

    def session(self):
        return {f"{name}-session": target(f"{name} compositor session")}

    return defines("systemd.user.targets", when=lambda self: self.systemd.enable)(session)
