from home_manager.authoring import *


def setting(value) -> str:
    """A value as btop writes it."""
    if isinstance(value, bool):
        return str(value)
    return f'"{value}"' if isinstance(value, str) else str(formats.plain.to_string(value))


class Btop(Program):
    """btop, a monitor of the system's resources"""

    package = Package("btop", nullable=True)
    settings = option(
        t.attrs_of(t.one_of(t.bool, t.float, t.int, t.str)),
        default={},
        example={"color_theme": "Default", "theme_background": False},
        doc="The settings of btop, see <https://github.com/aristocratos/btop#configurability>.",
    )
    themes = Files(
        "btop/themes/{name}.theme",
        lazy=True,
        example={"my-theme": 'theme[main_bg]="#282a36"\ntheme[main_fg]="#f8f8f2"\n'},
        doc="Themes by name: texts, or files.",
    )
    extraConfig = option(t.lines, default="", doc="Further lines of `btop.conf`, where there are settings.")

    @config_file("btop/btop.conf", when=settings)
    def configuration(self) -> str:
        lines = [f"{name} = {setting(value)}\n" for name, value in sorted(self.settings.items())]
        return f"{''.join(lines)}\n{self.extraConfig}\n"
