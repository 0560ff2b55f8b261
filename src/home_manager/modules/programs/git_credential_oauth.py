from home_manager.authoring import *


class GitCredentialOauth(Program):
    """the helper by which git signs in with a browser"""

    package = Package("git-credential-oauth")
    extraFlags = option(t.list_of(t.str), default=[], example=["-device"], doc="Flags of the helper.")

    @defines("programs.git.settings.credential.helper")
    def helper(self):
        return after([" ".join([f"{self.package}/bin/git-credential-oauth", *self.extraFlags])])
