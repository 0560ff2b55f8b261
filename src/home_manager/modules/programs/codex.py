from home_manager.authoring import *
from home_manager.modules.programs._assistants import CONTENT, _Assistant

MARKETPLACE = "home-manager"
"""The marketplace that the plugins of the configuration are said to come from."""

POLICY = {"installation": "AVAILABLE", "authentication": "ON_INSTALL"}

# A skill must be a regular file: Codex does not follow links to SKILL.md, see <https://github.com/openai/codex/issues/10470>.
SKILLS = """\
source={source}
if [[ ! -d $source ]]; then
  echo programs.codex.skills must be a directory when set to a path >&2
  exit 1
fi
mkdir -p "$out/stage" "$out/normalized"
shopt -s dotglob nullglob
for skill in "$source"/*; do
  name=${{skill##*/}}
  if [[ ! -d $skill ]]; then
    mkdir "$out/normalized/$name"
    cp "$skill" "$out/normalized/$name/SKILL.md"
    skill=$out/normalized/$name
  fi
  ln -s "$skill" "$out/stage/$name"
done
"""

HOOKS = """\
source={source}
mkdir "$out"
if [[ -f $source/hooks.json ]]; then
  ln -s "$source/hooks.json" "$out/hooks.json"
  ln -s "$source" "$out/hooks"
elif [[ -f $source ]]; then
  ln -s "$source" "$out/hooks.json"
else
  echo programs.codex.hooks must be a file, or a directory with a file hooks.json >&2
  exit 1
fi
"""

FILE = """\
if [[ ! -f {source} ]]; then
  echo the rule {name} must be a file >&2
  exit 1
fi
ln -s {source} "$out"
"""

PLUGINS = """\
safe() {{ sed -E 's/^\\.+//; s/[^A-Za-z0-9+._?=-]+/-/g' <<< "$1"; }}
add() {{
  local placeholder=$1 source=$2 name=$3 version=0.0.0 place
  local manifest=$source/.codex-plugin/plugin.json
  if [[ ! -d $source ]]; then
    echo "the plugin $source is not a directory" >&2
    exit 1
  fi
  if [[ -e $manifest ]]; then
    name=$(jq -er '.name | strings' "$manifest")
    version=$(jq -er '.version // "0.0.0" | strings' "$manifest")
  fi
  place=$(safe "$name")/$(safe "$version")
  if [[ -e $out/cache/$place ]]; then
    echo "two plugins have the name and the version $place" >&2
    exit 1
  fi
  mkdir -p "$out/cache/${{place%/*}}"
  ln -s "$source" "$out/cache/$place"
  jq --arg old "$placeholder@{marketplace}" --arg new "$name@{marketplace}" \\
    '.plugins |= (((.[$new] // {{}}) * .[$old]) as $own | del(.[$old]) + {{($new): $own}})' \\
    <<< "$config" > config.json
  config=$(< config.json)
  jq --arg old "$placeholder" --arg name "$name" --arg path "./{cache}/{marketplace}/$place" \\
    '(.plugins[] | select(.name == $old)) |= (.name = $name | .source.path = $path)' <<< "$market" > market.json
  market=$(< market.json)
}}
mkdir -p "$out/cache"
config=$(< {config})
market=$(< {market})
{calls}
printf '%s\\n' "$market" > "$out/marketplace.json"
jq -r {toml} <<< "$config" > "$out/config.toml"
"""

# Sets become tables, sets within lists stand in one line.
TOML = """\
def word: if test("^[A-Za-z0-9_-]+$") then . else tojson end;
def plain:
  if type == "object" then "{ " + (to_entries | map("\\(.key | word) = \\(.value | plain)") | join(", ")) + " }"
  elif type == "array" then "[" + (map(plain) | join(", ")) + "]"
  else tojson end;
def lines($path):
  (to_entries | map(select(.value | type != "object") | "\\(.key | word) = \\(.value | plain)")) as $own
  | (if $path == "" then $own elif ($own | length) > 0 or length == 0 then ["", "[\\($path)]"] + $own else [] end)
    + (to_entries | map(select(.value | type == "object") | (.key | word) as $key | .value
      | lines(if $path == "" then $key else "\\($path).\\($key)" end)) | add // []);
lines("") | .[]
"""


def merged(one, other):
    """Two values, the second inside of the first where both are sets."""
    if not isinstance(one, dict) or not isinstance(other, dict):
        return other
    return {**one, **{name: merged(one[name], value) if name in one else value for name, value in other.items()}}


