from home_manager.authoring import *


class Timidity(Program):
    """TiMidity++, which plays MIDI"""

    package = Package("timidity", install=False)
    finalPackage = option(t.package, read_only=True, doc="TiMidity++ with its configuration.")
    extraConfig = option(
        t.lines,
        default="",
        example=literal("''\n  soundfont ${pkgs.soundfont-fluid}/share/soundfonts/FluidR3_GM2-2.sf2\n''\n"),
        doc="The configuration.",
    )

    @defines(".finalPackage")
    def configured(self):
        file = self._made("writeText", "timidity.cfg", self.extraConfig)
        return self._wrapped(self.package, f"--add-flags '-c {file}'", program="timidity")

    @defines("home.packages")
    def installed(self):
        return [self.finalPackage]
