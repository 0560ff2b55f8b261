from home_manager.authoring import *


class Hwatch(Program):
    """hwatch, a modern alternative to the {command}`watch` command"""

    package = Package("hwatch", nullable=True)
    extraArgs = option(
        t.list_of(t.str),
        default=[],
        example=["--exec", "--precise"],
        doc="Arguments of every run, by the variable `HWATCH`.",
    )
    arguments = Variables(when=extraArgs, HWATCH=lambda self: formats.shell.quote_all(self.extraArgs))
