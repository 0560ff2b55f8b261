"""Where packages come from. These options are our own; the original knows Nix alone."""

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
    """The settings of providers"""

    namespace = "home.packageProvider"

    debian = group(Debian)


class PackageProviders(Module):
    """The providers of packages"""

    namespace = "home"

    packageProviders = option(
        t.attrs_of(t.coerced_to(t.str, lambda name: [name], t.list_of(t.str))),
        default={},
        example={"default": ["debian", "host"], "ripgrep": "host"},
        doc="Which providers are asked for a package, by its name below `pkgs`, in this order; `default` is for all others. "
        "`debian` unpacks packages of a Debian archive into the store, `host` takes programs that the machine has, and "
        "`auto` is our choice. `--provider` goes first.",
    )
