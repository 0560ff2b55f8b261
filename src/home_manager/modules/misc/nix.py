"""`nix`: the user's settings of Nix."""

from collections.abc import Iterator

from home_manager.authoring import *
from home_manager.modules.core.nix_directories import SETTING

KEPT = ("lastModified", "narHash", "rev", "revCount")
"""What a flake says about itself that belongs into the registry."""

VALUE = t.described(
    t.null_or(t.one_of(t.bool, t.int, t.float, t.str, t.path, t.package)),
    "Nix config atom (null, bool, int, float, str, path or package)",
)

REFERENCE = t.attrs_of(t.one_of(t.str, t.int, t.bool, t.package))


class Registered(Options):
    """An entry of the registry of flakes."""

    from_ = option(
        REFERENCE, name="from", example={"type": "indirect", "id": "nixpkgs"}, doc="The reference that is replaced."
    )
    to = option(
        REFERENCE,
        example={"type": "github", "owner": "my-org", "repo": "my-nixpkgs"},
        doc="The reference that takes its place.",
    )
    flake = option(
        t.null_or(t.attrs), default=None, doc="A flake, given as a value, that takes the place of the reference."
    )
    exact = option(
        t.bool,
        default=True,
        doc="Whether only the reference itself is replaced, or also those that add a branch or revision to it.",
    )

    @defines(".from")
    def own_name(self):
        return default({"type": "indirect", "id": self._name})

    @defines(".to", when=lambda self: self.flake is not None)
    def flake_itself(self):
        kept = {name: self.flake[name] for name in KEPT if name in self.flake}
        return {"type": "path", "path": self.flake["outPath"], **kept}


class Freeform(Options):
    """The settings of Nix."""

    freeform = t.attrs_of(t.either(VALUE, t.list_of(VALUE)))


class Nix(Module):
    """Nix"""

    namespace = "nix"
    by_mention = True

    enable = option(t.bool, default=True, visible=False, example=True, doc="Whether to enable the settings of Nix.")
    package = option(
        t.null_or(t.package),
        default=None,
        doc="The Nix that the settings are for; making `nix.conf` needs to know its version.",
    )
    nixPath = option(
        t.list_of(t.str),
        default=[],
        example=["$HOME/.nix-defexpr/channels", "darwin-config=$HOME/.config/nixpkgs/darwin-configuration.nix"],
        doc="Directories to put before `NIX_PATH`, in which Nix looks for paths in angle brackets.",
    )
    keepOldNixPath = option(
        t.bool,
        default=True,
        example=False,
        doc="Whether what `NIX_PATH` held before stays in it, behind `nix.nixPath`.",
    )
    channels = option(
        t.attrs_of(t.package),
        default={},
        doc="Directories that can be used like channels, by name; they go before real channels.",
    )
    registry = option(t.attrs_of(t.submodule(Registered)), default={}, doc="The user's registry of flakes.")
    registryVersion = option(t.int, default=2, internal=True, doc="The version of the format of the registry.")
    checkConfig = option(
        t.bool, default=True, doc="Whether Nix shall find no error in the settings for a build to succeed."
    )
    assumeXdg = option(
        t.bool,
        default=False,
        doc=f"Whether Nix keeps its profiles in the XDG directories by a setting that is not made here; "
        f"otherwise define `nix.settings.{SETTING}`.",
    )
    extraOptions = option(
        t.lines,
        default="",
        example="keep-outputs = true\nkeep-derivations = true\n",
        doc="Text for the end of `nix.conf`.",
    )
    settings = option(
        t.submodule(Freeform),
        default={},
        example={"sandbox": True, "show-trace": True, "system-features": ["big-parallel", "kvm", "recursive-nix"]},
        doc="The settings in `nix.conf`, see {manpage}`nix.conf(5)`.",
    )

    def _expressions(self) -> str:
        """The directory of channels."""
        return (
            f"{self['xdg.stateHome']}/nix/defexpr"
            if self["nix.useXdg"]
            else f"{self['home.homeDirectory']}/.nix-defexpr"
        )

    @check
    def one_place(self) -> Iterator[str]:
        if not self.enable:
            return
        if self.assumeXdg and SETTING in self.settings:
            yield f"`nix.assumeXdg` should not be set if `nix.settings.{SETTING}` is.\n"
        if (self.settings or self.extraOptions) and self.package is None:
            yield "A corresponding Nix package must be specified via `nix.package` for generating\nnix.conf.\n"

    @defines("home.sessionVariables", when=lambda self: self.enable and self.nixPath)
    def search_path(self):
        return {"NIX_PATH": ":".join(self.nixPath) + ("${NIX_PATH:+:$NIX_PATH}" if self.keepOldNixPath else "")}

    @defines(".nixPath", when=lambda self: self.enable and self.channels)
    def channels_are_searched(self):
        return [f"{self._expressions()}/50-home-manager"]

    @defines("home.file", when=lambda self: self.enable and self.channels)
    def channels_file(self):
        links = [{"name": name, "path": str(package)} for name, package in sorted(self.channels.items())]
        return {f"{self._expressions()}/50-home-manager": {"source": self._made("linkFarm", "channels", links)}}

    @defines("xdg.configFile", when=lambda self: self.enable and self.registry)
    def registry_file(self):
        flakes = [
            {"from": each["from"], "to": each.to, "exact": each.exact} for _, each in sorted(self.registry.items())
        ]
        text = formats.json.render({"version": self.registryVersion, "flakes": flakes})
        return {"nix/registry.json": {"source": self._made("writeText", "registry.json", text)}}

    @defines("xdg.configFile", when=lambda self: self.enable and (self.settings or self.extraOptions))
    def settings_file(self):
        spec = {"name": "nix.conf", "text": self._settings_text()}
        return {"nix/nix.conf": {"source": self._made("writeTextFile", spec)}}

    def _settings_text(self) -> str:
        lines = [f"{escaped(name)} = {shown(value)}" for name, value in sorted(self.settings.items())]
        return (
            "# WARNING: this file is generated from the nix.settings option in\n"
            "# your Home Manager configuration at $XDG_CONFIG_HOME/nix/nix.conf.\n"
            "# Do not edit it!\n" + "\n".join(lines) + f"\n{self.extraOptions}\n"
        )


def escaped(name: str) -> str:
    return name.replace("=", "\\=")


def shown(value) -> str:
    """A value as `nix.conf` has it: lists are separated by blanks."""
    if isinstance(value, list):
        return " ".join(in_list(each) for each in value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def in_list(value) -> str:
    """An element, as the language makes texts of values: `true` is `1`, `false` and `null` are empty."""
    if value is None or value is False:
        return ""
    return "1" if value is True else str(value)
