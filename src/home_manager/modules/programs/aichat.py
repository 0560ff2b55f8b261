from home_manager.authoring import *


class Aichat(Program):
    """aichat, a command line for many language models"""

    package = Package("aichat", nullable=True)
    settings = Settings(
        formats.yaml,
        file="aichat/config.yaml",
        darwin=application_support("aichat/config.yaml", unless_xdg=True),
        example={"model": "ollama:mistral-small3.1:latest", "stream": False},
        doc="The settings of aichat, see <https://github.com/sigoden/aichat/blob/main/config.example.yaml>.",
    )
    agents = option(
        t.attrs_of(t.yaml),
        default={},
        example={"coder": {"model": "openai:gpt-4o", "temperature": 0.5, "use_tools": "fs,web_search"}},
        doc="The configurations of agents by name, see <https://github.com/sigoden/aichat/blob/main/config.agent.example.yaml>.",
    )

    @defines("home.file")
    def agent_files(self):
        for name, agent in self.agents.items():
            file = f"aichat/agents/{name}/config.yaml"
            place = (
                application_support(file, unless_xdg=True)(self)
                if self._is_on("darwin")
                else f"{self['xdg.configHome']}/{file}"
            )
            yield {place: {"text": formats.yaml.render(agent)}}
