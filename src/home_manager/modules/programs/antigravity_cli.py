from home_manager.authoring import *
from home_manager.modules.programs._assistants import CONTENT, _Assistant

MOVED = (
    "useLegacyGeminiConfig",
    "skills",
    "settings",
    "policies",
    "permissions",
    "package",
    "mcpServers",
    "enableMcpIntegration",
    "enable",
    "defaultModel",
    "context",
    "commands",
)
"""The options that were below `programs.gemini-cli`."""

ADDRESSES = ("httpUrl", "url", "serverUrl")
LOCAL = ("command", "args", "env")


def merged(one, other):
    """Two values, the second inside of the first where both are sets."""
    if not isinstance(one, dict) or not isinstance(other, dict):
        return other
    return {**one, **{name: merged(one[name], value) if name in one else value for name, value in other.items()}}


class Command(Options):
    """A command"""

    freeform = t.attrs_of(t.str)

    prompt = option(t.str, doc="What the assistant is asked.")
    description = option(t.str, doc="What the command does.")


class Permissions(Options):
    """What the assistant may do"""

    allow = option(t.list_of(t.str), default=[], doc="What it may do.")
    deny = option(t.list_of(t.str), default=[], doc="What it may not do.")
    ask = option(t.list_of(t.str), default=[], doc="What it has to ask for.")


