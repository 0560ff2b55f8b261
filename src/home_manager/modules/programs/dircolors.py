from home_manager.authoring import *

KINDS = {
    "RESET": "0",
    "DIR": "01;34",
    "LINK": "01;36",
    "MULTIHARDLINK": "00",
    "FIFO": "40;33",
    "SOCK": "01;35",
    "DOOR": "01;35",
    "BLK": "40;33;01",
    "CHR": "40;33;01",
    "ORPHAN": "40;31;01",
    "MISSING": "00",
    "SETUID": "37;41",
    "SETGID": "30;43",
    "CAPABILITY": "30;41",
    "STICKY_OTHER_WRITABLE": "30;42",
    "OTHER_WRITABLE": "34;42",
    "STICKY": "37;44",
    "EXEC": "01;32",
}
"""The colours of kinds of files, as `dircolors --print-database` has them."""

ENDINGS = {
    "01;31": (
        "tar tgz arc arj taz lha lz4 lzh lzma tlz txz tzo t7z zip z dz gz lrz lz lzo xz zst tzst bz2 bz tbz "
        "tbz2 tz deb rpm jar war ear sar rar alz ace zoo cpio 7z rz cab wim swm dwm esd"
    ),
    "01;35": (
        "jpg jpeg mjpg mjpeg gif bmp pbm pgm ppm tga xbm xpm tif tiff png svg svgz mng pcx mov mpg mpeg m2v "
        "mkv webm ogm mp4 m4v mp4v vob qt nuv wmv asf rm rmvb flc avi fli flv gl dl xcf xwd yuv cgm emf ogv "
        "ogx"
    ),
    "00;36": "aac au flac m4a mid midi mka mp3 mpc ogg ra wav oga opus spx xspf",
}
"""The endings of archives, pictures and films, and sounds, by their colour."""


class Dircolors(Program):
    """dircolors: the file `.dir_colors`, and `LS_COLORS` from it"""

    package = Package("dircolors", default="coreutils", install=False)
    shells = ShellIntegration(
        bash=lambda self: f"eval $({self._program()} -b {self._path()})\n",
        fish=lambda self: f"eval ({self._program()} -c {self._path()})\n",
        zsh=lambda self: f"eval $({self._program()} -b {self._path()})\n",
        nushell=lambda self: f"source {self._nushell_file()}\n",
        sinks={"fish": "programs.fish.shellInit", "nushell": "programs.nushell.extraEnv"},
        # In zsh before frameworks, which read the variable.
        order={"zsh": 550},
    )
    settings = option(
        t.attrs_of(t.str),
        default={},
        example={"OTHER_WRITABLE": "30;46", ".sh": "01;32", ".csh": "01;32"},
        doc="Colours by kind of file or ending, added to those of `dircolors --print-database`.",
    )
    extraConfig = option(t.lines, default="", doc="Further lines of `.dir_colors`.")

    def _program(self) -> str:
        return exe(self.package, "dircolors")

    def _path(self) -> str:
        return f"{self['xdg.configHome']}/dir_colors" if self["home.preferXdgDirectories"] else "~/.dir_colors"

    def _database(self):
        lines = [f"{name} {colour}\n" for name, colour in sorted(self.settings.items())]
        extra = f"\n{self.extraConfig}" if self.extraConfig else ""
        return self._made("writeText", "dir_colors", "".join(lines) + extra)

    def _nushell_file(self):
        # Nushell cannot read what dircolors writes for other shells.
        script = (
            f'eval "$({self._program()} -b {self._database()})"\n'
            'printf \'export-env { $env.LS_COLORS = "%s" }\\n\' "$LS_COLORS" > "$out"\n'
        )
        return self._made("runCommand", "dircolors.nu", {}, script)

    @defines(".settings")
    def usual(self):
        endings = {f".{ending}": colour for colour, endings in ENDINGS.items() for ending in endings.split()}
        return {name: default(colour) for name, colour in {**KINDS, **endings}.items()}

    @defines("home.file", when=lambda self: not self["home.preferXdgDirectories"])
    def in_home(self):
        return {".dir_colors": {"source": self._database()}}

    @defines("xdg.configFile", when=lambda self: self["home.preferXdgDirectories"])
    def in_configuration(self):
        return {"dir_colors": {"source": self._database()}}
