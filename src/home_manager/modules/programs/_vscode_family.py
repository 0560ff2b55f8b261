"""What Visual Studio Code and the editors that are made from it have in common."""

import json
from typing import Any, ClassVar

from home_manager.authoring import *

EXTENSIONS = "share/vscode/extensions"
"""Where a package has its extensions."""

WITH_LIST = "1.74.0"
"""The release from which on the editor wants a list of its extensions."""

DEFAULT = "default"

JSON_OR_PATH = t.either(t.path, t.json)

ADD_PROFILES = """\
(.userDataProfiles // []) as $known
| .userDataProfiles = $known + [$names[] | select(. as $name | $known | any(.name == $name and .location == $name) | not)
  | {name: ., location: .}]"""

REGISTER = """\
(
  file={file}
  known='{{}}'
  if [[ -f $file ]]; then known=$(< "$file"); fi
  wanted=$({jq} --argjson names {names} {program} <<< "$known")
  if [[ $({jq} -cS . <<< "$known") != $({jq} -cS . <<< "$wanted") ]]; then
    run mkdir -p "$(dirname "$file")"
    [[ -v DRY_RUN ]] || printf '%s\\n' "$wanted" > "$file"
  fi
)
"""


class Keybinding(Options):
    """A key."""

    freeform = t.json

    key = option(t.str, example="ctrl+c", doc="The key, or the keys together.")
    command = option(t.str, example="editor.action.clipboardCopyAction", doc="What the key does.")
    when = option(t.null_or(t.str), default=None, example="textInputFocus", doc="Where the key does it.")
    args = option(t.null_or(t.json), default=None, example={"direction": "up"}, doc="Arguments of the command.")


def mutable_extensions(path: str):
    """The option for extensions that are not those of the configuration alone, of the module at a path."""
    return option(
        t.bool,
        default=lambda self: not self._others(),
        default_text=f'(removeAttrs config.{path}.profiles [ "{DEFAULT}" ]) == {{ }}',
        example=False,
        doc="Whether extensions can also be installed by hand or by the editor. Not together with further profiles.",
    )


def file_option(name: str, example):
    return option(
        JSON_OR_PATH, default={}, example=example, doc=f"What `{name}` holds, or a file to have in its place."
    )


def update_option(what: str):
    return option(
        t.null_or(t.bool),
        default=None,
        doc=f"Whether the editor looks for {what}. It is set in the profile `default` alone, for all profiles.",
    )


class Profile(Options):
    """A profile."""

    userSettings = file_option("settings.json", {"files.autoSave": "off", "[nix]": {"editor.tabSize": 2}})
    userTasks = file_option(
        "tasks.json", {"version": "2.0.0", "tasks": [{"type": "shell", "label": "Hello task", "command": "hello"}]}
    )
    enableMcpIntegration = option(
        t.bool,
        default=False,
        doc="Whether the servers of `programs.mcp.servers` are added to `userMcp`, whose own servers win.",
    )
    userMcp = file_option("mcp.json", {"servers": {"Github": {"url": "https://api.githubcopilot.com/mcp/"}}})
    keybindings = option(
        t.either(t.path, t.list_of(t.submodule(Keybinding))),
        default=[],
        example=[{"key": "ctrl+c", "command": "editor.action.clipboardCopyAction", "when": "textInputFocus"}],
        doc="What `keybindings.json` holds, or a file to have in its place.",
    )
    extensions = option(
        t.list_of(t.package),
        default=[],
        example=literal("[ pkgs.vscode-extensions.bbenoist.nix ]"),
        doc="The extensions of the profile.",
    )
    languageSnippets = option(
        t.json,
        default={},
        example={"haskell": {"fixme": {"prefix": ["fixme"], "body": ["$LINE_COMMENT FIXME: $0"]}}},
        doc="Snippets by language and name.",
    )
    globalSnippets = option(
        t.json,
        default={},
        example={"fixme": {"prefix": ["fixme"], "body": ["$LINE_COMMENT FIXME: $0"]}},
        doc="Snippets of all languages by name.",
    )
    enableUpdateCheck = update_option("new releases of itself")
    enableExtensionUpdateCheck = update_option("new releases of extensions")


