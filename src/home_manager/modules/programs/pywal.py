from home_manager.authoring import *

RESOURCES = {"$bg": 0, "$bg-alt": 14, "$fg": 15, "$fg-alt": 2, "$hl": 13}
"""The variables of i3, and the colours that they are."""
WINDOW = {"border": "$fg-alt", "background": "$bg", "text": "$fg", "indicator": "$fg-alt", "childBorder": "$fg-alt"}


class Pywal(Program):
    """pywal"""

    package = Package("pywal")

    @property
    def generated(self):
        """Where pywal writes what it makes."""
        return f"{self['xdg.cacheHome']}/wal"

    @defines("programs.zsh.initContent")
    def in_zsh(self):
        # In a shell of its own, so that nothing is said of a job.
        return f"(cat {self.generated}/sequences &)\n"

    @defines("programs.kitty.extraConfig")
    def in_kitty(self):
        return before(f"include {self.generated}/colors-kitty.conf\n")

    @defines("programs.rofi.theme")
    def in_rofi(self):
        return {"@import": f"{self.generated}/colors-rofi-dark.rasi"}

    @defines("programs.neovim.plugins")
    def in_neovim(self):
        return [{"plugin": self.pkgs["vimPlugins"]["pywal-nvim"], "type": "lua"}]

    @defines("xsession.windowManager.i3.extraConfig")
    def resources(self):
        return "".join(
            f"set_from_resource {name:<13} i3wm.color{number} #ff0000\n" for name, number in RESOURCES.items()
        )

    @defines("xsession.windowManager.i3.config")
    def in_i3(self):
        colors = dict.fromkeys(("focusedInactive", "unfocused", "urgent"), WINDOW)
        focused = {**WINDOW, "text": "$hl", "childBorder": "$hl"}
        return {"colors": {"focused": focused, **colors, "background": "$bg"}}
