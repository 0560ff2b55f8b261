from home_manager.authoring import *

NUSHELL = """\
mkdir ($nu.data-dir | path join "vendor/autoload")
intelli-shell init nushell | save -f ($nu.data-dir | path join "vendor/autoload/intelli-shell.nu")
"""


class IntelliShell(Program):
    """intelli-shell, templates of commands for a shell"""

    package = Package("intelli-shell", nullable=True)
    settings = Settings(
        formats.toml,
        file=".config/intelli-shell/config.toml",
        below="home.file",
        darwin=application_support("org.IntelliShell.Intelli-Shell/config.toml"),
        example={"check_updates": False, "logs": {"enabled": False}, "theme": {"accent": "yellow"}},
        doc="The settings of intelli-shell, see "
        "<https://github.com/lasantosr/intelli-shell/blob/main/default_config.toml>.",
    )
    shellHotkeys = option(
        t.attrs_of(t.str),
        default={},
        example={
            "bookmark_hotkey": "\\\\C-b",
            "fix_hotkey": "\\\\C-p",
            "search_hotkey": "\\\\C-t",
            "skip_esc_bind": "\\\\C-q",
            "variable_hotkey": "\\\\C-a",
        },
        doc="Keys by what they do, for the variables `INTELLI_…`.",
    )
    shells = ShellIntegration(
        bash='eval "$(intelli-shell init bash)"',
        zsh='eval "$(intelli-shell init zsh)"',
        fish="intelli-shell init fish | source",
        nushell=NUSHELL,
    )
    variables = Variables(lambda self: {f"INTELLI_{name.upper()}": key for name, key in self.shellHotkeys.items()})
