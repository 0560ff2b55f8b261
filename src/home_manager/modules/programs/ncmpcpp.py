from home_manager.authoring import *


class Binding(Options):
    """A binding"""

    key = option(t.str, example="j", doc="The key.")
    command = option(
        t.either(t.str, t.list_of(t.str)),
        example="scroll_down",
        doc="The command, or several that run one after the other.",
    )


def value_text(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


class Ncmpcpp(Program):
    """ncmpcpp, a client for the Music Player Daemon"""

    package = Package("ncmpcpp", example="pkgs.ncmpcpp.override { visualizerSupport = true; }")
    mpdMusicDir = option(
        t.null_or(t.coerced_to(t.path, str, t.str)),
        default=lambda self: (
            self["services.mpd.musicDirectory"] if self._is_on("linux") and self["services.mpd.enable"] else None
        ),
        default_text=(
            "if pkgs.stdenv.hostPlatform.isLinux && config.services.mpd.enable then\n"
            "  config.services.mpd.musicDirectory\nelse\n  null\n"
        ),
        example="~/music",
        doc="Where the music lies, as `mpd_music_dir`; that of `services.mpd` where that is enabled.",
    )
    settings = option(
        t.attrs_of(t.one_of(t.bool, t.int, t.str)),
        default={},
        example={"ncmpcpp_directory": "~/.local/share/ncmpcpp"},
        doc="Settings by name, see {manpage}`ncmpcpp(1)`.",
    )
    bindings = option(
        t.list_of(t.submodule(Binding)),
        default=[],
        example=[
            {"command": "scroll_down", "key": "j"},
            {"command": "scroll_up", "key": "k"},
            {"command": ["select_item", "scroll_down"], "key": "J"},
            {"command": ["select_item", "scroll_up"], "key": "K"},
        ],
        doc="Bindings of keys.",
    )

    def _all_settings(self):
        return dict(self.settings) | ({} if self.mpdMusicDir is None else {"mpd_music_dir": self.mpdMusicDir})

    @config_file("ncmpcpp/config", when=lambda self: self._all_settings())
    def config(self):
        return "".join(f"{name}={value_text(value)}\n" for name, value in sorted(self._all_settings().items()))

    @config_file("ncmpcpp/bindings", when=bindings)
    def keys(self):
        def lines(binding):
            commands = [binding.command] if isinstance(binding.command, str) else binding.command
            return "\n  ".join([f'def_key "{binding.key}"', *commands]) + "\n"

        return "".join(map(lines, self.bindings))

    @warn
    def overridden(self):
        if "mpd_music_dir" in self.settings and self.mpdMusicDir is not None:
            yield ("programs.ncmpcpp.settings.mpd_music_dir will be overridden by programs.ncmpcpp.mpdMusicDir.")
