import re

from home_manager.authoring import *
from home_manager.modules.services.window_managers import _hyprland_examples, _session

VALUE = t.serializable("Hyprland configuration")
FREE = t.attrs_of(VALUE)

RELOAD = """\
(
  XDG_RUNTIME_DIR=${{XDG_RUNTIME_DIR:-/run/user/$(id -u)}}
  if [[ -d /tmp/hypr || -d $XDG_RUNTIME_DIR/hypr ]]; then
    {hyprctl} instances -j | jq -r '.[].instance' | while read -r instance; do
      {hyprctl} -i "$instance" reload config-only
    done
  fi
)
"""
SHUTDOWN = """\
hl.on("hyprland.shutdown", function()
  os.execute("systemctl --user stop hyprland-session.target && sleep 0.1")
end)
"""
SEARCHED = (
    'package.path = hm_xdg_config_home .. "/hypr/?.lua;" .. hm_xdg_config_home .. "/hypr/?/init.lua;" .. package.path'
)
BIND = re.compile("bind[a-z]*")


def lua_module(name):
    """What a file is called where another one requires it."""
    return name.removesuffix(".lua").replace("/", ".")


def lua_file(name):
    return f"{lua_module(name).replace('.', '/')}.lua"


def section(name, text):
    return f"-- {name}\n{text}\n" if text else ""


def arguments(value):
    """The arguments of a call: one, or those of `_args`."""
    given = value["_args"] if isinstance(value, dict) and "_args" in value else [value]
    return ", ".join(map(formats.lua.render, given))


def call(name, value, indent=""):
    return f"{indent}hl.{name}({arguments(value)})".replace("\n", f"\n{indent}") + "\n"


def is_local(value):
    return isinstance(value, dict) and "_var" in value


def without_nothing(value):
    """Settings without those that are null, and without sets of such."""
    if not isinstance(value, dict):
        return value
    kept = {name: without_nothing(inner) for name, inner in value.items()}
    return {name: inner for name, inner in kept.items() if inner is not None and inner != {}}


def portal_setting(type, doc):
    return option(t.null_or(type), default=None, doc=doc)


class PortalGeneral(Options):
    """General settings."""

    freeform = FREE
    toplevel_dynamic_bind = portal_setting(
        t.bool, "Whether the list of windows is asked for only once something is recorded."
    )


class ScreenCopy(Options):
    """Settings of recording."""

    freeform = FREE
    max_fps = portal_setting(t.unsigned, "The most frames in a second; 0 for any number.")
    allow_token_by_default = portal_setting(t.bool, "Whether a choice is remembered unless the user says otherwise.")
    custom_picker_binary = portal_setting(
        t.str, "The command that lets the user choose; it writes what `hyprland-share-picker` writes."
    )
    force_shm = portal_setting(t.bool, "Whether frames are always handed over in shared memory.")
    cursor_mode = portal_setting(
        t.enum(0, 1, 2),
        "The pointer where a program says nothing of it: 0 leaves it to the protocol, 1 hides it, 2 shows it.",
    )


class PortalSettings(Options):
    """Settings of the portal."""

    freeform = FREE
    general = option(t.submodule(PortalGeneral), default={}, doc="General settings.")
    screencopy = option(t.submodule(ScreenCopy), default={}, doc="Settings of recording.")


class Portal(Options):
    """The portal of Hyprland"""

    settings = option(
        t.submodule(PortalSettings),
        default={},
        example={
            "general": {"toplevel_dynamic_bind": True},
            "screencopy": {
                "max_fps": 60,
                "allow_token_by_default": True,
                "custom_picker_binary": "hyprland-share-picker",
                "force_shm": False,
                "cursor_mode": 2,
            },
        },
        doc="The settings of xdg-desktop-portal-hyprland, for `hypr/xdph.conf`; also where the portal comes from elsewhere.",
    )


