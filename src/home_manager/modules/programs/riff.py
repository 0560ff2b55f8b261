from home_manager.authoring import *
from home_manager.modules.programs._differ import _Differ, pager


class Riff(_Differ):
    """riff, which marks what changed within lines"""

    program = "riff"

    package = Package("riffdiff")
    commandLineOptions = option(
        t.list_of(t.str),
        default=[],
        example=["--no-adds-only-special"],
        apply=lambda words: " ".join(words),
        doc="Options of every run of riff, as the variable `RIFF` holds them.",
    )
    variables = Variables(RIFF=lambda self: self.commandLineOptions, when=commandLineOptions)
    renamed = (
        Renamed("/programs.git.riff.enable", "enable"),
        Renamed("/programs.git.riff.package", "package"),
        Renamed("/programs.git.riff.commandLineOptions", "commandLineOptions"),
    )

    @defines("programs.git.iniContent", when="enableGitIntegration")
    def in_git(self):
        # By its name alone: git finds it where it is installed.
        name = exe(self.package).rpartition("/")[2]
        return {"pager": pager(name), "interactive": {"diffFilter": f"{name} --color=on"}}
