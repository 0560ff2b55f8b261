from home_manager.authoring import *
from home_manager.modules import _graphical


class Wayle(Service):
    """wayle shell"""

    package = Package("wayle")
    autoInstallDependencies = option(
        t.bool, default=True, example=False, doc="Whether programs that the settings name are installed, too."
    )
    settings = Settings(
        formats.toml,
        file="wayle/config.toml",
        example={
            "styling": {"theme-provider": "wayle", "palette": {"bg": "#16161e"}},
            "bar": {"location": "top", "layout": [{"monitor": "*", "left": ["clock"]}]},
        },
        doc="The settings of wayle.",
    )

    @defines("home.packages", when=autoInstallDependencies)
    def theme_provider(self):
        provider = self.settings.get("styling", {}).get("theme-provider")
        return [self.pkgs[provider]] if provider in ("matugen", "wallust", "pywal") else None

    @defines("services.awww.enable", when=autoInstallDependencies)
    def wallpapers(self):
        return default(True) if self.settings.get("wallpaper", {}).get("engine-enabled") is True else None

    unit = _graphical.session_unit(
        lambda self: f"{exe(self.package, 'wayle')} shell",
        description="Wayland Elements - A compositor agnostic shell with extensive customization\n",
        restart="on-failure",
        unit={"Documentation": "https://github.com/wayle-rs/wayle"},
    )
