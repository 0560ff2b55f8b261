from home_manager.authoring import *
from home_manager.modules.programs._vscode_family import _Editor, mutable_extensions

FORKS = {
    "vscodium": "vscodium",
    "code-cursor": "cursor",
    "windsurf": "windsurf",
    "kiro": "kiro",
    "antigravity": "antigravity",
}
"""Packages that have a module of their own, and that module."""

MOVED = (
    "enableUpdateCheck",
    "enableExtensionUpdateCheck",
    "userSettings",
    "userTasks",
    "userMcp",
    "keybindings",
    "extensions",
    "languageSnippets",
    "globalSnippets",
)


class Hie(Options):
    """The engine for Haskell."""

    enable = option(t.bool, default=True, doc="Whether the Haskell IDE engine is used.")
    executablePath = option(
        t.path,
        default=lambda self: f"{self.pkgs['hie-nix']['hies']}/bin/hie-wrapper",
        default_text='"${pkgs.hie-nix.hies}/bin/hie-wrapper"',
        example=literal('(import ~/src/haskell-ide-engine {}).hies + "/bin/hie-wrapper";'),
        doc="The program of the Haskell IDE engine. No package set has it: give its path, or add `hie-nix` by an overlay.",
    )


class Haskell(Options):
    """Support of Haskell."""

    enable = option(t.bool, default=False, example=True, doc="Whether Visual Studio Code supports Haskell.")
    hie = group(Hie)

    @defines("programs.vscode.profiles", when=enable)
    def profile(self):
        extensions = self.pkgs["vscode-extensions"]
        chosen = [extensions["justusadam"]["language-haskell"]]
        if not self.hie.enable:
            return {"default": {"extensions": chosen}}
        settings = {
            "languageServerHaskell.enableHIE": True,
            "languageServerHaskell.hieExecutablePath": self.hie.executablePath,
        }
        chosen.append(extensions["alanz"]["vscode-hie-server"])
        return {"default": {"extensions": chosen, "userSettings": settings}}


class Vscode(_Editor):
    """Visual Studio Code"""

    short_name = "Code"
    directory = ".vscode"

    package = Package("vscode", nullable=True)
    mutableExtensionsDir = mutable_extensions("programs.vscode")
    haskell = group(Haskell)
    renamed = (
        *(Renamed(name, f"profiles.default.{name}") for name in MOVED),
        Renamed("immutableExtensionsDir", "mutableExtensionsDir", change=lambda value: not value),
        Removed(
            "pname",
            "Each editor that is made from Visual Studio Code has a module of its own: programs.vscodium, programs.cursor,\n"
            "programs.windsurf, programs.kiro, programs.antigravity. Use that one rather than another package here.\n",
        ),
    )

    @warn
    def has_own_module(self):
        name = None if self.package is None else computed(self.package.get("pname"))
        if name in FORKS:
            yield (
                f"programs.vscode.package is `{name}`, but programs.vscode writes to the places of Visual Studio Code,\n"
                f"~/.vscode and Code/User. Use programs.{FORKS[name]}, which writes to those of that editor.\n"
            )
