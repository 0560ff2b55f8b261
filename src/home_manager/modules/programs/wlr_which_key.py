from home_manager.authoring import *

MENU = '[ { key = "s"; desc = "Sleep"; cmd = "systemctl suspend"; } ]'


class WlrWhichKey(Program):
    """wlr-which-key, which shows keys, and what they do, while they are typed"""

    platforms = ("linux",)

    package = Package("wlr-which-key", nullable=True)
    settings = Settings(
        formats.yaml,
        file="wlr-which-key/config.yaml",
        default={},
        example=literal(f'{{\n  font = "JetBrainsMono Nerd Font 12";\n  anchor = "center";\n  menu = {MENU};\n}}\n'),
        doc="The settings, see <https://github.com/MaxVerevkin/wlr-which-key#configuration>.",
    )
    extraMenus = option(
        t.attrs_of(formats.yaml.type),
        default={},
        example=literal(f"{{\n  power.menu = {MENU};\n}}\n"),
        doc="Further menus: `wlr-which-key NAME.yaml` shows one.",
    )

    @check
    def no_menu_in_its_place(self):
        if "config" in self.extraMenus:
            yield (
                'programs.wlr-which-key.extraMenus."config" is reserved because it\ncollides with the main settings target '
                "(wlr-which-key/config.yaml).\nChoose a different name for this menu.\n"
            )

    @defines("xdg.configFile")
    def menus(self):
        return {
            f"wlr-which-key/{name}.yaml": {"text": formats.yaml.render(menu)} for name, menu in self.extraMenus.items()
        }
