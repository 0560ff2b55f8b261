from home_manager.authoring import *
from home_manager.modules.programs._mail import accounts, addresses, enabled


class Account(Options):
    """mu for an account."""

    extends = "accounts.email.accounts.<name>.mu"

    enable = enabled("mu indexing")


class Mu(Program):
    """mu, a maildir indexer and searcher"""

    package = Package("mu")
    home = option(
        t.path,
        default=lambda self: f"{self['xdg.cacheHome']}/mu",
        default_text='config.xdg.cacheHome + "/mu"',
        example=literal('"${config.home.homeDirectory}/Maildir/.mu"'),
        doc="The directory of the database.",
    )
    variables = Variables(MUHOME=lambda self: self.home)

    @activation_step("runMuInit", after="writeBoundary")
    def database(self):
        used = accounts(self, "mu").values()
        known = sorted([each.address for each in used] + [alias for each in used for alias in addresses(each)])
        mu, gawk, home = exe(self.package), exe(self.pkgs["gawk"]), formats.shell.quote(self.home)
        flags = [f"--maildir={self['accounts.email.maildirBasePath']}", "--muhome", self.home]
        flags += [f"--my-address={address}" for address in known]
        # What mu knows of the user's addresses it was told when the database was made.
        step = (
            f"knownToMu=$(MUHOME={home} {mu} info store 2> /dev/null | {gawk} '/personal-address/ {{ print $4 }}' \\\n"
            "  | LC_ALL=C sort | paste -sd ' ') || knownToMu=\n"
            f"if [[ ! -d {home} || $knownToMu != {formats.shell.quote(' '.join(known))} ]]; then\n"
            f"  run {mu} init {formats.shell.quote_all(flags)} $VERBOSE_ARG\nfi\nunset knownToMu\n"
        )
        return step
