from home_manager.authoring import *


class OhMyPosh(Program):
    """Oh My Posh, a prompt for any shell"""

    package = Package("oh-my-posh")
    settings = Settings(
        formats.json,
        file="oh-my-posh/config.json",
        example=literal(
            "builtins.fromJSON (builtins.unsafeDiscardStringContext (builtins.readFile "
            '"${pkgs.oh-my-posh}/share/oh-my-posh/themes/space.omp.json"))'
        ),
        doc="The configuration, see <https://ohmyposh.dev/docs/configuration/general>.",
    )
    useTheme = option(
        t.null_or(t.str), default=None, doc="A theme that comes with it, see <https://ohmyposh.dev/docs/themes>."
    )
    configFile = option(
        t.null_or(t.either(t.str, t.path)), default=None, doc="A file of the configuration: JSON, YAML or TOML."
    )
    shells = ShellIntegration(
        hook=lambda self, shell: self._init(shell),
        nushell=lambda self: self._in_nushell(),
        sinks={"fish": "programs.fish.shellInit"},
    )

    def _init(self, shell: str) -> str:
        command = f"{exe(self.package)} init {shell}"
        if self.settings:
            return f"{command} --config {self['xdg.configHome']}/oh-my-posh/config.json"
        if self.useTheme is not None:
            return f"{command} --config {self._in_text(self.package)}/share/oh-my-posh/themes/{self.useTheme}.omp.json"
        return command if self.configFile is None else f"{command} --config {self._in_text(self.configFile)}"

    def _in_nushell(self) -> str:
        # Since release 26 the program itself puts the code where Nushell finds it.
        if version_at_least(self.package["version"], "26"):
            return f"{self._init('nu')}\n"
        script = f'{self._init("nu")} --print > "$out"\n'
        return f"source {self._made('runCommand', 'oh-my-posh-nushell-config.nu', {}, script)}\n"

    @check
    def one_source(self):
        given = (bool(self.settings), self.useTheme is not None, self.configFile is not None)
        if given.count(True) > 1:
            yield "Of programs.oh-my-posh.settings, useTheme and configFile, only one can be given."

    @activation_step("ohMyPoshClearCache", after="writeBoundary")
    def cache(self):
        # What is kept holds paths of the package, so it goes when there is another one.
        return formats.shell.script(
            """
            ohMyPoshCache=@directory@
            if [[ "$(cat "$ohMyPoshCache/pkg-path" 2> /dev/null)" != "@package@" ]]; then
              run rm -rf "$ohMyPoshCache"
              run mkdir -p "$ohMyPoshCache"
              [[ -v DRY_RUN ]] || printf %s "@package@" > "$ohMyPoshCache/pkg-path"
            fi
            unset ohMyPoshCache
            """,
            directory=f"{self['xdg.cacheHome']}/oh-my-posh",
            package=self._in_text(self.package),
        )
