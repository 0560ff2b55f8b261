from home_manager.authoring import *


class NixSearchTv(Program):
    """nix-search-tv, a search through packages and options of Nix"""

    package = Package("nix-search-tv", nullable=True)
    settings = Settings(
        formats.json,
        file="nix-search-tv/config.json",
        example={
            "indexes": ["nixpkgs", "home-manager", "nixos"],
            "experimental": {"render_docs_indexes": {"nvf": "https://notashelf.github.io/nvf/options.html"}},
        },
        doc="The settings of nix-search-tv, see <https://github.com/3timeslazy/nix-search-tv#configuration>.",
    )
    enableTelevisionIntegration = option(
        t.bool,
        default=lambda self: self["programs.television.enable"],
        default_text="config.programs.television.enable",
        example=True,
        doc="Whether television has a channel for it.",
    )

    @check
    def something_to_call(self):
        if self.package is None and not self.enableTelevisionIntegration:
            yield "Television cannot use nix-search-tv while programs.nix-search-tv.package is null."

    @defines("programs.television.channels.nix-search-tv", when=enableTelevisionIntegration)
    def channel(self):
        program = "nix-search-tv" if self.package is None else exe(self.package)
        modifier, opener = ("alt", "open") if self._is_on("darwin") else ("ctrl", "xdg-open")
        commands = {
            "run": ("Run the package", r"nix run {replace:s/\/ /#/g}"),
            "shell": ("Enter new nix shell with this package", r"nix shell {replace:s/\/ /#/g}"),
            "source": ("Open link to source code", f"{program} source '{{}}' | xargs {opener}"),
            "homepage": ("Open link to homepage", f"{program} homepage '{{}}' | xargs {opener}"),
        }
        keys = {"r": "run", "i": "shell", "s": "source", "o": "homepage"}
        return {
            "metadata": {"name": "nix-search-tv", "description": "Search nix options and packages"},
            "source": {"command": f"{program} print"},
            "preview": {"command": f'{program} preview "{{}}"'},
            "keybindings": {f"{modifier}-{key}": f"actions:{name}" for key, name in keys.items()},
            "actions": {
                name: {"description": words, "command": command, "mode": "execute"}
                for name, (words, command) in commands.items()
            },
        }
