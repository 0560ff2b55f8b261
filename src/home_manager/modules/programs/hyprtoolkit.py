from home_manager.authoring import *
from home_manager.modules import _hypr


class Hyprtoolkit(Program):
    """hyprtoolkit, with which programs for Wayland draw their windows"""

    platforms = ("linux",)

    package = Package("hyprtoolkit", nullable=True)
    settings = _hypr.settings(
        "Hyprtoolkit",
        type=t.recursive(
            "Hyprtoolkit configuration values",
            lambda inner: t.null_or(t.one_of(t.int, t.str, t.attrs_of(inner), t.list_of(inner))),
        ),
        example={"background": "0xFF181818", "base": "0xFF202020", "h1_size": 19},
        before=lambda self: ("$",),
    )
