from home_manager.authoring import *
from home_manager.modules.programs._assistants import CONTENT, _Assistant, contents

GENERATED = "claude-code-home-manager"
"""The directory of the plugin with the servers. Its manifest says `hm`, as the names of all tools begin with that."""

PERSONAL = "2.1.157"
"""The release from which on plugins below `skills` are found; before, arguments had to name them."""

BY_ARGUMENT = "2.1.76"
"""The release from which on there are such arguments."""

SCHEMA = "https://json.schemastore.org/claude-code-settings.json"

# Claude Code reads agents and commands of a plugin only from regular files in directories, which may be links themselves.
PLUGIN = """\
mkdir "$out"
shopt -s dotglob nullglob
for entry in {source}/*; do ln -s "$entry" "$out/"; done
if [[ ! -e $out/.claude-plugin/plugin.json ]]; then
  rm -f "$out/.claude-plugin"
  mkdir "$out/.claude-plugin"
  for entry in {source}/.claude-plugin/*; do ln -s "$entry" "$out/.claude-plugin/"; done
  install -m644 {manifest} "$out/.claude-plugin/plugin.json"
fi
"""

WRAPPER = """\
mv $out/bin/claude $out/bin/.claude-wrapped
cat > $out/bin/claude <<EOF
#! {bash}/bin/bash -e
exec -a "\\$0" "$out/bin/.claude-wrapped" {arguments} "\\$@"
EOF
chmod +x $out/bin/claude
"""

SKILLS = """\
source={source}
if [[ ! -d $source ]]; then
  echo programs.claude-code.skills must be a directory when set to a path >&2
  exit 1
fi
for name in {names}; do
  if [[ -e $source/$name || -L $source/$name ]]; then
    echo "programs.claude-code.skills has a directory with the name of the plugin $name" >&2
    exit 1
  fi
done
ln -s "$source" "$out"
"""


def directory(what):
    return option(
        t.null_or(t.path),
        default=None,
        example=literal(f"./{what}"),
        doc=f"A directory with all {what}, in place of `{what}`.",
    )


def servers(what, **more):
    return option(t.attrs_of(t.json), default={}, doc=f"Servers of {what}; they reach Claude Code as a plugin.", **more)


