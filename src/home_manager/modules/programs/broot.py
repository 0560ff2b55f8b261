from home_manager.authoring import *


class Configuration(Options):
    """What conf.hjson holds beyond the defaults of broot"""

    freeform = t.json

    modal = option(
        t.bool,
        default=False,
        example=True,
        doc="Whether keys are commands until a mode for input is entered, as in vi.",
    )
    verbs = option(
        t.list_of(t.attrs_of(t.one_of(t.bool, t.str, t.list_of(t.str)))),
        default=[],
        example=[{"invocation": "edit", "shortcut": "e", "execution": "$EDITOR {file}"}],
        doc="Further verbs, see <https://dystroy.org/broot/conf_verbs/>: `execution` is what one does, `invocation` "
        "how it is called; `key`, `keys` and `shortcut` are other ways to call it; `leave_broot` says whether broot "
        "ends, and `from_shell` whether the shell that started it runs the command.",
    )
    skin = option(
        t.attrs_of(t.str),
        default={},
        example={"tree_fg": "red", "selected_line_bg": "grayscale(7)"},
        doc="Colours by what they are for, with `_fg` or `_bg` at the end: `directory_fg`, `selected_line_bg`. "
        "See <https://dystroy.org/broot/skins/>.",
    )


class Broot(Program):
    """broot, a tree of directories to walk in"""

    shells = ShellIntegration(
        bash=lambda self: self._source("bash"),
        zsh=lambda self: self._source("zsh"),
        fish=lambda self: self._source("fish"),
        nushell=lambda self: self._source("nushell"),
        sinks={"fish": "programs.fish.shellInit"},
        order=1500,
    )
    package = Package("broot")
    settings = option(
        t.submodule(Configuration), default={}, doc="Settings, which go before those that come with broot."
    )
    renamed = tuple(Renamed(name, f"settings.{name}") for name in ("skin", "verbs", "modal"))

    def _source(self, shell):
        # Newer releases call the command of nushell `main`, which `source` would not know as `br`.
        renamed = " | sed 's/export def --env main/export def --env br/'" if shell == "nushell" else ""
        script = f"broot --print-shell-function {shell}{renamed} > $out\n"
        return f"source {self._made('runCommand', f'br.{shell}', {'nativeBuildInputs': [self.package]}, script)}\n"

    @defines("xdg.configFile")
    def directory(self):
        defaults = f"{self.package['src']}/resources/default-conf"
        given = self._made("writeText", "broot-config.json", formats.json.render(self.settings))
        hjson, jq = exe(self.pkgs["hjson-go"]), exe(self.pkgs["jq"])
        joined = {
            "name": "xdg.configFile.broot",
            # The empty file keeps broot from installing its shell function by itself.
            "paths": [defaults, self._made("writeTextDir", "launcher/installed-v1", "")],
            "postBuild": f"rm $out/conf.hjson\n{jq} --slurp add <({hjson} -c {defaults}/conf.hjson) {given} > $out/conf.hjson\n",
        }
        return {"broot": {"recursive": True, "source": self._made("symlinkJoin", joined)}}
