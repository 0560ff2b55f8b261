from home_manager.authoring import *

LIST = t.null_or(t.list_of(t.str))
FUNCTIONS = {
    "bash": """\
_update_ps1() {{
  local old_exit_status=$?
  {assign}"$({program} -error $old_exit_status -shell bash{arguments})"
  {extra}
  return $old_exit_status
}}

if [[ ";${{PROMPT_COMMAND:-}};" != *";_update_ps1;"* ]]; then
  [ "$TERM" = linux ] || PROMPT_COMMAND="_update_ps1${{PROMPT_COMMAND:+;$PROMPT_COMMAND}}"
fi
""",
    "zsh": """\
_powerline_go_prompt() {{
  {assign}"$({program} -error $? -shell zsh{arguments})"
  {extra}
}}

if [ "$TERM" != linux ] && (( ! ${{precmd_functions[(Ie)_powerline_go_prompt]}} )); then
  precmd_functions+=(_powerline_go_prompt)
fi
""",
    "fish": """\
function fish_prompt
  eval {program} -error $status -jobs (count (jobs -p)){arguments}
  {extra}
end
""",
}


def argument(value):
    """A value as powerline-go takes it: lists and pairs are joined by commas."""
    if isinstance(value, dict):
        value = [f"{name}={each}" for name, each in sorted(value.items())]
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


class PowerlineGo(Program):
    """powerline-go, a prompt that shows where one is"""

    package = Package("powerline-go", install=False)
    modules = option(
        LIST,
        default=None,
        example=["host", "ssh", "cwd", "gitlite", "jobs", "exit"],
        doc="The parts of the prompt, see <https://github.com/justjanne/powerline-go>.",
    )
    modulesRight = option(
        LIST,
        default=None,
        example=["host", "venv", "git"],
        doc="The parts on the right side, which bash does not have. With them powerline-go prints code that is evaluated.",
    )
    newline = option(t.bool, default=False, example=True, doc="Whether the prompt ends with a line of its own.")
    pathAliases = option(
        t.null_or(t.attrs_of(t.str)),
        default=None,
        example={"\\~/projects/home-manager": "prj:home-manager"},
        doc="Short names of paths. `~` has to be protected from the shell.",
    )
    settings = option(
        t.attrs_of(t.one_of(t.bool, t.int, t.str, t.list_of(t.str))),
        default={},
        example={
            "cwd-max-depth": 7,
            "hostname-only-if-ssh": True,
            "ignore-repos": ["/home/me/big-project", "/home/me/huge-project"],
            "numeric-exit-codes": True,
        },
        doc="Further flags by name, see <https://github.com/justjanne/powerline-go>.",
    )
    extraUpdatePS1 = option(
        t.str, default="", example='PS1=$PS1"NixOS> ";\n', doc="Shell code that runs after the prompt is set."
    )

    def _arguments(self):
        flags = [] if self.modulesRight is None else ["-eval"]
        for name, value in (("modules", self.modules), ("modules-right", self.modulesRight)):
            flags += [] if value is None else [f"-{name} {argument(value)}"]
        flags += ["-newline"] if self.newline else []
        flags += [] if self.pathAliases is None else [f"-path-aliases {argument(self.pathAliases)}"]
        flags += [f"-{n}" if v is True else f"-{n} {argument(v)}" for n, v in sorted(self.settings.items())]
        return "".join(f" {flag}" for flag in flags)

    def _prompt(self, shell):
        assign = "PS1=" if self.modulesRight is None else "eval "
        return FUNCTIONS[shell].format(
            assign=assign, program=exe(self.package), arguments=self._arguments(), extra=self.extraUpdatePS1
        )

    @defines("programs.bash.initExtra", when=lambda self: self["programs.bash.enable"])
    def bash(self):
        return self._prompt("bash")

    @defines("programs.zsh.initContent", when=lambda self: self["programs.zsh.enable"])
    def zsh(self):
        return self._prompt("zsh")

    @defines("programs.fish.interactiveShellInit", when=lambda self: self["programs.fish.enable"])
    def fish(self):
        return self._prompt("fish")
