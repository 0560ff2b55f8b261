from home_manager.authoring import *


def settings_of(name, what):
    return Settings(
        formats.toml,
        file=f"joshuto/{name}.toml",
        doc=f"{what}; see <https://github.com/kamiyaa/joshuto/blob/main/docs/configuration/{name}.toml.md>.",
    )


class Joshuto(Program):
    """Joshuto, a file manager for the terminal"""

    package = Package("joshuto")
    settings = settings_of("joshuto", "The settings")
    keymap = settings_of("keymap", "The keys, in place of those that Joshuto has itself")
    mimetype = settings_of("mimetype", "Programs by type of file")
    theme = settings_of("theme", "The looks")
