"""`manual`: which forms of the reference of all options are installed."""

from home_manager.authoring import *

PAGE = """\
.TH HOME-CONFIGURATION.NIX 5 "" "Home Manager" "Configuration"
.SH NAME
home\\-configuration.nix \\- what a configuration of Home Manager can say
.SH DESCRIPTION
A configuration defines options. Their names, types and defaults are shown by
.B home\\-manager option
.IR NAME ,
which also tells what your configuration makes of them.
.SH SEE ALSO
.BR home\\-manager (1)
"""
"""The page that is installed: options are looked up with the program, which knows the configuration."""


class Html(Options):
    """The manual for browsers."""

    enable = option(
        t.bool, default=False, doc="Whether to install the manual as web pages, and a program that opens them."
    )


class Manpages(Options):
    """The manual for `man`."""

    enable = option(t.bool, default=True, example=False, doc="Whether to install the page `home-configuration.nix(5)`.")


class Json(Options):
    """The manual for programs."""

    enable = option(
        t.bool,
        default=False,
        example=True,
        doc="Whether to install the list of all options as `share/doc/home-manager/options.json`.",
    )


class Manual(Module):
    """The manual"""

    namespace = "manual"

    html = group(Html)
    manpages = group(Manpages)
    json = group(Json)

    @defines("home.packages", when=lambda self: self.manpages.enable)
    def page(self):
        return [
            self._made(
                "writeTextFile",
                {
                    "name": "home-configuration-reference-manpage",
                    "text": PAGE,
                    "destination": "/share/man/man5/home-configuration.nix.5",
                },
            )
        ]
