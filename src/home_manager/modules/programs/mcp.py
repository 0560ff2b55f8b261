from home_manager.authoring import *


class FromFile(Options):
    """A value that is read from a file when the server starts"""

    file = option(t.str, doc="The file with the value: for secrets.")


class Server(Options):
    """A server of the Model Context Protocol"""

    freeform = t.json

    command = option(t.null_or(t.str), default=None, example="npx", doc="The command that starts a local server.")
    args = option(
        t.list_of(t.str),
        default=[],
        example=["-y", "@modelcontextprotocol/server-everything"],
        doc="Arguments of the command.",
    )
    env = option(
        t.attrs_of(t.one_of(t.str, t.submodule(FromFile))),
        default={},
        example={
            "API_BASE_URL": "https://api.example.com",
            "FORGEJO_ACCESS_TOKEN": {"file": "/run/secrets/forgejo_token"},
        },
        doc="Variables of a local server: values, or files that hold them.",
    )
    url = option(
        t.null_or(t.str), default=None, example="https://mcp.context7.com/mcp", doc="The address of a remote server."
    )
    headers = option(
        t.attrs_of(t.str),
        default={},
        example={"MY_API_KEY": "{env:MY_API_KEY}"},
        doc="Headers of requests to a remote server.",
    )
    enabled = option(
        t.null_or(t.bool), default=None, doc="Whether the server is used; with `null` the assistant decides."
    )


class Mcp(Program):
    """servers of the Model Context Protocol that assistants share"""

    servers = option(
        t.attrs_of(t.submodule(Server)),
        default={},
        example=literal(
            '{\n  everything = {\n    command = "npx";\n    args = [ "-y" "@modelcontextprotocol/server-everything" ];\n  };\n'
            '  context7.url = "https://mcp.context7.com/mcp";\n}\n'
        ),
        doc="The servers by name. Assistants with `enableMcpIntegration` use them; {file}`mcp/mcp.json` lists them, too.",
    )

    @check
    def servers_make_sense(self):
        for name, server in self.servers.items():
            place, enabled, disabled = f"programs.mcp.servers.{name}", server.enabled, server.get("disabled")
            if (server.command is None) == (server.url is None):
                yield f"{place}: set either `command` or `url`, and not both.\n"
            if server.url is not None and (server.args or server.env):
                yield f"{place}: `args` and `env` are for local servers, which have a `command`.\n"
            if server.headers and server.url is None:
                yield f"{place}: `headers` are for remote servers, which have a `url`.\n"
            if enabled is not None and disabled is not None and enabled == disabled:
                yield f"{place}: `enabled` and `disabled` contradict each other.\n"

    @config_file("mcp/mcp.json", when=servers)
    def file(self):
        mcp = self._argument("lib")["hm"]["mcp"]

        def shown(server):
            return self._made(
                mcp["transformMcpServer"],
                {"server": server, "extraTransforms": [mcp["addType"]], "exclude": ["serverUrl"]},
            )

        return formats.json.render({"mcpServers": {name: shown(server) for name, server in self.servers.items()}})