class ClaudeCode(_Assistant):
    """Claude Code, the coding assistant of Anthropic for the terminal"""

    package = Package("claude-code", nullable=True, install=False)
    finalPackage = option(t.package, read_only=True, internal=True, doc="The package that is installed.")
    configDir = option(
        t.str,
        default=lambda self: self._usual(),
        default_text='"${config.home.homeDirectory}/.claude"',
        example=literal('"${config.xdg.configHome}/claude"'),
        doc="The directory of the configuration, for {env}`CLAUDE_CONFIG_DIR`.",
    )
    settings = option(
        t.json,
        default={},
        example={"theme": "dark", "permissions": {"allow": ["Bash(git diff:*)", "Edit"], "deny": ["WebFetch"]}},
        doc="What settings.json holds, see <https://code.claude.com/docs/en/settings>.",
    )
    context = option(
        CONTENT,
        default="",
        example=literal("./claude-memory.md"),
        doc="Instructions for all sessions, a text or a file: CLAUDE.md.",
    )
    plugins = option(
        t.either(t.attrs_of(t.either(t.package, t.path)), t.list_of(t.either(t.package, t.path))),
        default={},
        example=literal('{\n  mine = ./my-plugin;\n  nested = "${pkgs.some-package.src}/claude-plugin";\n}\n'),
        doc="Plugins by name. A list still works; names are then those of the store, which change.",
    )
    marketplaces = option(
        t.attrs_of(t.either(t.package, t.path)),
        default={},
        example=literal("{ local-marketplace = ./my-local-marketplace; }"),
        doc="Marketplaces for plugins by name.",
    )
    agents = contents(
        "Agents by name, each a text or a file.", example=literal("{ documentation = ./agents/documentation.md; }")
    )
    commands = contents(
        "Commands by name, each a text or a file.", example=literal("{ fix-issue = ./commands/fix-issue.md; }")
    )
    hooks = contents(
        "Programs for hooks by name, each a text or a file.",
        example=literal("{ post-commit = ./hooks/post-commit.sh; }"),
    )
    rules = contents("Rules by name, each a text or a file.", example=literal("{ security = ./rules/security.md; }"))
    rulesDir = directory("rules")
    agentsDir = directory("agents")
    commandsDir = directory("commands")
    hooksDir = directory("hooks")
    outputStyles = contents(
        "Styles of output by name, each a text or a file.", example=literal("{ concise = ./output-styles/concise.md; }")
    )
    skills = option(
        t.either(t.attrs_of(CONTENT), t.path),
        default={},
        example=literal(
            '{\n  data-analysis = ./skills/data-analysis;\n  beads = "${pkgs.beads.src}/claude-plugin/skills/beads";\n}\n'
        ),
        doc="Skills by name, each a text, a file or a directory with `SKILL.md`; or a directory with all of them.",
    )
    lspServers = servers(
        "languages", example={"go": {"command": "gopls", "args": ["serve"], "extensionToLanguage": {".go": "go"}}}
    )
    mcpServers = servers(
        "the Model Context Protocol", example={"github": {"type": "http", "url": "https://api.githubcopilot.com/mcp/"}}
    )
    renamed = (
        Renamed("skillsDir", "skills", change=lambda value: value),
        Renamed("memory.source", "context", change=lambda value: value),
        Renamed("memory.text", "context", change=lambda value: value),
    )
    variables = Variables(
        CLAUDE_CONFIG_DIR=lambda self: self.configDir, when=lambda self: self.configDir != self._usual()
    )

    def _usual(self):
        return f"{self['home.homeDirectory']}/.claude"

    # Releases

    def _release(self):
        """The release of the package: `None` without a package, empty where the package does not say it."""
        return None if self.package is None else str(self._made(self._library("getVersion"), self.package))

    def _has_personal_plugins(self):
        release = self._release()
        return release is None or (release != "" and version_at_least(release, PERSONAL))

    def _has_plugins(self):
        release = self._release()
        return release in (None, "") or version_at_least(release, BY_ARGUMENT)

    def _is_wrapped(self):
        return bool(self._sources()) and not self._has_personal_plugins()

    # Servers

    def _servers(self):
        for name, server in self._common_servers().items():
            # Variables cannot be read from files by Claude Code itself.
            yield name, self._server(server, name=name, exclude=["enabled"])
        add_type = self._library("hm", "mcp", "addType")
        for name, server in self.mcpServers.items():
            typed = self._called(add_type, server)
            yield name, {key: value for key, value in typed.items() if key != "enabled"}

    def _disabled(self):
        every = {**self._common_servers(), **self.mcpServers}
        return sorted(
            name for name, server in every.items() if server.get("enabled") is False or server.get("disabled") is True
        )

    def _documents(self):
        """The files of the plugin with the servers."""
        if made := dict(self._servers()):
            yield ".mcp.json", {"mcpServers": made}
        if self.lspServers:
            yield ".lsp.json", self.lspServers

    def _json(self, name, value):
        return self._made("writeText", name, formats.json.render(value))

    def _generated(self):
        """The plugin with the servers, where there are any."""
        documents = dict(self._documents())
        if not documents:
            return []
        files = {".claude-plugin/plugin.json": {"name": "hm"}, **documents}
        script = "".join(
            f"install -Dm644 {self._json(f'claude-code{place.rpartition(chr(47))[2]}', value)} $out/{place}\n"
            for place, value in files.items()
        )
        return [(GENERATED, self._made("runCommand", "claude-code-hm-plugin", {}, script))]

    # Plugins

    def _given(self):
        """Plugins with their names."""
        if isinstance(self.plugins, dict):
            return list(self.plugins.items())
        return [(self._derived_name(plugin), plugin) for plugin in self.plugins]

    def _derived_name(self, plugin):
        source = plugin if self._is_path(plugin) else self._in_text(plugin)
        return self._made(
            self._library("strings", "sanitizeDerivationName"), self._made(self._library("baseNameOf"), source)
        )

    def _sources(self):
        return [plugin for _, plugin in [*self._generated(), *self._given()]]

    def _plugins(self):
        """The directories of plugins by name."""
        yield from self._generated()
        for name, plugin in self._given():
            words = {
                "source": formats.shell.quote(self._in_text(plugin)),
                "manifest": self._json(f"claude-code-{name}.json", {"name": name}),
            }
            yield name, self._made("runCommand", f"claude-code-{name}", {}, PLUGIN.format(**words))

    def _plugin_names(self):
        return [name for name, _ in [*self._generated(), *self._given()]]

    def _skill_names(self):
        if self._is_directory(self.skills):
            return list(self._called(self._library("filesystem", "readDir"), self.skills))
        return [] if self._is_path_like(self.skills) else list(self.skills)

    @defines(".finalPackage", when=package)
    def final(self):
        if not self._is_wrapped():
            return self.package
        arguments = [word for source in self._sources() for word in ("--plugin-dir", self._in_text(source))]
        words = {"bash": self.pkgs["bash"], "arguments": formats.shell.quote_all(arguments)}
        joined = {
            "name": "claude-code",
            "paths": [self.package],
            "postBuild": WRAPPER.format(**words),
            "meta": self.package["meta"],
        }
        return self._made("symlinkJoin", joined)

    @defines("home.packages", when=package)
    def installed(self):
        return [self.finalPackage]

    # What is wrong

    @check
    def nothing_twice(self):
        names, personal = self._plugin_names(), self._has_personal_plugins()
        if names and not self._has_plugins():
            yield f"Managed Claude Code MCP, LSP, and plugins require `programs.claude-code.package` version {BY_ARGUMENT} or later"
        yield from self._not_directories("skills")
        if personal and len(set(names)) != len(names):
            yield "`programs.claude-code.plugins` entries must resolve to unique personal-plugin directory names"
        if personal and set(self._skill_names()) & set(names):
            yield "`programs.claude-code.skills` and managed plugins must have unique directory names"
        for name in ("rules", "agents", "commands", "hooks"):
            if getattr(self, name) and getattr(self, f"{name}Dir") is not None:
                yield f"Cannot specify both `programs.claude-code.{name}` and `programs.claude-code.{name}Dir`"

    @warn
    def old_ways(self):
        if isinstance(self.plugins, list) and self.plugins:
            yield (
                "`programs.claude-code.plugins` is a list: the names of plugins come from the store then, and change. "
                "Give them names:\n  plugins.my-plugin = ./my-plugin;\n"
            )
        if self._is_wrapped() and self._has_plugins():
            release = f"has the version {self._release()}" if self._release() else "does not say its version"
            yield (
                f"`programs.claude-code.package` {release}, so plugins and servers are given as arguments, which "
                f"commands such as `claude rc` may refuse. From {PERSONAL} on, no arguments are needed.\n"
            )

    # Files

    def _settings(self):
        settings = {**self.settings, "$schema": SCHEMA}
        if self.marketplaces:
            settings["extraKnownMarketplaces"] = {
                name: self._marketplace(place) for name, place in self.marketplaces.items()
            }
        if disabled := self._disabled():
            settings["disabledMcpjsonServers"] = list(
                dict.fromkeys([*self.settings.get("disabledMcpjsonServers", []), *disabled])
            )
        return settings if len(settings) > 1 else {}

    def _marketplace(self, place, **more):
        return {"source": {"source": "directory", "path": self._in_text(place)}, **more}

    @defines("home.file")
    def files(self):
        base = self.configDir
        if settings := self._settings():
            # Claude Code watches the directory that the link leads to: one of its own.
            folder = self._made("writeTextDir", "settings.json", formats.json.render(settings))
            yield {f"{base}/settings.json": {"source": f"{folder}/settings.json"}}
        yield self._instructions(f"{base}/CLAUDE.md", self.context, only_written=True)
        if self.marketplaces:
            known = {
                name: self._marketplace(place, installLocation=self._in_text(place), lastUpdated="1970-01-01T00:00:00Z")
                for name, place in self.marketplaces.items()
            }
            yield {f"{base}/plugins/known_marketplaces.json": {"text": formats.json.render(known)}}
        for folder, given in {
            "output-styles": self.outputStyles,
            **{n: getattr(self, n) for n in ("agents", "commands", "rules")},
        }.items():
            yield {f"{base}/{folder}/{name}.md": self._source_or_text(content) for name, content in given.items()}
        for folder in ("agents", "commands", "hooks", "rules"):
            if (source := getattr(self, f"{folder}Dir")) is not None:
                yield {f"{base}/{folder}": {"source": source, "recursive": True}}
        for name, hook in self.hooks.items():
            yield {f"{base}/hooks/{name}": {**self._source_or_text(hook), "executable": True}}
        if self._has_personal_plugins():
            yield {f"{base}/skills/{name}": {"source": plugin} for name, plugin in self._plugins()}

    @defines("home.file")
    def skill_files(self):
        place = f"{self.configDir}/skills"
        if not self._is_path_like(self.skills) or self._is_path(self.skills):
            return self._skills(place, self.skills)
        names = self._plugin_names() if self._has_personal_plugins() else []
        words = {"source": formats.shell.quote(self._in_text(self.skills)), "names": formats.shell.quote_all(names)}
        source = self._made("runCommandLocal", "claude-code-skills", {}, SKILLS.format(**words))
        return {place: {"source": source, "recursive": True}}
