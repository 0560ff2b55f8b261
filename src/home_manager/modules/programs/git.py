from typing import Any

from home_manager.authoring import *

DIFFERS = {
    "delta": "enableGitIntegration",
    "diff-highlight": "enableGitIntegration",
    "diff-so-fancy": "enableGitIntegration",
    "difftastic": "git.enable",
    "patdiff": "enableGitIntegration",
    "riff": "enableGitIntegration",
}
"""Programs that can show git's differences, and the option that each is hooked in by. Only one can be."""


PRIMITIVE = t.either(t.str, t.either(t.bool, t.int))
SETTING = t.either(PRIMITIVE, t.list_of(PRIMITIVE))
SETTINGS = t.attrs_of(t.attrs_of(t.either(SETTING, t.attrs_of(SETTING))))
"""Git's configuration: sections, settings and subsections in them, and the settings of these."""


class Signing(Options):
    """Signatures of commits and tags."""

    key = option(
        t.null_or(t.str),
        default=None,
        doc="The fingerprint of the key; with `null`, the signer takes one for the author.",
    )
    format = option(
        t.null_or(t.enum("openpgp", "ssh", "x509")),
        default=lambda self: None if self._state_at_least("25.05") else "openpgp",
        default_text='if lib.versionAtLeast config.home.stateVersion "25.05" then null else "openpgp"',
        doc="How to sign: with OpenPGP, an SSH key, or an X.509 certificate.",
    )
    signByDefault = option(
        t.null_or(t.bool), default=None, doc="Whether commits and tags are signed without being told to."
    )
    signer = option(
        t.null_or(t.str),
        default=lambda self: self._usual_signer(),
        default_text="null",
        doc="The program that signs; by default the one of the format.",
    )

    def _usual_signer(self) -> str | None:
        match self.format:
            case "openpgp":
                return exe(self["programs.gpg.package"])
            case "ssh":
                return exe(self.pkgs["openssh"], "ssh-keygen")
            case "x509":
                return exe(self["programs.gpg.package"], "gpgsm")
        return None


class Include(Options):
    """A file that git's configuration includes."""

    condition = option(t.null_or(t.str), default=None, doc="When to include it, as git-config(1) describes conditions.")
    path = option(t.either(t.str, t.path), doc="The file; made from `contents` where they are given.")
    contents = option(
        t.attrs_of(t.anything),
        default={},
        example={
            "user": {"email": "bob@work.example.com", "name": "Bob Work", "signingKey": "1A2B3C4D5E6F7G8H"},
            "commit": {"gpgSign": True},
        },
        doc="The settings to include, if they are not in a file yet.",
    )
    contentSuffix = option(t.str, default="gitconfig", doc="The name of the file that is made from `contents`.")

    @defines(".path", when=contents)
    def written(self):
        return default(self._made("writeText", store_name(self.contentSuffix), formats.git_ini.render(self.contents)))


class Lfs(Options):
    """Large files."""

    enable = option(t.bool, default=False, example=True, doc="Whether to use Git Large File Storage.")
    package = Package("git-lfs", nullable=True, when=enable)
    skipSmudge = option(
        t.bool, default=False, doc="Whether clone and pull leave the large files out, until `git lfs pull` is run."
    )


class Maintenance(Options):
    """Upkeep of repositories."""

    enable = option(t.bool, default=False, example=True, doc="Whether to run `git maintenance` regularly.")
    repositories = option(t.list_of(t.str), default=[], doc="The repositories to look after, as absolute paths.")
    timers = option(
        t.attrs_of(t.str),
        default={"hourly": "*-*-* 1..23:53:00", "daily": "Tue..Sun *-*-* 0:53:00", "weekly": "Mon 0:53:00"},
        doc="When each schedule of `git maintenance run` is run, in systemd's notation of calendar events.",
    )


SANDBOX = {
    "LockPersonality": "yes",
    "MemoryDenyWriteExecute": "yes",
    "NoNewPrivileges": "yes",
    "RestrictAddressFamilies": "AF_UNIX AF_INET AF_INET6 AF_VSOCK",
    "RestrictNamespaces": "yes",
    "RestrictRealtime": "yes",
    "RestrictSUIDSGID": "yes",
    "SystemCallArchitectures": "native",
    "SystemCallFilter": "@system-service",
}
"""What the maintenance service is kept from doing."""


