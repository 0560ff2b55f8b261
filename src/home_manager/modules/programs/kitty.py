from typing import Any

from home_manager.authoring import *

VALUES = t.attrs_of(t.one_of(t.str, t.bool, t.int, t.float))

BASH = """\
if test -n "$KITTY_INSTALLATION_DIR"; then
  export KITTY_SHELL_INTEGRATION="{mode}"
  source "$KITTY_INSTALLATION_DIR/shell-integration/bash/kitty.bash"
fi
"""
FISH = """\
if set -q KITTY_INSTALLATION_DIR
  set --global KITTY_SHELL_INTEGRATION "{mode}"
  source "$KITTY_INSTALLATION_DIR/shell-integration/fish/vendor_conf.d/kitty-shell-integration.fish"
  set --prepend fish_complete_path "$KITTY_INSTALLATION_DIR/shell-integration/fish/vendor_completions.d"
end
"""
ZSH = """\
if test -n "$KITTY_INSTALLATION_DIR"; then
  export KITTY_SHELL_INTEGRATION="{mode}"
  autoload -Uz -- "$KITTY_INSTALLATION_DIR"/shell-integration/zsh/kitty-integration
  kitty-integration
  unfunction kitty-integration
fi
"""


def lines(values: dict[str, Any], word: str = "", between: str = " ") -> str:
    """One setting a line, after a word of kitty's configuration."""

    def line(key: str, value) -> str:
        text = ("yes" if value else "no") if isinstance(value, bool) else formats.plain.to_string(value)
        return f"{word}{key}{between}{text}"

    return formats.keyvalue.render(values, mk_key_value=line)


def integrated(shell: str):
    return option(
        t.bool,
        default=lambda self: self.mode is not None and "disabled" not in self.mode.split(" "),
        default_text="(cfg.shellIntegration.mode != null)\n"
        '&& !(elem "disabled" (splitString " " config.programs.kitty.shellIntegration.mode))\n',
        example=False,
        doc=f"Whether {shell} loads what kitty has for it; not where the mode is `disabled`.",
    )


class KittyIntegration(Options):
    """The integration of shells, which is loaded by their own configuration."""

    mode = option(
        t.null_or(t.str),
        default="no-rc",
        example="no-cursor",
        apply=lambda mode: (
            None if mode is None else " ".join(["no-rc", *(word for word in mode.split(" ") if word != "no-rc")])
        ),
        doc="What of the integration is on, as in kitty's setting `shell_integration`. It always includes `no-rc`, unless it "
        "is `null`.",
    )
    enableBashIntegration = integrated("Bash")
    enableFishIntegration = integrated("fish")
    enableZshIntegration = integrated("Zsh")

    @defines("programs.bash.initExtra", when=enableBashIntegration)
    def in_bash(self):
        return BASH.format(mode=self.mode)

    @defines("programs.fish.interactiveShellInit", when=enableFishIntegration)
    def in_fish(self):
        return FISH.format(mode=self.mode)

    @defines("programs.zsh.initContent", when=enableZshIntegration)
    def in_zsh(self):
        return ZSH.format(mode=self.mode)


class AutomaticThemes(Options):
    """Themes by what the desktop prefers."""

    light = option(t.str, doc="The theme where light colours are preferred.")
    dark = option(t.str, doc="The theme where dark colours are preferred.")
    noPreference = option(t.str, doc="The theme where nothing is preferred.")


class Diff(Options):
    """The kitten that shows differences."""

    settings = option(
        VALUES,
        default={},
        example=literal('{\n  diff_cmd = "auto";\n  mark_moved_lines = true;\n}'),
        doc="Settings of the kitten `diff`, see <https://sw.kovidgoyal.net/kitty/kittens/diff/>; `extraConfig` wins.",
    )
    keybindings = option(
        t.attrs_of(t.str),
        default={},
        example={"q": "quit", "j": "scroll_by 1", "k": "scroll_by -1"},
        doc="Keys of the kitten `diff` and their actions; `extraConfig` wins.",
    )
    extraConfig = option(t.lines, default="", doc="Further lines of diff.conf.")

    @defines(".extraConfig")
    def generated(self):
        if self.settings:
            yield order(510, lines(self.settings))
        if self.keybindings:
            yield order(520, lines(self.keybindings, "map "))

    @config_file("kitty/diff.conf", when=extraConfig)
    def file(self) -> str:
        return f"# See https://sw.kovidgoyal.net/kitty/kittens/diff/\n{self.extraConfig}\n"


