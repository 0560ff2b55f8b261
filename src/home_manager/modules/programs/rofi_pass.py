from home_manager.authoring import *


class RofiPass(Program):
    """rofi integration with password-store"""

    namespace = "programs.rofi.pass"

    package = Package("rofi-pass", nullable=True, example="pkgs.rofi-pass-wayland")
    stores = option(t.list_of(t.str), default=[], doc="The directories of the password stores.")
    extraConfig = option(
        t.lines,
        default="",
        example="URL_field='url'\nUSERNAME_field='user'\nAUTOTYPE_field='autotype'\n",
        doc="Further lines, see <https://github.com/carnager/rofi-pass/blob/master/config.example>.",
    )

    @config_file("rofi-pass/config")
    def file(self):
        lines = [f"root={':'.join(self.stores)}"] if self.stores else []
        return "".join(f"{line}\n" for line in [*lines, self.extraConfig] if line)
