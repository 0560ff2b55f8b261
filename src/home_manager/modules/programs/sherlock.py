from home_manager.authoring import *

DOCS = "https://github.com/Skxxtz/sherlock/blob/main/docs"


def text(file, example, doc):
    return ExtraText(file=f"sherlock/{file}", example=example, doc=doc)


class Systemd(Options):
    """The service."""

    enable = option(t.bool, default=False, example=True, doc="Whether to enable sherlock as a daemon.")


class Sherlock(Program):
    """Sherlock, a launcher for Wayland"""

    platforms = ("linux",)

    package = Package("sherlock", default="sherlock-launcher", nullable=True)
    settings = Settings(
        formats.toml,
        file="sherlock/config.toml",
        example={"theme": "dark", "width": 500, "max_results": 8},
        doc=f"The settings, see <{DOCS}/config.md>.",
    )
    systemd = group(Systemd)
    aliases = Settings(
        formats.json,
        file="sherlock/sherlock_alias.json",
        default={},
        example={"NixOS Wiki": {"name": "NixOS Wiki", "icon": "nixos", "keywords": "nix wiki docs"}},
        doc=f"Other names and commands for entries, see <{DOCS}/aliases.md>.",
    )
    ignore = text(
        "sherlockignore",
        "hicolor-icon-theme.desktop\nuser-dirs.desktop\n",
        f"Desktop entries that are left out, see <{DOCS}/sherlockignore.md>.",
    )
    launchers = Settings(
        formats.json,
        file="sherlock/fallback.json",
        default=[],
        doc=f"What else is offered, see <{DOCS}/launchers.md>.",
    )
    style = text("main.css", "window {\n  background-color: #2E3440;\n}\n", "The style sheet.")
    unit = UserUnit(
        lambda self: f"{exe(self.package)} --daemonize",
        description="Sherlock - App Launcher",
        wanted_by="graphical-session.target",
        restart="on-failure",
        environment=["DISPLAY=:0"],
        restarts_with=("settings", "aliases", "launchers", "ignore", "style"),
        when=lambda self: self.systemd.enable,
    )
