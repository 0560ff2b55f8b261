"""`pam`: variables and keys for the authentication of the system."""

from home_manager.authoring import *


class Keys(Options):
    """The keys that open the account."""

    ids = option(
        t.list_of(t.described(t.narrowed(t.str, lambda value: len(str(value)) == 12), "string of length 12")),
        default=[],
        doc="The identifiers of tokens, see <https://developers.yubico.com/yubico-pam>.",
    )
    path = option(t.str, default=".yubico/authorized_yubikeys", doc="Where the file lies, below the home.")


class Yubico(Options):
    """YubiKeys."""

    authorizedYubiKeys = group(Keys)


class Pam(Module):
    """PAM"""

    namespace = "pam"
    by_mention = True

    sessionVariables = option(
        t.attrs,
        default={},
        example={"EDITOR": "vim"},
        doc="Variables of the session, with values as in {manpage}`pam_env.conf(5)`. Newer systems ignore the file.",
    )
    yubico = group(Yubico)

    @config_file(".pam_environment", below="home.file", when=sessionVariables)
    def environment(self):
        return "".join(
            f'{name} OVERRIDE="{formats.plain.to_string(value)}"\n'
            for name, value in sorted(self.sessionVariables.items())
        )

    @config_file(
        lambda self: self.yubico.authorizedYubiKeys.path,
        below="home.file",
        when=lambda self: self.yubico.authorizedYubiKeys.ids,
    )
    def keys(self):
        return ":".join([self["home.username"], *self.yubico.authorizedYubiKeys.ids])
