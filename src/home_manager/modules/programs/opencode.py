from home_manager.authoring import *
from home_manager.modules.programs._assistants import CONTENT, _Assistant

FOLDERS = {"commands": "md", "agents": "md", "tools": "ts"}
"""Folders of files that are given as they are, and what the names of the files end with."""

SINGLE = ("theme", "keybinds", "tui")
"""Settings that OpenCode has read from tui.json since 1.2.15."""


def files(doc, of=CONTENT, **more):
    return option(
        t.either(t.attrs_of(of), t.path),
        default={},
        doc=f"{doc} A path stands for a directory with all of them.",
        **more,
    )


class Web(Options):
    """The service for browsers"""

    enable = option(t.bool, default=False, example=True, doc="Whether OpenCode also runs as a service for browsers.")
    extraArgs = option(
        t.list_of(t.str),
        default=[],
        example=[
            "--hostname",
            "0.0.0.0",
            "--port",
            "4096",
            "--mdns",
            "--cors",
            "https://example.com",
            "--cors",
            "http://localhost:3000",
            "--print-logs",
            "--log-level",
            "DEBUG",
        ],
        doc="Arguments of `opencode serve`.",
    )
    environmentFile = option(
        t.null_or(t.path),
        default=None,
        example="/run/secrets/opencode-web",
        doc="A file with variables of the service, such as its password.",
    )


class Opencode(_Assistant):
    """OpenCode, a coding assistant for the terminal"""

    package = Package("opencode", nullable=True, wrap_path="extraPackages")
    extraPackages = option(
        t.list_of(t.package), default=[], example=literal("[ pkgs.uv ]"), doc="Packages whose programs OpenCode finds."
    )
    settings = option(
        t.json,
        default={},
        example={"autoshare": False, "autoupdate": True, "model": "anthropic/claude-sonnet-4-20250514"},
        doc="What opencode.json holds, see <https://opencode.ai/docs/config/>.",
    )
    tui = option(
        t.json,
        default={},
        example={"keybinds": {"leader": "alt+b"}, "theme": "system"},
        doc="What tui.json holds: theme, keys and other things of the interface.",
    )
    web = group(Web)
    context = option(
        CONTENT,
        default="",
        example="# Rules\n\n- Ask before you delete files.\n",
        doc="Instructions for all sessions, a text or a file: AGENTS.md.",
    )
    commands = files(
        "Commands by name, each a text or a file.", example=literal("{ fix-issue = ./commands/fix-issue.md; }")
    )
    agents = files(
        "Agents by name, each a text or a file.", example=literal("{ documentation = ./agents/documentation.md; }")
    )
    skills = files(
        "Skills by name, each a text, a file or a directory with `SKILL.md`.",
        t.one_of(t.lines, t.path, t.str),
        example=literal("{ data-analysis = ./skills/data-analysis; }"),
    )
    themes = files(
        "Themes by name, each values or a file, see <https://opencode.ai/docs/themes/>.", t.either(t.json, t.path)
    )
    tools = files(
        "Tools by name, each the text of a module of TypeScript, or its file.",
        example=literal("{ api-client = ./tools/api-client.ts; }"),
    )
    renamed = (Renamed("rules", "context"),)

    @check
    def directories(self):
        yield from self._not_directories(*FOLDERS, "skills", "themes")

    @warn
    def settings_of_the_interface(self):
        found = [name for name in sorted(SINGLE) if name in self.settings]
        if found and (self.package is None or version_at_least(self.package["version"], "1.2.15")):
            yield (
                f"programs.opencode.settings has {', '.join(found)}, which OpenCode has read from tui.json since 1.2.15. "
                "Move that to programs.opencode.tui, see <https://opencode.ai/docs/config#tui>.\n"
            )

    # Settings

    def _described(self, server):
        """A server as OpenCode describes it."""
        given = self._server(server, typed=False)
        enabled = {} if given.get("enabled") is None else {"enabled": given["enabled"]}
        if given.get("url") is not None:
            headers = {"headers": given["headers"]} if given.get("headers") else {}
            remote = {"type": "remote", "url": given["url"], **headers}
            own = {**given, **enabled, **remote}
        else:
            variables = {"environment": given["env"]} if given.get("env") else {}
            own = {
                **given,
                **enabled,
                "type": "local",
                "command": [given["command"], *given.get("args", [])],
                **variables,
            }
        return {name: value for name, value in own.items() if name not in ("args", "env")}

    def _servers(self):
        return {name: self._described(server) for name, server in self._common_servers().items()}

    @defines("xdg.configFile", when=lambda self: self.settings or self._servers())
    def configuration(self):
        servers = {**self._servers(), **self.settings.get("mcp", {})}
        settings = {
            "$schema": "https://opencode.ai/config.json",
            **self.settings,
            **({"mcp": servers} if servers else {}),
        }
        # Permissions count in the order in which they stand, so settings can be entries of a graph.
        plain = {"pkgs": self._argument("pkgs"), "jsonFormat": self._made(self.pkgs["formats"]["json"], {})}
        ordered = self._made(self._library("hm", "generators", "mkDAGOrderedJsonFormat"), plain)
        return {"opencode/opencode.json": {"source": self._made(ordered["generate"], "opencode.json", settings)}}

    @config_file("opencode/tui.json", when=tui)
    def interface(self):
        return formats.json.render({"$schema": "https://opencode.ai/tui.json", **self.tui})

    # Files

    @defines("xdg.configFile")
    def files(self):
        yield self._instructions("opencode/AGENTS.md", self.context, only_written=True)
        yield self._skills("opencode/skills", self.skills)
        for folder, ending in FOLDERS.items():
            yield self._folder(folder, ending, lambda content: self._source_or_text(content, only_written=True))
        yield self._folder("themes", "json", self._theme)

    def _folder(self, folder, ending, entry):
        given = getattr(self, folder)
        if self._is_path(given):
            return {f"opencode/{folder}": {"source": given, "recursive": True}}
        return {f"opencode/{folder}/{name}.{ending}": entry(content) for name, content in given.items()}

    def _theme(self, theme):
        if self._is_path(theme):
            return {"source": theme}
        return {"text": formats.json.render({"$schema": "https://opencode.ai/theme.json", **theme})}

    # The service

    def _serve(self):
        return [exe(self._installed()), "serve", *self.web.extraArgs]

    @defines("systemd.user.services", when=lambda self: self.web.enable)
    def service(self):
        program, *arguments = self._serve()
        service = {
            "ExecStart": f"{program} serve {formats.shell.quote_all(arguments[1:])}",
            "Restart": "always",
            "RestartSec": 5,
            **({} if self.web.environmentFile is None else {"EnvironmentFile": self.web.environmentFile}),
        }
        unit = {"Description": "OpenCode Web Service", "After": ["network.target"]}
        return {"opencode-web": {"Unit": unit, "Service": service, "Install": {"WantedBy": ["default.target"]}}}

    @defines("launchd.agents", when=lambda self: self.web.enable and self._is_on("darwin"))
    def agent(self):
        arguments = self._serve()
        if self.web.environmentFile is not None:
            script = f"source {self.web.environmentFile}\n{formats.shell.quote_all(arguments)}\n"
            arguments = [exe(self._made("writeShellScriptBin", "opencode-launchd-wrapper", script))]
        config = {
            "ProgramArguments": arguments,
            "KeepAlive": {"Crashed": True, "SuccessfulExit": False},
            "ProcessType": "Background",
            "RunAtLoad": True,
        }
        return {"opencode-web": {"enable": True, "config": config}}
