"""What the user's steps find around them: environment, PATH variables; and whether it is the right home."""

from __future__ import annotations

import os

from home_manager.activation.layout import Layout
from home_manager.activation.report import Options
from home_manager.activation.system import System
from home_manager.diagnostics import Failure, failure
from home_manager.manifest import Manifest
from home_manager.store import Profile, machine
from home_manager.store.command import SYSTEM_DIRECTORIES

_OF_THE_CALLER = ("XDG_", "DBUS_", "WAYLAND_", "HOME_MANAGER_", "NIX_PROFILE")
"""Beginnings of variables that speak of the caller's home and session, which is not the one below a root."""


def check_writable(layout: Layout) -> None:
    """Makes the directory of our own state in the home; a failure where the home does not let itself be written to."""
    home = str(layout.home)
    try:
        os.makedirs(layout.state, exist_ok=True)
        if not os.access(layout.state, os.W_OK | os.X_OK):
            raise PermissionError(0, "Permission denied", str(layout.state))
    except OSError as error:
        is_file = os.path.lexists(home) and not os.path.isdir(home)
        raise failure(
            "not-writable",
            f"the home `{home}` is not a directory" if is_file else f"the home `{home}` cannot be written to",
            notes=(f"making `{layout.state}` failed: {error.strerror}",),
            hints=(
                "move that file away"
                if is_file
                else "run the command as the user whose home it is, or give that user the right to write there",
                "nothing was changed",
            ),
        ) from None


def environment(manifest: Manifest, layout: Layout, options: Options) -> dict[str, str]:
    """The environment of the steps, from the caller's."""
    caller = dict(os.environ if options.environ is None else options.environ)
    if layout.root is not None:
        caller = {name: value for name, value in caller.items() if not name.startswith(_OF_THE_CALLER)}
        caller["USER"] = caller["LOGNAME"] = manifest.username
    own = list(manifest.activation_path) + list(SYSTEM_DIRECTORIES)
    if not manifest.empty_activation_path and caller.get("PATH"):
        own.append(caller["PATH"])
    for name in ("DRY_RUN", "VERBOSE", "HM_STEP_COLOR"):
        caller.pop(name, None)
    caller.update(HOME=str(layout.home), PATH=os.pathsep.join(own))
    caller.setdefault("USER", manifest.username)
    if options.dry_run:
        caller["DRY_RUN"] = "1"
    if options.verbose:
        caller["VERBOSE"] = "1"
    if options.color:
        caller["HM_STEP_COLOR"] = "1"
    if options.backup_extension is not None:
        caller["HOME_MANAGER_BACKUP_EXT"] = options.backup_extension
    return caller


def variables(layout: Layout, profile: Profile, new: str, old: str | None) -> dict[str, str]:
    """The shell variables that the steps may read; `oldGenPath` is not set where there is no generation yet."""
    found = {
        "hmStatePath": str(layout.state),
        "hmDataPath": str(layout.data),
        "genProfilePath": profile.pointer,
        "newGenPath": new,
        "newGenGcPath": f"{layout.state}/gcroots/new-home",
        "currentGenGcPath": f"{layout.state}/gcroots/current-home",
    }
    if old is not None:
        found["oldGenPath"] = old
    return found


def provide_home(layout: Layout, system: System) -> None:
    """See that the home directory is there; below a root it is made, elsewhere that is not for us to do."""
    home = str(layout.home)
    if system.is_directory(home):
        return
    if layout.root is None:
        raise failure(
            "home-missing",
            f"the home directory `{home}` does not exist",
            hints=("create it, owned by the user, and run the command again",),
        )
    with machine(f"making the home directory `{home}`"):
        system.make_directories(home)


def check_owner(manifest: Manifest, layout: Layout, options: Options, system: System) -> None:
    """Refuse to activate somebody else's generation. Below a root, and where the user asks, nothing is checked."""
    caller = os.environ if options.environ is None else options.environ
    if layout.root is not None or options.skip_sanity_checks or "SKIP_SANITY_CHECKS" in caller:
        return
    user = caller.get("USER") or caller.get("LOGNAME") or _login_name()
    if user != manifest.username:
        raise _mismatch("user-mismatch", "user", user, manifest.username, "home.username")
    home = str(layout.home)
    if home != manifest.home_directory and not system.same_file(home, manifest.home_directory):
        raise _mismatch("home-mismatch", "home directory", home, manifest.home_directory, "home.homeDirectory")
    if manifest.uid is not None and manifest.uid != os.getuid():
        raise _mismatch("user-mismatch", "user number", str(os.getuid()), str(manifest.uid), "home.uid")


def _login_name() -> str:
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return ""


def _mismatch(code: str, what: str, found: str, wanted: str, option: str) -> Failure:
    return failure(
        code,
        f"the {what} is `{found}`, but the configuration is for `{wanted}`",
        hints=(f"correct `{option}`, or activate as the {what} that it names",),
    )
