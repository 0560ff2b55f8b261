from home_manager.authoring import *


class Plugin(Options):
    """A plugin of the registry"""

    author = option(t.str, doc="The author of the plugin.")
    name = option(t.str, doc="The name of the plugin.")
    version = option(t.str, doc="The version of the plugin.")
    hash = option(t.str, default="", doc="The hash of what the registry sends; Nix says it where it is empty.")


class Lapce(Program):
    """Lapce, an editor"""

    package = Package("lapce", nullable=True)
    channel = option(
        t.enum("stable", "nightly"), default="stable", doc="Which Lapce it is; each has its own directories."
    )
    settings = Settings(
        formats.toml,
        file=lambda self: f"lapce-{self.channel}/settings.toml",
        when=True,
        example={"core": {"custom-titlebar": False}, "editor": {"font-size": 22, "tab-width": 2}},
        doc="The settings of Lapce, see <https://github.com/lapce/lapce/blob/master/defaults/settings.toml>.",
    )
    plugins = option(
        t.list_of(t.submodule(Plugin)),
        default=[],
        example=[
            {"author": "MrFoxPro", "hash": "sha256-...", "name": "lapce-nix", "version": "0.0.1"},
            {"author": "dzhou121", "hash": "sha256-...", "name": "lapce-rust", "version": "0.3.1932"},
        ],
        doc="Plugins of the registry, see <https://plugins.lapce.dev>.",
    )
    keymaps = Settings(
        formats.toml,
        file=lambda self: f"lapce-{self.channel}/keymaps.toml",
        when=True,
        default=[],
        render=lambda self, keys: formats.toml.render({"keymaps": keys}),
        example=[{"command": "open_log_file", "key": "Ctrl+Shift+L"}],
        doc="What keys do, see <https://github.com/lapce/lapce/blob/master/defaults/keymaps-common.toml>.",
    )

    def _archive(self, plugin):
        """The archive of a plugin. The registry first tells where it lies."""
        name = f"{plugin.author}-{plugin.name}-{plugin.version}"
        place = f"https://plugins.lapce.dev/api/v1/plugins/{plugin.author}/{plugin.name}/{plugin.version}/download"
        build = {
            "name": f"lapce-plugin-{name}.tar.zstd",
            "nativeBuildInputs": [self.pkgs["curl"], self.pkgs["cacert"]],
            "dontUnpack": True,
            "dontBuild": True,
            "installPhase": f'runHook preInstall\ncurl -L "$(curl {place})" -o "$out"\nrunHook postInstall\n',
            "outputHashAlgo": "sha256",
            "outputHashMode": "flat",
            "outputHash": plugin["hash"],
        }
        return self._made(self.pkgs["stdenvNoCC"]["mkDerivation"], build)

    def _unpacked(self, plugin):
        build = {
            "pname": f"lapce-plugin-{plugin.author}-{plugin.name}",
            "version": plugin.version,
            "src": self._archive(plugin),
            "nativeBuildInputs": [self.pkgs["zstd"]],
            "phases": ["installPhase"],
            "installPhase": "runHook preInstall\nmkdir -p $out\ntar -C $out -xvf $src\nrunHook postInstall\n",
        }
        return self._made(self.pkgs["stdenvNoCC"]["mkDerivation"], build)

    @defines("xdg.dataFile")
    def plugin_directory(self):
        plugins = {f"{each.author}-{each.name}-{each.version}": self._unpacked(each) for each in self.plugins}
        return {f"lapce-{self.channel}/plugins": {"source": self._made("linkFarm", "lapce-plugins", plugins)}}
