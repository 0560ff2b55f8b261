from home_manager.authoring import *


class ScriptDirectory(Program):
    """script-directory, commands that are a tree of scripts"""

    package = Package("script-directory")
    settings = option(
        t.attrs_of(t.str),
        default={},
        example=literal(
            '{\n  SD_ROOT = "${config.home.homeDirectory}/.sd";\n  SD_EDITOR = "nvim";\n  SD_CAT = "lolcat";\n}\n'
        ),
        doc="Variables of script-directory, see <https://github.com/ianthehenry/sd#options>.",
    )
    variables = Variables(lambda self: self.settings)
