from home_manager.authoring import *

PREFIX = "C-b"
"""The prefix key that tmux has by itself."""

PREFIXED = "tmuxplugin"
"""How the name of a package with a plugin begins."""


class Plugin(Options):
    """A plugin with its configuration."""

    plugin = Package("plugin", default=None, example="pkgs.tmuxPlugins.sensible", install=False)
    extraConfig = option(t.lines, default="", doc="Configuration that goes before the plugin is run.")


class Tmuxinator(Options):
    """tmuxinator."""

    enable = option(
        t.bool, default=False, example=True, doc="Whether to install tmuxinator, which opens sessions from files."
    )
    package = Package("tmuxinator", nullable=True, when=enable)
    projects = option(
        t.attrs_of(t.yaml),
        default={},
        example={
            "myproject": {
                "root": "~/code/myproject",
                "windows": [{"editor": {"layout": "main-vertical", "panes": ["vim", "guard"]}}, {"server": "make run"}],
            }
        },
        doc="Projects of tmuxinator by name, each of which becomes a file.",
    )

    @defines("xdg.configFile", when=enable)
    def files(self):
        return {
            f"tmuxinator/{name}.yml": {"text": formats.yaml.render(project)} for name, project in self.projects.items()
        }


class Tmuxp(Options):
    """tmuxp."""

    enable = option(
        t.bool, default=False, example=True, doc="Whether to install tmuxp, which opens sessions from files."
    )

    @defines("home.packages", when=enable)
    def installed(self):
        return [self.pkgs["tmuxp"]]


def package_of(plugin):
    """The package of an entry of `plugins`, which is one or names one."""
    return plugin if "outPath" in plugin else plugin.plugin


def plugin_name(plugin) -> str:
    return str(package_of(plugin)["pname"])


def run_path(package) -> str:
    """The script that starts a plugin; nixpkgs' packages name it, and all follow one rule."""
    if "rtp" in package:
        return f"{package['rtp']}"
    name = str(package["pname"]).removeprefix(f"{PREFIXED}-")
    return f"{package}/share/tmux-plugins/{name}/{name.replace('-', '_')}.tmux"