class Git(Program):
    """Git"""

    package = Package("git", nullable=True, example="pkgs.gitFull", extra="`pkgs.gitFull` also has `git send-email`.")
    signing = group(Signing)
    settings = option(
        t.either(SETTINGS, t.list_of(SETTINGS)),
        default={},
        example=[
            {
                "core": {"whitespace": "trailing-space,space-before-tab"},
                "url": {"ssh://git@host": {"insteadOf": "otherhost"}},
            },
            {"credential": {"https://example.com": {"helper": ""}}},
            {"credential": {"https://example.com": {"helper": "oauth"}}},
        ],
        doc="The configuration of git: sections of settings, or a list of such where a section must come twice or the order "
        "matters.",
    )
    iniContent = option(SETTINGS, internal=True, doc="Everything that goes into git's configuration file.")
    hooks = option(
        t.attrs_of(t.path),
        default={},
        example=literal("{\n  pre-commit = ./pre-commit-script;\n}"),
        doc="Hooks for all repositories, by name.",
    )
    ignores = option(
        t.list_of(t.str), default=[], example=["*~", "*.swp"], doc="Patterns of files that git ignores everywhere."
    )
    attributes = option(
        t.list_of(t.str), default=[], example=["*.pdf diff=pdf"], doc="Attributes of paths in all repositories."
    )
    includes = option(
        t.list_of(t.submodule(Include)),
        default=[],
        example=[
            {"path": "~/path/to/config.inc"},
            {"path": "~/path/to/conditional.inc", "condition": "gitdir:~/src/dir"},
        ],
        doc="Files that the configuration includes.",
    )
    lfs = group(Lfs)
    maintenance = group(Maintenance)
    renamed = (
        Renamed("aliases", "settings.alias"),
        Renamed("userEmail", "settings.user.email"),
        Renamed("userName", "settings.user.name"),
        Renamed("extraConfig", "settings"),
        Renamed("signing.gpgPath", "signing.signer"),
    )

    @check
    def one_differ(self):
        used = [
            f"programs.{name}.{hook}"
            for name, hook in DIFFERS.items()
            if self._takes_part(f"programs.{name}")
            and self[f"programs.{name}.enable"]
            and self[f"programs.{name}.{hook}"]
        ]
        if len(used) > 1:
            names = "\n  - ".join(f"`{name}'" for name in used)
            yield f"Only one of the following options can be enabled at a time.\n  - {names}"

    # What goes into the configuration file

    @defines(".iniContent", when=lambda self: isinstance(self.settings, dict))
    def from_settings(self):
        return self.settings

    @defines(".iniContent", when=lambda self: self._takes_part("accounts.email"))
    def sending(self):
        return {
            f"sendemail.{name}": self._identity(account)
            for name, account in self["accounts.email.accounts"].items()
            if account.enable and account.smtp is not None
        }

    def _identity(self, account) -> dict[str, Any]:
        """How `git send-email` sends mail of an account."""
        sender = f"{account.realName} <{account.address}>"
        if "msmtp" in account and account.msmtp.enable:
            return {"sendmailCmd": exe(self["programs.msmtp.package"]), "envelopeSender": "auto", "from": sender}
        smtp = account.smtp
        identity = {"smtpEncryption": "", "smtpServer": smtp.host, "smtpUser": account.userName, "from": sender}
        if smtp.tls.enable:
            starts = smtp.tls.useStartTls or not self._state_at_least("20.09")
            certificates = smtp.tls.certificatesFile
            identity["smtpEncryption"] = "tls" if starts else "ssl"
            identity["smtpSslCertPath"] = getattr(certificates, "text", certificates) or ""
        if smtp.port is not None:
            identity["smtpServerPort"] = smtp.port
        return identity

    @defines(".iniContent", when=lambda self: self.signing.key is not None)
    def signing_key(self):
        return {"user": {"signingKey": default(self.signing.key)}}

    @defines(".iniContent", when=lambda self: self.signing.signByDefault is not None)
    def signing_by_default(self):
        sign = default(self.signing.signByDefault)
        return {"commit": {"gpgSign": sign}, "tag": {"gpgSign": sign}}

    @defines(".iniContent", when=lambda self: self.signing.format is not None)
    def signing_format(self):
        kind = self.signing.format
        return {"gpg": {"format": default(kind), kind: {"program": default(self.signing.signer)}}}

    @defines(".iniContent", when=hooks)
    def hooks_directory(self):
        farm = self._made("linkFarm", "git-hooks", [{"name": name, "path": path} for name, path in self.hooks.items()])
        return {"core": {"hooksPath": f"{farm}"}}

    @defines(".iniContent", when=lambda self: self.lfs.enable)
    def lfs_filter(self):
        program = "git-lfs" if self.lfs.package is None else exe(self.lfs.package)
        skip = " --skip" if self.lfs.skipSmudge else ""
        lfs = {
            "clean": f"{program} clean -- %f",
            "process": f"{program} filter-process{skip}",
            "required": True,
            "smudge": f"{program} smudge{skip} -- %f",
        }
        return {"filter": {"lfs": lfs}}

    @defines(".iniContent", when=lambda self: self.maintenance.enable)
    def maintained(self):
        return {"maintenance": {"repo": self.maintenance.repositories}}

    # Files

    @config_file("git/config")
    def configuration(self) -> str:
        fragments = self.settings if isinstance(self.settings, list) else []
        # What an included file says is to win over what stands here, so it is included last.
        including = {name: each for name, each in self.iniContent.items() if name.startswith("include")}
        others = {name: each for name, each in self.iniContent.items() if name not in including}
        texts = [
            *map(formats.git_ini.render, (others, including)),
            *(formats.git_ini.render(each) for each in fragments if each),
        ]
        return "\n".join(text for text in texts if text.strip())

    @config_file("git/config", when=includes)
    def included(self):
        return after("\n".join(self._include(each) for each in self.includes))

    @config_file("git/ignore", when=ignores)
    def ignored(self) -> str:
        return "\n".join(self.ignores) + "\n"

    @config_file("git/attributes", when=attributes)
    def attributed(self) -> str:
        return "\n".join(self.attributes) + "\n"

    def _include(self, include) -> str:
        path = {"path": self._in_text(include.path)}
        found = {"include": path} if include.condition is None else {"includeIf": {include.condition: path}}
        return formats.git_ini.render(found)

    # Maintenance

    def _maintain(self, schedule: str) -> list[str]:
        program = "git" if self.package is None else exe(self.package)
        run = ["for-each-repo", "--keep-going", "--config=maintenance.repo", "maintenance", "run"]
        return [program, *run, f"--schedule={schedule}"]

    @defines("systemd.user.services", when=lambda self: self.maintenance.enable)
    def maintenance_service(self):
        program, *arguments = self._maintain("%i")
        unit = {"Description": "Optimize Git repositories data", "Documentation": ["man:git-maintenance(1)"]}
        command = f'"{program}" {" ".join(arguments)}\n'
        return {"git-maintenance@": {"Unit": unit, "Service": {"Type": "oneshot", "ExecStart": command, **SANDBOX}}}

    @defines("systemd.user.timers", when=lambda self: self.maintenance.enable)
    def maintenance_timers(self):
        return {
            f"git-maintenance@{name}": {
                "Unit": {"Description": "Optimize Git repositories data"},
                "Timer": {"OnCalendar": when, "Persistent": True},
                "Install": {"WantedBy": ["timers.target"]},
            }
            for name, when in self.maintenance.timers.items()
        }

    @defines("launchd.agents", when=lambda self: self.maintenance.enable)
    def maintenance_agents(self):
        times: dict[str, list[dict[str, int]]] = {
            "hourly": [{"Hour": hour, "Minute": 53} for hour in range(1, 24)],
            "daily": [{"Weekday": day, "Hour": 0, "Minute": 53} for day in range(1, 7)],
            "weekly": [{"Weekday": 0, "Hour": 0, "Minute": 53}],
        }
        return {
            f"git-maintenance-{schedule}": {
                "enable": True,
                "config": {"ProgramArguments": self._maintain(schedule), "StartCalendarInterval": when},
            }
            for schedule, when in times.items()
        }