class Systemd(Options):
    """What systemd knows of Hyprland."""

    enable = _session.session_enabled("hyprland", example=True)
    variables = _session.variables_of(
        "DISPLAY", "HYPRLAND_INSTANCE_SIGNATURE", "WAYLAND_DISPLAY", "XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE"
    )
    extraCommands = _session.extra_commands(
        "systemctl --user stop hyprland-session.target", "systemctl --user start hyprland-session.target"
    )
    enableXdgAutostart = _session.xdg_autostart()


class Submap(Options):
    """A submap."""

    onDispatch = option(
        t.str,
        default="",
        example="reset",
        doc="The submap after one of its keys; `reset` leads back to the usual keys.",
    )
    settings = option(
        t.described(t.attrs_of(t.list_of(VALUE)), "Hyprland binds"),
        default={},
        example=literal(_hyprland_examples.SUBMAP_SETTINGS),
        doc="The keys of the submap. Texts are for the configuration type `hyprlang`, sets for `lua`, where `_args` are "
        "several arguments.",
    )


class LuaFile(Options):
    """A file of Lua."""

    content = option(t.either(t.path, t.lines), doc="The code, or the file that has it.")
    autoLoad = option(t.bool, default=True, doc="Whether `hypr/hyprland.lua` requires it.")