def theme_file(self, name: str | None) -> str | None:
    """What the file of a theme is called in the package of themes, given the theme's own name."""
    if name is None:
        return None
    known = self._made(self.pkgs["lib"]["importJSON"], f"{self.pkgs['kitty-themes']}/share/kitty-themes/themes.json")
    files = {each["name"]: each["file"] for each in formats.plain.plain(known)}
    file = files.get(name, "")
    message = f"kitty-themes has no theme that is called {name}"
    return str(
        self._made(self.pkgs["lib"]["throwIf"], not file, message, file.removeprefix("themes/").removesuffix(".conf"))
    )


class Kitty(Program):
    """Kitty, a terminal emulator that is drawn by the graphics card"""

    package = Package("kitty", nullable=True)
    darwinLaunchOptions = option(
        t.null_or(t.list_of(t.str)),
        default=None,
        example=["--single-instance", "--directory=/tmp/my-dir", "--listen-on=unix:/tmp/my-socket"],
        doc="Arguments for kitty where it is started from the desktop of macOS.",
    )
    settings = option(
        VALUES,
        default={},
        example={"scrollback_lines": 10000, "enable_audio_bell": False, "update_check_interval": 0},
        doc="The settings of kitty, see <https://sw.kovidgoyal.net/kitty/conf.html>.",
    )
    themeFile = option(
        t.null_or(t.str),
        default=None,
        example="SpaceGray_Eighties",
        doc="A theme of `kitty-themes`, by the name of its file without `.conf`. Those of `autoThemeFiles` win.",
    )
    autoThemeFiles = option(
        t.null_or(t.submodule(AutomaticThemes)),
        default=None,
        example={"light": "GitHub", "dark": "TokyoNight", "noPreference": "OneDark"},
        doc="Themes of `kitty-themes` that kitty takes according to what the desktop prefers.",
    )
    font = option(t.null_or(t.font), default=None, doc="The font.")
    actionAliases = option(
        t.attrs_of(t.str),
        default={},
        example={
            "launch_tab": "launch --cwd=current --type=tab",
            "launch_window": "launch --cwd=current --type=os-window",
        },
        doc="Names for actions.",
    )
    keybindings = option(
        t.attrs_of(t.str),
        default={},
        example={"ctrl+c": "copy_or_interrupt", "ctrl+f>2": "set_font_size 20"},
        doc="Keys and their actions.",
    )
    mouseBindings = option(
        t.attrs_of(t.str),
        default={},
        example={
            "ctrl+left click": "ungrabbed mouse_handle_click selection link prompt",
            "left click": "ungrabbed no-op",
        },
        doc="What is done with the mouse, and the actions for it.",
    )
    environment = option(
        t.attrs_of(t.str),
        default={},
        example={"LS_COLORS": "1"},
        doc="Variables of the environment of programs in kitty.",
    )
    shellIntegration = group(KittyIntegration)
    enableGitIntegration = option(
        t.bool, default=False, example=True, doc="Whether git shows differences with the kitten `diff`."
    )
    extraConfig = option(t.lines, default="", doc="Further lines of kitty.conf.")
    quickAccessTerminalConfig = option(
        VALUES,
        default={},
        example={"start_as_hidden": False, "hide_on_focus_loss": False, "background_opacity": 0.85},
        doc="Settings of the terminal for quick access, see "
        "<https://sw.kovidgoyal.net/kitty/kittens/quick-access-terminal/>.",
    )
    diffConfig = group(Diff)
    renamed = Renamed("theme", "themeFile", change=theme_file)

    @check
    def mode_for_shells(self):
        given = self.shellIntegration
        shells = given.enableBashIntegration or given.enableFishIntegration or given.enableZshIntegration
        if given.mode is None and shells:
            yield "Cannot enable shell integration when `programs.kitty.shellIntegration.mode` is `null`"

    @defines("home.packages")
    def font_package(self):
        return [self.font.package] if self.font is not None and self.font.package is not None else None

    def _theme(self, name: str) -> str:
        return f"{self.pkgs['kitty-themes']}/share/kitty-themes/themes/{name}.conf"

    @defines(".extraConfig")
    def generated(self):
        if self.font is not None:
            size = "" if self.font.size is None else f"font_size {formats.plain.to_string(self.font.size)}"
            yield order(510, f"font_family {self.font.name}\n{size}\n")
        if self.themeFile is not None:
            yield order(520, f"include {self._theme(self.themeFile)}\n")
        if self.shellIntegration.mode is not None:
            comment = "# The shells load the integration themselves"
            yield order(530, f"{comment}\nshell_integration {self.shellIntegration.mode}\n")
        if self.settings:
            yield order(540, lines(self.settings))
        if self.actionAliases:
            yield order(550, lines(self.actionAliases, "action_alias "))
        if self.keybindings:
            yield order(560, lines(self.keybindings, "map "))
        if self.mouseBindings:
            yield order(570, lines(self.mouseBindings, "mouse_map "))
        if self.environment:
            yield order(580, lines(self.environment, "env ", "="))

    def _reload(self) -> str:
        programs = "/usr" if self._is_on("darwin") else self.pkgs["procps"]
        return f"{programs}/bin/pkill -USR1 -u $USER kitty || true\n"

    @config_file("kitty/kitty.conf", onChange=_reload)
    def file(self) -> str:
        return f"# See https://sw.kovidgoyal.net/kitty/conf.html\n{self.extraConfig}\n"

    @config_file("kitty/quick-access-terminal.conf", when=quickAccessTerminalConfig)
    def quick_access(self) -> str:
        page = "# See https://sw.kovidgoyal.net/kitty/kittens/quick-access-terminal/"
        return f"{page}\n{lines(self.quickAccessTerminalConfig)}\n"

    @defines("xdg.configFile", when=autoThemeFiles)
    def automatic_themes(self):
        chosen = self.autoThemeFiles
        for kind, name in (("light", chosen.light), ("dark", chosen.dark), ("no-preference", chosen.noPreference)):
            yield {f"kitty/{kind}-theme.auto.conf": {"text": f"include {self._theme(name)}\n"}}

    @config_file("kitty/macos-launch-services-cmdline", when=lambda self: self._launches())
    def launched(self) -> str:
        return " ".join(self.darwinLaunchOptions)

    def _launches(self) -> bool:
        return self.darwinLaunchOptions is not None and self._is_on("darwin")

    @activation_step("checkKittyTheme", before="writeBoundary")
    def theme_exists(self):
        names = [] if self.themeFile is None else [self.themeFile]
        if self.autoThemeFiles is not None:
            chosen = self.autoThemeFiles
            names += [chosen.light, chosen.dark, chosen.noPreference]
        if not names:
            return None
        script = "".join(
            f'if [[ ! -f "{self._theme(name)}" ]]; then\n'
            f'  errorEcho "kitty-themes has no file {self._theme(name)}"\n  exit 1\nfi\n'
            for name in names
        )
        return script

    @defines("programs.git.iniContent", when=enableGitIntegration)
    def in_git(self):
        command = {"cmd": "kitten diff $LOCAL $REMOTE"}
        return {
            "diff": {"tool": default("kitty"), "guitool": default("kitty.gui")},
            "difftool": {
                "prompt": default(False),
                "trustExitCode": default(True),
                "kitty": command,
                "kitty.gui": command,
            },
        }
