from home_manager.authoring import *

STONE = "/System/Library/Desktop Pictures/Solid Colors/Stone.png"


class Picture(Options):
    """The picture."""

    freeform = t.attrs_of(t.anything)

    picture = option(
        t.null_or(t.either(t.path, t.str_matching("^http(s)?://.*$"))),
        default=None,
        example=STONE,
        doc="The file of the picture, or where it is fetched from.",
    )
    sha256 = option(
        t.null_or(t.str_matching("^[a-f0-9]{64}$")),
        default=None,
        example="e1e594dec9343b721005a6bf06c48e0aac34ac9a77090e42b543bae9e1e0354a",
        doc="The checksum of the picture; one with another checksum is not shown.",
    )
    color = option(
        t.str_matching("[0-9a-fA-F]{6}"), default="000000", example="2E2E2E", doc="The colour around the picture."
    )
    scale = option(
        t.enum("fill", "stretch", "center", "fit"), default="fill", example="fit", doc="How the picture is fitted."
    )
    setOnlyOnce = option(
        t.bool,
        default=False,
        example=True,
        doc="Whether the picture stays what the user made it afterwards, until another one is wanted here.",
    )


class Desktoppr(Program):
    """desktoppr, which sets the picture of the desktop of macOS"""

    platforms = ("darwin",)

    package = Package("desktoppr", install=False)
    settings = option(t.submodule(Picture), default={}, example={"picture": STONE}, doc="The settings of desktoppr.")

    @defines("targets.darwin.defaults")
    def preferences(self):
        return {"desktoppr": dict(self.settings)}

    @activation_step("desktoppr", after="setDarwinDefaults")
    def shown(self):
        code = f'verboseEcho "The picture of the desktop"\nrun {formats.shell.quote(exe(self.package))} manage\n'
        return code