class Hyprland(Program):
    """configuration for Hyprland, a tiling Wayland compositor with animations

    A session for the login screen, and what else the system has to know, is left to the system.
    """

    namespace = "wayland.windowManager.hyprland"
    platforms = ("linux",)

    package = Package("hyprland", nullable=True, install=False, extra="With `null`, Hyprland comes from the system.")
    portalPackage = Package("xdg-desktop-portal-hyprland", nullable=True, install=False)
    finalPackage = option(
        t.null_or(t.package),
        default=lambda self: (
            None
            if self.package is None
            else self._made(self.package["override"], {"enableXWayland": self.xwayland.enable})
        ),
        default_text="`wayland.windowManager.hyprland.package` with applied configuration",
        read_only=True,
        doc="Hyprland as it is installed.",
    )
    finalPortalPackage = option(
        t.null_or(t.package),
        default=lambda self: (
            self.portalPackage
            if self.portalPackage is None or self.finalPackage is None
            else self._made(self.portalPackage["override"], {"hyprland": self.finalPackage})
        ),
        default_text="`wayland.windowManager.hyprland.portalPackage` with\n"
        "        `wayland.windowManager.hyprland.finalPackage` override",
        read_only=True,
        doc="The portal as it is installed: for this Hyprland.",
    )
    xdph = group(Portal)
    plugins = option(
        t.list_of(t.either(t.package, t.path)), default=[], doc="Plugins: packages, or the paths of their files."
    )
    configType = option(
        t.enum("hyprlang", "lua"),
        default=lambda self: self._language(),
        default_text='if lib.versionAtLeast config.home.stateVersion "26.05" then "lua" else "hyprlang"\n',
        doc="The language of the configuration: `hypr/hyprland.conf` is in `hyprlang`, `hypr/hyprland.lua` in `lua`.",
    )
    systemd = group(Systemd)
    xwayland = group(_session.XWayland)
    settings = option(
        VALUE,
        default={},
        example=literal(_hyprland_examples.SETTINGS),
        doc="The configuration, see <https://wiki.hypr.land>. In `hyprlang`, a list is written once for each element. In "
        "`lua`, `x` is a call of `hl.x`, a list several of them, `_args` several arguments, `_var` a local variable (of the "
        "name `name`, if there is one), and what `lib.generators.mkLuaInline` makes is code.",
    )
    submaps = option(
        t.attrs_of(t.submodule(Submap)),
        default={},
        example=literal(_hyprland_examples.SUBMAPS),
        doc="Submaps, see <https://wiki.hypr.land/Configuring/Basics/Binds/#submaps>.",
    )
    extraConfig = option(
        t.lines, default="", example=_hyprland_examples.EXTRA, doc="Lines for the end of the configuration."
    )
    extraLuaFiles = option(
        t.attrs_of(
            t.coerced_to(
                t.either(t.path, t.lines),
                lambda content: {"content": content, "autoLoad": True},
                t.submodule(LuaFile),
            )
        ),
        default={},
        example=literal(_hyprland_examples.LUA_FILES),
        doc="Further files of Lua below `hypr`, for the configuration type `lua`: `lib.helpers` is `hypr/lib/helpers.lua`.",
    )
    sourceFirst = option(
        t.bool, default=True, example=True, doc="Whether other files are read before the rest of the configuration."
    )
    importantPrefixes = option(
        t.list_of(t.str),
        default=["$", "bezier", "curve", "name", "output"],
        example=["$", "bezier"],
        doc="How settings begin that are written before the others.",
    )

    def _language(self):
        given = {
            "stateVersion": self["home.stateVersion"],
            "since": "26.05",
            "optionPath": ["wayland", "windowManager", "hyprland", "configType"],
            "legacy": {"value": "hyprlang"},
            "current": {"value": "lua"},
        }
        # Who gets the language of old without having asked for it is told so.
        return computed(
            self._made(self._argument("lib")["hm"]["deprecations"]["mkStateVersionOptionDefault"], given)["default"]
        )

    @check
    def names(self):
        if "reset" in self.submaps:
            yield (
                "Submaps can't be named 'reset'. The name 'reset' is reserved in order to have a way to switch to the "
                "default submap; as if 'reset' was its name."
            )
        files = [lua_file(name) for name in self.extraLuaFiles]
        option = "wayland.windowManager.hyprland.extraLuaFiles"
        if "hyprland.lua" in files:
            yield f"{option} cannot define hyprland.lua because it is generated by the Hyprland module."
        if len(files) > len(set(files)):
            yield f"{option} contains entries that resolve to the same Lua file path."

    @warn
    def without_effect(self):
        for name, submap in self.submaps.items():
            others = [key for key in submap.settings if not BIND.fullmatch(key)]
            if others:
                yield (
                    f'wayland.windowManager.hyprland.submaps."{name}".settings: found non-bind entries: '
                    f"[{' '.join(others)}], which will have no effect in a submap\n"
                )
        if (self.systemd.enable or self.plugins) and not (
            self.extraConfig or self.extraLuaFiles or self.settings or self.submaps
        ):
            yield (
                "You have enabled hyprland.systemd.enable or listed plugins in hyprland.plugins but do not have any "
                "configuration in hyprland.settings, hyprland.extraConfig, hyprland.extraLuaFiles or hyprland.submaps. "
                "This is almost certainly a mistake."
            )

    @defines("home.packages", when=package)
    def packages(self):
        return [self.finalPackage, *([self.pkgs["xwayland"]] if self.xwayland.enable else [])]

    def _reload(self):
        return "" if self.package is None else RELOAD.format(hyprctl=f"{self.finalPackage}/bin/hyprctl")

    def _plugins(self):
        return [
            f"{each}/lib/lib{each['pname']}.so" if isinstance(each, dict) else self._in_text(each)
            for each in self.plugins
        ]

    def _is_written(self, type):
        """Whether there is anything to be written in that language."""
        given = self.systemd.enable or self.extraConfig or self.settings or self.plugins or self._submaps(type)
        return self.configType == type and bool(given or (type == "lua" and self.extraLuaFiles))

    def _submaps(self, type):
        """The submaps with the keys that are for that language, without those that have none."""
        found = {}
        for name, submap in self.submaps.items():
            keys = {
                key: [value for value in values if isinstance(value, str) == (type == "hyprlang")]
                for key, values in submap.settings.items()
            }
            keys = {key: values for key, values in keys.items() if values}
            if keys:
                found[name] = (submap.onDispatch, keys)
        return found

    @config_file("hypr/hyprland.conf", when=lambda self: self._is_written("hyprlang"), onChange=_reload)
    def file(self):
        important = [*self.importantPrefixes, *(["source"] if self.sourceFirst else [])]
        text = ""
        if self.systemd.enable:
            text += f"exec-once = {_session.activation(self)}\nexec-shutdown = systemctl --user stop hyprland-session.target\n"
        for settings in ({"exec-once": [f"hyprctl plugin load {path}" for path in self._plugins()]}, self.settings):
            text += formats.hyprconf.render(settings, important_prefixes=important)
        submaps = []
        for name, (then, keys) in self._submaps("hyprlang").items():
            first = f"{name}, {then}" if then else name
            submaps.append(f"submap = {first}\n{formats.hyprconf.render(keys)}submap = reset\n")
        return text + "\n".join(submaps) + self.extraConfig

    @config_file("hypr/hyprland.lua", when=lambda self: self._is_written("lua"), onChange=_reload)
    def lua(self):
        quoted = formats.lua.render
        parts = ["-- Generated by Home Manager.\n-- See https://wiki.hypr.land/Configuring/Start/\n\n"]
        parts.append(section("plugins", "".join(f"hl.plugin.load({quoted(path)})\n" for path in self._plugins())))
        loaded = [lua_module(name) for name, file in self.extraLuaFiles.items() if file.autoLoad]
        if loaded:
            home = f'local hm_xdg_config_home = os.getenv("XDG_CONFIG_HOME") or {quoted(self["xdg.configHome"])}'
            required = "\n".join(f"require({quoted(name)})" for name in loaded)
            parts.append(section("extraLuaFiles", f"{home}\n{SEARCHED}\n{required}"))
        parts += self._lua_settings()
        for name, (then, keys) in self._submaps("lua").items():
            calls = "".join(call(key, value, "  ") for key, values in keys.items() for value in values)
            after = f", {quoted(then)}" if then else ""
            text = f"hl.define_submap({quoted(name)}{after}, function()\n{calls}end)\n"
            parts.append(section(f"submaps.{name}", text))
        if self.systemd.enable:
            start = f'hl.on("hyprland.start", function()\n  hl.exec_cmd({quoted(_session.activation(self))})\nend)\n'
            parts += [section("startup", start), section("shutdown", SHUTDOWN)]
        return "".join([*parts, section("extraConfig", self.extraConfig)])

    def _lua_settings(self):
        variables = {name: value for name, value in self.settings.items() if is_local(value)}
        yield section(
            "settings.locals",
            "".join(
                f"local {value.get('name', name)} = {arguments(value['_var'])}\n" for name, value in variables.items()
            ),
        )
        names = [name for name in self.settings if name not in variables]
        first = [name for prefix in self.importantPrefixes for name in names if name.startswith(prefix)]
        for name in dict.fromkeys([*first, *names]):
            value = self.settings[name]
            calls = (call(name, each) for each in (value if isinstance(value, list) else [value]))
            yield section(f"settings.{name}", "".join(calls))

    @config_file("hypr/.luarc.json", when=lambda self: self.configType == "lua" and self.finalPackage is not None)
    def language_server(self):
        library = [f"{self.finalPackage}/share/hypr/stubs"]
        return formats.json.compact({"workspace": {"library": library}, "diagnostics": {"globals": ["hl"]}})

    @defines("xdg.configFile", when=lambda self: self.configType == "lua")
    def lua_files(self):
        for name, file in self.extraLuaFiles.items():
            # No code of Lua starts with a slash.
            text = isinstance(file.content, str) and not file.content.startswith("/")
            yield {f"hypr/{lua_file(name)}": {"text" if text else "source": file.content}}

    def _portal_settings(self):
        return without_nothing(self.xdph.settings)

    @config_file("hypr/xdph.conf", when=_portal_settings)
    def portal_file(self):
        return formats.hyprconf.render(self._portal_settings())

    @defines("xdg.portal")
    def portal(self):
        portal = self.finalPortalPackage
        yield {"enable": portal is not None}
        if portal is not None:
            yield {"extraPortals": [portal]}
        if self.finalPackage is not None:
            yield {"configPackages": default([self.finalPackage])}

    @defines("systemd.user.targets", when=lambda self: self.systemd.enable)
    def session(self):
        stopped = {"PropagatesStopTo": ["graphical-session.target"]}
        unit = _session.target("Hyprland compositor session", autostart=self.systemd.enableXdgAutostart, **stopped)
        return {"hyprland-session": unit}
