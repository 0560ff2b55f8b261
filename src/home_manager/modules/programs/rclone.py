from home_manager.authoring import *

SECRET_SERVICES = {"age": "agenix.service", "sops": "sops-nix.service"}
"""Modules of others that bring secrets, and the services that they run as; the first that has any counts."""

NOTIFYING = ("dlna", "http", "restic", "webdav")
"""The protocols of `rclone serve` that tell systemd when they are ready."""

# The helper that mounts for a user lies in other places elsewhere than on NixOS.
PATH = "/run/wrappers/bin:/run/current-system/sw/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

VALUE = t.null_or(t.one_of(t.bool, t.int, t.float, t.str))

# The file appears whole: whoever waits for it never sees it without its secrets.
RENDER = """\
config=@config@
install -d -m700 "$(dirname "$config")"
staged=$(mktemp "$(dirname "$config")/.rclone.conf.XXXXXX")
failed() {
  echo "The configuration of rclone could not be made." >&2
  rm -f "$staged"
  exit 1
}
trap failed INT
install -m600 @given@ "$staged"
@secrets@
mv -f "$staged" "$config"
"""

SECRET = """\
if ! secret=$(cat @file@); then
  echo @name@ has no secret in @file@ >&2
  failed
fi
@rclone@ config update --config "$staged" @remote@ config_refresh_token=false @key@="$secret" --non-interactive || failed
"""

WAIT = """\
config=@config@
deadline=$(($(date +%s) + 300))
until [ -f "$config" ]; do
  if [ "$(date +%s)" -ge "$deadline" ]; then
    echo "There is no $config" >&2
    exit 1
  fi
  sleep 1
done
if [ "${1:-}" = "--mkdir" ]; then
  mkdir -p "$2"
  shift 2
fi
exec "$@"
"""
"""What stands for systemd's order on macOS, where services start all at once."""


def names_of_unit(path):
    return path.replace("/", ".").replace(" ", "_").replace("$", "")


class _Service(Options):
    """What services for a path of a remote have in common"""

    logLevel = option(
        t.enum(None, "ERROR", "NOTICE", "INFO", "DEBUG"), default=None, example="INFO", doc="How much is logged."
    )
    options = option(
        t.attrs_of(VALUE),
        default={},
        apply=lambda self, value: {"vfs-cache-mode": "full", "cache-dir": self._cache(), **value},
        doc="Options of the command, see <https://rclone.org/commands/rclone_mount/>. By default there is a full cache.",
    )

    def _cache(self):
        # systemd knows best where the cache is when the unit starts.
        return f"{self['xdg.cacheHome']}/rclone" if self._is_on("darwin") else "%C/rclone"


class Mount(_Service):
    """A path that is mounted"""

    enable = option(t.bool, default=False, example=True, doc="Whether the path is mounted.")
    autoMount = option(t.bool, default=True, example=True, doc="Whether it is mounted at login.")
    mountPoint = option(t.str, example="/home/alice/my-remote", doc="Where it is mounted.")
    mountType = option(
        t.enum("mount", "nfsmount"),
        default="mount",
        example="nfsmount",
        doc="Whether FUSE or NFS mounts it; macOS has NFS alone.",
    )


class Serve(_Service):
    """A path that is served"""

    enable = option(t.bool, default=False, example=True, doc="Whether the path is served.")
    protocol = option(
        t.enum("dlna", "docker", "ftp", "http", "nfs", "restic", "s3", "sftp", "webdav"),
        example="http",
        doc="The protocol.",
    )
    autoStart = option(t.bool, default=True, example=True, doc="Whether it is served from login on.")


