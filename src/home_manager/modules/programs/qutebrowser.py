from home_manager.authoring import *
from home_manager.modules.programs._quoting import in_quotes


def text(command):
    """A command as a string of Python; its backslashes are that string's."""
    return '"' + command.replace('"', '\\"').replace("\n", "\\n") + '"'


def python(value):
    if value is None or isinstance(value, bool):
        return str(value)
    if isinstance(value, list):
        return f"[{', '.join(map(python, value))}]"
    return in_quotes(value) if isinstance(value, str) else formats.plain.to_string(value)


def flat(settings, path=""):
    """Settings by their dotted names."""
    for name, value in settings.items():
        if isinstance(value, dict):
            yield from flat(value, f"{path}{name}.")
        else:
            yield [f"{path}{name}", value]


def texts(doc, **more):
    return option(t.attrs_of(t.str), default={}, doc=doc, **more)


class Qutebrowser(Program):
    """qutebrowser"""

    package = Package("qutebrowser", nullable=True)
    aliases = texts("Short names for commands.")
    loadAutoconfig = option(t.bool, default=False, doc="Whether what was set in the browser itself counts, too.")
    searchEngines = texts(
        "Search engines: an address by the name that stands before the words. `{}` is where the words go, `DEFAULT` the "
        "engine where no name is given.",
        example=literal(
            '{\n  w = "https://en.wikipedia.org/wiki/Special:Search?search={}&go=Go&ns0=1";\n'
            '  aw = "https://wiki.archlinux.org/?search={}";\n  g = "https://www.google.com/search?hl=en&q={}";\n}\n'
        ),
    )
    settings = option(
        t.attrs_of(t.anything),
        default={},
        example=literal(
            '{\n  colors = {\n    hints = {\n      bg = "#000000";\n      fg = "#ffffff";\n    };\n'
            '    tabs.bar.bg = "#000000";\n  };\n  tabs.tabs_are_windows = true;\n}\n'
        ),
        doc="Settings, see <https://qutebrowser.org/doc/help/settings.html>.",
    )
    keyMappings = texts("Keys that stand for other keys.")
    enableDefaultBindings = option(t.bool, default=True, doc="Whether the usual keys are bound.")
    keyBindings = option(
        t.attrs_of(t.attrs_of(t.null_or(t.separated_string(" ;; ")))),
        default={},
        example=literal(
            '{\n  normal = {\n    "<Ctrl-v>" = "spawn mpv {url}";\n    ",p" = "spawn --userscript qute-pass";\n'
            '    "<F1>" = mkMerge [\n      "config-cycle tabs.show never always"\n'
            '      "config-cycle statusbar.show in-mode always"\n    ];\n  };\n'
            '  prompt = {\n    "<Ctrl-y>" = "prompt-yes";\n  };\n}\n'
        ),
        doc="What keys do, by mode and key: a command, or `null` to have the page get the key. The modes are `normal`, "
        "`insert`, `hint`, `passthrough`, `command`, `prompt`, `yesno`, `caret` and `register`.",
    )
    quickmarks = texts(
        "Pages by the names that they are opened with. The browser cannot change them then.",
        example=literal(
            '{\n  nixpkgs = "https://github.com/NixOS/nixpkgs";\n'
            '  home-manager = "https://github.com/nix-community/home-manager";\n}\n'
        ),
    )
    greasemonkey = option(
        t.list_of(t.package),
        default=[],
        example=literal(
            "[\n  (pkgs.writeText \"some-script.js\" ''\n    // ==UserScript==\n"
            "    // @name  Some Greasemonkey script\n    // ==/UserScript==\n  '')\n]\n"
        ),
        doc="Greasemonkey scripts.",
    )
    extraConfig = option(t.lines, default="", doc="Further lines of {file}`config.py`.")
    perDomainSettings = option(
        t.attrs_of(t.anything),
        default={},
        example=literal(
            '{\n  "zoom.us" = {\n    content = {\n      autoplay = true;\n      media.audio_capture = true;\n    };\n  };\n'
            '  "github.com".colors.webpage.darkmode.enabled = false;\n};\n'
        ),
        doc="Settings for single sites, by the site.",
    )

    def _directory(self):
        return ".qutebrowser" if self._is_on("darwin") else f"{self['xdg.configHome']}/qutebrowser"

    @config_file(lambda self: f"{self._directory()}/config.py", below="home.file")
    def configuration(self):
        return "\n".join(self._lines())

    def _lines(self):
        yield f"config.load_autoconfig({'' if self.loadAutoconfig else 'False'})"
        for setting in flat(self.settings):
            yield f"config.set({', '.join(map(python, setting))})"
        dictionaries = {
            "aliases": self.aliases,
            "url.searchengines": self.searchEngines,
            "bindings.key_mappings": self.keyMappings,
        }
        for name, values in dictionaries.items():
            for key, value in values.items():
                yield f"c.{name}['{key}'] = {in_quotes(value)}"
        if not self.enableDefaultBindings:
            yield "c.bindings.default = {}"
        for mode, bindings in self.keyBindings.items():
            yield "\n".join(
                f'config.unbind({in_quotes(key)}, mode="{mode}")'
                if command is None
                else f'config.bind({in_quotes(key)}, {text(command)}, mode="{mode}")'
                for key, command in bindings.items()
            )
        if self.extraConfig:
            yield self.extraConfig
        for url, settings in self.perDomainSettings.items():
            for setting in flat(settings):
                yield f"config.set({', '.join(map(python, [*setting, url]))})"

    @defines("home.file")
    def reload(self):
        if self._is_on("darwin"):
            return
        socket = '"${XDG_RUNTIME_DIR:-/run/user/$UID}/qutebrowser/ipc-$(printf %s "$USER" | md5sum | cut -d " " -f 1)"'
        message = '{"args":[":config-source"],"protocol_version":1,"target_arg":null}'
        code = (
            f"(\n  socket={socket}\n  if [[ -S $socket ]]; then\n    echo {formats.shell.quote(message)} \\\n"
            f'      | {self.pkgs["socat"]}/bin/socat -lf /dev/null - UNIX-CONNECT:"$socket"\n  fi\n)\n'
        )
        yield {f"{self._directory()}/config.py": {"onChange": code}}

    @defines("home.file")
    def further_files(self):
        if self.quickmarks:
            text = "\n".join(f"{name} {url}" for name, url in self.quickmarks.items())
            yield {f"{self._directory()}/quickmarks": {"text": text}}
        if self.greasemonkey:
            source = self._made("linkFarmFromDrvs", "greasemonkey-userscripts", self.greasemonkey)
            yield {f"{self._directory()}/greasemonkey": {"source": source}}
