from home_manager.authoring import *


def sourced(extension):
    return lambda self: f"source {self.package}/share/television/completion.{extension}\n"


class Television(Program):
    """television, a fuzzy finder for the terminal"""

    package = Package("television", nullable=True, wrap_path="extraPackages", program="tv")
    extraPackages = option(
        t.list_of(t.package),
        default=lambda self: [self.pkgs[name] for name in ("fd", "bat", "ripgrep")],
        default_text="with pkgs; [ fd bat ripgrep ]",
        example=literal("with pkgs; [ eza ]"),
        doc="Packages whose programs television finds.",
    )
    settings = Settings(
        formats.toml,
        file="television/config.toml",
        example={
            "keybindings": {"quit": ["esc", "ctrl-c"]},
            "tick_rate": 50,
            "ui": {"show_preview_panel": False, "ui_scale": 120, "use_nerd_font_icons": True},
        },
        doc="The settings; see <https://github.com/alexpasmantier/television/blob/main/.config/config.toml>.",
    )
    channels = Files(
        "television/cable/{name}.toml",
        formats.toml,
        type=t.toml,
        example={
            "git-diff": {
                "metadata": {
                    "name": "git-diff",
                    "description": "A channel to select files from git diff commands",
                    "requirements": ["git"],
                },
                "source": {"command": "git diff --name-only HEAD"},
                "preview": {"command": "git diff HEAD --color=always -- '{}'"},
            },
            "git-log": {
                "metadata": {
                    "name": "git-log",
                    "description": "A channel to select from git log entries",
                    "requirements": ["git"],
                },
                "source": {
                    "command": 'git log --oneline --date=short --pretty="format:%h %s %an %cd" "$@"',
                    "output": "{split: :0}",
                },
                "preview": {"command": "git show -p --stat --pretty=fuller --color=always '{0}'"},
            },
        },
        doc="Channels by name; see <https://alexpasmantier.github.io/television/docs/Users/channels>.",
    )
    themes = Files(
        "television/themes/{name}.toml",
        formats.toml,
        type=t.one_of(t.toml, t.lines, t.path),
        example={
            "default": {
                "border_fg": "bright-black",
                "text_fg": "bright-blue",
                "dimmed_text_fg": "white",
                "input_text_fg": "bright-red",
                "result_count_fg": "bright-red",
                "result_name_fg": "bright-blue",
                "result_line_number_fg": "bright-yellow",
                "result_value_fg": "white",
                "selection_fg": "bright-green",
                "selection_bg": "bright-black",
                "match_fg": "bright-red",
                "preview_title_fg": "bright-magenta",
                "channel_mode_fg": "black",
                "channel_mode_bg": "green",
                "remote_control_mode_fg": "black",
                "remote_control_mode_bg": "yellow",
                "action_picker_mode_fg": "black",
                "action_picker_mode_bg": "magenta",
                "send_to_channel_mode_fg": "cyan",
            }
        },
        doc="Themes by name, each as settings, a text or a file; see "
        "<https://alexpasmantier.github.io/television/user-guide/themes>.",
    )
    shells = ShellIntegration(
        bash=sourced("bash"),
        zsh=sourced("zsh"),
        fish=sourced("fish"),
        nushell=lambda self: f"source {self.package}/share/television/completion.nu",
    )
