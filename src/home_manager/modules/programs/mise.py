from home_manager.authoring import *

SHELLS = ("Bash", "Zsh", "Fish", "Nushell")
OLD = ("enable", "package", *(f"enable{shell}Integration" for shell in SHELLS), "settings")


class Mise(Program):
    """mise, which installs and switches versions of development tools"""

    package = Package("mise", nullable=True)
    shells = ShellIntegration(
        bash=lambda self: f'eval "$({exe(self.package)} activate bash)"\nsource {self._completion()}\n',
        hook="activate {shell}",
        nushell=lambda self: f"use {self._nushell_module()}\n",
        when=package,
    )
    enableMutableConfig = option(
        t.bool,
        default=False,
        example=True,
        doc="Whether `mise/config.toml` is left to mise, so that `mise use --global` can write it. What `globalConfig` "
        "says then stands in `mise/conf.d/50-home-manager.toml`; the two should not set the same things. "
        "Before it is turned off again, the file of mise has to be moved away.",
    )
    globalConfig = Settings(
        formats.toml,
        file=lambda self: f"mise/{'conf.d/50-home-manager' if self.enableMutableConfig else 'config'}.toml",
        example={
            "settings": {"disable_tools": ["node"], "experimental": True, "verbose": False},
            "tool_alias": {"node": {"versions": {"my_custom_node": "20"}}},
            "tools": {"node": "lts", "python": ["3.10", "3.11"]},
        },
        doc="The global configuration, see <https://mise.jdx.dev/configuration.html>.",
    )
    renamed = (
        Renamed("settings", "globalConfig.settings"),
        *(
            Removed(
                f"/programs.rtx.{name}", "The package `rtx` has become `mise`: use the options below `programs.mise`."
            )
            for name in OLD
        ),
    )

    def _completion(self):
        script = f"{exe(self.package)} completion bash --include-bash-completion-lib > $out\n"
        return self._made("runCommand", "mise-bash-completion.bash", {}, script)

    def _nushell_module(self):
        return self._made("runCommand", "mise-nushell-config.nu", {}, f"{exe(self.package)} activate nu > $out\n")

    @warn
    def nothing_to_activate(self):
        if self.package is None and any(self.shells.values()):
            yield "`programs.mise.package` is null, so no shell activates mise although integrations are enabled.\n"

    @defines("home.packages", when=package)
    def completions_need_it(self):
        return [self.pkgs["usage"]]

    @activation_step("miseMutableConfig", after="linkGeneration", when=enableMutableConfig)
    def writable_file(self):
        # Without a file of its own, `mise use --global` would try to write into the one that is linked.
        directory = formats.shell.quote(f"{self['xdg.configHome']}/mise")
        file = formats.shell.quote(f"{self['xdg.configHome']}/mise/config.toml")
        script = f"if [[ ! -e {file} && ! -L {file} ]]; then\n  run mkdir -p {directory}\n  run touch {file}\nfi\n"
        return script