def entry(value) -> dict[str, Any]:
    """The file for a value of JSON, or for the path that stands in its place."""
    if isinstance(value, dict | list) and "outPath" not in value:
        return {"text": formats.json.render(value)}
    return {"source": value}


def listed(extension) -> dict[str, Any]:
    """An extension in the list of those that are installed."""
    identifier = identifier_of(extension)
    path = f"{computed(extension['outPath'])}/{EXTENSIONS}/{identifier}"
    return {
        "identifier": {"id": identifier, "uuid": ""},
        "version": extension["version"],
        "relativeLocation": identifier,
        "location": {"$mid": 1, "fsPath": path, "path": path, "scheme": "file"},
        "metadata": {
            "id": "",
            "publisherId": "",
            "publisherDisplayName": extension.get("vscodeExtPublisher", identifier.partition(".")[0]),
            "targetPlatform": "undefined",
            "isApplicationScoped": False,
            "updated": False,
            "isPreReleaseVersion": False,
            "installedTimestamp": 0,
            "preRelease": False,
        },
    }


def identifier_of(extension) -> str:
    """The name by which the editor knows an extension: its publisher and its own name."""
    return str(computed(extension.get("vscodeExtUniqueId", extension["pname"])))


class _Editor(Program):
    """An editor of the family"""

    short_name: ClassVar[str] = ""
    directory: ClassVar[str] = ""
    always_lists: ClassVar[bool] = False

    package: Any
    mutableExtensionsDir: Any
    argvSettings = option(
        JSON_OR_PATH,
        default={},
        example={"enable-crash-reporter": False},
        doc="What `argv.json` holds, or a file to have in its place.",
    )
    profiles = option(
        t.attrs_of(t.submodule(Profile)),
        default={},
        doc="Profiles by name; `default` is the one to begin with. Not together with `mutableExtensionsDir`.",
    )

    def _others(self) -> dict[str, Any]:
        """The profiles besides the default one."""
        return {name: profile for name, profile in self.profiles.items() if name != DEFAULT}

    def _option_name(self, name: str) -> str:
        return ".".join((*self._base, name))

    @warn
    def mutable_with_profiles(self):
        if self._others() and self.mutableExtensionsDir:
            yield f"{self._option_name('mutableExtensionsDir')} can be used only if no profiles apart from default are set."

    @warn
    def updates_of_profiles(self):
        if any(
            profile.enableUpdateCheck is not None or profile.enableExtensionUpdateCheck is not None
            for profile in self._others().values()
        ):
            name = self._option_name("profiles.<name>")
            yield (
                f"{name}.enableUpdateCheck and {name}.enableExtensionUpdateCheck "
                "have no effect in profiles other than default."
            )

    def _user_directory(self) -> str:
        if self._is_on("darwin"):
            return f"{self['home.homeDirectory']}/Library/Application Support/{self.short_name}/User"
        return f"{self['xdg.configHome']}/{self.short_name}/User"

    def _profile_directory(self, name: str) -> str:
        directory = self._user_directory()
        return directory if name == DEFAULT else f"{directory}/profiles/{name}"

    @activation_step(lambda self: f"{self._base[-1]}Profiles", after="writeBoundary", when=lambda self: self._others())
    def known_profiles(self):
        # The editor keeps other things in that file, too, so that it cannot be a link.
        script = REGISTER.format(
            file=formats.shell.quote(f"{self._user_directory()}/globalStorage/storage.json"),
            jq=exe(self.pkgs["jq"]),
            names=formats.shell.quote(json.dumps(list(self._others()))),
            program=formats.shell.quote(ADD_PROFILES),
        )
        return script

    @defines("home.file", when=argvSettings)
    def arguments(self):
        return {f"{self.directory}/argv.json": entry(self.argvSettings)}

    @defines("home.file")
    def profile_files(self):
        for name, profile in self.profiles.items():
            directory = self._profile_directory(name)
            for file, value in self._files(profile).items():
                if value:
                    yield {f"{directory}/{file}": entry(value)}

    def _files(self, profile) -> dict[str, Any]:
        """What the files of a profile hold, by their names; nothing where a file is not wanted."""
        keys = profile.keybindings
        if isinstance(keys, list):
            keys = [{name: value for name, value in key.items() if value is not None} for key in keys]
        files = {
            "settings.json": self._settings(profile),
            "tasks.json": profile.userTasks,
            "mcp.json": self._servers(profile),
            "keybindings.json": keys,
        }
        for language, snippets in profile.languageSnippets.items():
            files[f"snippets/{language}.json"] = snippets
        return files | {"snippets/global.code-snippets": profile.globalSnippets}

    def _settings(self, profile):
        settings = profile.userSettings
        if not isinstance(settings, dict) or "outPath" in settings:
            return settings
        if profile.enableUpdateCheck is False:
            settings = {**settings, "update.mode": "none"}
        if profile.enableExtensionUpdateCheck is False:
            settings = {**settings, "extensions.autoCheckUpdates": False}
        return settings

    def _servers(self, profile):
        own = profile.userMcp
        if not isinstance(own, dict) or "outPath" in own:
            return own
        common = self._common_servers() if profile.enableMcpIntegration else {}
        servers = {**common, **own.get("servers", {})}
        return {**own, "servers": servers} if servers else own

    def _common_servers(self) -> dict[str, Any]:
        """The servers of `programs.mcp` in the form of this editor."""
        if not self._takes_part("programs.mcp") or not self["programs.mcp.enable"]:
            return {}
        mcp: Any = self._argument("lib")["hm"]["mcp"]

        def transformed(name: str, server):
            wrap = self._made(mcp["wrapEnvFilesCommand"], {"pkgs": self._argument("pkgs"), "name": name})
            return self._made(mcp["transformMcpServer"], {"server": server, "extraTransforms": [mcp["addType"], wrap]})

        return {name: transformed(name, server) for name, server in self["programs.mcp.servers"].items()}

    @defines("home.file")
    def profile_extensions(self):
        for name, profile in self._others().items():
            source = f"{self._extension_list(name, profile.extensions)}/{EXTENSIONS}/extensions.json"
            yield {f"{self._profile_directory(name)}/extensions.json": {"source": source}}

    def _extension_list(self, name: str, extensions: list[Any]):
        return self._made(
            "writeTextFile",
            {
                "name": f"extensions-json-{name}",
                "text": formats.json.compact([listed(extension) for extension in extensions]),
                "destination": f"/{EXTENSIONS}/extensions.json",
            },
        )

    def _lists(self) -> bool:
        """Whether the editor reads the list of its extensions, and there is a default profile to list."""
        if DEFAULT not in self.profiles:
            return False
        package = self.pkgs["vscode"] if self.package is None else self.package
        return self.always_lists or version_at_least(package["version"], WITH_LIST)

    @defines("home.file", when=profiles)
    def extensions(self):
        every = [extension for profile in self.profiles.values() for extension in profile.extensions]
        directory = f"{self.directory}/extensions"
        if self.mutableExtensionsDir and not self._others():
            for extension in every:
                identifier = identifier_of(extension)
                source = f"{computed(extension['outPath'])}/{EXTENSIONS}/{identifier}"
                yield {f"{directory}/{identifier}": {"source": source}}
            if self._lists() and self.package is not None:
                yield {f"{directory}/.extensions-immutable.json": self._immutable(directory)}
            return
        paths = [*every]
        if self._lists():
            paths.append(self._extension_list(DEFAULT, self.profiles[DEFAULT].extensions))
        joined = self._made("buildEnv", {"name": "vscode-extensions", "paths": paths})
        yield {directory: {"source": f"{joined}/{EXTENSIONS}"}}

    def _immutable(self, directory: str) -> dict[str, Any]:
        """The list of what is not installed by hand; when it changes, the editor makes its own list anew."""
        change = (
            f"run rm $VERBOSE_ARG -f {directory}/{{extensions.json,.init-default-profile-extensions}}\n"
            'verboseEcho "The list of extensions is made anew"\n'
            f"run {exe(self.package)} --list-extensions > /dev/null\n"
        )
        extensions = [listed(extension) for extension in self.profiles[DEFAULT].extensions]
        return {"text": formats.json.compact(extensions), "onChange": change}
