"""What programs of a graphical session have in common: units that follow the session, and style sheets."""

from home_manager.authoring import *

SESSION = "wayland.systemd.target"


def target_of(*, example="sway-session.target", **more):
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
    """A unit that comes and goes with the session; `follows` is an own option that names its target, or that target.

    Further keywords are those of `UserUnit`.
    """

    def followed(self):
        if follows == SESSION:
            return self[SESSION]
        return follows if follows.endswith("session.target") else self._read(follows)

    return UserUnit(command, target=followed, wayland=wayland, **more)


def style(what, file, *, doc="", type=None, **more):
    """An option of CSS, or the file that has it, and where it goes."""
    return ExtraText(
        type=t.null_or(type or t.either(t.path, t.lines)),
        default=None,
        file=file,
        doc=f"The style sheet of {what}, or the file that has it. {doc}".strip(),
        **more,
    )


def systemd(what, *, example="sway-session.target", enabled=False):
    """The options `systemd.enable` and `systemd.target`."""

    class Systemd(Options):
        """The service."""

        enable = option(t.bool, default=enabled, example=True, doc=f"Whether to enable {what}.")
        target = target_of(example=example)

    return group(Systemd)


def ordered(self, entries, path):
    """The names of the entries of a DAG, in their order."""
    found = self._made(self._argument("lib")["hm"]["dag"]["topoSort"], dict(entries))
    if "result" not in found:
        self._made(self.pkgs["lib"]["throwIf"], True, f"The entries of {path} come after each other in a circle.", None)
    return [str(each["name"]) for each in found["result"]]


def flags(self, settings):
    """A file of flags, one a line; what is false is left out."""
    lines = []
    for name, value in settings.items():
        if value is not False:
            text = formats.plain.to_string(value) if isinstance(value, int | float) else self._in_text(value)
            lines.append(f"{name}\n" if value is True else f"{name}={text}\n")
    return "".join(lines)
