from home_manager.authoring import *


class Audio(Options):
    """The sound of a wallpaper."""

    silent = option(t.bool, default=False, doc="Whether it has no sound.")
    automute = option(t.bool, default=True, doc="Whether it is silent while another program is heard.")
    processing = option(t.bool, default=True, doc="Whether it reacts to what is heard.")


class Wallpaper(Options):
    """A wallpaper."""

    monitor = option(t.str, example="HDMI-A-1", doc="The output that shows it.")
    wallpaperId = option(t.str, example="3527223773", doc="Its number in the workshop of Steam, or its folder.")
    extraOptions = option(
        t.list_of(t.str), default=[], example=["--scaling fill", "--fps 12"], doc="Further arguments for it."
    )
    scaling = option(
        t.null_or(t.enum("stretch", "fit", "fill", "default")), default=None, doc="How it is fitted to the screen."
    )
    fps = option(t.null_or(t.int), default=None, doc="The most frames in a second.")
    audio = group(Audio)


def arguments(wallpaper):
    flags = {
        "screen-root": wallpaper.monitor,
        "scaling": wallpaper.scaling,
        "fps": wallpaper.fps,
        "silent": wallpaper.audio.silent,
        "noautomute": not wallpaper.audio.automute,
        "no-audio-processing": not wallpaper.audio.processing,
    }
    return [*formats.command_line.arguments(flags), *wallpaper.extraOptions, "--bg", wallpaper.wallpaperId]


class LinuxWallpaperengine(Service):
    """linux-wallpaperengine, which shows the wallpapers of Wallpaper Engine"""

    package = Package("linux-wallpaperengine")
    assetsPath = option(
        t.null_or(t.path),
        default=None,
        example=literal('"~/.local/share/Steam/steamapps/common/wallpaper_engine/assets"'),
        doc="Where Wallpaper Engine has what wallpapers share.",
    )
    clamping = option(
        t.null_or(t.enum("clamp", "border", "repeat")), default=None, doc="What is beyond the edges of a wallpaper."
    )
    wallpapers = option(t.list_of(t.submodule(Wallpaper)), default=[], doc="The wallpapers.")

    def _command(self):
        words = [exe(self.package)]
        words += [] if self.assetsPath is None else ["--assets-dir", self._in_text(self.assetsPath)]
        words += [] if self.clamping is None else ["--clamping", self.clamping]
        return " ".join([*words, *(word for each in self.wallpapers for word in arguments(each))])

    unit = UserUnit(
        _command,
        description="Implementation of Wallpaper Engine on Linux",
        target="graphical-session.target",
        restart="on-failure",
    )
