from typing import Any

from home_manager.authoring import *
from home_manager.modules.programs._merged_json import merging

MERGED_BY = {
    "settings": "$own * $given",
    "keymap": "$own + $given | group_by(.context) | map(reduce .[] as $each ({}; . * $each))",
    "tasks": "$own + $given | group_by(.label) | map(reduce .[] as $each ({}; . * $each))",
    "debug": "$own + $given | group_by(.label) | map(reduce .[] as $each ({}; . * $each))",
}
"""How a file that Zed can change takes up what the configuration has, as programs of jq."""

OPTIONS = {"settings": "UserSettings", "keymap": "UserKeymaps", "tasks": "UserTasks", "debug": "UserDebug"}

STEPS = {"settings": "Settings", "keymap": "Keymap", "tasks": "Tasks", "debug": "Debug"}


def mutable(what: str):
    return option(
        t.bool,
        default=True,
        example=False,
        doc=f"Whether Zed can change its {what}: those of the configuration are then merged into its file at a switch.",
    )


class ZedEditor(Program):
    """Zed, a fast code editor for several people at once"""

    package = Package("zed-editor", nullable=True, wrap_path="extraPackages")
    extraPackages = option(
        t.list_of(t.package), default=[], example=literal("[ pkgs.nixd ]"), doc="Packages whose programs Zed finds."
    )
    mutableUserSettings = mutable("settings")
    mutableUserKeymaps = mutable("keys")
    mutableUserTasks = mutable("tasks")
    mutableUserDebug = mutable("configurations of the debugger")
    userSettings = option(
        t.json,
        default={},
        example={"telemetry": {"metrics": False}, "vim_mode": False, "ui_font_size": 16},
        doc="What `settings.json` holds.",
    )
    userKeymaps = option(
        t.json,
        default=[],
        example=[{"context": "Workspace", "bindings": {"ctrl-shift-t": "workspace::NewTerminal"}}],
        doc="What `keymap.json` holds.",
    )
    userTasks = option(
        t.json,
        default=[],
        example=[{"label": "Format Code", "command": "nix", "args": ["fmt", "$ZED_WORKTREE_ROOT"]}],
        doc="What `tasks.json` holds, see <https://zed.dev/docs/tasks>.",
    )
    userDebug = option(
        t.json,
        default=[],
        example=[{"label": "Go (Delve)", "adapter": "Delve", "program": "$ZED_FILE", "request": "launch"}],
        doc="What `debug.json` holds, see <https://zed.dev/docs/debugger>.",
    )
    extensions = option(
        t.list_of(t.str),
        default=[],
        example=["swift", "nix", "xy-zed"],
        doc="Extensions that Zed installs when it starts, by their names in "
        "<https://github.com/zed-industries/extensions/tree/main/extensions>.",
    )
    installRemoteServer = option(
        t.bool,
        default=False,
        example=True,
        doc="Whether the server for remote work lies where Zed on other machines looks for it.",
    )
    enableMcpIntegration = option(
        t.bool,
        default=False,
        doc="Whether the servers of `programs.mcp.servers` are added to `userSettings.context_servers`, which wins.",
    )
    themes = Files(
        "zed/themes/{name}.json",
        formats.json,
        doc="Themes by name, each as JSON, a text or a file. See <https://zed.dev/docs/extensions/themes>.",
    )
    defaultEditor = option(
        t.bool, default=False, doc="Whether Zed is the default editor, by the variables `EDITOR` and `VISUAL`."
    )
    variables = Variables(
        lambda self: dict.fromkeys(("EDITOR", "VISUAL"), f"{self._program()} --wait"),
        when=lambda self: self.defaultEditor and self.package is not None,
    )

    def _program(self) -> str:
        return exe(self.package).rpartition("/")[2]

    @check
    def package_needed(self):
        if self.package is None:
            for name in ("extraPackages", "defaultEditor"):
                if getattr(self, name):
                    yield f"programs.zed-editor.{name} requires non null programs.zed-editor.package"

    @defines("home.file", when=installRemoteServer)
    def remote_server(self):
        if self.package is None or "remote_server" not in self.package:
            return None
        name = str(computed(self.package["remoteServerExecutableName"]))
        return {f".zed_server/{name}": {"source": exe(computed(self.package["remote_server"]), name)}}

    def _contents(self) -> dict[str, Any]:
        """What each file holds, by its name; files that hold nothing are left out."""
        settings = self.userSettings
        if self.extensions:
            settings = {**settings, "auto_install_extensions": dict.fromkeys(self.extensions, True)}
        servers = self._servers()
        if servers:
            settings = {**settings, "context_servers": servers}
        contents = {"settings": settings, "keymap": self.userKeymaps, "tasks": self.userTasks, "debug": self.userDebug}
        return {name: value for name, value in contents.items() if value}

    def _servers(self) -> dict[str, Any]:
        own = self.userSettings.get("context_servers", {})
        if not self.enableMcpIntegration or not self._takes_part("programs.mcp") or not self["programs.mcp.enable"]:
            return own  # type: ignore[no-any-return]
        mcp: Any = self._argument("lib")["hm"]["mcp"]

        def transformed(name: str, server):
            wrap = self._made(mcp["wrapEnvFilesCommand"], {"pkgs": self._argument("pkgs"), "name": name})
            made = self._made(mcp["transformMcpServer"], {"server": server, "extraTransforms": [wrap]})
            return made if server["command"] is None else {"args": [], **made}

        common = {name: transformed(name, server) for name, server in self["programs.mcp.servers"].items()}
        return {**common, **own}

    def _is_mutable(self, file: str) -> bool:
        return bool(getattr(self, f"mutable{OPTIONS[file]}"))

    @defines("home.activation")
    def merged_files(self):
        for file, content in self._contents().items():
            if not self._is_mutable(file):
                continue
            place, empty = f"{self['xdg.configHome']}/zed/{file}.json", "{}" if file == "settings" else "[]"
            yield {f"zed{STEPS[file]}Activation": merging(self, f"zed-{file}", place, MERGED_BY[file], content, empty)}

    @defines("xdg.configFile")
    def fixed_files(self):
        for file, content in self._contents().items():
            if not self._is_mutable(file):
                yield {f"zed/{file}.json": {"text": formats.json.render(content)}}
