"""`home.packageProvider`: where packages come from. These options are our own; the original knows Nix alone."""

from home_manager.authoring import *


class Debian(Options):
    """Packages of Debian."""

    suite = option(
        t.str,
        default="stable",
        example="testing",
        doc="The suite of Debian that packages are taken from. `--debian-suite` goes first.",
    )
    archive = option(
        t.str,
        default="",
        example="https://ftp.debian.org/debian",
        doc="The archive that packages are taken from; empty means the one that this machine's apt uses, else the project's own "
        "choice. `--debian-archive` goes first.",
    )


class PackageProvider(Module):
    """The source of packages"""

    namespace = "home.packageProvider"

    name = option(
        t.enum("auto", "debian"),
        default="auto",
        doc="Where packages come from: `debian` unpacks those of a Debian archive into the store; `auto` takes what the machine "
        "can use. `--provider` goes first.",
    )
    debian = group(Debian)
