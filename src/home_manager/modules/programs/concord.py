from home_manager.authoring import *


class Values(Options):
    """Values of a file"""

    freeform = t.toml


def values(file, doc, **more):
    return Settings(formats.toml, type=t.submodule(Values), file=f"concord/{file}.toml", doc=doc, **more)


class Concord(Program):
    """Concord, Discord in the terminal"""

    package = Package("concord-tui", nullable=True)
    settings = values("config", "The settings of Concord, see <https://github.com/chojs23/concord#configuration>.")
    keymapSettings = values("keymap", "What keys do.", render=lambda self, keys: formats.toml.render({"keymap": keys}))
    themeSettings = values("theme", "The colours.")
