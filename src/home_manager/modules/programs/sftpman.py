from home_manager.authoring import *


class Mount(Options):
    """A remote directory."""

    host = option(t.str, doc="The host.")
    port = option(t.port, default=22, doc="The port of the host.")
    user = option(t.str, doc="The user on the host.")
    mountOptions = option(t.list_of(t.str), default=[], doc="Options of sshfs.")
    mountPoint = option(t.str, doc="The directory on the host.")
    mountDestPath = option(t.null_or(t.str), default=None, doc="Where it is mounted here.")
    authType = option(
        t.enum("password", "publickey", "hostbased", "keyboard-interactive", "gssapi-with-mic", "authentication-agent"),
        default="publickey",
        doc="How the user proves who they are.",
    )
    sshKey = option(
        t.null_or(t.str),
        default=lambda self: self["programs.sftpman.defaultSshKey"],
        default_text="config.programs.sftpman.defaultSshKey",
        doc="The file of the key, for `publickey`.",
    )
    beforeMount = option(t.str, default="true", doc="A command that is run before.")


class Sftpman(Program):
    """sftpman, which mounts directories of other hosts by sshfs"""

    package = Package("sftpman", nullable=True)
    defaultSshKey = option(t.null_or(t.str), default=None, doc="The file of the key for all that do not name one.")
    mounts = option(t.attrs_of(t.submodule(Mount)), default={}, doc="The remote directories, by name.")

    @check
    def keys_are_given(self):
        missing = [
            name
            for name, mount in sorted(self.mounts.items())
            if mount.authType == "publickey" and mount.sshKey is None
        ]
        if missing:
            yield (
                f"sftpman mounts using authentication type \"publickey\" but missing 'sshKey': {', '.join(missing)}\n"
            )

    @defines("xdg.configFile")
    def files(self):
        return {
            f"sftpman/mounts/{name}.json": {"text": formats.json.render({**mount, "id": name})}
            for name, mount in self.mounts.items()
        }
