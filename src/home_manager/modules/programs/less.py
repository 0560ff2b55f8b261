from home_manager.authoring import *

SCALAR = t.one_of(t.bool, t.int, t.str)


class Less(Program):
    """less, which shows texts by the page"""

    package = Package("less", nullable=True)
    config = ExtraText(
        file="lesskey",
        example="#command\ns        back-line\nt        forw-line\n",
        doc="What is written to `lesskey` below the directory for configuration: keys and variables, see lesskey(1).",
    )
    options = option(
        t.coerced_to(
            t.attrs_of(t.either(SCALAR, t.list_of(SCALAR))),
            lambda value: formats.command_line.arguments(value),
            t.list_of(t.str),
        ),
        default=[],
        example={"RAW-CONTROL-CHARS": True, "quiet": True, "wheel-lines": 3},
        doc="Options of every run of less, in the variable `LESS`.",
    )
    renamed = Renamed("keys", "config")

    @defines(".config", when=options)
    def variable(self):
        return before(f"#env\nLESS = {' '.join(self.options)}\n")
