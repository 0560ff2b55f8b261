from home_manager.authoring import *
from home_manager.modules import _graphical


class WlClipPersist(Service):
    """wl-clip-persist, which keeps the clipboard when the program ends that it is from"""

    package = Package("wl-clip-persist")
    clipboardType = option(
        t.enum("regular", "primary", "both"),
        default="regular",
        doc="Which clipboard is kept; some programs do odd things when it is the primary one, which is what is selected.",
    )
    extraOptions = option(
        t.list_of(t.str),
        default=[],
        example=["--write-timeout", "1000", "--ignore-event-on-error"],
        doc="Further arguments of wl-clip-persist.",
    )
    systemdTargets = _graphical.targets(example="sway-session.target", type=t.either(t.list_of(t.str), t.str))
    unit = _graphical.session_unit(
        lambda self: (
            f"{exe(self.package)} --clipboard {self.clipboardType} {formats.shell.quote_all(self.extraOptions)}"
        ),
        follows="systemdTargets",
        wayland=False,
        description="Wayland clipboard persistence daemon",
        restart="on-failure",
        service={"Type": "simple"},
    )
