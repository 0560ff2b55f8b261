from home_manager.authoring import *

LOADED = "share/emacs/site-lisp"
"""Where a package has the code that Emacs loads."""


class Emacs(Program):
    """Emacs"""

    package = Package("emacs", example="pkgs.emacs25-nox", install=False)
    extraConfig = option(
        t.lines,
        default="",
        example="(setq standard-indent 2)\n",
        doc="Lisp for the library `default`, which Emacs loads after the user's own file, so that this stays free for others. "
        "Emacs ignores `inhibit-startup-message` there.",
    )
    extraPackages = option(
        t.selector_function,
        default=function("extraPackages", lambda _: []),
        default_text='"epkgs: []"',
        example=literal("epkgs: [ epkgs.emms epkgs.magit ]"),
        doc="Chooses packages for Emacs from their set, `pkgs.emacsPackages`.",
    )
    overrides = option(
        t.overlay_function,
        default=function("overrides", lambda _self, _super: {}, 2),
        default_text='"self: super: {}"',
        example=literal("self: super: {\n  haskell-mode = self.melpaPackages.haskell-mode;\n}\n"),
        doc="Changes the set that packages are chosen from.",
    )
    finalPackage = option(
        t.package, read_only=True, visible=False, doc="Emacs together with the packages and the configuration."
    )

    def _with_packages(self):
        packages = self._made(self.pkgs["emacsPackages"]["overrideScope"], self.overrides)
        chosen = self._made(self.extraPackages, packages)
        return self._made(self.package["withPackages"], chosen) if chosen else self.package

    @defines(".finalPackage")
    def complete(self):
        package = self._with_packages()
        if not self.extraConfig:
            return package
        # The empty entry at the end of the path stands for the directories that Emacs knows by itself.
        wrap = f'wrapProgram "$program" --prefix EMACSLOADPATH : "$out/{LOADED}:"'
        made = {
            "name": "emacs-with-packages",
            "paths": [package, self._made("writeTextDir", f"{LOADED}/default.el", self.extraConfig)],
            "nativeBuildInputs": [self.pkgs["makeWrapper"]],
            "postBuild": f'for program in "$out"/bin/{exe(package).rpartition("/")[2]}; do\n  {wrap}\ndone\n',
            "meta": {"mainProgram": "emacs"},
            "passthru": {"version": package["version"]},
        }
        return self._made("symlinkJoin", made)

    @defines("home.packages")
    def installed(self):
        return [self.finalPackage]
