"""The one place that starts `git`, with everything switched off by which a repository could run a program."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Final

from home_manager.diagnostics import Failure, failure

OFF: Final = {
    "core.alternateRefsCommand": "",
    "core.askPass": "",
    "core.editor": "false",
    "core.fsmonitor": "false",
    "core.gitProxy": "",
    "core.hooksPath": "/dev/null",
    "core.pager": "cat",
    "credential.interactive": "false",
    "diff.external": "",
    "fetch.recurseSubmodules": "false",
    "gc.auto": "0",
    "gpg.program": "false",
    "gpg.ssh.program": "false",
    "gpg.x509.program": "false",
    "interactive.diffFilter": "",
    "log.showSignature": "false",
    "maintenance.auto": "false",
    "protocol.ext.allow": "never",
    "submodule.recurse": "false",
    "uploadpack.packObjectsHook": "",
}
"""Settings that name programs, or that make git look further. What the command line says goes before every file."""

FOREIGN: Final = {
    "credential.helper": "",
    "core.sshCommand": "false",
}
"""Settings that only somebody else's repository must not say; for what is fetched, the user's own count."""

NO_PROTOCOL: Final = "none"
"""The list of protocols for what must not reach another repository: the name of none."""

PROTOCOLS: Final = "git:http:https:ssh"
"""What is fetched over. `ext::` and the helpers of remotes run programs; local repositories are read, not fetched."""

_FORGOTTEN: Final = re.compile(
    r"GIT_(?:DIR|WORK_TREE|INDEX_.*|OBJECT_DIRECTORY|ALTERNATE_.*|COMMON_DIR|NAMESPACE|PREFIX|EXTERNAL_DIFF|PROXY_COMMAND"
    r"|PAGER|EDITOR|SEQUENCE_EDITOR|SHALLOW_FILE|GRAFT_FILE|QUARANTINE_PATH|TEMPLATE_DIR|TRACE.*)\Z"
)
"""What a git that started us, as from a hook, has said of its own repository."""


def run(
    directory: str | None,
    *words: str,
    check: bool = True,
    environment: Mapping[str, str] | None = None,
    foreign: bool = True,
    text: str = "",
    seconds: float | None = None,
) -> str:
    """What a git command prints, within `seconds`. `foreign` repositories reach no other, whatever their configuration says."""
    import subprocess

    settings = {**OFF, **(FOREIGN if foreign else {})}
    command = ["git", "--no-pager", "--no-replace-objects"]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    command += ["-C", directory] if directory is not None else []
    variables = {name: value for name, value in os.environ.items() if not _FORGOTTEN.match(name)}
    variables |= {
        "LC_ALL": "C",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": NO_PROTOCOL if foreign else PROTOCOLS,
        "GIT_PROTOCOL_FROM_USER": "0",
    }
    if foreign:
        # The variables go before every configuration that git finds by itself.
        variables |= {"GIT_SSH_COMMAND": "false", "GIT_ASKPASS": "false", "SSH_ASKPASS": "false"}
    try:
        done = subprocess.run(
            [*command, *words],
            capture_output=True,
            check=False,
            input=os.fsencode(text),
            timeout=seconds,
            env={**variables, **(environment or {})},
        )
    except FileNotFoundError:
        raise failure(
            "git-missing",
            "the program `git` is needed here and is not installed",
            hints=("install git, or name the flake with `path:` so that all files count",),
        ) from None
    except subprocess.TimeoutExpired:
        raise failed(words[0], f"it took longer than {seconds:g} seconds") from None
    if check and done.returncode:
        raise failed(words[0], done.stderr.decode("utf-8", "replace"))
    return os.fsdecode(done.stdout)


def failed(what: str, said: str) -> Failure:
    """A git command that did not do what it should."""
    lines = tuple(line for line in said.strip().splitlines() if line)[-4:]
    hints = ("look at the address, the branch, and whether you may read the repository",) if what == "fetch" else ()
    return failure("git-failed", f"`git {what}` failed", notes=lines, hints=hints)


_ADDRESS = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]*)://(?:[^/@]*@)?(?P<host>[^/]*)", re.IGNORECASE)
_SCP = re.compile(r"(?:[^:/@]*@)?(?P<host>[^:/]+):(?!:)")


def check_address(url: str) -> None:
    """Refuses an address that git would take for an option or for a program to start."""
    found = _ADDRESS.match(url)
    scheme = found["scheme"].lower() if found else ""
    other = _SCP.match(url) if found is None and not url.startswith("/") else None
    host = found["host"] if found else other["host"] if other else ""
    why = ""
    if url.startswith("-") or host.startswith("-"):
        why = "it begins with `-`, as an option does"
    elif any(char < " " for char in url):
        why = "it holds control characters"
    elif "::" in url.partition("/")[0]:
        why = f"`{url.partition('::')[0]}::` starts a program"
    elif found and scheme not in (*PROTOCOLS.split(":"), "file"):
        why = f"`{scheme}://` is not among {', '.join(f'{name}://' for name in (*PROTOCOLS.split(':'), 'file'))}"
    elif not found and not other and not url.startswith("/"):
        why = "it is neither an address with `://` nor an absolute path"
    if why:
        raise failure(
            "git-address",
            f"`{url}` is not taken as the address of a git repository: {why}",
            hints=("write it as `https://HOST/PATH`, `ssh://USER@HOST/PATH` or `file:///PATH`",),
        )


_REVISION = re.compile(r"[0-9a-fA-F]{40}(?:[0-9a-fA-F]{24})?\Z")
_NO_NAME = re.compile(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|^[-/]|[/.]$|(?:^|/)\.|\.lock(?:/|$)|^@$")


def check_revision(rev: str) -> None:
    """Refuses what is no hash of a commit."""
    if not _REVISION.match(rev):
        raise failure(
            "git-address",
            f"`{rev}` is not the hash of a commit",
            hints=("write all 40 digits (64 in a SHA-256 repository); a branch or tag is given as `ref`",),
        )


def check_ref(ref: str) -> None:
    """Refuses what git does not allow as the name of a branch or tag, and would read as something else."""
    if not ref or _NO_NAME.search(ref):
        raise failure("git-address", f"`{ref}` cannot be the name of a branch or tag")
