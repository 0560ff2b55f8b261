from home_manager.authoring import *
from home_manager.modules.programs.zsh.places import dot_file, expanded


class OhMyZsh(Options):
    """The framework oh-my-zsh."""

    enable = option(t.bool, default=False, example=True, doc="Whether to load oh-my-zsh.")
    package = Package("oh-my-zsh", install=False)
    plugins = option(t.list_of(t.str), default=[], example=["git", "sudo"], doc="The plugins of oh-my-zsh to load.")
    custom = option(
        t.str,
        default="",
        example=literal('"\\${config.home.homeDirectory}/my_customizations"'),
        doc="A directory with plugins, themes and files of one's own. See its wiki about customization.",
    )
    theme = option(t.str, default="", example="robbyrussell", doc="The theme of the prompt.")
    extraConfig = option(
        t.lines,
        default="",
        example="zstyle :omz:plugins:ssh-agent identities id_rsa id_rsa2 id_github\n",
        doc="Zsh code that runs before oh-my-zsh is loaded: settings of its plugins.",
    )


class WithOhMyZsh(Options):
    """Its part of the module."""

    _position = "programs/zsh/plugins/oh-my-zsh.nix"
    oh_my_zsh = option(t.submodule(OhMyZsh), default={}, name="oh-my-zsh", doc="The framework oh-my-zsh.")

    @defines("home.packages", when=lambda self: self.oh_my_zsh.enable, always=True)
    def oh_my_zsh_installed(self):
        return [self.oh_my_zsh.package]

    @defines("home.file", when=lambda self: self.oh_my_zsh.enable, always=True)
    def oh_my_zsh_files(self):
        package = formats.shell.quote(self.oh_my_zsh.package)
        cache = self["xdg.cacheHome"]
        variables = f"ZSH={package}/share/oh-my-zsh;\nZSH_CACHE_DIR={formats.shell.quote(cache)}/oh-my-zsh;\n"
        # Some plugins expect the cache directory to be there.
        return {dot_file(self, ".zshenv"): {"text": variables}, f"{cache}/oh-my-zsh/.keep": {"text": ""}}

    @defines(".initContent", when=lambda self: self.oh_my_zsh.enable)
    def oh_my_zsh_loaded(self):
        given = self.oh_my_zsh
        settings = (
            f"plugins=({formats.shell.quote_all(given.plugins)})" if given.plugins else "",
            f"ZSH_CUSTOM={formats.zsh.value_text(expanded(self, given.custom))}" if given.custom else "",
            f"ZSH_THEME={formats.shell.quote(given.theme)}" if given.theme else "",
        )
        return order(
            800,
            f"# Settings of plugins of oh-my-zsh\n{given.extraConfig}\n# oh-my-zsh itself\n"
            + "".join(f"{line}\n" for line in settings)
            + "source $ZSH/oh-my-zsh.sh\n",
        )
