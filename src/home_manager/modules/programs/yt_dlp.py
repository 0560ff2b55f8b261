from home_manager.authoring import *

ATOM = t.one_of(t.bool, t.int, t.str)


def flag(name, value):
    if isinstance(value, bool):
        return f"--{'' if value else 'no-'}{name}"
    return f"--{name} {value}"


class YtDlp(Program):
    """yt-dlp, a downloader of videos"""

    package = Package("yt-dlp")
    settings = option(
        t.attrs_of(t.either(ATOM, t.list_of(ATOM))),
        default={},
        example={
            "color": ["stdout:no_color", "stderr:always"],
            "downloader": "aria2c",
            "downloader-args": "aria2c:'-c -x8 -s8 -k1M'",
            "embed-subs": True,
            "embed-thumbnail": True,
            "sub-langs": "all",
        },
        doc="Options of every run by their long names, without the dashes; a list gives an option several times. "
        "Short options belong into `extraConfig`. See <https://github.com/yt-dlp/yt-dlp#configuration>.",
    )
    extraConfig = option(t.lines, default="", example="--update\n-F\n", doc="Lines after the settings.")

    @config_file("yt-dlp/config", when=(settings, extraConfig))
    def file(self):
        lines = [
            flag(name, each)
            for name, value in sorted(self.settings.items())
            for each in (value if isinstance(value, list) else [value])
        ]
        return "\n".join([*lines, *([self.extraConfig] if self.extraConfig else [])]) + "\n"
