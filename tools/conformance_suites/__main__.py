"""The command line: `tools/conformance SUITE CHECKOUT`."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path

from conformance_suites import home_manager, nix_lang, nixpkgs_lib, snix


def main() -> int:
    """Runs a suite and prints its scores, then each miss; status 1 where there is one."""
    parser = argparse.ArgumentParser(prog="tools/conformance", description=__doc__)
    suites = parser.add_subparsers(dest="suite", required=True, metavar="SUITE")
    for name, module in (
        ("nix-lang", nix_lang),
        ("nixpkgs-lib", nixpkgs_lib),
        ("home-manager", home_manager),
        ("snix", snix),
    ):
        suite = suites.add_parser(name, help=(module.__doc__ or "").partition("\n")[0])
        suite.add_argument("checkout", type=Path, metavar="CHECKOUT", help=module.CHECKOUT)
        suite.add_argument("-k", dest="only", default="", metavar="TEXT", help="only the cases with TEXT in their name")
        suite.add_argument(
            "-v", dest="verbose", action="store_true", help="what was wanted and what came, for each miss"
        )
        module.add_arguments(suite)
        suite.set_defaults(run=module.run)
    arguments = parser.parse_args()
    if not arguments.checkout.is_dir():
        parser.error(f"there is no directory {arguments.checkout}")
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `| head` is no reason for a traceback
    return int(arguments.run(arguments))


if __name__ == "__main__":
    sys.exit(main())
