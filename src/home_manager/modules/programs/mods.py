from home_manager.authoring import *


class Mods(Program):
    """mods, language models in pipelines of a shell"""

    package = Package("mods")
    settings = Settings(
        formats.yaml,
        file="mods/mods.yml",
        example={"default-model": "llama3.2", "apis": {"ollama": {"base-url": "http://localhost:11434/api"}}},
        doc="The settings of mods, see <https://github.com/charmbracelet/mods#settings>.",
    )
    shells = ShellIntegration(
        bash=lambda self: f"source <({self.package}/bin/mods completion bash)\n",
        zsh=lambda self: f"source <({self.package}/bin/mods completion zsh)\n",
        fish=lambda self: f"{self.package}/bin/mods completion fish | source\n",
        order=200,
    )
