"""`xdg`: the base directories, and the files in them."""

from collections.abc import Iterator
from typing import Any

from home_manager.authoring import *
from home_manager.modules.core.files import file_type

HANDED_ON = (
    "enable", "target", "source", "text", "executable", "recursive", "ignorelinks", "onChange", "force", "onDisk",
    "mode", "mergeFormat",
)  # fmt: skip
"""What a file below a base directory says that the same file below the home has to repeat."""

LAST_WITH_ENVIRONMENT = "20.09"
"""Before this state version, the directories were those of the environment in which the configuration is built."""


def directory(variable: str, below: str, holds: str):
    def where(self) -> str:
        known = ""
        if not self.enable and not self._state_at_least(LAST_WITH_ENVIRONMENT):
            known = self._environment(variable)
        return known or f"{self['home.homeDirectory']}/{below}"

    return option(
        t.path,
        default=where,
        default_text=f'"~/{below}"',
        apply=str,
        doc=f"The directory for {holds}, as an absolute path; with `xdg.enable` it is the value of `{variable}`.",
    )


def files(where: str, holds: str):
    return option(
        file_type(lambda self: self[f"xdg.{where}"], f"`xdg.{where}`"),
        default={},
        doc=f"Files and directories to link into the directory for {holds}.",
    )


class BaseDirectories(Module):
    """The XDG base directories"""

    namespace = "xdg"

    enable = option(t.bool, default=False, example=True, doc="Whether to enable management of XDG base directories.")
    cacheHome = directory("XDG_CACHE_HOME", ".cache", "caches")
    cacheFile = files("cacheHome", "caches")
    configHome = directory("XDG_CONFIG_HOME", ".config", "configuration")
    configFile = files("configHome", "configuration")
    dataHome = directory("XDG_DATA_HOME", ".local/share", "data")
    dataFile = files("dataHome", "data")
    stateHome = directory("XDG_STATE_HOME", ".local/state", "state")
    stateFile = files("stateHome", "state")
    binHome = directory("XDG_BIN_HOME", ".local/bin", "the user's own programs")
    localBinInPath = option(
        t.bool, default=False, doc="Whether `xdg.binHome` becomes part of `PATH`; it needs `xdg.enable`."
    )

    def _variables(self) -> dict[str, str]:
        return {
            "XDG_BIN_HOME": self.binHome,
            "XDG_CACHE_HOME": self.cacheHome,
            "XDG_CONFIG_HOME": self.configHome,
            "XDG_DATA_HOME": self.dataHome,
            "XDG_STATE_HOME": self.stateHome,
        }

    @defines("home.sessionVariables", when=enable)
    def for_shells(self):
        return self._variables()

    @defines("systemd.user.sessionVariables", when=enable)
    def for_services(self):
        return self._variables()

    @defines("home.sessionPath", when=lambda self: self.enable and self.localBinInPath)
    def programs(self):
        return after([self.binHome])

    @defines("home.file")
    def below_the_home(self) -> Iterator[Any]:
        for where in ("cache", "config", "data", "state"):
            base = getattr(self, f"{where}Home")
            entries = getattr(self, f"{where}File")
            if entries:
                yield {f"{base}/{name}": handed_on(entry) for name, entry in entries.items()}
        yield {f"{self.cacheHome}/.keep": {"text": ""}}
        yield {f"{self.stateHome}/.keep": {"text": ""}}


def handed_on(entry) -> dict[str, Any]:
    """A file's options, each to be looked at when it is asked for."""
    return {name: delayed(lambda name=name: entry[name]) for name in HANDED_ON}  # type: ignore[misc]
