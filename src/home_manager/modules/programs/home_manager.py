from home_manager.authoring import *


class HomeManager(Program):
    """Home Manager"""

    path = option(
        t.null_or(t.str),
        default=None,
        example="$HOME/devel/home-manager",
        doc="Where the sources of the modules lie, for a `home-manager` that looks for them; this one brings its own.",
    )
    package = option(
        t.package,
        default=lambda self: self.pkgs["home-manager"],
        default_text="pkgs.callPackage ../../home-manager { inherit (config.programs.home-manager) path; };\n",
        read_only=True,
        doc="The package with the command `home-manager`.",
    )

    @defines("home.packages")
    def installed(self):
        # As a part of a whole machine's configuration, that one is in charge of switching.
        return None if self["submoduleSupport.enable"] else [self.package]
