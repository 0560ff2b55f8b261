from home_manager.authoring import *

TRUST = {"unknown": 1, "never": 2, "marginal": 3, "full": 4, "ultimate": 5}
"""The levels of trust by name, as gpg numbers them."""

USUAL = {
    "personal-cipher-preferences": "AES256 AES192 AES",
    "personal-digest-preferences": "SHA512 SHA384 SHA256",
    "personal-compress-preferences": "ZLIB BZIP2 ZIP Uncompressed",
    "default-preference-list": "SHA512 SHA384 SHA256 AES256 AES192 AES ZLIB BZIP2 ZIP Uncompressed",
    "cert-digest-algo": "SHA512",
    "s2k-digest-algo": "SHA512",
    "s2k-cipher-algo": "AES256",
    "display-charset": "utf-8",
    "no-comments": True,
    "no-emit-version": True,
    "keyid-format": "0xlong",
    "list-options": "show-uid-validity",
    "verify-options": "show-uid-validity",
    "with-fingerprint": True,
    "require-cross-certification": True,
    "no-symkey-cache": True,
}
"""The settings that every enabled configuration begins with."""

TRUST_FUNCTION = """\
# Gives every key of a file a level of trust.
importTrust() {
  local file=$1 level=$2 id answers
  answers=$'trust\\n'"$level"$'\\n'
  if (( level == 5 )); then answers+=$'y\\n'; fi
  while IFS=: read -r kind _ _ _ id _; do
    if [[ $kind == pub ]]; then
      printf '%squit\\n' "$answers" | {gpg} --no-tty --command-fd 0 --edit-key "$id"
    fi
  done < <({gpg} --show-key --with-colons "$file")
}
"""


class PublicKey(Options):
    """A key to import."""

    text = option(t.null_or(t.str), default=None, doc="The key itself.")
    source = option(t.path, doc="A file with the key; made from `text` where that is given.")
    trust = option(
        t.null_or(t.enum("unknown", 1, "never", 2, "marginal", 3, "full", 4, "ultimate", 5)),
        default=None,
        apply=lambda value: TRUST.get(value, value) if isinstance(value, str) else value,
        doc="How far the owner is trusted to check the keys of others, by name or number.",
    )

    @defines(".source", when=lambda self: self.text is not None)
    def written(self):
        return self._made("writeText", "gpg-pubkey", self.text)


def settings_file(file: str, program: str, example, **more):
    """An option for a file of settings in the home directory of GnuPG; lists become several lines."""
    return Settings(
        None,
        type=t.attrs_of(t.either(t.either(t.str, t.bool), t.list_of(t.str))),
        file=lambda self: f"{self._files}/{file}",
        below="home.file",
        render=lambda self, value: formats.keyvalue.render(value, mk_key_value=line, lists_as_duplicate_keys=True),
        example=example,
        doc=f"The settings of {program}; a list gives a setting several times.",
        **more,
    )


def line(key: str, value) -> str:
    """A setting as GnuPG's files have it: a word alone where it is a switch."""
    return f"{key} {value}" if isinstance(value, str) else key if value else ""


