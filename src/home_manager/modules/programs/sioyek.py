from home_manager.authoring import *

COMMANDS = ["toggle_visual_scroll", "toggle_dark_mode"]


def render(self, values):
    return formats.keyvalue.render(
        values, mk_key_value=lambda name, value: f"{name} {value}", lists_as_duplicate_keys=True
    )


class Preferences(Options):
    """The preferences."""

    freeform = t.attrs_of(t.str)
    startup_commands = option(
        t.either(t.str, t.list_of(t.str)), default=[], example=COMMANDS, doc="Commands that are run at the start."
    )


class Sioyek(Program):
    """Sioyek, a viewer of papers and books in PDF"""

    package = Package("sioyek")
    bindings = Settings(
        None,
        type=t.attrs_of(t.either(t.str, t.list_of(t.str))),
        file="sioyek/keys_user.config",
        render=render,
        example={
            "move_up": "k",
            "move_down": "j",
            "move_left": "h",
            "move_right": "l",
            "screen_down": ["d", "<C-d>"],
            "screen_up": ["u", "<C-u>"],
        },
        doc="Commands and their keys; see <https://github.com/ahrm/sioyek/blob/main/pdf_viewer/keys.config>.",
    )
    config = option(
        t.submodule(Preferences),
        default={},
        example={
            "background_color": "1.0 1.0 1.0",
            "text_highlight_color": "1.0 0.0 0.0",
            "startup_commands": COMMANDS,
        },
        doc="The preferences; see <https://github.com/ahrm/sioyek/blob/main/pdf_viewer/prefs.config>.",
    )

    @warn
    def commands_are_a_list(self):
        if isinstance(self.config.startup_commands, str):
            yield "`programs.sioyek.config.startup_commands` should now be a list of strings instead of a string."

    @config_file("sioyek/prefs_user.config")
    def preferences(self):
        commands = self.config.startup_commands
        joined = {"startup_commands": ";".join(commands)} if isinstance(commands, list) and commands else {}
        return render(self, {**self.config, **joined})
