from home_manager.authoring import *
from home_manager.modules.programs._assistants import CONTENT, _Assistant

FILES = t.either(t.attrs_of(t.one_of(t.lines, t.path, t.str)), t.path)


class GithubCopilotCli(_Assistant):
    """Copilot, the coding assistant of GitHub, for the terminal"""

    package = Package("github-copilot-cli", nullable=True)
    configDir = option(
        t.str,
        default=lambda self: (
            f"{self['xdg.configHome']}/copilot" if self["home.preferXdgDirectories"] else self._usual()
        ),
        default_text="if config.home.preferXdgDirectories then\n"
        '  "${config.xdg.configHome}/copilot"\nelse\n  "${config.home.homeDirectory}/.copilot"\n',
        example=literal('"${config.xdg.configHome}/copilot"'),
        doc="The directory of the configuration, for {env}`COPILOT_HOME`.",
    )
    settings = option(
        t.attrs_of(t.json),
        default={},
        example={
            "autoUpdate": False,
            "model": "claude-sonnet-4-5",
            "renderMarkdown": True,
            "theme": "default",
            "trusted_folders": ["/home/user/projects"],
        },
        doc="What config.json holds, see `copilot help config`.",
    )
    context = option(
        CONTENT,
        default="",
        example="Review the current workspace before making edits.\nPrefer actionable findings over general commentary.\n",
        doc="Instructions for all sessions, a text or a file.",
    )
    mcpServers = option(
        t.attrs_of(t.json),
        default={},
        example={"context7": {"type": "http", "url": "https://mcp.context7.com/mcp", "tools": ["*"]}},
        doc="Servers of the Model Context Protocol.",
    )
    lspServers = option(
        t.attrs_of(t.json),
        default={},
        example={"python": {"command": "pyright-langserver", "args": ["--stdio"], "fileExtensions": {".py": "python"}}},
        doc="Servers of languages.",
    )
    agents = option(
        FILES,
        default={},
        example=literal("{ documentation = ./agents/documentation.agent.md; }"),
        doc="Agents by name, each a text or a file; or a directory with all of them.",
    )
    skills = option(
        FILES,
        default={},
        example=literal("{ data-analysis = ./skills/data-analysis; }"),
        doc="Skills by name, each a text, a file or a directory with `SKILL.md`; or a directory with all of them.",
    )
    variables = Variables(COPILOT_HOME=lambda self: self.configDir, when=lambda self: self.configDir != self._usual())

    def _usual(self):
        return f"{self['home.homeDirectory']}/.copilot"

    @check
    def directories(self):
        yield from self._not_directories("agents", "skills")

    def _described(self, name, server):
        """A server as Copilot describes it: every tool is allowed unless some are named."""
        made = self._server(server, name=name)
        local = {"type": "local", "args": made.get("args", [])} if made["type"] in ("stdio", "local") else {}
        return {"tools": ["*"], **made, **local}

    def _servers(self):
        common = {name: server for name, server in self._common_servers().items() if not server.get("disabled")}
        return {name: self._described(name, server) for name, server in {**common, **self.mcpServers}.items()}

    def _documents(self):
        if self.settings:
            # Copilot writes this date at its first start, which it cannot where the file is ours.
            yield "config", {"firstLaunchAt": "1970-01-01T00:00:00.000Z", **self.settings}
        if servers := self._servers():
            yield "mcp-config", {"mcpServers": servers}
        if self.lspServers:
            yield "lsp-config", {"lspServers": self.lspServers}

    @defines("home.file")
    def files(self):
        for name, value in self._documents():
            yield {f"{self.configDir}/{name}.json": {"text": formats.json.render(value)}}
        yield self._instructions(f"{self.configDir}/copilot-instructions.md", self.context)
        yield self._skills(f"{self.configDir}/skills", self.skills)
        place = f"{self.configDir}/agents"
        if self._is_path_like(self.agents):
            source = self._checked_directory("github-copilot-cli-agents", "agents", self.agents)
            yield {place: {"source": source, "recursive": True}}
        else:
            yield {f"{place}/{name}.agent.md": self._source_or_text(agent) for name, agent in self.agents.items()}
