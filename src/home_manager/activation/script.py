"""The `activate` script of a generation: a door for whoever starts a generation by its path."""

from __future__ import annotations

ACTIVATE = """\
#!/bin/sh
# Activates the generation that this file is part of. Arguments are passed on to `home-manager activate`.
# HOME_MANAGER names the program, where it is not the `home-manager` of PATH.
set -eu
here=$(readlink -f -- "$0")
exec "${HOME_MANAGER:-home-manager}" activate "${here%/*}" "$@"
"""