class AntigravityCli(_Assistant):
    """Antigravity, a coding assistant of Google, for the terminal"""

    package = Package("antigravity-cli", nullable=True)
    useLegacyGeminiConfig = option(
        t.bool, default=False, doc="Whether the files are those of Gemini CLI, as they are with a package of that name."
    )
    settings = option(
        t.json,
        default={},
        example={
            "altScreenMode": "always",
            "artifactReviewPolicy": "agent-decides",
            "colorScheme": "tokyo night",
            "toolPermission": "proceed-in-sandbox",
        },
        doc="What settings.json holds.",
    )
    mcpServers = option(
        t.json,
        default={},
        example=literal(
            "{\n"
            "  filesystem = {\n"
            "    args = [\n"
            '      "-y"\n'
            '      "@modelcontextprotocol/server-filesystem"\n'
            '      "/tmp"\n'
            "    ];\n"
            '    command = "npx";\n'
            "  };\n"
            "  github = {\n"
            '    serverUrl = "https://api.githubcopilot.com/mcp/";\n'
            "  };\n"
            "}\n"
        ),
        doc="Servers of the Model Context Protocol.",
    )
    commands = option(
        t.attrs_of(t.submodule(Command)),
        default={},
        example={
            "git/fix": {
                "description": "Fixes what is staged",
                "prompt": "Look for mistakes in what is staged: {{args}}.",
            }
        },
        doc="Commands by name. A name with a slash is called with a colon: `/git:fix`.",
    )
    permissions = option(
        t.null_or(t.submodule(Permissions)),
        default=None,
        example={"allow": ["command(git)"], "ask": ["command(*)"], "deny": ["command(rm -rf)"]},
        doc="What the assistant may do.",
    )
    policies = option(
        t.attrs_of(t.either(t.path, t.toml)),
        default={},
        example=literal(
            "{\n"
            '  "my-rules" = {\n'
            "    rule = [\n"
            "      {\n"
            '        toolName = "run_shell_command";\n'
            '        commandPrefix = "git ";\n'
            '        decision = "ask_user";\n'
            "        priority = 100;\n"
            "      }\n"
            "    ];\n"
            "  };\n"
            '  "other-rules" = ./path/to/rules.toml;\n'
            "}\n"
        ),
        doc="Policies by name, each values or a file; for Gemini CLI alone.",
    )
    defaultModel = option(
        t.null_or(t.str), default=None, example="gemini-2.5-flash", doc="The model, for {env}`GEMINI_MODEL`."
    )
    context = option(
        t.attrs_of(CONTENT),
        default={},
        example=literal('{\n  GEMINI = "Write tests first.\\n";\n  AGENTS = ./agents.md;\n}\n'),
        doc="Instructions for all sessions by the names of files below `~/.gemini`, each a text or a file.",
    )
    skills = option(
        t.either(t.attrs_of(CONTENT), t.path),
        default={},
        example=literal("{ data-analysis = ./skills/data-analysis; }"),
        doc="Skills by name, each a text, a file or a directory with `SKILL.md`; or a directory with all of them.",
    )
    renamed = tuple(Renamed(f"/programs.gemini-cli.{name}", name) for name in MOVED)
    variables = Variables(GEMINI_MODEL=lambda self: self.defaultModel)

    def _is_gemini(self):
        if self.useLegacyGeminiConfig:
            return True
        return self.package is not None and self._made(self._library("getName"), self.package) == "gemini-cli"

    def _by_old_name(self):
        return any(self._root_option(f"programs.gemini-cli.{name}").definitions() for name in MOVED)

    @defines(".package", when=_by_old_name)
    def gemini(self):
        return default(self.pkgs["gemini-cli"])

    @defines(".useLegacyGeminiConfig", when=_by_old_name)
    def gemini_files(self):
        return default(True)

    @check
    def fits_the_program(self):
        yield from self._not_directories("skills")
        if self.policies and not self._is_gemini():
            yield (
                "`programs.antigravity-cli.policies` are read by Gemini CLI alone. For Antigravity CLI, use "
                "`programs.antigravity-cli.permissions` instead.\n"
            )

    def _common(self):
        made = {name: self._server(server, name=name) for name, server in self._common_servers().items()}
        return {name: {key: default(value) for key, value in server.items()} for name, server in made.items()}

    @defines(".settings", when=lambda self: self._is_gemini() and self._common_servers())
    def common_for_gemini(self):
        return {"mcpServers": self._common()}

    @defines(".mcpServers", when=lambda self: not self._is_gemini() and self._common_servers())
    def common_for_antigravity(self):
        return self._common()

    def _servers(self):
        return merged(self.settings.get("mcpServers", {}), self.mcpServers)

    def _described(self, server):
        """A server as Antigravity describes it."""
        is_remote = any(server.get(name) is not None for name in ADDRESSES)
        addresses = [server[name] for name in ("url", "httpUrl") if name in server]
        address = {"serverUrl": addresses[0]} if addresses else {}
        is_off = self._made(self._library("hm", "mcp", "resolveEnabled"), server) is False
        left_out = ("httpUrl", "url", "enabled", *(LOCAL if is_remote else ()))
        kept = {name: value for name, value in server.items() if name not in left_out}
        result = {**kept, **address, **({"disabled": True} if is_off else {})}
        return {name: value for name, value in result.items() if value not in (None, [], {})}

    def _permitted(self):
        return {} if self.permissions is None else {"permissions": self.permissions}

    @defines("home.file")
    def files(self):
        for name, content in self.context.items():
            yield {f".gemini/{name}.md": self._source_or_text(content, only_written=True)}
        yield from self._for_gemini() if self._is_gemini() else self._for_antigravity()

    def _for_gemini(self):
        servers = {"mcpServers": self._servers()} if self._servers() else {}
        if settings := merged(self._permitted(), merged(self.settings, servers)):
            yield {".gemini/settings.json": {"text": formats.json.render(settings)}}
        for name, command in self.commands.items():
            text = formats.toml.render({"description": command.description, "prompt": command.prompt})
            yield {f".gemini/commands/{name}.toml": {"text": text}}
        for name, policy in self.policies.items():
            entry = {"source": policy} if self._is_path_like(policy) else {"text": formats.toml.render(policy)}
            yield {f".gemini/policies/{name}.toml": entry}
        yield self._skills(".gemini/skills", self.skills)

    def _for_antigravity(self):
        own = {name: value for name, value in self.settings.items() if name != "mcpServers"}
        if settings := merged(self._permitted(), own):
            yield {".gemini/antigravity-cli/settings.json": {"text": formats.json.render(settings)}}
        if servers := self._servers():
            described = {name: self._described(server) for name, server in servers.items()}
            yield {".gemini/config/mcp_config.json": {"text": formats.json.render({"mcpServers": described})}}
        for name, command in self.commands.items():
            skill = name.replace("/", ":")
            text = f"---\nname: {skill}\ndescription: {command.description}\n---\n\n{command.prompt}\n"
            yield {f".gemini/antigravity-cli/skills/{skill}/SKILL.md": {"text": text}}
        yield self._skills(".gemini/antigravity-cli/skills", self.skills)
