from home_manager.authoring import *


class Jjui(Program):
    """jjui, Jujutsu with windows and keys"""

    package = Package("jjui", nullable=True)
    configDir = option(
        t.str,
        default=lambda self: f"{self['xdg.configHome']}/jjui",
        default_text="${config.xdg.configHome}/jjui",
        example=literal("${config.home.homeDirectory}/.jjui"),
        doc="The directory of the configuration, for {env}`JJUI_CONFIG_DIR`.",
    )
    settings = Settings(
        formats.toml,
        file=lambda self: f"{self.configDir}/config.toml",
        below="home.file",
        example={"revisions": {"revset": "", "template": "builtin_log_compact"}},
        doc="What config.toml holds, see <https://idursun.github.io/jjui/customization/config-toml/>.",
    )
    configLua = option(
        t.null_or(t.either(t.path, t.lines)),
        default=None,
        example='function setup(config)\n  config.action("quit", function() end, { key = "ctrl+q" })\nend\n',
        doc="The script config.lua, a text or a file.",
    )
    plugins = option(
        t.attrs_of(t.one_of(t.path, t.lines)),
        default={},
        example=literal(
            "{\n"
            "  foo = ./foo.lua;\n"
            "  bar = /* lua */ '\\'\n"
            "    local M = {}\n"
            "\n"
            "    function M.setup(primary, config)\n"
            "      config.ui = config.ui or {}\n"
            "      config.ui.colors = config.ui.colors or {}\n"
            "\n"
            "      config.ui.colors.title = { fg = primary, bold = true }\n"
            "    end\n"
            "\n"
            "    return M\n"
            "  '\\';\n"
            "}\n"
        ),
        doc="Modules of Lua by name, each a text or a file.",
    )
    variables = Variables(JJUI_CONFIG_DIR=lambda self: self.configDir)

    @defines("home.file")
    def scripts(self):
        for name, plugin in self.plugins.items():
            yield {f"{self.configDir}/plugins/{name}.lua": file_entry(self, plugin)}
        if self.configLua is not None:
            yield {f"{self.configDir}/config.lua": file_entry(self, self.configLua)}
