from home_manager.authoring import *

HEAD = "-- See https://wezfurlong.org/wezterm/\n\nlocal wezterm = require 'wezterm'\n"

# A table that the code returns goes over the settings, key by key.
MERGED = """\
local function apply(values)
  for name, value in pairs(values) do config[name] = value end
end

apply({settings})
{more}
return config
"""
CODE = """
local returned = (function()
{code}
end)()
if type(returned) == "table" then apply(returned) end
"""


def in_shell(self) -> str:
    return f'source "{self._in_text(self.package)}/etc/profile.d/wezterm.sh"\n'


class Wezterm(Program):
    """WezTerm, a terminal emulator and multiplexer"""

    package = Package("wezterm")
    settings = option(
        t.attrs_of(t.anything),
        default={},
        example=literal(
            '{\n  color_scheme = "Catppuccin Mocha";\n  font_size = 13;\n'
            "  font = lib.generators.mkLuaInline ''wezterm.font(\"JetBrains Mono\")'';\n}\n"
        ),
        doc="The settings of WezTerm, which are written as Lua; `lib.generators.mkLuaInline` makes expressions. A table that "
        "`extraConfig` returns wins. See <https://wezfurlong.org/wezterm/config/files.html>.",
    )
    extraConfig = option(
        t.lines,
        default="",
        example='return {\n  font = wezterm.font("JetBrains Mono"),\n  hide_tab_bar_if_only_one_tab = true,\n}\n',
        doc="Lua code of wezterm.lua. Without `settings` it returns the configuration. With them it may return a table whose "
        "keys replace those of the settings whole, or change `config`.",
    )
    colorSchemes = option(
        t.attrs_of(t.toml),
        default={},
        example={"dusk": {"background": "#1B1B1B", "foreground": "#BEAF8A", "ansi": ["#222222", "#D14949"]}},
        doc="Colour schemes by name, see <https://wezfurlong.org/wezterm/config/appearance.html>.",
    )
    shells = ShellIntegration(bash=in_shell, zsh=in_shell)

    @config_file("wezterm/wezterm.lua", when=lambda self: self.settings or self.extraConfig)
    def file(self) -> str:
        if not self.settings:
            return f"{HEAD}\n{self.extraConfig}\n"
        begin = "local config = wezterm.config_builder and wezterm.config_builder() or {}\n"
        more = CODE.format(code=self.extraConfig) if self.extraConfig else ""
        return f"{HEAD}{begin}\n{MERGED.format(settings=formats.lua.render(self.settings), more=more)}"

    @defines("xdg.configFile")
    def schemes(self):
        for name, colours in self.colorSchemes.items():
            yield {f"wezterm/colors/{name}.toml": {"text": formats.toml.render({"colors": colours})}}
