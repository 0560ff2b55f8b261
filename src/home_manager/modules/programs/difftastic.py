from typing import ClassVar

from home_manager.authoring import *
from home_manager.modules.programs._differ import hooked_by_old_name, hooked_without_saying

ATOM = t.one_of(t.str, t.int, t.bool)


class Git(Options):
    """Difftastic in git."""

    enable = option(
        t.bool, default=False, doc="Whether git compares files with difftastic, in the way that `mode` says."
    )
    mode = option(
        t.enum("external", "difftool", "both"),
        default="external",
        example="difftool",
        doc="Whether `git diff` uses it (`external`), or `git difftool` (`difftool`), or both.",
    )


class Jujutsu(Options):
    """Difftastic in jujutsu."""

    enable = option(t.bool, default=False, doc="Whether jujutsu shows differences with difftastic.")


class Difftastic(Program):
    """difftastic, which compares files by their syntax"""

    program: ClassVar[str] = "difftastic"

    package = Package("difftastic")
    options = option(
        t.attrs_of(t.either(ATOM, t.list_of(ATOM))),
        default={},
        example={"color": "always", "sort-paths": True, "tab-width": 8},
        doc="Options of every run of `difft`, without the dashes.",
    )
    git = group(Git)
    jujutsu = group(Jujutsu)
    renamed = (
        Renamed("/programs.git.difftastic.enable", "enable"),
        Renamed("/programs.git.difftastic.package", "package"),
        Renamed("/programs.git.difftastic.options", "options"),
        Renamed(
            "/programs.git.difftastic.enableAsDifftool",
            "git.mode",
            change=lambda self, on: "both" if on else "external",
        ),
        Renamed("git.diffToolMode", "git.mode", change=lambda self, on: "both" if on else "external"),
        *(
            Renamed(f"/programs.git.difftastic.{name}", f"options.{name}")
            for name in ("background", "color", "context", "display")
        ),
        Removed(
            "/programs.git.difftastic.extraArgs",
            "'programs.git.difftastic.extraArgs' has been replaced by 'programs.git.difftastic.options'\n",
        ),
    )

    @defines(".git.enable")
    def hooked_by_old_name(self):
        return hooked_by_old_name(self, self.program)

    @warn
    def hooked_without_saying(self):
        return hooked_without_saying(self, "git.enable")

    @defines("programs.git.enable", when=lambda self: self.git.enable)
    def git_too(self):
        return default(True)

    @defines("programs.git.iniContent", when=lambda self: self.git.enable)
    def in_git(self):
        command = f"{exe(self.package)} {formats.command_line.render(self.options)}"
        if self.git.mode != "difftool":
            yield {"diff": {"external": command}}
        if self.git.mode != "external":
            yield {
                "diff": {"tool": default("difftastic")},
                "difftool": {"difftastic": {"cmd": f"{command} $LOCAL $REMOTE"}},
            }

    @defines("programs.jujutsu.settings", when=lambda self: self.jujutsu.enable)
    def in_jujutsu(self):
        words = formats.command_line.arguments({**self.options, "color": "always", "sort-paths": True})
        return {"ui": {"diff-formatter": [exe(self.package), *words, "$left", "$right"]}}
