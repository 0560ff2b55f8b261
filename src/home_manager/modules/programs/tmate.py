from home_manager.authoring import *

FINGERPRINT = "SHA256:1111111111111111111111111111111111111111111"


class Tmate(Program):
    """tmate, terminals that are shared"""

    package = Package("tmate")
    host = option(t.null_or(t.str), default=None, example="tmate.io", doc="The address of the server.")
    port = option(t.null_or(t.port), default=None, example=2222, doc="The port of the server.")
    dsaFingerprint = option(
        t.null_or(t.str), default=None, example=FINGERPRINT, doc="The fingerprint of the server's EdDSA key."
    )
    rsaFingerprint = option(
        t.null_or(t.str), default=None, example=FINGERPRINT, doc="The fingerprint of the server's RSA key."
    )
    extraConfig = option(t.lines, default="", doc="Lines for the end of .tmate.conf.")

    def _lines(self) -> list[str]:
        found = [] if self.host is None else [f'set -g tmate-server-host "{self.host}"']
        if self.port is not None:
            found.append(f"set -g tmate-server-port {self.port}")
        for kind, value in (("ed25519", self.dsaFingerprint), ("rsa", self.rsaFingerprint)):
            if value is not None:
                found.append(f'set -g tmate-server-{kind}-fingerprint "{value}"')
        return [*found, self.extraConfig] if self.extraConfig else found

    @config_file(".tmate.conf", below="home.file", when=_lines)
    def file(self) -> str:
        return "".join(f"{line}\n" for line in self._lines())
