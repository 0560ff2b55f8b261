from home_manager.authoring import *


def value_text(value):
    return str(int(value)) if isinstance(value, bool) else str(value)


class Pqiv(Program):
    """pqiv, an image viewer"""

    platforms = ("linux",)
    package = Package("pqiv")
    settings = option(
        formats.ini.type,
        default={},
        example={"options": {"hide-info-box": True, "background-pattern": "black", "thumbnail-size": "256x256"}},
        doc="Settings of pqiv, see {manpage}`pqiv(1)`.",
    )
    extraConfig = option(
        t.lines,
        default="",
        example="[actions]\nset_cursor_auto_hide(1)\n\n[keybindings]\nt { montage_mode_enter() }\n",
        doc="Further lines: actions and bindings, see {manpage}`pqiv(1)`.",
    )

    @config_file("pqivrc", when=lambda self: self.settings or self.extraConfig)
    def file(self):
        settings = {s: {k: value_text(v) for k, v in each.items()} for s, each in self.settings.items()}
        return f"{formats.ini.render(settings, mk_key_value=formats.plain.key_value(' = '))}\n{self.extraConfig}\n"