class Remote(Options):
    """A remote"""

    config = option(
        t.described(
            t.narrowed(t.attrs_of(VALUE), lambda value: "type" in value),
            "An attribute set containing a remote type and options.",
            name="rcloneRemoteConfig",
        ),
        default={},
        example={"type": "mega", "user": "you@example.com", "hard_delete": True},
        doc="The settings of the remote, of which `type` is needed. They are in the store: secrets belong into `secrets`.",
    )
    secrets = option(
        t.attrs_of(t.str),
        default={},
        example=literal('{\n  password = "/run/secrets/password";\n  api_key = config.age.secrets.api-key.path;\n}\n'),
        doc="Files with the values of further settings, which are read when the service starts.",
    )
    mounts = option(
        t.attrs_of(t.submodule(Mount)),
        default={},
        example={
            "path/to/files": {
                "enable": True,
                "mountPoint": "/home/alice/rclone-mount",
                "options": {"dir-cache-time": "5000h", "poll-interval": "10s", "umask": "002", "user-agent": "Laptop"},
            }
        },
        doc="Paths of the remote that are mounted.",
    )
    serve = option(
        t.attrs_of(t.submodule(Serve)),
        default={},
        example={
            "path/to/files": {
                "enable": True,
                "options": {
                    "addr": "127.0.0.1:3000",
                    "dir-cache-time": "5000h",
                    "poll-interval": "10s",
                    "umask": "002",
                    "user-agent": "Laptop",
                },
                "protocol": "http",
            }
        },
        doc="Paths of the remote that are served.",
    )


