"""Lets `python -m home_manager` be the same program as `home-manager`."""

from __future__ import annotations

import sys

from home_manager.cli import main

if __name__ == "__main__":
    sys.exit(main())
