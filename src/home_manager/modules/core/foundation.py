"""What every configuration can use without naming a module: assertions, warnings, `lib`, `meta`."""

from home_manager.authoring import *


class Foundation(Module):
    """Foundation"""

    namespace = ""

    assertions = option(
        t.list_of(t.unspecified),
        default=[],
        internal=True,
        example=[{"assertion": False, "message": "you can't enable this for that reason"}],
        doc="Conditions that must hold, each with the message that is shown where it does not. Any failure stops the build.",
    )
    warnings = option(
        t.list_of(t.str),
        default=[],
        internal=True,
        example=["The `foo' service is deprecated and will go away soon!"],
        doc="What the user should know; the build goes on.",
    )
    lib = option(t.attrs_of(t.attrs), default={}, doc="Functions and constants that modules offer to others.")
    uninstall = option(
        t.bool,
        default=False,
        doc="Whether this configuration exists to remove everything: a switch to it takes away all files and packages, and "
        "every earlier generation with them.",
    )


class Meta(Module):
    """Meta"""

    namespace = "meta"

    maintainers = option(t.list_of(t.raw), default=[], internal=True, doc="Who looks after the module.")
    doc = option(t.path, internal=True, doc="A text about the module.")
    buildDocsInSandbox = option(
        t.bool, default=True, internal=True, doc="Whether documentation is built apart from the rest."
    )


class Submodule(Module):
    """Use as a part of NixOS or nix-darwin"""

    namespace = "submoduleSupport"

    enable = option(
        t.bool, default=False, internal=True, doc="Whether the configuration is a part of one for a whole machine."
    )
    externalPackageInstall = option(
        t.bool, default=False, internal=True, doc="Whether the machine's configuration installs the packages."
    )


class Nixpkgs(Module):
    """The package set"""

    namespace = "nixpkgs"

    config = option(
        t.null_or(t.described(t.attrs, "nixpkgs config")),
        default=None,
        example={"allowBroken": True},
        doc="The configuration of the package set; with `null`, that of the caller.",
    )
    overlays = option(
        t.null_or(t.list_of(t.described(t.overlay_function, "nixpkgs overlay"))),
        default=None,
        doc="Functions that change the package set: each is given the final set and the one before it.",
    )
    system = option(t.str, internal=True, example="i686-linux", doc="The platform of the packages.")
