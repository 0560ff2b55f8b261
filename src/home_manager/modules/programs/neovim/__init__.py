from typing import Any

from home_manager.authoring import *
from home_manager.modules.programs.neovim.plugins import Loaded, Plugin, loaded, untyped, usual_language

EARLY = 200
"""Where the code that everything else relies on belongs."""

ALIASES = {"viAlias": "vi", "vimAlias": "vim"}


def no_packages():
    return function("no-packages", lambda _: [])


def provider(language: str, **more):
    settings: dict[str, Any] = {"default": False, **more}
    return option(t.bool, doc=f"Whether plugins written in {language} can be used.", **settings)


def provider_by_state(language: str):
    return provider(
        language,
        default=lambda self: not self._state_at_least("26.05"),
        default_text='if lib.versionAtLeast config.home.stateVersion "26.05" then false else true\n',
    )


def more_packages(language: str, example: str):
    return option(
        t.function_to(t.list_of(t.package)),
        default=no_packages(),
        default_text="ps: [ ]",
        example=literal(example),
        doc=f"A function that chooses further packages of {language} from the set that it is given.",
    )


class Coc(Options):
    """Conquer of Completion."""

    enable = option(t.bool, default=False, example=True, doc="Whether to use the completion plugin Coc.")
    package = Package("vimPlugins.coc-nvim", install=False)
    settings = Settings(
        formats.json,
        file="nvim/coc-settings.json",
        when=enable,
        example={
            "suggest.noselect": True,
            "languageserver": {"haskell": {"command": "haskell-language-server-wrapper", "args": ["--lsp"]}},
        },
        doc="The settings of Coc.",
    )
    pluginConfig = option(t.lines, default="", doc="Vim script that configures Coc.")


