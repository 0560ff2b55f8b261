from home_manager.authoring import *
from home_manager.modules.programs._mail import yes_no


class Ssl(Options):
    """Encryption."""

    enable = option(t.bool, default=True, doc="Whether the connection is encrypted.")
    verify = option(t.bool, default=True, doc="Whether the server's certificate is checked.")
    certificateFile = option(
        t.null_or(t.path), default=None, doc="The file of the certificate by which the server knows the user."
    )


class Server(Options):
    """The server of a network."""

    address = option(t.str, doc="The server.")
    port = option(t.port, default=6667, doc="The port.")
    ssl = group(Ssl)
    autoConnect = option(t.bool, default=False, doc="Whether irssi connects when it starts.")


class Channel(Options):
    """A channel."""

    name = option(t.null_or(t.str), default=None, visible=False, doc="The name of the channel.")
    autoJoin = option(t.bool, default=False, doc="Whether irssi joins the channel once it is connected.")


class Network(Options):
    """A network."""

    name = option(t.str, default=lambda self: self._name, visible=False, doc="The name of the network.")
    nick = option(t.str, doc="The name of the user there.")
    type = option(t.str, default="IRC", doc="The type of the network.")
    autoCommands = option(t.list_of(t.str), default=[], doc="Commands that irssi gives once it is connected.")
    server = group(Server)
    channels = option(t.attrs_of(t.submodule(Channel)), default={}, doc="The channels, by name.")
    saslExternal = option(
        t.bool, default=False, doc="Whether the user logs in by a certificate, for which `server.ssl` names the file."
    )


def quoted(text):
    return '"' + str(text).replace('"', '\\"') + '"'


def network(name, given):
    sasl = f'sasl_username = {quoted(given.nick)};\n  sasl_mechanism = "EXTERNAL";' if given.saslExternal else ""
    commands = quoted(";".join(given.autoCommands))
    return (
        f'{name} = {{\n  type = "{given.type}";\n  nick = {quoted(given.nick)};\n  autosendcmd = {commands};\n'
        f"  {sasl}\n}};\n"
    )


def server(self, name, given):
    ssl = given.ssl
    certificate = "" if ssl.certificateFile is None else f'ssl_cert = "{self._in_text(ssl.certificateFile)}";\n'
    return (
        f'{{\n  chatnet = "{name}";\n  address = "{given.address}";\n  port = "{given.port}";\n'
        f'  use_ssl = "{yes_no(ssl.enable)}";\n  ssl_verify = "{yes_no(ssl.verify)}";\n'
        f'  autoconnect = "{yes_no(given.autoConnect)}";\n  {certificate}\n}}\n'
    )


class Irssi(Program):
    """the Irssi chat client"""

    package = Package("irssi", nullable=True)
    extraConfig = option(t.lines, default="", doc="Further lines of the configuration.")
    aliases = option(
        t.attrs_of(t.str), default={}, example={"J": "join", "BYE": "quit"}, doc="Short names for commands."
    )
    networks = option(
        t.attrs_of(t.submodule(Network)),
        default={},
        example={
            "liberachat": {
                "nick": "hmuser",
                "server": {"address": "irc.libera.chat", "port": 6697, "autoConnect": True},
                "channels": {"nixos": {"autoJoin": True}},
            }
        },
        doc="The networks, by name.",
    )

    @config_file(".irssi/config", below="home.file")
    def file(self):
        networks = self.networks.items()
        aliases = "\n".join(f"  {name} = {quoted(command)};" for name, command in self.aliases.items())
        channels = [
            f'{{\n  chatnet = "{name}";\n  name = "{channel}";\n  autojoin = "{yes_no(own.autoJoin)}";\n}}\n'
            for name, given in networks
            for channel, own in given.channels.items()
        ]
        return (
            'settings = {\n  core = {\n    settings_autosave = "no";\n  };\n};\n\n'
            f"aliases = {{\n{aliases}\n}};\n\n"
            "chatnets = {\n" + "\n".join(network(*each) for each in networks) + "\n};\n\n"
            "servers = (\n" + ",\n".join(server(self, name, given.server) for name, given in networks) + "\n);\n\n"
            "channels = (\n" + ",\n".join(channels) + f"\n);\n\n{self.extraConfig}\n"
        )
