from home_manager.authoring import *

POSIX = """\
function {name}() {{
  export LAZYGIT_NEW_DIR_FILE={file}
  command lazygit "$@"
  [ ! -f "$LAZYGIT_NEW_DIR_FILE" ] || {{
    cd "$(cat "$LAZYGIT_NEW_DIR_FILE")"
    rm -f "$LAZYGIT_NEW_DIR_FILE"
  }}
}}
"""

FISH = """\
set -x LAZYGIT_NEW_DIR_FILE {file}
command lazygit $argv
test -f "$LAZYGIT_NEW_DIR_FILE"; or return 0
cd (cat "$LAZYGIT_NEW_DIR_FILE")
rm -f "$LAZYGIT_NEW_DIR_FILE"
"""

NUSHELL = """\
def --env {name} [...rest] {{
  $env.LAZYGIT_NEW_DIR_FILE = ("{file}" | path expand)
  ^lazygit ...$rest
  if ($env.LAZYGIT_NEW_DIR_FILE | path exists) {{
    cd (open --raw $env.LAZYGIT_NEW_DIR_FILE)
    rm --force $env.LAZYGIT_NEW_DIR_FILE
  }}
}}
"""


class Lazygit(Program):
    """lazygit, git in the terminal with windows and keys"""

    package = Package("lazygit", nullable=True)
    settings = Settings(
        formats.yaml,
        file="lazygit/config.yml",
        darwin=application_support("lazygit/config.yml", unless_xdg=True),
        example={
            "gui": {
                "theme": {
                    "lightTheme": True,
                    "activeBorderColor": ["blue", "bold"],
                    "inactiveBorderColor": ["black"],
                    "selectedLineBgColor": ["default"],
                }
            }
        },
        doc="The settings of lazygit, see <https://github.com/jesseduffield/lazygit/blob/master/docs/Config.md>.",
    )
    shellWrapperName = option(
        t.str,
        default="lg",
        example="lg",
        doc="The name of the shell function that runs lazygit and then goes to the repository it was left in.",
    )
    shells = ShellIntegration(
        bash=lambda self: self._function(POSIX),
        zsh=lambda self: self._function(POSIX),
        fish=True,
        nushell=lambda self: self._function(NUSHELL),
    )

    def _function(self, code: str) -> str:
        directory = f"{self['xdg.cacheHome']}/lazygit" if self["home.preferXdgDirectories"] else "~/.lazygit"
        return code.format(name=self.shellWrapperName, file=f"{directory}/newdir")

    @defines("programs.fish.functions", when="enableFishIntegration")
    def in_fish(self):
        return {self.shellWrapperName: self._function(FISH)}
