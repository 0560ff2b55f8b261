from typing import ClassVar

from home_manager.authoring import *
from home_manager.modules.programs._differ import PAGED, hooked_by_old_name, hooked_without_saying

PRIMITIVE = t.one_of(t.str, t.bool, t.int)


class Delta(Program):
    """delta, a syntax highlighter for git diffs"""

    program: ClassVar[str] = "delta"

    package = Package("delta", install=False)
    options = option(
        t.attrs_of(t.either(PRIMITIVE, t.attrs_of(PRIMITIVE))),
        default={},
        example={
            "features": "decorations",
            "whitespace-error-style": "22 reverse",
            "decorations": {
                "commit-decoration-style": "bold yellow box ul",
                "file-style": "bold yellow ul",
                "file-decoration-style": "none",
            },
        },
        doc="The settings of delta.",
    )
    enableGitIntegration = option(
        t.bool,
        default=False,
        doc="Whether git shows blame, diff, log and show with delta, and differences when staging by parts.",
    )
    enableJujutsuIntegration = option(t.bool, default=False, doc="Whether jujutsu uses delta as pager and to merge.")
    finalPackage = option(
        t.package,
        default=lambda self: self._configured(),
        default_text="<derivation delta>",
        read_only=True,
        visible=False,
        doc="Delta with its settings; where git has them, delta as it is.",
    )
    renamed = (
        Renamed("/programs.git.delta.enable", "enable"),
        Renamed("/programs.git.delta.package", "package"),
        Renamed("/programs.git.delta.options", "options"),
    )

    def _configured(self):
        in_git = self.enableGitIntegration and self["programs.git.enable"]
        if in_git or not self.options:
            return self.package
        settings = self._made("writeText", "delta-config", formats.git_ini.render({"delta": self.options}))
        script = f'wrapProgram $out/bin/delta \\\n  --add-flags "--config {settings}"\n'
        wrapped = {"name": "delta-wrapped", "paths": [self.package], "postBuild": script, "meta": self.package["meta"]}
        return self._made("symlinkJoin", wrapped)

    @defines("home.packages")
    def installed(self):
        return [self.finalPackage]

    @defines(".enableGitIntegration")
    def hooked_by_old_name(self):
        return hooked_by_old_name(self, self.program)

    @warn
    def hooked_without_saying(self):
        return hooked_without_saying(self, "enableGitIntegration")

    @defines("programs.git.iniContent", when=enableGitIntegration)
    def in_git(self):
        program = exe(self.package)
        return {
            "pager": dict.fromkeys(("blame", *PAGED), program),
            "interactive": {"diffFilter": f"{program} --color-only"},
            "delta": self.options,
        }

    @defines("programs.jujutsu.settings", when=enableJujutsuIntegration)
    def in_jujutsu(self):
        return {
            "merge-tools": {"delta": {"diff-expected-exit-codes": [0, 1]}},
            "ui": {"diff-formatter": ":git", "pager": exe(self.finalPackage)},
        }
