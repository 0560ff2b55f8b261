from home_manager.authoring import *

EXAMPLE = {
    "name": "default2",
    "palette": {
        "black": "black",
        "red": "red",
        "green": "green",
        "yellow": "yellow",
        "blue": "blue",
        "magenta": "magenta",
        "cyan": "cyan",
        "white": "white",
        "bright_black": "bright_black",
        "bright_red": "bright_red",
        "bright_green": "bright_green",
        "bright_yellow": "bright_yellow",
        "bright_blue": "bright_blue",
        "bright_magenta": "bright_magenta",
        "bright_cyan": "bright_cyan",
        "bright_white": "bright_white",
    },
    "component_style": {
        "block_title": {"fg": "Magenta"},
        "border": {},
        "playback_track": {"fg": "Cyan", "modifiers": ["Bold"]},
        "playback_artists": {"fg": "Cyan", "modifiers": ["Bold"]},
        "playback_album": {"fg": "Yellow"},
        "playback_metadata": {"fg": "BrightBlack"},
        "playback_progress_bar": {"bg": "BrightBlack", "fg": "Green"},
        "current_playing": {"fg": "Green", "modifiers": ["Bold"]},
        "page_desc": {"fg": "Cyan", "modifiers": ["Bold"]},
        "table_header": {"fg": "Blue"},
        "selection": {"modifiers": ["Bold", "Reversed"]},
    },
}


class SpotifyPlayer(Program):
    """spotify-player, a client of Spotify for the terminal"""

    package = Package("spotify-player", nullable=True)
    settings = Settings(
        formats.toml,
        file="spotify-player/app.toml",
        example={
            "theme": "default",
            "playback_window_position": "Top",
            "copy_command": {"command": "wl-copy", "args": []},
            "device": {"audio_cache": False, "normalization": False},
        },
        doc="The settings; see <https://github.com/aome510/spotify-player/blob/master/docs/config.md#general>.",
    )
    themes = Settings(
        formats.toml,
        type=t.list_of(t.toml),
        default=[],
        file="spotify-player/theme.toml",
        render=lambda self, themes: formats.toml.render({"themes": themes}),
        example=[EXAMPLE],
        doc="Themes; see <https://github.com/aome510/spotify-player/blob/master/docs/config.md#themes>.",
    )
    keymaps = Settings(
        formats.toml,
        type=t.list_of(t.toml),
        default=[],
        file="spotify-player/keymap.toml",
        render=lambda self, keymaps: formats.toml.render({"keymaps": keymaps, "actions": self.actions}),
        when=lambda self: self.keymaps or self.actions,
        example=[
            {"command": "NextTrack", "key_sequence": "g n"},
            {"command": "PreviousTrack", "key_sequence": "g p"},
            {"command": "Search", "key_sequence": "C-c C-x /"},
            {"command": "ResumePause", "key_sequence": "M-enter"},
            {"command": "None", "key_sequence": "q"},
        ],
        doc="Keys and their commands; see "
        "<https://github.com/aome510/spotify-player/blob/master/docs/config.md#keymaps>.",
    )
    actions = option(
        t.list_of(t.toml),
        default=[],
        example=[
            {"action": "GoToArtist", "key_sequence": "g A"},
            {"action": "GoToAlbum", "key_sequence": "g B", "target": "PlayingTrack"},
            {"action": "ToggleLiked", "key_sequence": "C-l"},
        ],
        doc="Keys and their actions; see "
        "<https://github.com/aome510/spotify-player/blob/master/docs/config.md#actions>.",
    )
