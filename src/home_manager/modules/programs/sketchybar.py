from home_manager.authoring import *

SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin:/opt/homebrew/bin"
EXAMPLE = """\
''
  sketchybar --bar height=32 position=top color=0xff181926
  sketchybar --add item clock right \\
             --set clock script="date '+%H:%M'" update_freq=10
  sketchybar --update
''
# or a directory
# {
#   source = ./path/to/sketchybar-config;
#   recursive = true;
# }
"""


class Source(Options):
    """Where the configuration comes from."""

    target = option(
        t.single_line_str, internal=True, read_only=True, default=lambda self: ".config/sketchybar/sketchybarrc"
    )
    source = option(t.null_or(t.path), default=None, doc="A file, or a directory with a file `sketchybarrc`.")
    text = option(t.lines, default="", doc="The text of `sketchybarrc`.")
    recursive = option(t.bool, default=False, doc="Whether `source` is a directory, whose files are linked one by one.")


def log_file(kind):
    name = f"Library/Logs/sketchybar/sketchybar.{kind}.log"
    return option(
        t.null_or(t.either(t.path, t.str)),
        default=lambda self: f"{self['home.homeDirectory']}/{name}",
        default_text=f"${{config.home.homeDirectory}}/{name}",
        example="/Users/khaneliman/Library/Logs/sketchybar.log",
        doc="The file of what it writes: mistakes." if kind == "err" else "The file of what it writes.",
    )


class Agent(Options):
    """The agent."""

    enable = option(t.bool, default=True, example=True, doc="Whether to enable sketchybar service.")
    errorLogFile = log_file("err")
    outLogFile = log_file("out")


class Sketchybar(Program):
    """sketchybar"""

    platforms = ("darwin",)

    package = Package("sketchybar", install=False)
    finalPackage = option(t.package, read_only=True, internal=True, doc="sketchybar with what it is given.")
    configType = option(t.enum("bash", "lua"), default="bash", doc="The language of the configuration.")
    config = option(
        t.described(
            t.null_or(t.coerced_to(t.lines, lambda text: {"text": text}, t.submodule(Source))),
            'null or strings concatenated with "\\n" or (submodule)',
        ),
        default=None,
        example=literal(EXAMPLE),
        doc="The configuration: its text, or `source` for a file or a directory. A text gets its first line by `configType`.",
    )
    sbarLuaPackage = Package("sbarlua", nullable=True, install=False, extra="A configuration in Lua needs it.")
    luaPackage = option(
        t.null_or(t.package),
        default=None,
        example=literal("pkgs.lua5_5"),
        doc="The Lua of the configuration; without it, the one that `sbarLuaPackage` is for.",
    )
    extraLuaPackages = option(
        t.function_to(t.list_of(t.package)),
        default=function("extraLuaPackages", lambda _: []),
        default_text="ps: [ ]",
        example=literal("luaPkgs: with luaPkgs; [ luautf8 ]"),
        doc="Chooses packages of Lua for the configuration from their set.",
    )
    extraPackages = option(
        t.list_of(t.package),
        default=[],
        example=literal("[ pkgs.jq ]"),
        doc="Packages whose programs sketchybar finds.",
    )
    includeSystemPath = option(t.bool, default=True, doc="Whether it finds the programs of macOS and of Homebrew, too.")
    service = group(Agent)

    def _is_lua(self):
        return self.configType == "lua"

    @defines(".luaPackage", when=lambda self: self._is_lua() and self.sbarLuaPackage is not None)
    def lua_of_library(self):
        passed = self.sbarLuaPackage.get("passthru", {})
        return default(passed["luaModule"]) if "luaModule" in passed else None

    @check(when=_is_lua)
    def lua_is_there(self):
        if self.sbarLuaPackage is None:
            yield 'When configType is set to "lua", service.sbarLuaPackage must be specified'
        elif self.luaPackage is None:
            yield (
                'When configType is set to "lua", programs.sketchybar.luaPackage must be specified or inferable from '
                "programs.sketchybar.sbarLuaPackage.passthru.luaModule"
            )

    def _lua_arguments(self):
        lua = self.luaPackage
        release = ".".join(str(computed(lua["version"])).split(".")[:2])
        packages = self.pkgs["luaPackages"] if "pkgs" not in lua else computed(lua["pkgs"])
        chosen = [*computed(self._made(self.extraLuaPackages, packages))]
        chosen += [] if self.sbarLuaPackage is None else [self.sbarLuaPackage]
        shared = [f"{each}/share/lua/{release}/{end}" for each in chosen for end in ("?.lua", "?/init.lua")]
        if self.config is not None and self.config.source is not None:
            shared += [f"{self['xdg.configHome']}/sketchybar/{end}" for end in ("?.lua", "?/init.lua", "?/?.lua")]
        compiled = [f"{each}/lib/lua/{release}/?.so" for each in chosen]
        return ["--prefix", "LUA_PATH", ";", ";".join(shared), "--prefix", "LUA_CPATH", ";", ";".join(compiled)]

    @defines(".finalPackage")
    def with_surroundings(self):
        lua = self._is_lua() and self.luaPackage is not None
        packages = [self.package, *self.extraPackages, *([self.luaPackage] if lua else [])]
        arguments = ["--prefix", "PATH", ":", self._search_path(packages)]
        arguments += ["--suffix", "PATH", ":", SYSTEM_PATH] if self.includeSystemPath else []
        arguments += self._lua_arguments() if lua else []
        made = {
            "name": "sketchybar",
            "paths": [self.package],
            "nativeBuildInputs": [self.pkgs["makeWrapper"]],
            "postBuild": f"wrapProgram $out/bin/sketchybar {formats.shell.quote_all(arguments)}\n",
            "meta": self.package.get("meta", {}),
        }
        return self._made("symlinkJoin", made)

    @defines("home.packages")
    def installed(self):
        return [self.finalPackage]

    @defines("launchd.agents")
    def agent(self):
        config = {
            "Program": exe(self.finalPackage),
            "ProcessType": "Interactive",
            "KeepAlive": True,
            "RunAtLoad": True,
            "StandardErrorPath": self.service.errorLogFile,
            "StandardOutPath": self.service.outLogFile,
        }
        return {"sketchybar": {"enable": self.service.enable, "config": config}}

    @defines("xdg.configFile", when=lambda self: self.config is not None)
    def files(self):
        given = self.config
        if given.source is not None:
            if given.recursive:
                return {"sketchybar": {"source": given.source, "recursive": True}}
            return {"sketchybar/sketchybarrc": {"source": given.source}}
        first, comment = ("lua", "--") if self._is_lua() else ("bash", "#")
        text = f"#!/usr/bin/env {first}\n{comment} Generated by home-manager\n{given.text}\n"
        return {"sketchybar/sketchybarrc": {"text": text, "executable": True}}
