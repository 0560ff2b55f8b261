from home_manager.authoring import *

VALUE = t.either(t.str, t.either(t.int, t.either(t.bool, t.float)))
VALUES = t.attrs_of(t.either(VALUE, t.list_of(VALUE)))


def shown(value) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else formats.plain.to_string(value)


def measured(value) -> str:
    """A value after its length, so that no character of it means anything."""
    text = shown(value)
    return f"%{len(text.encode())}%{text}"


def options_text(values, show=measured) -> str:
    return formats.keyvalue.render(
        values, mk_key_value=formats.plain.key_value("=", show), lists_as_duplicate_keys=True
    )


class Mpv(Program):
    """mpv, a media player"""

    package = Package(
        "mpv",
        example="pkgs.mpv-unwrapped.wrapper { mpv = pkgs.mpv-unwrapped.override { vapoursynthSupport = true; }; "
        "youtubeSupport = true; }",
        install=False,
    )
    finalPackage = option(t.package, read_only=True, visible=False, doc="mpv together with its scripts.")
    scripts = option(
        t.list_of(t.package), default=[], example=literal("[ pkgs.mpvScripts.mpris ]"), doc="Scripts of mpv."
    )
    extraMakeWrapperArgs = option(
        t.list_of(t.str),
        default=[],
        example=literal('[\n  "--prefix"\n  "LD_LIBRARY_PATH"\n  ":"\n  (lib.makeLibraryPath [ pkgs.libaacs ])\n]\n'),
        doc="Further arguments for the wrapper that starts mpv.",
    )
    scriptOpts = option(
        t.attrs_of(VALUES),
        default={},
        example={"osc": {"scalewindowed": 2.0, "vidscale": False, "visibility": "always"}},
        doc="Options of scripts, by the script's name. See mpv(1) for those of the scripts that come with mpv.",
    )
    config = option(
        VALUES,
        default={},
        example={"profile": "gpu-hq", "force-window": True, "cache-default": 4000000},
        doc="The settings of mpv, see mpv(1).",
    )
    includes = option(
        t.list_of(t.str),
        default=[],
        example=["~/path/to/config.inc", "~~/conditional.inc"],
        doc="Files to read after mpv.conf; the prefixes of <https://mpv.io/manual/stable/#paths> are known.",
    )
    profiles = option(
        t.attrs_of(VALUES),
        default={},
        example={"fast": {"vo": "vdpau"}, "protocol.dvd": {"alang": "en"}},
        doc="Profiles by name, each with its settings.",
    )
    defaultProfiles = option(
        t.list_of(t.str), default=[], example=["gpu-hq"], doc="Profiles that always hold; the settings of `config` win."
    )
    bindings = option(
        t.attrs_of(t.str),
        default={},
        example={"WHEEL_UP": "seek 10", "Alt+0": "set window-scale 0.5"},
        doc="Keys and their commands, see mpv(1).",
    )
    extraInput = option(
        t.lines, default="", example="esc  quit  #! Quit\n# a comment\n", doc="Lines for the end of input.conf."
    )

    def _is_wrapped(self) -> bool:
        return bool(self.scripts or self.extraMakeWrapperArgs)

    @check
    def wraps_the_usual_package(self):
        if self._is_wrapped() and computed(self.package["outPath"]) != computed(self.pkgs["mpv"]["outPath"]):
            yield "programs.mpv.scripts and programs.mpv.extraMakeWrapperArgs cannot be used with a programs.mpv.package"

    @defines(".finalPackage")
    def wrapped(self):
        if not self._is_wrapped():
            return self.package
        given = {"scripts": self.scripts, "extraMakeWrapperArgs": self.extraMakeWrapperArgs}
        return self._made(self.pkgs["mpv"]["override"], given)

    @defines("home.packages")
    def installed(self):
        return [self.finalPackage]

    @config_file("mpv/mpv.conf", when=lambda self: self.config or self.profiles)
    def file(self) -> str:
        default = options_text({"profile": ",".join(self.defaultProfiles)}) if self.defaultProfiles else ""
        config = options_text(self.config) if self.config else ""
        profiles = ""
        if self.profiles:
            measured_line = formats.plain.key_value("=", measured)
            profiles = formats.ini(duplicates=True).render(self.profiles, mk_key_value=measured_line)
        return f"{default}\n{config}\n{profiles}\n"

    @defines("xdg.configFile", when=includes)
    def included(self):
        return {"mpv/mpv.conf": {"text": after("\n".join(f"include={file}" for file in self.includes))}}

    @config_file("mpv/input.conf", when=lambda self: self.bindings or self.extraInput)
    def input(self) -> str:
        bindings = [f"{key} {command}" for key, command in self.bindings.items()]
        return "\n".join([*bindings, self.extraInput] if self.extraInput else bindings)

    @defines("xdg.configFile")
    def script_files(self):
        for name, values in self.scriptOpts.items():
            yield {f"mpv/script-opts/{name}.conf": {"text": options_text(values, shown)}}