class Tmux(Program):
    """tmux"""

    package = Package("tmux", nullable=True)
    aggressiveResize = option(
        t.bool,
        default=False,
        doc="Whether a window follows the smallest session that shows it, rather than any that it is in.",
    )
    baseIndex = option(t.unsigned, default=0, example=1, doc="The number of the first window, and of the first pane.")
    clock24 = option(t.bool, default=False, doc="Whether the clock counts to 24 hours.")
    customPaneNavigationAndResize = option(
        t.bool, default=False, doc="Whether `hjkl` select a pane and `HJKL` resize it; with the keys of `vi` only."
    )
    disableConfirmationPrompt = option(t.bool, default=False, doc="Whether a pane or window is killed without asking.")
    escapeTime = option(
        t.unsigned, default=10, example=0, doc="How many milliseconds to wait for more after the escape character."
    )
    extraConfig = option(t.lines, default="", doc="Lines for the end of tmux.conf.")
    focusEvents = option(
        t.bool, default=False, doc="Whether programs are told when the terminal gets and loses the focus."
    )
    historyLimit = option(t.positive, default=2000, example=5000, doc="How many lines of history a window keeps.")
    keyMode = option(t.enum("emacs", "vi"), default="emacs", example="vi", doc="Whose keys to use.")
    mouse = option(t.bool, default=False, example=True, doc="Whether to react to the mouse.")
    newSession = option(t.bool, default=False, doc="Whether attaching makes a session where there is none.")
    reverseSplit = option(t.bool, default=False, doc="Whether `v` and `s` split panes.")
    resizeAmount = option(t.positive, default=5, example=10, doc="By how many lines or columns a key resizes a pane.")
    sensibleOnTop = option(
        t.bool, default=False, doc="Whether the plugin sensible is run first; what comes after overrides its settings."
    )
    prefix = option(t.null_or(t.str), default=None, example="C-a", doc="The prefix key; it goes before `shortcut`.")
    shortcut = option(t.str, default="b", example="a", doc="The key that is the prefix together with Ctrl.")
    terminal = option(t.str, default="screen", example="screen-256color", doc="The value of `TERM` inside.")
    shell = option(
        t.null_or(t.str),
        default=None,
        example=literal("${pkgs.zsh}/bin/zsh"),
        doc="The shell of new windows; `null`: the user's.",
    )
    secureSocket = option(
        t.bool,
        default=lambda self: self._is_on("linux"),
        default_text="true",
        doc="Whether the socket lies in the user's directory below /run rather than in /tmp. "
        "That is safer, but the socket is gone after logout.",
    )
    tmuxp = group(Tmuxp)
    tmuxinator = group(Tmuxinator)
    plugins = option(
        t.described(t.list_of(t.either(t.package, t.submodule(Plugin))), "list of plugin packages or submodules"),
        default=[],
        example=literal(
            "with pkgs; [\n  tmuxPlugins.cpu\n  {\n    plugin = tmuxPlugins.resurrect;\n"
            "    extraConfig = \"set -g @resurrect-strategy-nvim 'session'\";\n  }\n]\n"
        ),
        doc="Plugins to run after the configuration, each a package, or a package with its configuration.",
    )
    variables = Variables(TMUX_TMPDIR='${XDG_RUNTIME_DIR:-"/run/user/$(id -u)"}', when=secureSocket)

    @check
    def plugins_are_plugins(self):
        wrong = [name for name in map(plugin_name, self.plugins) if not name.startswith(PREFIXED)]
        if wrong:
            yield f'Invalid tmux plugin (not prefixed with "tmuxplugins"): {", ".join(wrong)}'

    @defines("xdg.configFile")
    def file(self):
        yield {"tmux/tmux.conf": {"text": before("\n".join(self._settings()) + "\n")}}
        if self.plugins:
            yield {"tmux/tmux.conf": {"text": self._plugins()}}
        yield {"tmux/tmux.conf": {"text": after(self.extraConfig)}}

    def _plugins(self) -> str:
        return "# Plugins\n\n" + "\n".join(
            f"# {plugin_name(each)}\n{'' if 'outPath' in each else each.extraConfig}\nrun-shell {run_path(package_of(each))}\n"
            for each in self.plugins
        )

    def _settings(self) -> list[str]:
        """The lines of the settings; an empty one stands for what is not set."""
        prefix = f"C-{self.shortcut}" if self.prefix is None else self.prefix
        return [
            f"# The defaults of the plugin sensible\nrun-shell {run_path(self.pkgs['tmuxPlugins']['sensible'])}\n"
            if self.sensibleOnTop
            else "",
            f'set  -g default-terminal "{self.terminal}"',
            f"set  -g base-index      {self.baseIndex}",
            f"setw -g pane-base-index {self.baseIndex}",
            # A session that is made below already has this shell.
            "" if self.shell is None else f'set  -g default-shell "{self.shell}"\n',
            "# Where another file has made the session too, this one attaches to it.\nnew-session -A -s 0"
            if self.newSession
            else "",
            "",
            split_keys() if self.reverseSplit else "",
            "",
            f"set -g status-keys {self.keyMode}",
            f"set -g mode-keys   {self.keyMode}",
            "",
            pane_keys(self.resizeAmount) if self.keyMode == "vi" and self.customPaneNavigationAndResize else "",
            "",
            prefix_key(prefix) if prefix != PREFIX else "",
            "",
            kill_keys() if self.disableConfirmationPrompt else "",
            "",
            f"set  -g mouse             {switch(self.mouse)}",
            f"set  -g focus-events      {switch(self.focusEvents)}",
            f"setw -g aggressive-resize {switch(self.aggressiveResize)}",
            f"setw -g clock-mode-style  {24 if self.clock24 else 12}",
            f"set  -s escape-time       {self.escapeTime}",
            f"set  -g history-limit     {self.historyLimit}",
        ]


def switch(value: bool) -> str:
    return "on" if value else "off"


def bind(note: str, key: str, command: str, flags: str = "") -> str:
    """A key with the note that `list-keys -N` shows."""
    return f'bind {flags}-N "{note}" {key} {command}\n'


def split_keys() -> str:
    return bind("Split side by side", "v", "split-window -h") + bind(
        "Split one above the other", "s", "split-window -v"
    )


def pane_keys(amount: int) -> str:
    """The keys of vi for panes."""
    sides = {"h": ("left", "L"), "j": ("down", "D"), "k": ("up", "U"), "l": ("right", "R")}
    select = [bind(f"Go one pane {side}", key, f"select-pane -{flag}") for key, (side, flag) in sides.items()]
    resize = [
        bind(f"Move the pane's edge {side} by {amount}", key.upper(), f"resize-pane -{flag} {amount}", "-r ")
        for key, (side, flag) in sides.items()
    ]
    return "".join(select) + "\n" + "".join(resize)


def prefix_key(prefix: str) -> str:
    send = bind("Send the prefix to the program", prefix, "send-prefix")
    return f"# The prefix is {prefix}\nunbind {PREFIX}\nset -g prefix {prefix}\n{send}"


def kill_keys() -> str:
    return bind("Kill the window", "&", "kill-window") + bind("Kill the pane", "x", "kill-pane")
