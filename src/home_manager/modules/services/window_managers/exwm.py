from home_manager.authoring import *


class Exwm(Program):
    """exwm"""

    namespace = "xsession.windowManager.exwm"

    loadScript = option(
        t.lines,
        default="(require 'exwm)",
        example="(require 'exwm)\n(exwm-enable)\n",
        doc="Lisp that Emacs loads after the user's own file.",
    )
    package = Package("emacs", example='[ "emacs-gtk" ]', install=False)
    extraPackages = option(
        t.function_to(t.list_of(t.package)),
        default=function("extraPackages", lambda _: []),
        default_text="epkgs: []",
        example=literal("epkgs: [\n  epkgs.emms\n  epkgs.magit\n]\n"),
        doc="Chooses packages for Emacs from their set.",
    )

    def _emacs(self):
        packages = self.pkgs["emacsPackages"]
        chosen = [*computed(self._made(self.extraPackages, packages)), packages["exwm"]]
        return self._made(self.package["withPackages"], chosen)

    @defines("home.packages")
    def installed(self):
        return [self._emacs()]

    @defines("xsession.windowManager.command")
    def command(self):
        return f"{self._emacs()}/bin/emacs -l {self._made('writeText', 'emacs-exwm-load', self.loadScript)}\n"
