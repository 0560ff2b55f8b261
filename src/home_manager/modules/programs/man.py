"""`programs.man`: manual pages."""

from home_manager.authoring import *

DEFAULT_PACKAGE = """\
if pkgs.stdenv.hostPlatform.isDarwin && lib.versionAtLeast config.home.stateVersion "26.05" then
  null
else if cfg.man-db.enable then
  pkgs.man
else if cfg.mandoc.enable then
  pkgs.mandoc
else
  null;
"""


class ManDb(Options):
    """The viewer man-db."""

    enable = option(t.bool, default=True, example=True, doc="Whether to enable man-db as the man page viewer.")
    extraConfig = option(
        t.lines,
        default="",
        example="MANDATORY_MANPATH /usr/man\nSECTION 1 n l 8 3 0 2 3type 5 4 9 6 7\n",
        doc="Text for the end of the user's `~/.manpath`.",
    )


class Mandoc(Options):
    """The viewer mandoc."""

    enable = option(t.bool, default=False, example=True, doc="Whether to enable mandoc as the man page viewer.")


class Man(Program):
    """manual pages"""

    enable = option(
        t.bool,
        default=True,
        doc="Whether to install the program `man`, and the manual pages of all packages of the home.",
    )
    package = option(
        t.null_or(t.package),
        default=lambda self: self._viewer(),
        default_text=DEFAULT_PACKAGE,
        doc="The package with the program `man`; `null` installs none.",
    )
    generateCaches = option(
        t.bool,
        default=False,
        doc="Whether to make the index that `apropos` searches. It takes some seconds whenever packages change.",
    )
    man_db = group(ManDb, name="man-db")
    mandoc = group(Mandoc)
    renamed = (Renamed("extraConfig", "man-db.extraConfig"),)

    def _viewer(self):
        if self._is_on("darwin") and self._state_at_least("26.05"):
            return None
        if self.man_db.enable:
            return self.pkgs["man"]
        return self.pkgs["mandoc"] if self.mandoc.enable else None

    @defines("home.packages")
    def viewer(self):
        return None if self.package is None else [self.package]

    @defines("home.extraOutputsToInstall")
    def pages(self):
        return ["man"]

    @check
    def one_viewer(self):
        if self.mandoc.enable and self.man_db.enable:
            yield "man-db and mandoc can't be used as the man page viewer at the same time!"

    @warn
    def without_effect(self):
        if self.generateCaches and self.package is None:
            yield "programs.man.generateCaches has no effect when programs.man.package is null"
        if self.man_db.enable and self.man_db.extraConfig and not self.generateCaches:
            yield "programs.man.man-db.extraConfig has no effect when programs.man.generateCaches is false"

    @defines("home.file", when=lambda self: self.man_db.enable and self.generateCaches and self.package is not None)
    def index(self):
        pages = self._made(
            "buildEnv",
            {
                "name": "man-paths",
                "paths": self["home.packages"],
                "pathsToLink": ["/share/man"],
                "extraOutputsToInstall": ["man"],
                "ignoreCollisions": True,
            },
        )
        cache = self._made(
            "runCommandLocal",
            "man-cache",
            {"nativeBuildInputs": [self.package]},
            f'echo "MANDB_MAP {pages}/share/man $out" > man.conf\n'
            f"mandb -C man.conf --no-straycats --create {pages}/share/man\n",
        )
        extra = self.man_db.extraConfig
        text = f"MANDB_MAP {self['home.profileDirectory']}/share/man {cache}\n" + (f"\n{extra}" if extra else "")
        return {".manpath": {"text": text}}

    @defines(
        "home.extraProfileCommands",
        when=lambda self: self.mandoc.enable and self.generateCaches and self.package is not None,
    )
    def mandoc_index(self):
        return f'if [ -d "$out/share/man" ]; then\n  {exe(self.package, "makewhatis")} -T utf8 "$out/share/man"\nfi\n'

    @defines("xdg.dataFile", when=lambda self: self.mandoc.enable)
    def mandoc_pages(self):
        return {"mandoc/man": {"source": f"{self['home.path']}/share/man"}}

    @defines("home.sessionSearchVariables", when=lambda self: self.mandoc.enable)
    def mandoc_path(self):
        return {"MANPATH": before([f"{self['xdg.dataHome']}/mandoc/man"])}
