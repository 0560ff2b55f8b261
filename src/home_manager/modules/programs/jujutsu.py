from home_manager.authoring import *

EDIFF = """\
set -eu
quoted() {{ printf '"%s"' "$(printf %s "$1" | sed 's/[\\\\"]/\\\\&/g')"; }}
call="(ediff-merge-files-with-ancestor $(quoted "$1") $(quoted "$2") $(quoted "$3") nil $(quoted "$4"))"
exec {emacs}/bin/emacsclient -c --eval "$call"
"""


class Jujutsu(Program):
    """jujutsu, a version control system that works with the repositories of git"""

    package = Package("jujutsu", nullable=True)
    ediff = option(
        t.bool,
        default=lambda self: self["programs.emacs.enable"],
        default_text="config.programs.emacs.enable",
        doc="Whether Emacs merges, with ediff.",
    )
    settings = Settings(
        formats.toml,
        file="jj/config.toml",
        darwin=lambda self: f"{self._darwin_directory()}/jj/config.toml",
        example={"user": {"name": "John Doe", "email": "jdoe@example.org"}},
        doc="The settings of jujutsu, see <https://github.com/martinvonz/jj/blob/main/docs/config.md>.",
    )
    removed = (
        Removed("enableZshIntegration", "It is not needed any more."),
        Removed("enableFishIntegration", "It is not needed any more."),
        Removed("enableBashIntegration", "It is not needed any more."),
    )

    def _darwin_directory(self) -> str:
        # From 0.29 on jj looks where the XDG specification says on every system.
        if self.package is None or version_at_least(self.package["version"], "0.29.0"):
            return str(self["xdg.configHome"])
        return "Library/Application Support"

    @defines(".settings", when=ediff)
    def merged_by_emacs(self):
        script = EDIFF.format(emacs=self["programs.emacs.package"])
        program = exe(self._made("writeShellScriptBin", "emacs-ediff", script))
        return {
            "merge-tools": {"ediff": {"program": program, "merge-args": ["$left", "$right", "$base", "$output"]}},
        }
