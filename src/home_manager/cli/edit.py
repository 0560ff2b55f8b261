"""`home-manager edit`: the configuration in the user's editor."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace

from home_manager.cli import configuration, exits
from home_manager.cli.messages import _
from home_manager.cli.terminal import Terminal
from home_manager.diagnostics import failure

EXAMPLES = """\
  home-manager edit
  EDITOR="code --wait" home-manager edit && home-manager switch
"""


AT_A_LINE = frozenset(("vi", "vim", "nvim", "nano", "emacs", "emacsclient", "kak", "micro", "joe", "ed", "mg"))
"""Editors that open a file at the line that `+LINE` names."""


def add_arguments(parser: ArgumentParser) -> None:
    del parser  # the options of every command are enough


def run(arguments: Namespace, terminal: Terminal) -> int:
    place = configuration.find(os.environ, arguments.file, arguments.flake)
    if place.warning:
        terminal.warn(place.warning)
    path = place.file or _file_of_flake(place.flake or "")
    if arguments.dry_run:
        import shlex

        terminal.say(shlex.join([*editor_command(), path]))
        return exits.OK
    return exits.OK if open_in_editor(path, 1, terminal) == 0 else exits.FAILED


def editor_command() -> list[str]:
    """The words that start the user's editor."""
    import shlex

    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        command = shlex.split(editor)
    except ValueError as error:
        raise _not_usable(editor, str(error)) from None
    if not command:
        raise failure(
            "no-editor",
            _("no editor is set"),
            hints=(_("set `EDITOR` or `VISUAL`: `EDITOR=nano home-manager edit`"),),
        )
    return command


def open_in_editor(path: str, line: int, terminal: Terminal) -> int:
    """The status of the user's editor, started with a file; at a line, where the editor is one that takes `+LINE`."""
    import subprocess

    command = editor_command()
    at = [f"+{line}"] if line > 1 and os.path.basename(command[0]) in AT_A_LINE else []
    terminal.close()
    try:
        return subprocess.run([*command, *at, path], check=False).returncode
    except OSError as error:
        raise _not_usable(" ".join(command), error.strerror or str(error)) from None


def _not_usable(editor: str, reason: str) -> Exception:
    return failure(
        "no-editor",
        _("the editor `{editor}` cannot be started: {reason}").format(editor=editor, reason=reason.lower()),
        hints=(_("set `EDITOR` or `VISUAL` to one that is installed"),),
    )


def _file_of_flake(reference: str) -> str:
    """The file to edit of a flake on this machine: its home.nix, else the flake itself."""
    directory = reference.partition("#")[0].partition("?")[0].removeprefix("path:") or "."
    for name in ("home.nix", "flake.nix"):
        path = os.path.join(directory, name)
        if os.path.isfile(path):
            return os.path.realpath(path)
    raise failure(
        "no-configuration",
        _("the flake `{flake}` has no file on this machine that could be edited").format(flake=reference),
        hints=(_("name a file with -f FILE"),),
    )
