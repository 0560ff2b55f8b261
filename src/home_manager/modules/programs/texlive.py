from home_manager.authoring import *


class Texlive(Program):
    """TeX Live"""

    packageSet = option(
        t.unspecified,
        default=lambda self: self.pkgs["texlive"],
        default_text="pkgs.texlive",
        doc="The packages of TeX Live.",
    )
    extraPackages = option(
        t.unspecified,
        default=function(
            "extraPackages", lambda packages: {"collection-basic": computed(packages)["collection-basic"]}
        ),
        default_text='"tpkgs: { inherit (tpkgs) collection-basic; }"',
        example=literal("tpkgs: { inherit (tpkgs) collection-fontsrecommended algorithms; }"),
        doc="A function that chooses packages of the set.",
    )
    package = option(t.package, read_only=True, doc="TeX Live with the chosen packages.")

    def _chosen(self, packages):
        return computed(self._made(self.extraPackages, packages))

    @check
    def something_chosen(self):
        if not self._chosen(self.packageSet):
            yield "Must provide at least one extra package in 'programs.texlive.extraPackages'."

    @defines(".package")
    def combined(self):
        chosen = function("chosen", lambda packages: [package for _, package in sorted(self._chosen(packages).items())])
        return self._made(self.packageSet["withPackages"], chosen)

    @defines("home.packages")
    def installed(self):
        return [self.package]