class Gpg(Program):
    """GnuPG"""

    package = Package("gnupg", nullable=True, example="pkgs.gnupg23", extra="The gpg-agent service uses it too.")
    settings = settings_file("gpg.conf", "gpg", {"no-comments": False, "s2k-cipher-algo": "AES128"})
    scdaemonSettings = settings_file("scdaemon.conf", "scdaemon", {"disable-ccid": True})
    dirmngrSettings = settings_file(
        "dirmngr.conf",
        "dirmngr",
        literal('{\n  allow-version-check = true;\n  keyserver = "ldaps://ldap.example.com";\n}'),
    )
    gpgsmSettings = settings_file("gpgsm.conf", "gpgsm", {"with-key-data": True})
    homedir = option(
        t.path,
        default=lambda self: f"{self['home.homeDirectory']}/.gnupg",
        default_text='"${config.home.homeDirectory}/.gnupg"',
        example=literal('"${config.xdg.dataHome}/gnupg"'),
        doc="The directory of keys and settings.",
    )
    mutableKeys = option(
        t.bool,
        default=True,
        doc="Whether keys can be changed by hand: those of the configuration are then added to the others at a switch. "
        "Otherwise the keyring is a link to one that holds them alone.",
    )
    mutableTrust = option(
        t.bool,
        default=True,
        doc="Whether trust can be changed by hand. Otherwise `trustdb.gpg` is overwritten at each switch, and the trust in all "
        "other keys is gone: keep a copy before you turn this off.",
    )
    publicKeys = option(
        t.list_of(t.submodule(PublicKey)),
        default=[],
        example=literal("[ { source = ./pubkeys.txt; } ]"),
        doc="Keys to import. Their files lie in the store, where everybody can read them.",
    )
    variables = Variables(GNUPGHOME=lambda self: self.homedir)

    @property
    def _program(self) -> str:
        return "gpg" if self.package is None else f"{self.package}/bin/gpg"

    @property
    def _files(self) -> str:
        """Where the files go: nothing is put outside of the home, so a directory elsewhere is taken for one below it."""
        home = self["home.homeDirectory"]
        return self.homedir if f"{self.homedir}/".startswith(f"{home}/") else f"{home}/{self.homedir.lstrip('/')}"

    @warn
    def is_elsewhere(self):
        if not f"{self.homedir}/".startswith(f"{self['home.homeDirectory']}/"):
            yield (
                f"`programs.gpg.homedir` is `{self.homedir}`, outside of the home, where no file is put: gpg looks there for "
                f"settings and keys, and those of the configuration are in `{self._files}`"
            )

    @defines(".settings")
    def usual(self):
        return {name: default(value) for name, value in USUAL.items()}

    def _keyring(self):
        """A store object with a keyring of exactly these keys."""
        lines = ["export GNUPGHOME=$(mktemp -d)", TRUST_FUNCTION.replace("{gpg}", self._program)]
        for key in self.publicKeys:
            lines.append(f"{self._program} --import {self._in_text(key.source)}")
            if key.trust is not None:
                lines.append(f'importTrust "{self._in_text(key.source)}" {key.trust}')
        lines += ["mkdir $out", 'cp "$GNUPGHOME/pubring.kbx" $out/']
        lines += ['if [ -e "$GNUPGHOME/trustdb.gpg" ]; then cp "$GNUPGHOME/trustdb.gpg" $out/; fi']
        return self._made("runCommand", "gpg-pubring", {}, "\n".join(lines) + "\n")

    @defines("home.file", when=lambda self: self.publicKeys and not self.mutableKeys)
    def keyring(self):
        return {f"{self._files}/pubring.kbx": {"source": f"{self._keyring()}/pubring.kbx"}}

    @activation_step("createGpgHomedir", after="writeBoundary", before="linkGeneration")
    def directory(self):
        script = f"run mkdir -m700 -p $VERBOSE_ARG {formats.shell.quote(self.homedir)}\n"
        return script

    @activation_step("importGpgKeys", after="linkGeneration", when=publicKeys)
    def keys(self):
        commands = []
        for key in self.publicKeys:
            if self.mutableKeys:
                commands.append(f"run {self._program} $QUIET_ARG --import {self._in_text(key.source)}")
            if key.trust is not None and self.mutableTrust:
                commands.append(f'run importTrust "{self._in_text(key.source)}" {key.trust}')
        script = ""
        if commands:
            script += (
                f"export GNUPGHOME={formats.shell.quote(self.homedir)}\n"
                "QUIET_ARG=--quiet\n"
                "if [[ -v VERBOSE ]]; then QUIET_ARG=; fi\n"
                f"{TRUST_FUNCTION.replace('{gpg}', self._program)}"
                + "\n".join(commands)
                + "\nunset GNUPGHOME QUIET_ARG\nunset -f importTrust\n"
            )
        if not self.mutableTrust and any(key.trust is not None for key in self.publicKeys):
            script += f'run install -m 0700 {self._keyring()}/trustdb.gpg "{self.homedir}/trustdb.gpg"\n'
        return script