class Rclone(Program):
    """rclone, which reaches storage in clouds"""

    package = Package("rclone")
    remotes = option(
        t.attrs_of(t.submodule(Remote)),
        default={},
        example=literal(
            '{\n  b2 = {\n    config = {\n      type = "b2";\n      hard_delete = true;\n    };\n'
            "    secrets.account = config.sops.secrets.b2-acc-id.path;\n  };\n}\n"
        ),
        doc="Remotes by name.",
    )
    requiresUnit = option(
        t.null_or(t.str),
        default=lambda self: self._secret_service(),
        default_text="null",
        example="agenix.service",
        doc="The unit that brings the secrets; those of agenix and sops-nix are found.",
    )
    removed = (
        Removed(
            "writeAfter",
            "The configuration is made by a service now, not by a step of activation. Where agenix or sops-nix bring the "
            "secrets, their service is waited for; for others there is `programs.rclone.requiresUnit`.",
        ),
    )

    def _secret_service(self):
        if self._is_on("darwin"):
            return None
        given = [name for name in SECRET_SERVICES if self._has_option(f"{name}.secrets") and self[f"{name}.secrets"]]
        found = [SECRET_SERVICES[name] for name in given]
        return found[-1] if found else None

    # The configuration

    def _place(self):
        return f"{self['xdg.configHome']}/rclone/rclone.conf"

    def _secrets(self):
        for name, remote in self.remotes.items():
            for key, file in remote.secrets.items():
                values = {
                    "file": file,
                    "name": f"{key} of {name}",
                    "rclone": exe(self.package),
                    "remote": name,
                    "key": key,
                }
                yield formats.shell.script(SECRET, **values)

    def _renderer(self):
        given = formats.ini.render({name: remote.config for name, remote in self.remotes.items()})
        script = formats.shell.script(
            RENDER,
            config=self._place(),
            given=self._made("writeText", "rclone.conf@pre-secrets", given),
            secrets=formats.shell.Code("".join(self._secrets())),
        )
        return exe(self._application("rclone-config", script))

    def _application(self, name, text):
        return self._made(
            "writeShellApplication", {"name": name, "runtimeInputs": [self.pkgs["coreutils"]], "text": text}
        )

    @defines("systemd.user.services.rclone-config", when=remotes)
    def configuration(self):
        needed = {} if self.requiresUnit is None else {"Requires": [self.requiresUnit], "After": [self.requiresUnit]}
        return {
            "Unit": {"Description": f"Install rclone configuration to {self._place()}", **needed},
            "Service": {"Type": "oneshot", "ExecStart": self._renderer(), "Restart": "on-abnormal"},
            "Install": {"WantedBy": ["default.target"]},
        }

    @defines("launchd.agents.rclone-config", when=lambda self: self.remotes and self._is_on("darwin"))
    def configuration_on_darwin(self):
        return {"enable": True, "config": self._agent("rclone-config", [self._renderer()], True)}

    def _agent(self, name, arguments, at_login):
        logs = f"{self['home.homeDirectory']}/Library/Logs/rclone/{name}"
        return {
            "ProgramArguments": arguments,
            "RunAtLoad": at_login,
            "KeepAlive": {"SuccessfulExit": False, "Crashed": True},
            "StandardOutPath": f"{logs}.log",
            "StandardErrorPath": f"{logs}.err.log",
        }

    # Mounts and servers

    def _sidecars(self):
        """What runs for a path of a remote: the name of its unit, `remote:path`, the command, and the options."""
        for remote_name, remote in self.remotes.items():
            for path, each in [*remote.mounts.items(), *remote.serve.items()]:
                command = each.get("mountType", "serve")
                if each["enable"]:
                    yield (
                        f"rclone-{command}:{names_of_unit(path)}@{remote_name}",
                        f"{remote_name}:{path}",
                        command,
                        each,
                    )

    def _options(self, command, each):
        # The handles of NFS have to outlive the service, or the kernel is left with stale ones.
        return {"nfs-cache-type": "disk", **each.options} if command == "nfsmount" else each.options

    @defines("systemd.user.services")
    def services(self):
        flags = self._argument("lib")["cli"]["toCommandLineShellGNU"]
        quote = formats.shell.quote
        for unit, source, command, each in self._sidecars():
            mounts = command != "serve"
            options = self._made(flags, {}, self._options(command, each))
            words = (
                [options, quote(source), quote(each.mountPoint)]
                if mounts
                else [quote(each.protocol), options, quote(source)]
            )
            kind = {"serve": "protocol serving", "nfsmount": "NFS mount daemon", "mount": "FUSE daemon"}[command]
            before = f"{self.pkgs['coreutils']}/bin/mkdir -p {quote(each.mountPoint)}" if mounts else None
            service = {
                "Type": "notify" if mounts or each.protocol in NOTIFYING else "simple",
                "Environment": [
                    *([f"PATH={PATH}"] if mounts else []),
                    *([] if each.logLevel is None else [f"RCLONE_LOG_LEVEL={each.logLevel}"]),
                ],
                "SuccessExitStatus": "143",
                **({"ExecStartPre": before} if mounts else {}),
                "ExecStart": " ".join([f"{exe(self.package)} {command}", *words]),
                "Restart": "on-failure",
            }
            needed = {"Requires": ["rclone-config.service"], "After": ["rclone-config.service"]}
            yield {
                unit: {
                    "Unit": {"Description": f"Rclone {kind} for {source}", **needed},
                    "Service": service,
                    "Install": {
                        "WantedBy": ["default.target"] if (each.autoMount if mounts else each.autoStart) else []
                    },
                }
            }

    @defines("launchd.agents", when=lambda self: self._is_on("darwin"))
    def agents(self):
        flags = self._argument("lib")["cli"]["toCommandLineGNU"]
        waiting = exe(self._application("rclone-sidecar-wrapper", formats.shell.script(WAIT, config=self._place())))
        for label, source, command, each in self._sidecars():
            mounts = command != "serve"
            options = self._made(flags, {}, self._options(command, each))
            end = [source, each.mountPoint] if mounts else [each.protocol, source]
            directory = ["--mkdir", each.mountPoint] if mounts else []
            arguments = [waiting, *directory, exe(self.package), command, *options, *end]
            config = self._agent(label, arguments, each.autoMount if mounts else each.autoStart)
            level = None if each.logLevel is None else {"RCLONE_LOG_LEVEL": each.logLevel}
            yield {label: {"enable": True, "config": {**config, "EnvironmentVariables": level}}}