class Codex(_Assistant):
    """Codex, the coding assistant of OpenAI for the terminal"""

    package = Package("codex", nullable=True)
    settings = option(
        t.null_or(t.toml),
        default={},
        default_text="{ }",
        example={"model": "gemma3:latest", "model_provider": "ollama"},
        doc="What config.toml holds, see <https://developers.openai.com/codex/config-reference>. Releases before 0.2.0 "
        "read config.yaml.",
    )
    profiles = option(
        t.attrs_of(t.toml),
        default={},
        example={
            "deep-review": {
                "approval_policy": "on-request",
                "model": "gpt-5.5",
                "model_reasoning_effort": "xhigh",
                "sandbox_mode": "workspace-write",
            }
        },
        doc="Profiles by name, each a file of settings for `codex --profile`.",
    )
    context = option(
        CONTENT,
        default="",
        example="- Always respond with emojis\n- Only use git commands when explicitly requested\n",
        doc="Instructions for all sessions, a text or a file: AGENTS.md.",
    )
    contextOverride = option(
        t.null_or(CONTENT),
        default=None,
        example="- Temporarily ignore default global guidance\n- Prefer brief answers while debugging\n",
        doc="Instructions in place of those, a text or a file: AGENTS.override.md.",
    )
    hooks = option(
        t.either(t.json, t.path),
        default={},
        example={
            "PreToolUse": [{"matcher": "^Bash$", "hooks": [{"type": "command", "command": "/usr/local/bin/check"}]}]
        },
        doc="Hooks as values, as a file hooks.json, or as a directory with one.",
    )
    plugins = option(
        t.list_of(t.either(t.package, t.path)),
        default=[],
        example=literal("[ ./my-local-plugin ]"),
        doc="Directories of plugins.",
    )
    marketplaces = option(
        t.attrs_of(t.either(t.package, t.path)),
        default={},
        example=literal("{ local-marketplace = ./my-local-marketplace; }"),
        doc="Directories of marketplaces by name.",
    )
    skills = option(
        t.either(t.attrs_of(CONTENT), t.path),
        default={},
        example=literal("{ data-analysis = ./skills/data-analysis; }"),
        doc="Skills by name, each a text, a file or a directory with `SKILL.md`; or a directory with all of them.",
    )
    rules = option(
        t.attrs_of(CONTENT),
        default={},
        example=literal(
            "{\n"
            '  default = "prefix_rule(pattern = [\\"nix\\", \\"build\\"], decision = \\"allow\\")\\n";\n'
            "  github = ./codex/github.rules;\n"
            "}\n"
        ),
        doc="Rules for commands by name, each a text or a file.",
    )
    renamed = (Renamed("custom-instructions", "context"),)
    variables = Variables(CODEX_HOME=lambda self: f"{self['xdg.configHome']}/codex", when=lambda self: self._in_xdg())

    def _at_least(self, release):
        return self.package is None or version_at_least(self._made(self._library("getVersion"), self.package), release)

    def _reads_toml(self):
        return self._at_least("0.2.0")

    def _in_xdg(self):
        return self["home.preferXdgDirectories"] and self._reads_toml()

    def _folder(self):
        if not self._in_xdg():
            return ".codex"
        return f"{self['xdg.configHome']}/codex".removeprefix(f"{self['home.homeDirectory']}/")

    # Settings

    def _old_profiles(self):
        """The settings that were profiles before release 0.134.0."""
        return {name: (self.settings or {})[name] for name in ("profile", "profiles") if name in (self.settings or {})}

    def _moves_profiles(self):
        return bool(self._old_profiles()) and self._at_least("0.134.0")

    @warn
    def profiles_moved(self):
        if self._moves_profiles():
            yield (
                "Since release 0.134.0, Codex no longer reads `profile` and `profiles` from its settings. What "
                "`programs.codex.settings.profiles` has is written to files of its own: move it to "
                "`programs.codex.profiles`, and remove `programs.codex.settings.profile`.\n"
            )

    def _all_profiles(self):
        old = self._old_profiles().get("profiles") if self._moves_profiles() else None
        return {**(old if isinstance(old, dict) else {}), **self.profiles}

    def _servers(self):
        for name, server in self._common_servers().items():
            made = self._server(server, name=name, exclude=["headers", "type"])
            headers = {"http_headers": dict(server["headers"].items())} if server["headers"] else {}
            yield name, {**made, **headers}

    def _own_settings(self):
        given = self.settings or {}
        return {
            name: value
            for name, value in given.items()
            if not (self._moves_profiles() and name in self._old_profiles())
        }

    def _settings(self):
        settings = self._own_settings()
        if self.plugins or self.marketplaces:
            settings = merged(settings, {"features": {"plugins": True}})
        if self.plugins:
            settings = merged(
                settings, {"plugins": {f"{name}@{MARKETPLACE}": {"enabled": True} for name in self._names()}}
            )
        if self.marketplaces:
            places = {name: {"source_type": "local", "source": self._market(name)} for name in self.marketplaces}
            settings = merged(settings, {"marketplaces": places})
        servers = {**dict(self._servers()), **settings.get("mcp_servers", {})}
        return {**settings, "mcp_servers": servers} if servers else settings

    def _market(self, name):
        place = self.marketplaces[name]
        return self._in_text(self._checked_directory(f"codex-marketplace-{name}", f"marketplaces.{name}", place))

    # Plugins

    def _is_known(self, plugin):
        """Whether name and version of a plugin can be known before it is built."""
        return self._is_path(plugin) or isinstance(plugin, dict)

    def _identity(self, number, plugin):
        """Name and version of a plugin; a name to be replaced where only the build can tell."""
        if not self._is_known(plugin):
            return f"__home_manager_derived_plugin_{number}__", ""
        if not self._is_path(plugin):
            return plugin.get("pname") or self._made(self._library("getName"), plugin), plugin.get("version") or "0.0.0"
        manifest = self._made(self._library("path", "append"), plugin, ".codex-plugin/plugin.json")
        there = self._made(self._library("pathExists"), manifest)
        found = self._called(self._library("importJSON"), manifest) if there else {}
        return found.get("name") or self._made(self._library("baseNameOf"), plugin), found.get("version") or "0.0.0"

    def _identities(self):
        return [self._identity(number, plugin) for number, plugin in enumerate(self.plugins)]

    def _names(self):
        return [name for name, _ in self._identities()]

    def _cached(self, name, version):
        safe = self._library("strings", "sanitizeDerivationName")
        return f"{self._folder()}/plugins/cache/{MARKETPLACE}/{self._made(safe, name)}/{self._made(safe, version)}"

    def _marketplace(self):
        plugins = [
            {
                "name": name,
                "source": {"source": "local", "path": f"./{self._cached(name, version)}" if version else name},
                "policy": POLICY,
                "category": "Productivity",
            }
            for name, version in self._identities()
        ]
        return {"name": MARKETPLACE, "interface": {"displayName": "Home Manager"}, "plugins": plugins}

    def _bundle(self):
        """What the build finds out about plugins that nothing is known of before; nothing without such plugins."""
        unknown = [(number, plugin) for number, plugin in enumerate(self.plugins) if not self._is_known(plugin)]
        if not unknown:
            return None
        calls = []
        for number, plugin in unknown:
            source = self._in_text(plugin)
            name = self._made(self._library("baseNameOf"), source)
            calls.append(f"add {formats.shell.quote_all([self._identity(number, plugin)[0], source, str(name)])}")
        words = {
            "marketplace": MARKETPLACE,
            "cache": f"{self._folder()}/plugins/cache",
            "config": self._made("writeText", "codex-config.json", formats.json.render(self._settings())),
            "market": self._made("writeText", "codex-marketplace.json", formats.json.render(self._marketplace())),
            "calls": "\n".join(calls),
            "toml": formats.shell.quote(TOML),
        }
        tools = {"nativeBuildInputs": [self.pkgs["jq"]]}
        return self._made("runCommandLocal", "codex-derived-plugins", tools, PLUGINS.format(**words))

    @activation_step("cleanCodexPluginCache", before="linkGeneration", when=plugins)
    def real_directories(self):
        # Codex turns the link of a plugin into a directory, which no link could then replace.
        known = [
            f'"$HOME"/{formats.shell.quote(self._cached(name, version))}'
            for name, version in self._identities()
            if version
        ]
        remove = '[[ -L $plugin || ! -d $plugin ]] || run rm -rf "$plugin"'
        script = f"for plugin in {' '.join(known)}; do\n  {remove}\ndone\n" if known else ""
        if bundle := self._bundle():
            cache = formats.shell.quote(f"{self._folder()}/plugins/cache/{MARKETPLACE}")
            plugin = f'"$HOME"/{cache}/${{made#{bundle}/cache/}}'
            script += f"for made in {bundle}/cache/*/*; do\n  plugin={plugin}\n  {remove}\ndone\n"
        return script

    # Files

    @check
    def what_must_be_directories(self):
        if (self.plugins or self.marketplaces) and not self._reads_toml():
            yield "`programs.codex.plugins` and `programs.codex.marketplaces` require Codex 0.2.0 or later"
        for name, values in (("plugins", self.plugins), ("marketplaces", self.marketplaces.values())):
            if any(self._is_path(value) and not self._is_directory(value) for value in values):
                yield f"`programs.codex.{name}` entries must be directories"
        yield from self._not_directories("skills")
        if any(self._is_directory(rule) for rule in self.rules.values()):
            yield "`programs.codex.rules` attribute values must be files when set to paths"
        if self._is_directory(self.hooks) and not self._made(self._library("pathExists"), self._hook_file()):
            yield "`programs.codex.hooks` directory must contain a hooks.json file"

    def _hook_file(self):
        return self._made(self._library("path", "append"), self.hooks, "hooks.json")

    @defines("home.file")
    def files(self):
        base, bundle = self._folder(), self._bundle()
        if settings := self._settings():
            form = formats.toml if self._reads_toml() else formats.yaml
            entry = {"text": form.render(settings)} if bundle is None else {"source": f"{bundle}/config.toml"}
            yield {f"{base}/config.{'toml' if self._reads_toml() else 'yaml'}": entry}
        for name, profile in self._all_profiles().items():
            yield {f"{base}/{name}.config.toml": {"text": formats.toml.render(profile)}}
        yield self._instructions(f"{base}/AGENTS.md", self.context, only_written=True)
        yield self._instructions(f"{base}/AGENTS.override.md", self.contextOverride or "", only_written=True)
        for name, rule in self.rules.items():
            yield {f"{base}/rules/{name}.rules": self._rule(name, rule)}

    def _rule(self, name, rule):
        if self._is_path(rule) or not self._is_path_like(rule):
            return self._source_or_text(rule)
        words = {"source": formats.shell.quote(self._in_text(rule)), "name": name}
        return {"source": self._made("runCommandLocal", f"codex-rule-{name}", {}, FILE.format(**words))}

    @defines("home.file")
    def hook_files(self):
        base = self._folder()
        if self._is_directory(self.hooks):
            yield {
                f"{base}/hooks.json": {"source": self._hook_file()},
                f"{base}/hooks": {"source": self.hooks, "recursive": True},
            }
        elif self._is_path(self.hooks):
            yield {f"{base}/hooks.json": {"source": self.hooks}}
        elif self._is_path_like(self.hooks):
            script = HOOKS.format(source=formats.shell.quote(self._in_text(self.hooks)))
            yield {base: {"source": self._made("runCommandLocal", "codex-hooks", {}, script), "recursive": True}}
        elif self.hooks:
            yield {f"{base}/hooks.json": {"text": formats.json.render({"hooks": self.hooks})}}

    @defines("home.file")
    def skill_files(self):
        base = f"{self._folder()}/skills"
        if self._is_path(self.skills):
            names = (
                self._called(self._library("filesystem", "readDir"), self.skills)
                if self._is_directory(self.skills)
                else []
            )
            append = self._library("path", "append")
            return {
                f"{base}/{name}": {"source": self._one_skill(name, self._made(append, self.skills, name))}
                for name in names
            }
        if self._is_path_like(self.skills):
            script = SKILLS.format(source=formats.shell.quote(self._in_text(self.skills)))
            made = self._made("runCommandLocal", "codex-skills", {}, script)
            return {base: {"source": f"{made}/stage", "recursive": True, "ignorelinks": True}}
        return {f"{base}/{name}": {"source": self._one_skill(name, skill)} for name, skill in self.skills.items()}

    def _one_skill(self, name, skill):
        if self._is_directory(skill):
            return skill
        if self._is_path_like(skill) and not self._is_path(skill):
            return self._skill(name, skill, put="cp")
        text = self._made(self._library("readFile"), skill) if self._is_path(skill) else skill
        return self._made("writeTextDir", "SKILL.md", text)

    @defines("home.file", when=plugins)
    def plugin_files(self):
        bundle = self._bundle()
        market = (
            {"text": formats.json.render(self._marketplace())}
            if bundle is None
            else {"source": f"{bundle}/marketplace.json"}
        )
        yield {".agents/plugins/marketplace.json": market}
        for (name, version), plugin in zip(self._identities(), self.plugins, strict=True):
            if version:
                safe = self._made(self._library("strings", "sanitizeDerivationName"), name)
                source = self._checked_directory(f"codex-plugin-{safe}", "plugins", plugin)
                yield {self._cached(name, version): {"source": source, "force": True}}
        if bundle is not None:
            cache = f"{self._folder()}/plugins/cache/{MARKETPLACE}"
            yield {cache: {"source": f"{bundle}/cache", "recursive": True, "ignorelinks": True}}
