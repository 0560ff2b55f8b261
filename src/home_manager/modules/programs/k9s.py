from home_manager.authoring import *

FILES = {"settings": "config", "aliases": "aliases", "hotKeys": "hotkeys", "plugins": "plugins", "views": "views"}
"""The options that are files, and the files' names; all but the settings stand below their own name in it."""

OLD = {"aliases": ("alias",), "plugins": ("plugin",), "views": ("k9s", "views")}
"""The names that once had to stand inside an option."""


def file_option(what, page, **more):
    return option(t.yaml, default={}, doc=f"{what}, see <https://k9scli.io/topics/{page}/>.", **more)


class K9s(Program):
    """k9s, a terminal interface to Kubernetes clusters"""

    package = Package("k9s", nullable=True)
    settings = file_option("The settings", "config", example={"k9s": {"refreshRate": 2}})
    skins = option(
        t.attrs_of(t.either(t.yaml, t.path)),
        default={},
        example=literal(
            "{\n"
            "  my_blue_skin = {\n"
            "    k9s = {\n"
            "      body = {\n"
            '        fgColor = "dodgerblue";\n'
            "      };\n"
            "    };\n"
            "  };\n"
            "  my_red_skin = ./red_skin.yaml;\n"
            "}\n"
        ),
        doc="Skins by name, each as values or as a file, see <https://k9scli.io/topics/skins/>. "
        "Unless the settings name a skin, the first one is used.",
    )
    aliases = file_option("Short names of resources", "aliases", example={"pp": "v1/pods"})
    hotKeys = file_option(
        "Keys for commands",
        "hotkeys",
        example={"shift-0": {"command": "pods", "description": "Viewing pods", "shortCut": "Shift-0"}},
    )
    plugins = file_option(
        "Plugins",
        "plugins",
        example={
            "logs": {"shortCut": "Ctrl-L", "scopes": ["po"], "command": "kubectl", "args": ["logs", "-f", "$NAME"]}
        },
    )
    views = file_option(
        "Columns of the views of resources",
        "columns",
        example={"v1/pods": {"columns": ["AGE", "NAMESPACE", "NAME", "IP", "NODE", "STATUS", "READY"]}},
    )
    renamed = (Renamed("plugin", "plugins"), Renamed("hotkey", "hotKeys"), Renamed("skin", "skins.skin"))

    @warn
    def nested(self):
        for name, path in OLD.items():
            value = getattr(self, name)
            for key in path:
                value = value.get(key) if isinstance(value, dict) else None
            if value is not None:
                what = f"key '{path[0]}'" if len(path) == 1 else f"structure '{'.'.join(path)}'"
                place = f"programs.k9s.{name}"
                yield f"{place} has a nested {what}, which is deprecated: its content belongs directly below {place}"

    def _settings(self):
        own = self.settings
        inner = own.get("k9s") or {}
        interface = inner.get("ui") or {}
        if not own or not self.skins or "skin" in interface:
            return own
        return {**own, "k9s": {**inner, "ui": {"skin": next(iter(self.skins)), **interface}}}

    def _files(self):
        for name, file in FILES.items():
            value = self._settings() if name == "settings" else getattr(self, name)
            if value:
                yield f"k9s/{file}.yaml", {"text": formats.yaml.render(value if name == "settings" else {name: value})}
        for name, skin in self.skins.items():
            given = {"source": skin} if t.path.accepts(skin) else {"text": formats.yaml.render(skin)}
            yield f"k9s/skins/{name}.yaml", given

    @defines("home.file")
    def files(self):
        place = application_support("", unless_xdg=True) if self._is_on("darwin") else None
        return {
            f"{place(self) if place else self['xdg.configHome'] + '/'}{name}": entry for name, entry in self._files()
        }
