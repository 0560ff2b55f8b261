from home_manager.authoring import *


class Waveterm(Program):
    """Wave, a terminal"""

    package = Package("waveterm", nullable=True)
    settings = Settings(
        formats.json,
        file="waveterm/settings.json",
        example={
            "app:dismissarchitecturewarning": False,
            "autoupdate:enabled": False,
            "term:fontsize": 12.0,
            "term:fontfamily": "JuliaMono",
            "term:theme": "my-custom-theme",
            "term:transparency": 0.5,
            "window:showhelp": False,
            "window:blur": True,
            "window:opacity": 0.5,
            "window:bgcolor": "#000000",
            "window:reducedmotion": True,
        },
        doc="The settings; see <https://docs.waveterm.dev/config#configuration-keys>.",
    )
    themes = Settings(
        formats.json,
        file="waveterm/termthemes.json",
        example={
            "default-dark": {
                "display:name": "Default Dark",
                "display:order": 1,
                "black": "#757575",
                "red": "#cc685c",
                "green": "#76c266",
                "yellow": "#cbca9b",
                "blue": "#85aacb",
                "magenta": "#cc72ca",
                "cyan": "#74a7cb",
                "white": "#c1c1c1",
                "brightBlack": "#727272",
                "brightRed": "#cc9d97",
                "brightGreen": "#a3dd97",
                "brightYellow": "#cbcaaa",
                "brightBlue": "#9ab6cb",
                "brightMagenta": "#cc8ecb",
                "brightCyan": "#b7b8cb",
                "brightWhite": "#f0f0f0",
                "gray": "#8b918a",
                "cmdtext": "#f0f0f0",
                "foreground": "#c1c1c1",
                "selectionBackground": "",
                "background": "#00000077",
                "cursorAccent": "",
            }
        },
        doc="Themes of the terminal by name; see <https://docs.waveterm.dev/config#terminal-theming>.",
    )
    bookmarks = Settings(
        formats.json,
        file="waveterm/bookmarks.json",
        # As the original: with settings, the file is there even where it is empty.
        when=lambda self: self.settings or self.bookmarks,
        example={
            "bookmark@google": {"url": "https://www.google.com", "title": "Google"},
            "bookmark@claude": {"url": "https://claude.ai", "title": "Claude"},
            "bookmark@github": {"url": "https://github.com", "title": "GitHub"},
        },
        doc="Bookmarks; see <https://docs.waveterm.dev/config#webbookmarks-configuration>.",
    )
