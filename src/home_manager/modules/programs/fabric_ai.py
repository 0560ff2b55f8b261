from home_manager.authoring import *

PATTERNS = """\
for pattern in "$HOME"/.config/fabric/patterns/*; do
  pattern=${pattern##*/}
  alias "${FABRIC_ALIAS_PREFIX:-}$pattern=fabric --pattern $pattern"
done
unset pattern
"""

YT = """\
yt() {
  local transcript=--transcript
  case "${1-}" in
    -t | --timestamps) transcript=--transcript-with-timestamps; shift ;;
  esac
  if [ "$#" -ne 1 ]; then
    echo "usage: yt [-t | --timestamps] LINK" >&2
    return 1
  fi
  fabric -y "$1" "$transcript"
}
"""


class FabricAi(Program):
    """Fabric, a collection of prompts for the command line"""

    package = Package("fabric-ai", nullable=True)
    enablePatternsAliases = option(
        t.bool, default=False, example=True, doc="Whether each pattern of Fabric is a command."
    )
    enableYtAlias = option(
        t.bool, default=True, example=True, doc="Whether `yt` prints what is said in a video, with `-t` also when."
    )
    shells = ShellIntegration(bash=lambda self: self._code(), zsh=lambda self: self._code())

    def _code(self):
        return (PATTERNS if self.enablePatternsAliases else "") + (YT if self.enableYtAlias else "")
