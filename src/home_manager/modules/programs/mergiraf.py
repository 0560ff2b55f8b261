from home_manager.authoring import *


def integrated(name):
    return option(
        t.bool,
        default=lambda self: not self._state_at_least("26.05"),
        default_text='"lib.versionOlder config.home.stateVersion \\"26.05\\""',
        doc=f"Whether {name} merges with mergiraf.",
    )


class Mergiraf(Program):
    """mergiraf, which merges by the syntax of languages"""

    package = Package("mergiraf")
    enableGitIntegration = integrated("git")
    enableJujutsuIntegration = integrated("Jujutsu")

    @warn
    def defaults_change(self):
        for program, name in (("git", "enableGitIntegration"), ("jujutsu", "enableJujutsuIntegration")):
            if (
                self[f"programs.{program}.enable"]
                and not self._state_at_least("26.05")
                and not self._option(name).definitions()
            ):
                yield (
                    f"From `home.stateVersion` 26.05 on, `programs.mergiraf.{name}` is off unless it is set. "
                    f"To keep it and to silence this warning, write\n  programs.mergiraf.{name} = true;\n"
                )

    @defines("programs.git", when=enableGitIntegration)
    def in_git(self):
        driver = f"{exe(self.package)} merge --git %O %A %B -s %S -x %X -y %Y -p %P -l %L"
        merge = {"mergiraf": {"name": "mergiraf", "driver": driver}, "conflictStyle": "diff3"}
        return {"attributes": ["* merge=mergiraf"], "settings": {"merge": merge}}

    @defines("programs.jujutsu.settings", when=enableJujutsuIntegration)
    def in_jujutsu(self):
        return {"ui": {"merge-editor": "mergiraf"}, "merge-tools": {"mergiraf": {"program": exe(self.package)}}}
