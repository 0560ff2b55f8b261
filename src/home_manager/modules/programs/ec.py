from home_manager.authoring import *


class Ec(Program):
    """ec, which resolves conflicts of merges in the terminal"""

    package = Package("ec")
    enableGitIntegration = option(t.bool, default=False, doc="Whether `git mergetool` starts ec.")

    @defines("programs.git.settings", when=enableGitIntegration)
    def in_git(self):
        command = f'{exe(self.package)} "$BASE" "$LOCAL" "$REMOTE" "$MERGED"'
        return {"merge": {"tool": "ec"}, "mergetool": {"ec": {"cmd": command, "trustExitCode": True}}}
