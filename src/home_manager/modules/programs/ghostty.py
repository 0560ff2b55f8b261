from typing import Any

from home_manager.authoring import *

FORMAT = formats.keyvalue(duplicates=True)
SERVICE = "systemd/user/app-com.mitchellh.ghostty.service"

BASH = """\
if [[ -r "${GHOSTTY_RESOURCES_DIR}/shell-integration/bash/ghostty.bash" ]]; then
  builtin source "${GHOSTTY_RESOURCES_DIR}/shell-integration/bash/ghostty.bash"
fi
"""
FISH = """\
if test -r "$GHOSTTY_RESOURCES_DIR/shell-integration/fish/vendor_conf.d/ghostty-shell-integration.fish"
  source "$GHOSTTY_RESOURCES_DIR/shell-integration/fish/vendor_conf.d/ghostty-shell-integration.fish"
end
"""
ZSH = """\
if [[ -r "$GHOSTTY_RESOURCES_DIR"/shell-integration/zsh/ghostty-integration ]]; then
  source "$GHOSTTY_RESOURCES_DIR"/shell-integration/zsh/ghostty-integration
fi
"""


def written(settings) -> str:
    """Settings as Ghostty reads them, with spaces around the equals sign."""
    return FORMAT.render(settings, mk_key_value=formats.plain.key_value(" = "))


class Systemd(Options):
    """The service of Ghostty."""

    enable = option(
        t.bool,
        default=lambda self: self._is_on("linux"),
        default_text="pkgs.stdenv.hostPlatform.isLinux",
        example=True,
        doc="Whether systemd runs Ghostty as a service of the user, so that windows open at once.",
    )


class Ghostty(Program):
    """Ghostty, a terminal emulator"""

    package = Package("ghostty", nullable=True, extra="Where there is no such package, as on macOS, set it to `null`.")
    settings = option(
        FORMAT.type,
        default={},
        example={
            "theme": "catppuccin-mocha",
            "font-size": 10,
            "keybind": ["ctrl+h=goto_split:left", "ctrl+l=goto_split:right"],
        },
        doc="The settings of Ghostty, see <https://ghostty.org/docs/config/reference>.",
    )
    themes = option(
        t.attrs_of(FORMAT.type),
        default={},
        example={
            "dusk": {"palette": ["0=#45475a", "1=#f38ba8"], "background": "1e1e2e", "foreground": "cdd6f4"},
        },
        doc="Themes of your own, see <https://ghostty.org/docs/features/theme#authoring-a-custom-theme>.",
    )
    clearDefaultKeybinds = option(t.bool, default=False, example=True, doc="Whether to begin without any key bindings.")
    installVimSyntax = option(
        t.bool, default=False, example=True, doc="Whether Vim knows the syntax of Ghostty's configuration."
    )
    installBatSyntax = option(
        t.bool,
        default=lambda self: self.package is not None,
        default_text="config.programs.ghostty.package != null",
        example=True,
        doc="Whether bat knows the syntax of Ghostty's configuration.",
    )
    systemd = option(
        t.submodule(Systemd), default={}, doc="The service of Ghostty, see <https://ghostty.org/docs/linux/systemd>."
    )
    # The documentation of Ghostty wants its script as early as possible: here directly after the completions.
    shells = ShellIntegration(
        bash=BASH,
        fish=FISH,
        zsh=ZSH,
        order={"bash": 101},
        extra="Ghostty does this by itself for the shell that it starts; so it also works for shells within that, see "
        "<https://ghostty.org/docs/features/shell-integration#manual-shell-integration-setup>.",
    )

    @defines(".settings", when=clearDefaultKeybinds)
    def without_keys(self):
        return {"keybind": before(["clear"])}

    def _files(self) -> dict[str, Any]:
        """The settings and the themes by the names of their files."""
        files = {"config": self.settings} if self.settings else {}
        return files | {f"themes/{name}": theme for name, theme in self.themes.items()}

    @defines("xdg.configFile")
    def files(self):
        for name, values in self._files().items():
            entry: dict[str, Any] = {"text": written(values)}
            if self.package is not None:
                path = f"{self['xdg.configHome']}/ghostty/{name}"
                entry["onChange"] = f"{exe(self.package)} +validate-config --config-file={path}"
            yield {f"ghostty/{name}": entry}

    @check
    def package_for_syntax(self):
        if self.package is None:
            for name in ("installVimSyntax", "installBatSyntax"):
                if getattr(self, name):
                    yield f"programs.ghostty.{name} cannot be enabled when programs.ghostty.package is null"

    @check
    def service_can_run(self):
        if self.systemd.enable and self.package is None:
            yield "programs.ghostty.systemd.enable cannot be true when programs.ghostty.package is null"
        if self.systemd.enable and not self._is_on("linux"):
            yield "programs.ghostty.systemd.enable needs Linux"

    @defines("programs.vim.plugins", when=installVimSyntax)
    def in_vim(self):
        return None if self.package is None else [self.package["vim"]]

    @defines("programs.bat.syntaxes", when=installBatSyntax)
    def bat_syntax(self):
        if self.package is None:
            return None
        shared = "Applications/Ghostty.app/Contents/Resources" if self._is_on("darwin") else "share"
        return {"ghostty": {"src": self.package, "file": f"{shared}/bat/syntaxes/ghostty.sublime-syntax"}}

    @defines("programs.bat.config", when=installBatSyntax)
    def bat_files(self):
        if self.package is None:
            return None
        return {"map-syntax": [f"{self['xdg.configHome']}/ghostty/config:Ghostty Config"]}

    def _runs(self) -> bool:
        return bool(self.systemd.enable) and self.package is not None

    @defines("xdg.configFile", when=_runs)
    def service(self):
        return {SERVICE: {"source": f"{self._in_text(self.package)}/share/{SERVICE}"}}

    @config_file(f"{SERVICE}.d/overrides.conf", when=_runs)
    def reloaded(self) -> str:
        # A switch leaves the running windows alone, but lets them read what has changed.
        entries = self["xdg.configFile"]
        sources = " ".join(str(entries[f"ghostty/{name}"].source) for name in self._files())
        return f"[Unit]\nX-SwitchMethod=keep-old\nX-Reload-Triggers={sources}\n"

    @defines("dbus.packages", when=_runs)
    def on_the_bus(self):
        return [self.package]
