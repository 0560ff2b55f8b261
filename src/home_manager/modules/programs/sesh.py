from home_manager.authoring import *

KINDS = {"a": ("⚡", "all", ""), "t": ("🪟", "tmux", " -t"), "g": ("⚙️", "configs", " -c"), "x": ("📁", "zoxide", " -z")}
"""The keys that say which sessions are offered: with Ctrl, the sign in front of the prompt, the name, and the flag of sesh."""


class Configuration(Options):
    """What sesh.toml holds"""

    freeform = t.toml


class Sesh(Program):
    """sesh, which finds and makes sessions of terminals"""

    package = Package("sesh")
    fzfPackage = Package("fzf", nullable=True, when=lambda self: self.enableAlias)
    zoxidePackage = Package("zoxide", nullable=True, when=lambda self: self.enableTmuxIntegration)
    settings = Settings(
        formats.toml,
        type=t.submodule(Configuration),
        file=".config/sesh/sesh.toml",
        below="home.file",
        when=True,
        doc="The settings of sesh, see <https://github.com/joshmedeski/sesh#configuration>.",
    )
    enableAlias = option(t.bool, default=True, doc="Whether the alias `s` asks for a session in fzf and goes there.")
    enableTmuxIntegration = option(t.bool, default=True, doc="Whether a key of tmux asks for a session.")
    tmuxKey = option(t.str, default="s", doc="That key.")
    icons = option(t.bool, default=True, doc="Whether sessions have icons.")

    def _listing(self):
        return "sesh list --icons" if self.icons else "sesh list "

    @defines("home.shellAliases", when=enableAlias)
    def alias(self):
        return {"s": f"sesh connect $({self._listing()} | fzf {'--ansi' if self.icons else ''})"}

    @check(when=enableTmuxIntegration)
    def fzf_in_tmux(self):
        if not self["programs.fzf.tmux.enableShellIntegration"]:
            yield "sesh asks in tmux by fzf: enable `programs.fzf.tmux.enableShellIntegration`."

    @defines("programs.tmux.extraConfig", when=enableTmuxIntegration)
    def in_tmux(self):
        every = f"change-prompt(⚡  )+reload({self._listing()})"
        binds = ["tab:down,btab:up"]
        binds += [
            f"ctrl-{key}:change-prompt({sign}  )+reload({self._listing()}{flag})"
            for key, (sign, _, flag) in KINDS.items()
        ]
        binds += [
            "ctrl-f:change-prompt(🔎  )+reload(fd -H -d 2 -t d -E .Trash . ~)",
            f"ctrl-d:execute(tmux kill-session -t {{2..}})+{every}",
        ]
        names = "".join(f" ^{key} {name}" for key, (_, name, _) in KINDS.items())
        flags = ["--tmux 80%,70% --no-sort --ansi --border-label ' sesh ' --prompt '⚡  '"]
        flags += [f"--header ' {names} ^d tmux kill ^f find'", *(f"--bind '{bind}'" for bind in binds)]
        flags += ["--preview-window 'right:55%' --preview 'sesh preview {}'", f"-- {'--ansi' if self.icons else ''}"]
        chosen = f"{self._listing()} | fzf " + " \\\n    ".join(flags)
        return f'bind-key "{self.tmuxKey}" run-shell "sesh connect \\"$(\n  {chosen}\n)\\""\n'
