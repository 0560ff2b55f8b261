from home_manager.authoring import *


class Yofi(Program):
    """yofi"""

    platforms = ("linux",)

    package = Package("yofi", nullable=True)
    settings = Settings(
        formats.toml,
        file="yofi/yofi.config",
        example={"width": 400, "corner_radius": "0", "input_text": {"font_color": "0xf8f8f2ff"}},
        doc="The settings, see <https://github.com/l4l/yofi/wiki/Configuration#main-configuration>.",
    )
    blacklist = option(
        t.list_of(t.str), default=[], example=["firefox", "cups", "nvim"], doc="Desktop entries that are left out."
    )

    @config_file("yofi/blacklist", when=blacklist)
    def ignored(self):
        return "\n".join(f"{name}.desktop" for name in self.blacklist)
