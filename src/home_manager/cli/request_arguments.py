"""From the command line to a request: what every command that looks at a configuration or a home begins with."""

from __future__ import annotations

import os
from argparse import Namespace
from typing import TYPE_CHECKING

from home_manager.cli import configuration
from home_manager.cli.changing import is_dry_run
from home_manager.cli.messages import _
from home_manager.cli.terminal import Terminal
from home_manager.diagnostics import failure

if TYPE_CHECKING:
    from home_manager.configuration.request import LockWishes, Request
    from home_manager.home.home import Home


def request(arguments: Namespace, terminal: Terminal, *, configured: bool) -> Request:
    """What the user asks for; `configured` is false where the home alone matters, as for a rollback.

    A configuration that is named is passed on even then, since it says whose home lies below a root.
    """
    from home_manager.configuration.request import Request

    place = configuration.Place()
    if configured or arguments.file or arguments.flake:
        place = configuration.find(os.environ, arguments.file, arguments.flake)
        if place.warning:
            terminal.warn(place.warning)
    return Request(
        config=place.file,
        flake=place.flake,
        attribute=arguments.attribute or "",
        root=_root(arguments.root),
        provider=arguments.provider or "",
        suite=arguments.debian_suite or "",
        archive=arguments.debian_archive or "",
        skip_missing=arguments.skip_missing,
        arguments=tuple((name, text, False) for name, text in arguments.arg)
        + tuple((name, text, True) for name, text in arguments.argstr),
        search_path=tuple(arguments.search_path),
        impure=arguments.impure,
        locking=_locking(arguments),
        read_only=is_dry_run(arguments),
        stage=lambda text: terminal.progress().stage(text),
        warn=terminal.warn,
    )


def _locking(arguments: Namespace) -> LockWishes:
    """What the command line says about the lock file of a flake."""
    from home_manager.configuration.request import LockWishes

    return LockWishes(
        recreate=arguments.recreate_lock_file,
        frozen=arguments.frozen,
        no_update=arguments.no_update_lock_file,
        no_write=arguments.no_write_lock_file,
        commit=arguments.commit_lock_file,
        reference_file=arguments.reference_lock_file or "",
        no_registries=arguments.no_registries,
        refresh=arguments.refresh,
        updates=tuple(arguments.update_input),
        overrides=tuple((path, target) for path, target in arguments.override_input),
    )


def session(arguments: Namespace, terminal: Terminal, *, configured: bool = True) -> Home:
    """The session that the command works in."""
    from home_manager.home.home import open_home

    return open_home(request(arguments, terminal, configured=configured), terminal.pass_on, terminal.stream)


def _root(given: str | None) -> str | None:
    if given is None:
        return None
    path = os.path.realpath(given)
    if os.path.lexists(path) and not os.path.isdir(path):
        raise failure("root-not-a-directory", _("`{path}` is not a directory").format(path=given))
    return path
