"""`fonts.fontconfig`: which fonts programs find, and how they draw them."""

from typing import Any

from home_manager.authoring import *


class FontFile(Options):
    """A file of the configuration of fontconfig."""

    enable = option(
        t.bool,
        default=lambda self: self._state_at_least("26.11"),
        default_text='if lib.versionAtLeast config.home.stateVersion "26.11" then true else false\n',
        doc="Whether to make this file.",
    )
    label = option(
        t.str, default=lambda self: self._name, default_text="<name>", doc="The name in the name of the file."
    )
    priority = option(t.between(0, 99), default=90, doc="When the file is read: 0 is the first, 99 the last.")
    target = option(
        t.non_empty_str,
        default=lambda self: f"{self.priority}-hm-{self.label}.conf",
        default_text='"\\"\\${toString config.priority}-hm-\\${config.label}.conf\\""',
        doc="The name of the file below `fontconfig/conf.d`.",
    )
    settings = option(
        t.serializable("XML"),
        default={},
        example={
            "description": "Enable antialiasing",
            "match": {"@target": "font", "edit": {"@mode": "assign", "@name": "antialias", "bool": "true"}},
        },
        doc="What is inside the element `fontconfig`: attributes of elements begin with `@`. One of `settings`, `text` and "
        "`source` is given.",
    )
    text = option(
        t.null_or(t.lines), default=None, doc="The whole file. One of `settings`, `text` and `source` is given."
    )
    source = option(
        t.coerced_to(t.null_or(t.path), lambda value: value, t.path),
        doc="The file. One of `settings`, `text` and `source` is given.",
    )

    def _file_of(self, text: str):
        return self._made("writeText", store_name(f"hm-fontconfig-{self.label}.xml"), text)

    def _derived(self, name: str, file):
        """The file made of an option, as a definition of the option's priority."""
        return override(self._option(name).merged().priority(), file)

    @defines(".source", when=lambda self: self.settings)
    def from_settings(self):
        return self._derived("settings", self._file_of(formats.xml.render({"fontconfig": self.settings})))

    @defines(".source", when=lambda self: self.text is not None)
    def from_text(self):
        return self._derived("text", self._file_of(self.text))


def fonts(kind: str, more: str = ""):
    return option(t.list_of(t.str), default=[], doc=f"The {kind} that are used by default, the best first.{more}")


class DefaultFonts(Options):
    """The fonts that stand for a kind of font."""

    monospace = fonts("monospace fonts")
    sansSerif = fonts("fonts without serifs")
    serif = fonts("fonts with serifs")
    emoji = fonts(
        "fonts of emoji", " A coloured one that is installed goes before one without colours, whatever the order."
    )


def assigned(name: str, value) -> dict[str, Any]:
    """The element that sets a property of fonts."""
    if isinstance(value, bool):
        return {"bool": "true" if value else "false", "@mode": "assign", "@name": name}
    return {"const": value, "@mode": "assign", "@name": name}


