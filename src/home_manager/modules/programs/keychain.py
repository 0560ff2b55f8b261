from home_manager.authoring import *

DEPRECATED = "See https://github.com/funtoo/keychain/releases/tag/2.9.0 for more information\n"


class Keychain(Program):
    """keychain, which keeps agents of ssh and gpg for all sessions"""

    package = Package("keychain")
    keys = option(t.list_of(t.str), default=["id_rsa"], doc="Keys that are added.")
    agents = option(t.list_of(t.str), default=[], doc="Agents that are started.")
    inheritType = option(
        t.null_or(t.enum("local", "any", "local-once", "any-once")),
        default=None,
        doc="Which agents of the environment are taken over.",
    )
    extraFlags = option(t.list_of(t.str), default=["--quiet"], doc="Further flags.")
    shells = ShellIntegration(
        bash=lambda self: self._evaluated("bash"),
        fish=lambda self: f"SHELL=fish eval ({self._command()})\n",
        nushell=lambda self: (
            f"let keychain_shell_command = (SHELL=bash {self._command()}"
            r"""| parse -r '(\w+)="?(.*?)"?; export \1' | transpose -ird)"""
            "\nif not ($keychain_shell_command|is-empty) {\n  $keychain_shell_command | load-env\n}\n"
        ),
        zsh=lambda self: self._evaluated("zsh"),
    )
    enableXsessionIntegration = option(t.bool, default=True, doc="Whether {file}`~/.xsession` runs keychain.")

    def _command(self):
        flags = [*self.extraFlags]
        if self.agents:
            flags.append(f"--agents {','.join(self.agents)}")
        if self.inheritType is not None:
            flags.append(f"--inherit {self.inheritType}")
        return f"{self.package}/bin/keychain --eval {' '.join(flags)} {' '.join(self.keys)}"

    def _evaluated(self, shell):
        return f'eval "$(SHELL={shell} {self._command()})"\n'

    @defines("xsession.initExtra", when=enableXsessionIntegration)
    def session(self):
        return self._evaluated("bash")

    @warn
    def options_without_effect(self):
        if version_at_least(self.package["version"], "2.9.0"):
            for name, given in (("agents", self.agents), ("inheritType", self.inheritType)):
                if given:
                    yield (
                        f"Option `programs.keychain.{name}` is deprecated and will be removed in the future.\n"
                        f"Please avoid using it.\n{DEPRECATED}"
                    )
