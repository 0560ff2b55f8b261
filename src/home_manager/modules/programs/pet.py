from home_manager.authoring import *


class Snippet(Options):
    """A snippet"""

    description = option(
        t.str, default="", example="Count the number of commits in the current branch", doc="What the command does."
    )
    command = option(t.str, default="", example="git rev-list --count HEAD", doc="The command.")
    output = option(t.str, default="", example="473", doc="What the command prints, as an example.")
    tag = option(t.list_of(t.str), default=[], example=["git", "nixpkgs"], doc="Words that it is found by.")


class Pet(Program):
    """pet, a manager of command-line snippets"""

    package = Package("pet", nullable=True)
    settings = option(t.toml, default={}, doc="Settings of pet, see <https://github.com/knqyf263/pet#configuration>.")
    selectcmdPackage = Package("fzf", nullable=True, doc="The package of the program that `settings.selectcmd` names.")
    snippets = Settings(
        formats.toml,
        file="pet/snippet.toml",
        type=t.list_of(t.submodule(Snippet)),
        default=[],
        render=lambda self, snippets: formats.toml.render({"snippets": snippets}),
        doc="The snippets.",
    )

    def _has_section(self):
        # Homes of the first version have the settings of the section at the top.
        return self._state_at_least("21.11")

    @defines(".settings")
    def defaults(self):
        general = {"selectcmd": default("fzf"), "snippetfile": f"{self['xdg.configHome']}/pet/snippet.toml"}
        return {"General": general} if self._has_section() else general

    @config_file("pet/config.toml")
    def config(self):
        return formats.toml.render(self.settings if self._has_section() else {"General": self.settings})
