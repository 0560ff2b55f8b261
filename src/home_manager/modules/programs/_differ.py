"""What programs that show git's differences have in common: how they are hooked into git."""

from typing import ClassVar

from home_manager.authoring import *

HOOKED_BY_OLD_NAME = 1490
"""The priority by which the old option under `programs.git` also turns the hook on."""

PAGED = ("diff", "log", "show")
"""The commands of git whose output is a difference."""


def hooked_by_old_name(self, program: str):
    """The hook turned on, where the option that was below `programs.git` is used."""
    if self._root_option(f"programs.git.{program}.enable").is_defined():
        return {"_type": "override", "priority": HOOKED_BY_OLD_NAME, "content": True}
    return None


def hooked_without_saying(self, path: str):
    """The warning that the hook at a path below the program's options is only on by the old name."""
    if self._option(path).merged().priority() == HOOKED_BY_OLD_NAME:
        name = f"programs.{self.program}.{path}"
        yield f"`{name}` automatic enablement is deprecated. Please explicitly set `{name} = true`."


class _Differ(Program):
    """A program that shows git's differences"""

    program: ClassVar[str] = ""

    enableGitIntegration = option(t.bool, default=False, doc="Whether git shows differences with it.")

    @defines(".enableGitIntegration")
    def hooked_by_old_name(self):
        return hooked_by_old_name(self, self.program)

    @warn
    def hooked_without_saying(self):
        return hooked_without_saying(self, "enableGitIntegration")

    @defines("programs.git.enable", when=enableGitIntegration)
    def git_too(self):
        return default(True)


def pager(command: str) -> dict[str, str]:
    """The section of git's configuration that makes a program its pager."""
    return dict.fromkeys(PAGED, command)
