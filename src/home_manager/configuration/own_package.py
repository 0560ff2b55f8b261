"""`pkgs.home-manager`: this very program as a package, so that a home can have it among its own."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Mapping

from home_manager import __version__
from home_manager.nix.evaluation import call
from home_manager.values import Attrs, Value
from home_manager.values.lazy import Delayed

SCRIPT = """
mkdir -p "$out/bin" "$out/share/man/man1" "$out/share/bash-completion/completions" "$out/share/zsh/site-functions" \\
    "$out/share/fish/vendor_completions.d" "$out/share/nushell/vendor/autoload"
printf '%s\\n' '#!/bin/sh' {starter} > "$out/bin/home-manager"
chmod +x "$out/bin/home-manager"
home_manager() {{ LC_ALL=C.UTF-8 "$out/bin/home-manager" "$@"; }}
home_manager help --man > "$out/share/man/man1/home-manager.1"
home_manager completion bash > "$out/share/bash-completion/completions/home-manager"
home_manager completion zsh > "$out/share/zsh/site-functions/_home-manager"
home_manager completion fish > "$out/share/fish/vendor_completions.d/home-manager.fish"
home_manager completion nushell > "$out/share/nushell/vendor/autoload/home-manager.nu"
# The version makes another package of another release: {version}
"""


def own_package(packages: Callable[[], Mapping[str, Value]]) -> Value:
    """A package with a program that starts this one, by the interpreter that runs it now, its manual and completions."""

    def made() -> Value:
        # -I keeps the directory that the user happens to be in from shadowing our modules.
        starter = f'exec {shlex.quote(sys.executable)} -I -m home_manager "$@"'
        script = SCRIPT.format(starter=shlex.quote(starter), version=__version__)
        environment = Attrs({"meta": Attrs({"mainProgram": "home-manager"}), "version": __version__})
        return call(packages()["runCommandLocal"], "home-manager", environment, script)

    return Delayed(made)
