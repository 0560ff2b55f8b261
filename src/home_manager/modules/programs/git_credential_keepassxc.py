from home_manager.authoring import *


class GitCredentialKeepassxc(Program):
    """the helper by which git gets passwords from KeePassXC"""

    package = Package("git-credential-keepassxc")
    groups = option(
        t.null_or(t.list_of(t.str)),
        default=None,
        example=["Git"],
        doc="Groups of KeePassXC in which passwords are looked for; with `null`, those that the helper was made known to.",
    )
    hosts = option(
        t.list_of(t.str),
        default=[],
        example=["https://github.com"],
        doc="Hosts that use the helper; none stands for all.",
    )

    @defines("programs.git.settings.credential")
    def helper(self):
        groups = ["--git-groups"] if self.groups is None else [f"--group {group}" for group in self.groups]
        helper = {"helper": f"{self.package}/bin/git-credential-keepassxc {' '.join(groups)}"}
        return dict.fromkeys(self.hosts, helper) if self.hosts else helper