class Fontconfig(Program):
    """fontconfig configuration"""

    namespace = "fonts.fontconfig"
    renamed = (Renamed("enableProfileFonts", "enable"),)

    enable = option(
        t.bool,
        default=lambda self: self._of_system(),
        default_text="nixosConfig != null\n&& nixosConfig.home-manager.useUserPackages\n&& nixosConfig.fonts.fontconfig.enable;\n",
        doc="Whether programs find the fonts that are installed in the home. As a part of a NixOS configuration with "
        "`home-manager.useUserPackages`, the default is that of the system.",
    )
    defaultFonts = group(DefaultFonts)
    antialiasing = option(t.null_or(t.bool), default=None, example=True, doc="Whether edges are smoothed.")
    hinting = option(
        t.null_or(t.enum("none", "slight", "medium", "full")),
        default=None,
        example="slight",
        doc="How far glyphs are fitted to pixels.",
    )
    subpixelRendering = option(
        t.null_or(t.enum("none", "rgb", "bgr", "vertical-rgb", "vertical-bgr")),
        default=None,
        example="rgb",
        doc="The order of the colours within a pixel.",
    )
    configFile = option(
        t.attrs_of(t.submodule(FontFile)),
        default={},
        example={
            "tamzen-disable-antialiasing": {
                "enable": True,
                "priority": 90,
                "text": '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>…</fontconfig>\n',
            },
            "commit-mono-options": {
                "enable": True,
                "priority": 80,
                "source": "./resources/fontconfig/commit-mono.conf",
            },
        },
        doc="Files below `~/.config/fontconfig/conf.d`.",
    )

    def _of_system(self) -> bool:
        system = self._argument("nixosConfig")
        return system is not None and bool(
            system["home-manager"]["useUserPackages"] and system["fonts"]["fontconfig"]["enable"]
        )

    @defines("home.packages")
    def real_directory(self):
        # Two packages with the same directory: that of the profile is then a real one, which can be written to.
        return [
            self._made("runCommandLocal", f"dummy-fc-dir{number}", {}, "mkdir -p $out/lib/fontconfig")
            for number in (1, 2)
        ]

    @defines("home.extraProfileCommands")
    def cache(self):
        return (
            "if [[ -d $out/lib/X11/fonts || -d $out/share/fonts ]]; then\n"
            '  export FONTCONFIG_FILE="$PWD/fonts.conf"\n'
            "  printf '%s\\n' \"<?xml version='1.0'?>\" \"<!DOCTYPE fontconfig SYSTEM 'fonts.dtd'>\" '<fontconfig>' \\\n"
            '    "<dir>$out/lib/X11/fonts</dir>" "<dir>$out/share/fonts</dir>" \\\n'
            '    "<cachedir>$out/lib/fontconfig/cache</cachedir>" \'</fontconfig>\' > "$FONTCONFIG_FILE"\n'
            f"  {self.pkgs['fontconfig']['bin']}/bin/fc-cache -f\n"
            "  rm -f $out/lib/fontconfig/cache/CACHEDIR.TAG\n"
            "  rmdir --ignore-fail-on-non-empty -p $out/lib/fontconfig/cache\n"
            '  rm "$FONTCONFIG_FILE"\n'
            "  unset FONTCONFIG_FILE\n"
            "fi\n"
            "if [[ -d $out/lib/fontconfig ]]; then\n"
            "  rmdir --ignore-fail-on-non-empty -p $out/lib/fontconfig\n"
            "fi\n"
        )

    @defines(".configFile")
    def own_files(self):
        path, profile = self["home.path"], self["home.profileDirectory"]
        yield {
            "fonts": {
                "enable": True,
                "priority": 10,
                "settings": {
                    "description": "Add fonts in the Nix user profile",
                    "include": [
                        {"@ignore_missing": "yes", "#text": f"{path}/etc/fonts/{each}"}
                        for each in ("conf.d", "fonts.conf")
                    ],
                    "dir": [f"{base}/{each}" for base in (path, profile) for each in ("lib/X11/fonts", "share/fonts")],
                    "cachedir": f"{path}/lib/fontconfig/cache",
                },
            }
        }
        edits = self._edits()
        yield {
            "rendering": {
                "enable": bool(edits),
                "priority": 10,
                "settings": {"description": "Set the rendering mode", "match": {"@target": "font", "edit": edits}},
            }
        }
        names = {"emoji": "emoji", "monospace": "monospace", "sansSerif": "sans-serif", "serif": "serif"}
        aliases = [
            {"@binding": "same", "family": family, "prefer": {"family": getattr(self.defaultFonts, name)}}
            for name, family in names.items()
            if getattr(self.defaultFonts, name)
        ]
        yield {
            "default-fonts": {
                "enable": True,
                "priority": 52,
                "settings": {"description": "Set default fonts", "alias": aliases},
            }
        }

    def _edits(self) -> list[Any]:
        found = [] if self.antialiasing is None else [assigned("antialias", self.antialiasing)]
        if self.hinting is not None:
            found += [assigned("hinting", True), assigned("hintstyle", f"hint{self.hinting}")]
        if self.subpixelRendering is not None:
            found.append(assigned("rgba", self.subpixelRendering.replace("ertical-", "")))
        return found

    @defines("xdg.configFile")
    def files(self):
        return {
            f"fontconfig/conf.d/{file.target}": {"enable": file.enable, "source": file.source}
            for file in self.configFile.values()
        }
