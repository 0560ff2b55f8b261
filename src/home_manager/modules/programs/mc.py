from home_manager.authoring import *


def ini(file, example, replaces=False):
    rest = "It replaces the file of the system." if replaces else "What is left out is as the system has it."
    return Settings(
        formats.ini, file=f"mc/{file}", example=example, doc=f"Settings in {{file}}`$XDG_CONFIG_HOME/mc/{file}`. {rest}"
    )


class Mc(Program):
    """Midnight Commander, a file manager"""

    package = Package("mc", nullable=True)
    settings = ini("ini", {"Panels": {"show_dot_files": False}})
    keymapSettings = ini("mc.keymap", {"panel": {"Up": "up;ctrl-k"}})
    extensionSettings = ini("mc.ext.ini", {"EPUB": {"Open": "fbreader %f &", "Shell": ".epub"}}, replaces=True)
    panelsSettings = ini("panels.ini", {"Dirs": {"current_is_left": False, "other_dir": "/home"}})
    fileHighlightSettings = ini("filehighlight.ini", {"lua": {"extensions": "lua;luac"}}, replaces=True)
