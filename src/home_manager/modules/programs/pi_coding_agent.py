from home_manager.authoring import *


def values(what, **more):
    return option(t.json, default={}, doc=f"{what}, see <https://pi.dev/docs>.", **more)


FILES = ("settings", "keybindings", "models")


class PiCodingAgent(Program):
    """pi, a coding assistant for the terminal"""

    package = Package("pi-coding-agent", nullable=True, wrap_path="extraPackages", program="pi")
    extraPackages = option(
        t.list_of(t.package),
        default=[],
        example=literal("[ pkgs.nodejs pkgs.bun ]"),
        doc="Packages whose programs pi finds.",
    )
    configDir = option(
        t.str,
        default=lambda self: f"{self['home.homeDirectory']}/.pi/agent",
        default_text='"${config.home.homeDirectory}/.pi/agent"',
        example=literal('"${config.xdg.configHome}/pi/agent"'),
        doc="The directory of the configuration, for {env}`PI_CODING_AGENT_DIR`.",
    )
    settings = values(
        "The settings", example={"defaultProvider": "anthropic", "theme": "dark", "retry": {"maxRetries": 3}}
    )
    keybindings = values(
        "What keys do",
        example={
            "tui.editor.cursorDown": ["down", "ctrl+n"],
            "tui.editor.cursorUp": ["up", "ctrl+p"],
            "tui.editor.deleteWordBackward": ["ctrl+w", "alt+backspace"],
        },
    )
    models = values(
        "Further models and who provides them",
        example={
            "providers": {
                "ollama": {
                    "api": "openai-completions",
                    "apiKey": "ollama",
                    "baseUrl": "http://localhost:11434/v1",
                    "models": [{"id": "llama3.1:8b"}],
                }
            }
        },
    )
    context = option(
        t.either(t.lines, t.path),
        default="",
        example=literal("./pi-context.md"),
        doc="Instructions for all sessions, a text or a file: AGENTS.md.",
    )
    variables = Variables(
        PI_CODING_AGENT_DIR=lambda self: self.configDir,
        when=lambda self: self.configDir != f"{self['home.homeDirectory']}/.pi/agent",
    )

    @defines("home.file")
    def files(self):
        for name in FILES:
            if value := getattr(self, name):
                yield {f"{self.configDir}/{name}.json": {"text": formats.json.render(value)}}
        if self.context != "":
            yield {f"{self.configDir}/AGENTS.md": file_entry(self, self.context)}
