from home_manager.authoring import *

SUFFIX = "$rid$path"
"""How the address of an explorer has to end, so that the address of a repository can stand there instead."""

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAID/this/is/not/a/real/key/only/a/placeholder"
"""A key that makes `rad` look at a configuration, without being one."""

CHECKED = """\
mkdir keys
echo "{key}" > keys/radicle.pub
cp {given} config.json
RAD_HOME=$PWD rad config
cp config.json $out
"""

BROWSERS = {"librewolf": "librewolf.desktop", "firefox": "firefox.desktop", "chromium": "chromium-browser.desktop"}

HANDLED = ("browser", "vscode")


class Cli(Options):
    """The command line"""

    package = Package("radicle-node")


class Browser(Options):
    """Links of Radicle in the browser"""

    enable = option(
        t.unspecified,
        default=lambda self: self["programs.radicle.settings"].publicExplorer.endswith(SUFFIX) and self._is_on("linux"),
        default_text='"`true` if a suitable public explorer is detected."',
        example=False,
        doc="Whether links with `rad:` are shown in the browser, by the public explorer.",
    )
    preferredNode = option(
        t.str,
        default="iris.radicle.xyz",
        example="radicle-node.example.com",
        doc="The node that is asked for repositories.",
    )


class Vscode(Options):
    """Links of Radicle in Visual Studio Code"""

    enable = option(
        t.bool, default=False, example=True, doc="Whether links with `rad:` are opened by Visual Studio Code."
    )
    extension = option(t.str, default="radicle-ide-plugins-team.radicle", doc="The extension that knows them.")


class Rad(Options):
    """Links with `rad:`"""

    browser = group(Browser)
    vscode = group(Vscode)


class WebRad(Options):
    """Links with `web+rad:`"""

    enable = option(t.bool, default=False, example=True, doc="Whether links with `web+rad:` are opened by the browser.")
    browser = option(
        t.null_or(t.str),
        default=lambda self: next(
            (
                entry
                for name, entry in BROWSERS.items()
                if self._takes_part(f"programs.{name}") and self[f"programs.{name}.enable"]
            ),
            None,
        ),
        default_text='"Automatically detected browser."',
        example="brave.desktop",
        doc="The desktop entry of the browser.",
    )


class Uri(Options):
    """Links"""

    rad = group(Rad)
    web_rad = group(WebRad, name="web-rad")


class Peer(Options):
    """The settings of the node"""

    alias = option(
        t.str,
        default=lambda self: self["home.username"],
        default_text="config.home.username",
        doc="The name that others see.",
    )
    listen = option(
        t.list_of(t.str), default=[], example=["127.0.0.1:58776"], doc="Addresses that the node listens at."
    )


class Configuration(Options):
    """What config.json holds"""

    freeform = t.json

    publicExplorer = option(
        t.str,
        default="https://app.radicle.xyz/nodes/$host/$rid$path",
        example="https://radicle.example.com/nodes/seed.example.com/$rid$path",
        doc="The address at which repositories can be looked at.",
    )
    node = group(Peer)


class Radicle(Program):
    """Radicle, which shares repositories without a server"""

    cli = group(Cli)
    uri = group(Uri)
    settings = option(
        t.submodule(Configuration),
        default={},
        doc="What `~/.radicle/config.json` holds; `rad config` looks at it when it is built.",
    )

    def _on(self):
        return [name for name in HANDLED if getattr(self.uri.rad, name).enable]

    @check
    def links_are_handled(self):
        explorer, handlers = self.settings.publicExplorer, self._on()
        if handlers and not self._is_on("linux"):
            yield "`rad:`-URI handlers are only supported on Linux."
        if self.uri.web_rad.enable and self.uri.web_rad.browser is None:
            yield "No browser was found for `web+rad:`: name one in `programs.radicle.uri.web-rad.browser`."
        if len(handlers) > 1:
            yield "At most one `rad:`-URI handler may be enabled."
        if "browser" in handlers and not explorer.endswith(SUFFIX):
            yield (
                f"`programs.radicle.uri.rad.browser` needs a public explorer whose address ends in '{SUFFIX}', which "
                f"'{explorer}' does not."
            )

    @defines("home.file")
    def file(self):
        given = self._made("writeText", "config.json", formats.json.render(self.settings))
        script = CHECKED.format(key=KEY, given=given)
        return {
            ".radicle/config.json": {
                "source": self._made("runCommand", "config.json", {"nativeBuildInputs": [self.cli.package]}, script)
            }
        }

    @defines("xdg.mimeApps.defaultApplications")
    def links(self):
        if handlers := self._on():
            yield {"x-scheme-handler/rad": default(f"rad-to-{handlers[0]}.desktop")}
        if self.uri.web_rad.enable:
            yield {"x-scheme-handler/web+rad": default(self.uri.web_rad.browser)}

    def _address(self, name):
        """What stands before the address of a repository."""
        if name == "vscode":
            return f"vscode://{self.uri.rad.vscode.extension}/"
        return self.settings.publicExplorer.replace("$host", self.uri.rad.browser.preferredNode).replace(SUFFIX, "")

    @defines("xdg.desktopEntries")
    def handlers(self):
        for name in self._on():
            script = {"name": f"rad-to-{name}", "text": f'xdg-open "{self._address(name)}$1"'}
            yield {
                f"rad-to-{name}": {
                    "name": f"Open Radicle URIs with {'VSCode' if name == 'vscode' else 'Web Browser'}",
                    "genericName": "Code Forge",
                    "categories": ["Development", "RevisionControl"],
                    "exec": exe(self._made("writeShellApplication", script)),
                    "mimeType": ["x-scheme-handler/rad"],
                    "noDisplay": True,
                }
            }
