"""The shell code that copies keys for Syncthing, and that tells it its settings."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from home_manager.authoring import *

quote = formats.shell.quote

PLACE = re.compile("@([a-z0-9]+)@")
"""Where a template has a program or a word put in."""

FOLDER_ON_LINUX = """\
# Older releases keep everything below the directory for configuration.
folder="${XDG_STATE_HOME:-$HOME/.local/state}/syncthing"
older="${XDG_CONFIG_HOME:-$HOME/.config}/syncthing"
if [[ ! -e $folder/config.xml && -e $older/config.xml ]]; then
  folder="$older"
fi
"""
FOLDER_ON_DARWIN = 'folder="$HOME/Library/Application Support/Syncthing"\n'

REQUEST = """\
RUNTIME_DIRECTORY="${RUNTIME_DIRECTORY:-$(@coreutils@/bin/mktemp -d)}"

# request METHOD PATH [ARGUMENTS OF CURL...]: ask the running Syncthing
request() {
  local method="$1" path="$2"
  shift 2
  # Syncthing makes its key when it starts for the first time.
  until @libxml2@/bin/xmllint --xpath 'string(configuration/gui/apikey)' "$folder/config.xml" \\
    > "$RUNTIME_DIRECTORY/key"; do
    @coreutils@/bin/sleep 1
  done
  printf 'X-API-Key: %s' "$(< "$RUNTIME_DIRECTORY/key")" > "$RUNTIME_DIRECTORY/headers"
  @curl@ --silent --show-error --location --insecure --header "@$RUNTIME_DIRECTORY/headers" \\
    --retry 1000 --retry-delay 1 --retry-all-errors \\
    --request "$method" "$@" @place@"$path"
}
"""

CREDENTIALS = """\
username=@username@
password="$(< @file@)"
now="$(request GET /rest/config/gui)"
if [[ $(@jq@ -r '.user // ""' <<< "$now") != "$username" ]]; then
  @jq@ -n --arg user "$username" '{user: $user}' | request PATCH /rest/config/gui --json @-
fi
# Syncthing shows a hash: the password is that already, is hashed to that, or has to be set.
hash="$(@jq@ -r '.password // ""' <<< "$now")"
hashed="$(printf '%s' "$password" | @mkpasswd@ --stdin --salt "$hash" 2> /dev/null || true)"
if [[ -z $hash || ( $hash != "$password" && $hash != "$hashed" ) ]]; then
  printf '%s' "$password" | @jq@ -R -s '{password: .}' | request PATCH /rest/config/gui --json @-
fi
"""

SETTINGS = """\
wanted() {
  @jq@ @secrets@--raw-output --compact-output @program@" | $1" @settings@
}

wanted '.devices[]' | while IFS= read -r device; do
  printf '%s' "$device" | request POST /rest/config/devices --json @-
done
wanted '.folders[] | del(.ignorePatterns)' | while IFS= read -r shared; do
  printf '%s' "$shared" | request POST /rest/config/folders --json @-
done
wanted '.folders[] | select(.ignorePatterns) | (.id | @uri), {ignore: .ignorePatterns}' \\
  | while IFS= read -r id && IFS= read -r patterns; do
    printf '%s' "$patterns" | request POST "/rest/db/ignores?folder=$id" --json @-
  done
"""

REMOVAL = """\
request GET /rest/config/@kind@ \\
  | @jq@ --raw-output --argjson wanted "$(wanted '[.@kind@[].id]')" '[.[].@id@] - $wanted | .[] | @uri' \\
  | while IFS= read -r id; do
    request DELETE "/rest/config/@kind@/$id" < /dev/null
  done
"""

OTHERS = """\
wanted '.others | to_entries[] | .key, .value' | while IFS= read -r name && IFS= read -r value; do
  # The key of the API lies among the settings of the interface: those that nobody gave stay.
  method=PUT
  if [[ $name == gui ]]; then method=PATCH; fi
  printf '%s' "$value" | request "$method" "/rest/config/$name" --json @-
done
"""

ADDRESS = """\
@jq@ -n --arg address @address@ '{address: $address}' | request PATCH /rest/config/gui --json @-
"""

RESTART = """\
if request GET /rest/config/restart-required | @jq@ -e .requiresRestart > /dev/null; then
  request POST /rest/system/restart
fi
"""


def copying_keys(folder: str, install: str, cert: str | None, key: str | None) -> str:
    """Code that puts the user's keys where Syncthing looks for them."""
    lines = [folder, f'{install} -dm700 "$folder"\n']
    for source, name in ((cert, "cert.pem"), (key, "key.pem")):
        if source is not None:
            lines.append(f'{install} -Dm400 {source} "$folder/{name}"\n')
    return "".join(lines)


def place_of(address: str) -> str:
    """What curl is told of the server, for a path to be put behind it; the API is where the web interface is."""
    return f"--unix-socket {address} http://localhost" if address.startswith("/") else address


@dataclass(frozen=True, slots=True)
class Teller:
    """Code that tells Syncthing what it shall be like, made with these programs."""

    programs: Mapping[str, Any]
    folder: str
    address: str

    def whole(self, credentials: tuple[str, str] | None, settings: str, *, own_address: bool) -> str:
        """The whole script; `settings` is the code for those."""
        parts = [f"set -efu -o pipefail\numask 0077 # for passwords\n\n{self.folder}"]
        parts.append(self._code(REQUEST, place=place_of(self.address)))
        if credentials is not None:
            user, file = credentials
            parts.append(self._code(CREDENTIALS, username=quote(user), file=quote(file)))
        if settings:
            parts.append(settings)
        if own_address:
            parts.append(self._code(ADDRESS, address=quote(self.address)))
        return "\n".join((*parts, self._code(RESTART)))

    def settings(self, file: str, secrets: list[str], removed: Mapping[str, str], *, others: bool) -> str:
        """The code for the settings in a file; `secrets` are files with passwords of devices."""
        given = "".join(f"--rawfile secret{number} {quote(path)} " for number, path in enumerate(secrets))
        known = ", ".join(f"{formats.json.compact(path)}: $secret{number}" for number, path in enumerate(secrets))
        # A password comes from its file while the settings are read, so that none is in a file of ours.
        program = (
            "(.folders[].devices[] | select(.encryptionPasswordFile)) |= "
            f"(.encryptionPassword = {{{known}}}[.encryptionPasswordFile]) | "
            "del(.folders[].devices[].encryptionPasswordFile)"
        )
        parts = [self._code(SETTINGS, secrets=given, program=quote(program), settings=file)]
        parts += [self._code(REMOVAL, kind=kind, id=name) for kind, name in removed.items()]
        return "".join([*parts, OTHERS] if others else parts)

    def _code(self, template: str, **words: str) -> str:
        """A template with its programs and words; what is put in is not looked at again."""
        known = {**{name: str(program) for name, program in self.programs.items()}, **words}
        return PLACE.sub(lambda found: known[found[1]], template)
