from home_manager.authoring import *


class Grep(Program):
    """`grep`, which finds lines by patterns"""

    package = Package("grep", default="gnugrep", nullable=True)
    colors = option(
        t.attrs_of(t.str), default={}, example={"error": "01;31"}, doc="The colours that `GREP_COLORS` is set to."
    )
    variables = Variables(
        when=colors, GREP_COLORS=lambda self: ":".join(f"{name}={colour}" for name, colour in self.colors.items())
    )
