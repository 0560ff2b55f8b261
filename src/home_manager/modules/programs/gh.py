from home_manager.authoring import *


class Configuration(Options):
    """The settings of gh."""

    freeform = formats.yaml.type

    aliases = option(
        t.attrs_of(t.str),
        default={},
        example={"co": "pr checkout", "pv": "pr view"},
        doc="Short names for commands of gh.",
    )
    editor = option(
        t.str, default="", doc="The editor for texts of issues and pull requests; that of the environment if empty."
    )
    git_protocol = option(t.str, default="https", example="ssh", doc="The protocol that git uses.")


class CredentialHelper(Options):
    """Whether git asks gh for passwords."""

    enable = option(t.bool, default=True, example=True, doc="Whether git asks gh for passwords.")
    hosts = option(
        t.list_of(t.str),
        default=["https://github.com", "https://gist.github.com"],
        example=literal('[ "https://github.com" "https://github.example.com" ]\n'),
        doc="The hosts of GitHub for which git does so.",
    )


class Gh(Program):
    """gh, the command line client of GitHub"""

    package = Package("gh")
    settings = option(
        t.submodule(Configuration),
        default={},
        example=literal(
            '{\n  git_protocol = "ssh";\n\n  prompt = "enabled";\n\n  aliases = {\n'
            '    co = "pr checkout";\n    pv = "pr view";\n  };\n};\n'
        ),
        doc="What is written to {file}`$XDG_CONFIG_HOME/gh/config.yml`.",
    )
    gitCredentialHelper = group(CredentialHelper)
    extensions = option(
        t.list_of(t.package),
        default=[],
        example=literal("[ pkgs.gh-eco ]"),
        doc="Extensions of gh, see <https://cli.github.com/manual/gh_extension>.",
    )
    hosts = Settings(
        formats.yaml,
        file="gh/hosts.yml",
        example={"github.com": {"user": "<your_username>"}},
        doc="What concerns single hosts.",
    )
    renamed = (
        Renamed("enableGitCredentialHelper", "gitCredentialHelper.enable"),
        Renamed("gitProtocol", "settings.git_protocol"),
        Renamed("editor", "settings.editor"),
        Renamed("aliases", "settings.aliases"),
    )

    @config_file("gh/config.yml")
    def configuration(self) -> str:
        return formats.yaml.render({"version": "1", **self.settings})

    @defines("programs.git.settings", when=lambda self: self.gitCredentialHelper.enable)
    def helper(self):
        helper = ["", f"{self.package}/bin/gh auth git-credential"]
        return {"credential": {host: {"helper": helper} for host in self.gitCredentialHelper.hosts}}

    @defines("xdg.dataFile", when=extensions)
    def extension_programs(self):
        entries = [{"name": each["pname"], "path": f"{each}/bin"} for each in self.extensions]
        return {"gh/extensions": {"source": self._made("linkFarm", "gh-extensions", entries)}}
