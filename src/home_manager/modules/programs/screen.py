from home_manager.authoring import *


class Screen(Program):
    """GNU Screen, which holds terminals"""

    package = Package("screen", nullable=True)
    screenrc = ExtraText(
        file=".screenrc",
        below="home.file",
        type=t.null_or(t.either(t.path, t.lines)),
        default=None,
        when=lambda self: self.screenrc is not None,
        example="screen -t rtorrent rtorrent\nscreen -t irssi irssi\nscreen -t centerim centerim\n"
        "screen -t ncmpc ncmpc -c\n"
        + "".join(f"screen -t bash{number}\n" for number in range(4, 10))
        + "altscreen on\nterm screen-256color\nbind ',' prev\nbind '.' next\n",
        doc="The configuration, or a file of it; see <https://www.gnu.org/software/screen/manual/screen.html>.",
    )
