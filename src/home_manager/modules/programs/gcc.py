from home_manager.authoring import *


class Gcc(Program):
    """the GNU compilers"""

    package = Package("gcc", nullable=True)
    colors = option(
        t.attrs_of(t.str),
        default={},
        example={"error": "01;31"},
        doc="Colours of messages by what they are, for {env}`GCC_COLORS`. See "
        "<https://gcc.gnu.org/onlinedocs/gcc/Diagnostic-Message-Formatting-Options.html>.",
    )
    variables = Variables(
        GCC_COLORS=lambda self: ":".join(f"{name}={color}" for name, color in self.colors.items()), when=colors
    )
