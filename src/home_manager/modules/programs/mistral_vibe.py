from home_manager.authoring import *


class MistralVibe(Program):
    """Mistral Vibe, a coding assistant of Mistral for the terminal"""

    package = Package("mistral-vibe", nullable=True)
    settings = Settings(
        formats.toml,
        file=".vibe/config.toml",
        below="home.file",
        when=True,
        example={"active_model": "devstral-latest", "tool_paths": []},
        doc="What `~/.vibe/config.toml` holds, see <https://github.com/mistralai/mistral-vibe#configuration>.",
    )
