from home_manager.authoring import *

SUFFIX = ".yazi"

# The shell goes where the user left Yazi.
POSIX = """\
function {name}() {{
  local cwd list="$(mktemp -t "yazi-cwd.XXXXX")"
  command yazi "$@" --cwd-file="$list"
  cwd="$(<"$list")"
  rm -f -- "$list"
  [[ -z $cwd || $cwd == "$PWD" ]] || builtin cd -- "$cwd"
}}
"""
FISH = """\
set -l list (mktemp -t "yazi-cwd.XXXXX")
command yazi $argv --cwd-file="$list"
read -l cwd < "$list"
rm -f -- "$list"
if test -n "$cwd" -a "$cwd" != "$PWD"
  builtin cd -- "$cwd"
end
"""
NUSHELL = """\
def --env {name} [...arguments] {{
  let list = (mktemp -t "yazi-cwd.XXXXX")
  ^yazi ...$arguments --cwd-file $list
  let cwd = (open $list)
  rm -fp $list
  if $cwd != "" and $cwd != $env.PWD {{ cd $cwd }}
}}
"""


class Plugin(Options):
    """A plugin."""

    package = option(t.one_of(t.path, t.package), doc="The plugin's directory, or a package of it.")
    setup = option(t.bool, default=False, doc="Whether init.lua calls the plugin's `setup`.")
    settings = option(
        t.attrs,
        default={},
        doc="What `setup` is given, as a table of Lua; nothing where it is empty. `lib.generators.mkLuaInline` makes expressions.",
    )


def toml_file(name: str, example, doc: str):
    page = "yazi" if name == "yazi" else name
    return Settings(
        formats.toml,
        file=f"yazi/{name}.toml",
        example=example,
        doc=f"{doc}, see <https://yazi-rs.github.io/docs/configuration/{page}>.",
    )


class Yazi(Program):
    """Yazi, a file manager for the terminal"""

    package = Package("yazi", nullable=True, install=False)
    extraPackages = option(
        t.list_of(t.package),
        default=[],
        example=literal("with pkgs; [ glow ouch ]"),
        doc="Packages whose programs Yazi finds.",
    )
    shellWrapperName = option(
        t.str,
        default=lambda self: "y" if self._state_at_least("26.05") else "yy",
        default_text='if lib.versionAtLeast config.home.stateVersion "26.05" then "y" else "yy"\n',
        example="yy",
        doc="The name of the shell function that runs Yazi and then goes where it was left. It is `yy` for state versions before "
        "26.05.",
    )
    shells = ShellIntegration(
        bash=lambda self: POSIX.format(name=self.shellWrapperName),
        zsh=lambda self: POSIX.format(name=self.shellWrapperName),
        fish=True,
        nushell=lambda self: NUSHELL.format(name=self.shellWrapperName),
    )
    keymap = toml_file(
        "keymap",
        {"mgr": {"prepend_keymap": [{"run": "escape", "on": ["<Esc>"]}, {"run": "quit", "on": ["q"]}]}},
        "Keys",
    )
    settings = toml_file(
        "yazi",
        {"log": {"enabled": False}, "mgr": {"show_hidden": False, "sort_by": "mtime", "sort_reverse": True}},
        "Settings",
    )
    theme = toml_file("theme", {"filetype": {"rules": [{"fg": "#7AD9E5", "mime": "image/*"}]}}, "Colours")
    vfs = toml_file(
        "vfs",
        {"services": {"my-server": {"host": "1.2.3.4", "port": 22, "type": "sftp", "user": "root"}}},
        "Remote file systems",
    )
    initLua = option(
        t.null_or(t.either(t.path, t.lines)),
        default=None,
        example=literal("./init.lua"),
        doc="The file init.lua of Yazi, or its text.",
    )
    plugins = option(
        t.attrs_of(
            t.coerced_to(
                t.one_of(t.path, t.package),
                lambda given: {"package": given, "setup": False, "settings": {}},
                t.submodule(Plugin),
            )
        ),
        default={},
        example=literal(
            "{\n  foo = pkgs.foo;\n  bar = {\n    package = pkgs.bar;\n    setup = true;\n"
            "    settings.tab_width = 20;\n  };\n}\n"
        ),
        doc="Plugins by name. Those with `setup` are set up in init.lua before `initLua`. See "
        "<https://yazi-rs.github.io/docs/plugins/overview>.",
    )
    flavors = option(
        t.attrs_of(t.one_of(t.path, t.package)),
        default={},
        example=literal("{\n  foo = ./foo;\n  bar = pkgs.bar;\n}\n"),
        doc="Themes by name, each a directory or a package of one. See <https://yazi-rs.github.io/docs/flavors/overview/>.",
    )
    finalPackage = option(
        t.package,
        default=lambda self: self._with_programs(),
        default_text="pkgs.yazi",
        read_only=True,
        visible=False,
        doc="Yazi together with the further packages.",
    )

    def _with_programs(self):
        package = self.package
        if package is None or not self.extraPackages or "override" not in package:
            return package
        return self._made(package["override"], {"extraPackages": self.extraPackages})

    @defines("home.packages")
    def installed(self):
        return None if self.package is None else [self.finalPackage]

    @defines("programs.fish.functions", when="enableFishIntegration")
    def in_fish(self):
        return {self.shellWrapperName: FISH}

    @defines("xdg.configFile")
    def init(self):
        calls = [
            f"require({formats.lua.render(name)}):setup"
            + (f"({formats.lua.render(plugin.settings)})" if plugin.settings else "()")
            for name, plugin in self.plugins.items()
            if plugin.setup
        ]
        given = self.initLua
        if calls:
            code = [] if given is None else [given if isinstance(given, str) else self._read_file(given)]
            return {"yazi/init.lua": {"text": "\n".join([*calls, *code])}}
        if given is None:
            return None
        return {"yazi/init.lua": {"text": given} if isinstance(given, str) else {"source": given}}

    def _read_file(self, path) -> str:
        return str(self._made(self.pkgs["lib"]["readFile"], path))

    @defines("xdg.configFile")
    def directories(self):
        flavors = {f"yazi/flavors/{name}{SUFFIX}": {"source": flavor} for name, flavor in self.flavors.items()}
        plugins = {f"yazi/plugins/{name}{SUFFIX}": {"source": each.package} for name, each in self.plugins.items()}
        return flavors | plugins

    @warn
    def suffixes(self):
        for kind in ("flavors", "plugins"):
            for name in getattr(self, kind):
                if name.endswith(SUFFIX):
                    yield (
                        f'programs.yazi.{kind}."{name}" is put at yazi/{kind}/{name}{SUFFIX}: names no longer end in "{SUFFIX}".\n'
                        f'It is probably meant to be programs.yazi.{kind}."{name.removesuffix(SUFFIX)}".\n'
                    )
