"""A Debian archive on this machine with a few small packages, for what the provider of packages says of mistakes."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from home_manager.packages.providers import Provider
    from home_manager.store import Store

SERVER = Path(__file__).parents[1] / "unit" / "packages" / "archive_server.py"
PACKAGES = ("bat", "fd-find", "git", "htop", "jq", "ripgrep", "vim")
"""What the archive has: one empty program each."""


def _server() -> Any:
    """The archive that the tests of the provider use; it is loaded by its path, as those tests are."""
    spec = importlib.util.spec_from_file_location("harness_archive_server", SERVER)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@contextmanager
def small_archive(store: Store, cache: Path) -> Iterator[tuple[Provider, str]]:
    """A provider that takes its packages from the archive, and the archive's address."""
    from home_manager.packages.providers.debian import Archive, DebianProvider

    server = _server()
    release = server.new_release()
    for name in PACKAGES:
        script = server.Entry(f"./usr/bin/{name}", b"#!/bin/sh\n", 0o755)
        release.add(name, server.deb([script]), Description=f"the program {name}")
    release.publish()
    with server.served(release) as url:
        archive = Archive(url, release.suite, "amd64", "the test")
        yield DebianProvider(store, str(cache), archive, keys=release.certificate), url
