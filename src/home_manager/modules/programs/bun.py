from home_manager.authoring import *


class Bun(Program):
    """Bun, a runtime for JavaScript"""

    package = Package("bun", nullable=True)
    settings = Settings(
        formats.toml,
        file=".bunfig.toml",
        example={
            "install": {"lockfile": {"print": "yarn"}},
            "smol": True,
            "telemetry": False,
            "test": {"coverage": True, "coverageThreshold": 0.9},
        },
        doc="The global settings of Bun, see <https://bun.sh/docs/runtime/bunfig>.",
    )
    enableGitIntegration = option(
        t.bool, default=True, example=True, doc="Whether git shows the differences of Bun's binary lockfiles."
    )

    @warn
    def nothing_to_call(self):
        if self.package is None and self.enableGitIntegration:
            yield "`programs.bun.package` is null, so git does not read lockfiles of Bun although that is enabled.\n"

    @defines("programs.git", when=lambda self: self.enableGitIntegration and self.package is not None)
    def in_git(self):
        lockfiles = {"textconv": exe(self.package), "binary": True}
        return {"attributes": ["*.lockb binary diff=lockb"], "settings": {"diff": {"lockb": lockfiles}}}
