"""What programs of a graphical session have in common: units that follow the session, and style sheets."""

from home_manager.authoring import *

SESSION = "wayland.systemd.target"


def target(*, example="sway-session.target", **more):
    """The option `systemdTarget`."""
    if example:
        more["example"] = example
    return option(
        t.str,
        default=lambda self: self[SESSION],
        default_text=f"config.{SESSION}",
        doc="The target that starts the service, and that ends it.",
        **more,
    )


def targets(*, example=("sway-session.target",), type=None, **more):
    """The option `systemdTargets`."""
    if example:
        more["example"] = list(example) if isinstance(example, tuple) else example
    return option(
        type or t.list_of(t.str),
        default=lambda self: [self[SESSION]],
        default_text=f"[ config.{SESSION} ]",
        **more,
        doc="The targets that start the service, and that end it. Something has to reach them: `sway-session.target` needs "
        "`wayland.windowManager.sway.systemd.enable`.",
    )


def session_unit(command, *, follows=SESSION, wayland=True, **more):
    """A unit that comes and goes with the session; `follows` is the option that names its target, or a target.

    Further keywords are those of `UserUnit`.
    """

    def followed(self):
        if follows.endswith(".target") and follows != SESSION:
            return follows
        return self[follows] if "." in follows else self._read(follows)

    return UserUnit(command, target=followed, wayland=wayland, **more)


def stored(self, file, content):
    """The store path of a file of the configuration: of the same object that is linked to.

    The files of the home cannot be asked for it, as the units are among them.
    """
    entry = file_entry(self, content)
    return str(self._made("writeText", store_name(file), content)) if "text" in entry else self._in_text(content)


def style(what, *, example=None, doc="", type=None):
    """An option of CSS, or the file that has it."""
    return option(
        t.null_or(type or t.either(t.path, t.lines)),
        default=None,
        **({"example": example} if example else {}),
        doc=f"The style sheet of {what}, or the file that has it. {doc}".strip(),
    )
