from home_manager.authoring import *


class Rizin(Program):
    """Rizin, a framework for reverse engineering"""

    package = Package("rizin", nullable=True)
    settings = option(
        t.attrs_of(t.one_of(t.str, t.int, t.bool, t.float)),
        default={},
        example={"asm.bytes": True, "asm.bytes.space": True},
        doc="Variables and their values; see <https://book.rizin.re/src/configuration/initial_scripts.html>.",
    )
    extraConfig = option(
        t.lines,
        default="",
        example="e asm.bytes=true\ne asm.bytes.space=true\nb 0x100\n",
        doc="Commands that are run after those.",
    )

    @config_file(
        lambda self: f"{self['xdg.configHome']}/rizin/rizinrc" if self["xdg.enable"] else ".rizinrc",
        below="home.file",
        when=(settings, extraConfig),
    )
    def file(self):
        values = (f"e {name}={formats.plain.to_string(value)}" for name, value in sorted(self.settings.items()))
        return "\n".join(["# settings", "\n".join(values), "# extraConfig", self.extraConfig, ""])
