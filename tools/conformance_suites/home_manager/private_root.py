"""A private root with an empty `/nix/store`, so that store paths look as the tests want them and the machine is not touched."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

INSIDE = "CONFORMANCE_PRIVATE_ROOT"

SCRIPT = r"""
set -e
root=$(mktemp -d /tmp/conformance-root.XXXXXX)
mount -t tmpfs -o size=6g,mode=755 tmpfs "$root"
for each in /*; do
  [ "$each" = /nix ] && continue
  [ -L "$each" ] && { cp -P "$each" "$root$each"; continue; }
  if [ -d "$each" ]; then mkdir "$root$each"; mount --rbind "$each" "$root$each"; fi
done
mkdir -p "$root/nix/store"
export CONFORMANCE_PRIVATE_ROOT="$root"
exec chroot "$root" bash -c 'cd "$0" && exec "$@"' "$PWD" "$@"
"""
"""The machine's folders are mounted below a root in memory; `/nix` is not among them."""


def enter() -> None:
    """Runs this command again inside of a private mount namespace, unless that has happened."""
    if os.environ.get(INSIDE):
        return
    namespace = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-rm"]
    again = [sys.executable, "-m", "conformance_suites", *sys.argv[1:]]
    path = os.pathsep.join(os.path.abspath(each) for each in sys.path if each)
    scratch = Path("/tmp")
    before = set(scratch.glob("conformance-root.*"))
    status = subprocess.call(
        [*namespace, "bash", "-c", SCRIPT, "conformance", *again], env={**os.environ, "PYTHONPATH": path}
    )
    for left in set(scratch.glob("conformance-root.*")) - before:
        try:
            left.rmdir()
        except OSError:
            pass  # another run's
    sys.exit(status)