class Neovim(Program):
    """Neovim"""

    package = Package("neovim-unwrapped", install=False)
    finalPackage = option(t.package, read_only=True, doc="Neovim with what it is started with.")
    viAlias = option(t.bool, default=False, doc="Whether `vi` starts Neovim.")
    vimAlias = option(t.bool, default=False, doc="Whether `vim` starts Neovim.")
    vimdiffAlias = option(t.bool, default=False, doc="Whether `vimdiff` is an alias of `nvim -d`.")
    defaultEditor = option(t.bool, default=False, doc="Whether `EDITOR` and `VISUAL` name Neovim.")
    editor = Variables(EDITOR="nvim", VISUAL="nvim", when=defaultEditor)

    withNodeJs = provider("JavaScript")
    withPerl = provider("Perl")
    withPython3 = provider_by_state("Python")
    withRuby = provider_by_state("Ruby")
    extraPython3Packages = more_packages("Python", "pyPkgs: with pyPkgs; [ python-language-server ]")
    extraLuaPackages = more_packages("Lua", "luaPkgs: with luaPkgs; [ luautf8 ]")

    extraName = option(t.str, default="", doc="A text at the end of the name of the package that is made.")
    autowrapRuntimeDeps = option(t.bool, default=True, doc="Whether Neovim finds the programs that its plugins run.")
    waylandSupport = option(
        t.bool,
        default=lambda self: self._is_on("linux"),
        default_text="pkgs.stdenv.hostPlatform.isLinux",
        doc="Whether Neovim finds the programs for the clipboard of Wayland.",
    )
    extraWrapperArgs = option(
        t.list_of(t.str),
        default=[],
        example=literal('[ "--suffix" "LIBRARY_PATH" ":" "${lib.makeLibraryPath [ pkgs.zlib ]}" ]'),
        doc="Further arguments of `makeWrapper`, which makes the program that is started.",
    )
    extraPackages = option(
        t.list_of(t.package), default=[], example=literal("[ pkgs.shfmt ]"), doc="Packages whose programs Neovim finds."
    )

    extraConfig = option(t.lines, default="", example="set nobackup\n", doc="Further lines of Vim script.")
    sideloadInitLua = option(
        t.bool,
        default=False,
        doc="Whether `initLua` is loaded by an argument instead of from `init.lua`, so that this file can be your own.",
    )
    initLua = option(
        t.lines,
        default="",
        example=literal(
            'lib.mkMerge [\n  (lib.mkBefore "vim.loader.enable()")\n  (lib.mkAfter "vim.opt.number = true")\n]'
        ),
        doc="The text of `init.lua`. What providers and plugins need is part of it.",
    )
    plugins = option(
        t.list_of(t.either(t.package, t.submodule(Plugin))),
        default=[],
        example=literal(
            "with pkgs.vimPlugins;\n[\n  vim-nix\n"
            '  { plugin = vim-startify; type = "viml"; config = "let g:startify_change_to_vcs_root = 0"; }\n]'
        ),
        doc="The plugins: packages, or packages with their configuration.",
    )
    coc = group(Coc)
    generatedConfigViml = option(t.lines, read_only=True, doc="The Vim script of `extraConfig`.")
    generatedConfigs = option(
        t.attrs_of(t.lines),
        read_only=True,
        example=literal('{\n  viml = "map <leader> ,";\n  lua = "vim.opt.background = \'dark\'";\n}'),
        doc="The configuration of all plugins, by language.",
    )
    renamed = Renamed("extraLuaConfig", "initLua")

    # Plugins

    def _loaded(self) -> list[Loaded]:
        found = [loaded(each, usual_language(self)) for each in self.plugins]
        if self.coc.enable:
            found.append(Loaded(self.coc.package, "viml", self.coc.pluginConfig))
        return found

    @defines(".generatedConfigViml")
    def own_viml(self):
        return self.extraConfig

    @defines(".generatedConfigs")
    def by_language(self):
        found: dict[str, list[str]] = {}
        for plugin in self._loaded():
            found.setdefault(plugin.language, []).extend([] if plugin.config is None else [plugin.config])
        return {language: "\n".join(texts) for language, texts in found.items()}

    @defines(".extraPackages", when=autowrapRuntimeDeps)
    def programs_of_plugins(self):
        return [program for plugin in self._loaded() for program in plugin.programs]

    @defines("xdg.dataFile")
    def plugin_directory(self):
        plugins = self._loaded()
        entries = [
            {"name": f"pack/hm/{'opt' if plugin.optional else 'start'}/{plugin.name}", "path": plugin.package}
            for plugin in plugins
        ]
        farm = self._made("linkFarm", "vim-pack-dir", entries)
        return {"nvim/site/pack/hm": {"enable": bool(plugins), "source": f"{farm}/pack/hm"}}

    @defines("xdg.configFile")
    def files_of_plugins(self):
        for each in self.plugins:
            if "plugin" in each:
                yield {name: dict(file.items()) for name, file in each["runtime"].items()}

    # The program

    @defines(".finalPackage")
    def wrapped(self):
        words = [*self.extraWrapperArgs]
        programs = [*self.extraPackages]
        if self.waylandSupport:
            programs.append(self.pkgs["wl-clipboard"])
        if self.withNodeJs or self.coc.enable:
            programs.append(self.pkgs["nodejs"])
        if programs:
            words += ["--suffix", "PATH", ":", ":".join(f"{each}/bin" for each in programs)]
        lines = [
            "rm -f $out/bin/nvim",
            f"makeWrapper {exe(self.package, 'nvim')} $out/bin/nvim {formats.shell.quote_all(words)}",
        ]
        lines += [f"ln -sf nvim $out/bin/{name}" for switch, name in ALIASES.items() if getattr(self, switch)]
        made = {
            "name": f"neovim{self.extraName}",
            "paths": [self.package],
            "postBuild": "\n".join(lines) + "\n",
            "meta": {"mainProgram": "nvim"},
        }
        return self._made("symlinkJoin", made)

    @defines("home.packages")
    def installed(self):
        return [self.finalPackage]

    @defines("home.shellAliases", when=vimdiffAlias)
    def diff_alias(self):
        return {"vimdiff": "nvim -d"}

    @defines(".extraWrapperArgs", when=lambda self: self.sideloadInitLua and self.initLua)
    def loaded_by_argument(self):
        file = self._made("writeText", "wrapper-init-lua", self.initLua)
        return ["--add-flags", f"--cmd 'lua dofile(\"{file}\")' "]

    # init.lua

    @defines("xdg.configFile", when=initLua)
    def start(self):
        return {"nvim/init.lua": {"enable": not self.sideloadInitLua, "text": self.initLua}}

    @defines(".initLua")
    def prepared(self):
        parts = [self._lua_packages(), self._providers(), self._viml()]
        yield order(EARLY, "\n".join(part for part in parts if part))
        lua = self.generatedConfigs.get("lua", "")
        if lua:
            yield after(f"-- user-associated plugin config {{{{{{\n{lua}\n-- }}}}}}\n")
        if self.generatedConfigs.get("fennel", ""):
            yield after("-- user-associated fennel plugin config {{{\nrequire('fennel-plugins')\n-- }}}\n")

    def _chosen(self, function, packages) -> list[Any]:
        found: Any = seen(self._made(function, packages))
        return list(found)

    def _lua_packages(self) -> str:
        chosen = self._chosen(self.extraLuaPackages, self.pkgs["luajitPackages"])
        if not chosen:
            return ""
        modules = ";".join(f"{each}/share/lua/5.1/?.lua;{each}/share/lua/5.1/?/init.lua" for each in chosen)
        libraries = ";".join(f"{each}/lib/lua/5.1/?.so" for each in chosen)
        return (
            f'package.path = "{modules}".. ";" .. package.path\npackage.cpath = "{libraries}".. ";" .. package.cpath\n'
        )

    def _providers(self) -> str:
        # A provider that is on and has no program here is looked for by Neovim itself.
        kinds = {"node": self.withNodeJs or self.coc.enable, "perl": self.withPerl, "ruby": self.withRuby}
        words = [f"vim.g.loaded_{name}_provider=0" for name, is_on in kinds.items() if not is_on]
        if self.withPython3:
            words.append(f"vim.g.python3_host_prog='{self._python()}/bin/python3'")
        else:
            words.append("vim.g.loaded_python3_provider=0")
        return ";".join(words)

    def _python(self):
        """Python with the packages that its plugins need."""

        def packages(available) -> list[Any]:
            found: Any = seen(available)
            return [found["pynvim"], *self._chosen(self.extraPython3Packages, available)]

        return self._made(self.pkgs["python3"]["withPackages"], function("packages", packages))

    def _viml(self) -> str:
        texts = [self.generatedConfigs.get("viml", ""), self.generatedConfigViml]
        text = "\n".join(each for each in texts if each)
        if not text:
            return ""
        return f'vim.cmd.source "{self._made("writeText", "init.vim", text)}"'

    @defines("xdg.configFile")
    def fennel(self):
        code = self.generatedConfigs.get("fennel", "")
        if not code:
            return None
        script = f'{exe(self.pkgs["fennel"])} --compile "$codePath" > "$out"\n'
        made = self._made("runCommand", "fennel-plugins.lua", {"code": code, "passAsFile": ["code"]}, script)
        return {"nvim/lua/fennel-plugins.lua": {"source": made}}

    @warn
    def changed_language(self):
        if self._state_at_least("26.05"):
            return
        for name in untyped(self._option("plugins").definitions()):
            yield (
                f"The configuration of the plugin `{name}` of `programs.neovim` does not say its language, which is `viml` for the "
                'state version of this home, and `lua` from 26.05 on. Set `type = "viml"` or `type = "lua"` on it.\n'
            )
