from home_manager.authoring import *

SCRIPT = """\
program=$1
database=@database@
if [[ ! -e $database ]]; then
  echo "$program: command not found" >&2
  echo "What programs belong to is not known: there is no $database. Channels of NixOS bring it (nix-channel --update);" >&2
  echo "without channels, nix-index can tell. programs.command-not-found.enable = false turns this off." >&2
  exit 127
fi
system=${NIX_SYSTEM-@system@}
quoted() { printf "'%s'" "${1//\\'/\\'\\'}"; }
query="select package from Programs where system = $(quoted "$system") and name = $(quoted "$program")"
mapfile -t packages < <(@sqlite@ -readonly "$database" "$query" 2> /dev/null)
start() { exec nix-shell -p "$1" --run "exec $(printf '%q ' "${@:2}")"; }
case ${#packages[@]} in
  0) echo "$program: command not found" >&2 ;;
  1)
    if [[ -n ${NIX_AUTO_RUN-} ]]; then
      answer=y
      if [[ -n ${NIX_AUTO_RUN_INTERACTIVE-} ]]; then
        until [[ ${answer,,} == [yn] && -n ${asked-} ]]; do
          read -rp "Run $program of the package ${packages[0]}? [yn] " answer || exit 127
          asked=1
        done
      fi
      [[ ${answer,,} == y ]] || exit 0
      start "${packages[0]}" "$@"
    fi
    echo "$program is not in PATH, but a package has it. This starts a shell with it:" >&2
    echo "  nix-shell -p ${packages[0]}" >&2
    ;;
  *)
    if [[ -n ${NIX_AUTO_RUN-} ]]; then
      PS3="Which package? "
      select package in "${packages[@]}"; do [[ -z $package ]] || start "$package" "$@"; done
    fi
    echo "$program is not in PATH, but several packages have it. Each of these starts a shell with it:" >&2
    printf '  nix-shell -p %s\\n' "${packages[@]}" >&2
    ;;
esac
exit 127
"""


class CommandNotFound(Program):
    """what shells say about a command that is not there: the packages that have it"""

    dbPath = option(
        t.path,
        default="/nix/var/nix/profiles/per-user/root/channels/nixos/programs.sqlite",
        doc="The database of programs, as channels of NixOS bring it.",
    )

    def _program(self):
        script = formats.shell.script(
            SCRIPT,
            database=self.dbPath,
            system=self.pkgs["stdenv"]["hostPlatform"]["system"],
            sqlite=f"{self.pkgs['sqlite']}/bin/sqlite3",
        )
        return self._made("writeShellScriptBin", "command-not-found", script)

    def _handler(self, name):
        return f"{name}() {{\n  '{self._program()}/bin/command-not-found' \"$@\"\n}}\n"

    @defines("home.packages")
    def installed(self):
        return [self._program()]

    @defines("programs.bash.initExtra")
    def in_bash(self):
        return self._handler("command_not_found_handle")

    @defines("programs.zsh.initContent")
    def in_zsh(self):
        return self._handler("command_not_found_handler")

    @defines("programs.fish.interactiveShellInit")
    def in_fish(self):
        return f'function fish_command_not_found\n  "{self._program()}/bin/command-not-found" $argv\nend\n'
