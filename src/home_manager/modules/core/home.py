"""`home`: whose home it is, where it lies, and what is installed into it."""

from home_manager.authoring import *

RELEASE = "26.11"
"""The release of the original whose options and defaults these modules have."""

STATE_VERSIONS = [
    "18.09",
    "19.03",
    "19.09",
    "20.03",
    "20.09",
    "21.03",
    "21.05",
    "21.11",
    "22.05",
    "22.11",
    "23.05",
    "23.11",
    "24.05",
    "24.11",
    "25.05",
    "25.11",
    "26.05",
    "26.11",
]


class Version(Options):
    """The version of the modules."""

    release = option(
        t.str, default=RELEASE, read_only=True, internal=True, example="22.11", doc="The release of the modules."
    )
    isReleaseBranch = option(
        t.bool, default=False, read_only=True, internal=True, doc="Whether the modules are those of a release."
    )
    revision = option(
        t.null_or(t.str), default=None, internal=True, doc="The revision that the modules were built from."
    )
    full = option(
        t.str,
        default=lambda self: self.release + (f"+{self.revision[:8]}" if self.revision is not None else ""),
        read_only=True,
        internal=True,
        example="22.11+213a0629",
        doc="The release with the revision.",
    )


class Home(Module):
    """The home"""

    namespace = "home"

    username = option(
        t.non_empty_str,
        default_text="$USER for a state version before 20.09, else undefined",
        example="jane.doe",
        doc="The name of the user whose home this is.",
    )
    uid = option(
        t.null_or(t.unsigned), default=None, example=1000, doc="The number of the user, checked when switching."
    )
    homeDirectory = option(
        t.path,
        default_text="$HOME for a state version before 20.09, else undefined",
        apply=str,
        example="/home/jane.doe",
        doc="The home directory, as an absolute path.",
    )
    profileDirectory = option(
        t.path,
        default=lambda self: self._profile_directory(),
        default_text='"${home.homeDirectory}/.nix-profile"',
        read_only=True,
        doc="The directory through which the installed packages are found.",
    )
    stateVersion = option(
        t.enum(*STATE_VERSIONS),
        doc="The release whose defaults are in effect where a later one changed them incompatibly. "
        "Keep the value that the configuration was begun with; raising it may ask for moving files by hand.",
    )
    version = group(Version)
    packages = option(t.list_of(t.package), default=[], doc="The packages of the user.")
    extraOutputsToInstall = option(
        t.list_of(t.str),
        default=[],
        example=["doc", "info", "devdoc"],
        doc="Further outputs of the packages to install.",
    )
    extraDependencies = option(
        t.list_of(t.path_in_store), default=[], doc="Store paths that the generation keeps without showing them."
    )
    checks = option(
        t.list_of(t.package),
        default=[],
        doc="Packages that must build for the home to be built, without becoming part of it.",
    )
    path = option(
        t.unspecified,
        internal=True,
        doc="The tree of everything that the packages install.",
    )
    activationPackage = option(t.package, internal=True, doc="The generation with its activation script.")
    extraBuilderCommands = option(
        t.lines, default="", internal=True, doc="Shell commands for the build of the generation, whose path is `$out`."
    )
    extraProfileCommands = option(
        t.lines,
        default="",
        internal=True,
        doc="Shell commands for the build of the tree of packages, whose path is `$out`.",
    )
    enableNixpkgsReleaseCheck = option(
        t.bool, default=True, doc="Whether to warn when the package set belongs to another release than the modules."
    )
    enableDebugInfo = option(
        t.bool, default=False, example=True, doc="Whether to install the symbols for debuggers that packages come with."
    )
    preferXdgDirectories = option(
        t.bool, default=False, example=True, doc="Whether programs shall use the XDG directories wherever they can."
    )

    def _profile_directory(self) -> str:
        if self["submoduleSupport.enable"] and self["submoduleSupport.externalPackageInstall"]:
            return f"/etc/profiles/per-user/{self.username}"
        if self["nix.useXdg"]:
            return f"{self['xdg.stateHome']}/nix/profile"
        return f"{self.homeDirectory}/.nix-profile"

    @defines(".extraOutputsToInstall", when=enableDebugInfo)
    def debug_output(self):
        return ["debug"]

    @defines(".sessionSearchVariables", when=enableDebugInfo)
    def debug_directories(self):
        return {"NIX_DEBUG_INFO_DIRS": [f"{self.profileDirectory}/lib/debug"]}
