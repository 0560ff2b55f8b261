"""`targets.genericLinux`: what other distributions than NixOS need."""

from home_manager.authoring import *

DATA = (
    "${NIX_STATE_DIR:-/nix/var/nix}/profiles/default/share",
    "",
    "/usr/share/ubuntu",
    "/usr/local/share",
    "/usr/share",
    "/var/lib/snapd/desktop",
)
"""Directories of data; the empty place is that of the profile."""

TERMINFO = "/etc/terminfo:/lib/terminfo:/usr/share/terminfo"
"""Where distributions keep the descriptions of terminals."""

SYSTEM_FUNCTIONS = """\
# Make system functions available to zsh
() {
  setopt LOCAL_OPTIONS CASE_GLOB EXTENDED_GLOB

  local system_fpaths=(
      # Package default
      /usr/share/zsh/site-functions(/-N)

      # Debian
      /usr/share/zsh/functions/**/*(/-N)
      /usr/share/zsh/vendor-completions/(/-N)
      /usr/share/zsh/vendor-functions/(/-N)
  )
  fpath=(${fpath} ${system_fpaths})
}
"""


class GenericLinux(Program):
    """settings for other distributions of Linux"""

    namespace = "targets.genericLinux"
    platforms = ("linux",)

    enable = option(
        t.bool,
        default=False,
        example=True,
        doc="Whether to enable what makes programs fit into other distributions than NixOS.",
    )
    renamed = (Renamed("extraXdgDataDirs", "/xdg.systemDirs.data"),)

    def _nix(self):
        package = self["nix.package"] if self._takes_part("nix.package") else None
        return self.pkgs["nix"] if package is None else package

    @defines("xdg.systemDirs.data")
    def data(self):
        return [each or f"{self['home.profileDirectory']}/share" for each in DATA]

    @defines("home.sessionSearchVariables")
    def cursors(self):
        # Programs from packages look for cursors beside themselves only.
        return {
            "XCURSOR_PATH": [f"{self['home.profileDirectory']}/share/icons", "/usr/share/icons", "/usr/share/pixmaps"]
        }

    @defines("home.sessionVariablesExtra")
    def session(self):
        return f'. "{self._nix()}/etc/profile.d/nix.sh"\n\n# reset TERM with new TERMINFO available (if any)\nexport TERM="$TERM"\n'

    @defines("programs.bash.initExtra")
    def bash(self):
        return (
            f'. "{self._nix()}/etc/profile.d/nix.sh"\n'
            f'. "{self["home.profileDirectory"]}/etc/profile.d/hm-session-vars.sh"\n'
        )

    @defines("programs.zsh.envExtra")
    def zsh(self):
        return SYSTEM_FUNCTIONS

    @defines("systemd.user.sessionVariables")
    def services(self):
        channels = (
            f"{self['xdg.stateHome']}/nix/defexpr/channels" if self["nix.useXdg"] else "$HOME/.nix-defexpr/channels"
        )
        profile = self["home.profileDirectory"]
        return {
            "NIX_PATH": f"{channels}${{NIX_PATH:+:}}$NIX_PATH",
            "TERMINFO_DIRS": f"{profile}/share/terminfo:$TERMINFO_DIRS${{TERMINFO_DIRS:+:}}{TERMINFO}",
        }
