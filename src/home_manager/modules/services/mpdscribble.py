from home_manager.authoring import *

URLS = {
    "jamendo": "http://postaudioscrobbler.jamendo.com",
    "last.fm": "http://post.audioscrobbler.com",
    "libre.fm": "http://turtle.libre.fm",
    "listenbrainz": "http://proxy.listenbrainz.org",
}
MPD_PASSWORD = "{{MPD_PASSWORD}}"
WHERE_CONFIG_IS = 'configFile="${XDG_RUNTIME_DIR:-/run/user/$(id -u)}/mpdscribble/mpdscribble.conf"\n'
WHERE_MPD_IS = """\
if config.services.mpd.network.listenAddress != "any"
then config.services.mpd.network.listenAddress
else "localhost"
"""


def where_mpd_is(self):
    address = self["services.mpd.network.listenAddress"]
    return "localhost" if address == "any" else address


class Endpoint(Options):
    """A service that is told what is played"""

    url = option(t.str, default=lambda self: URLS.get(self._name, ""), default_text='""', doc="Its address.")
    username = option(t.str, doc="The account's name.")
    passwordFile = option(t.null_or(t.str), doc="The file with the password, plain or as an MD5 sum.")


class Mpdscribble(Service):
    """mpdscribble, which tells Last.fm and its like what MPD plays"""

    package = Package("mpdscribble", install=False)
    endpoints = option(
        t.attrs_of(t.submodule(Endpoint)),
        default={},
        example={"last.fm": {"passwordFile": "/run/secrets/lastfm_password", "username": "foo"}},
        doc=f"The services that are told, by name. The addresses of {', '.join(f'`{name}`' for name in URLS)} are known.",
    )
    host = option(t.str, default=where_mpd_is, default_text=WHERE_MPD_IS, doc="The host that MPD runs on.")
    port = option(
        t.port,
        default=lambda self: self["services.mpd.network.port"],
        default_text="config.services.mpd.network.port",
        doc="The port that MPD listens at.",
    )
    passwordFile = option(t.null_or(t.str), default=None, doc="The file with the password of MPD.")
    proxy = option(t.null_or(t.str), default=None, doc="The address of an HTTP proxy.")
    journalInterval = option(t.int, default=600, example=60, doc="Seconds between two times that the journal is saved.")
    verbose = option(t.int, default=1, doc="How much is logged.")

    def _template(self):
        journals = f"{self['xdg.dataHome']}/mpdscribble"
        common = {
            "log": "-",
            "verbose": self.verbose,
            "journal_interval": self.journalInterval,
            "host": f"{'' if self.passwordFile is None else MPD_PASSWORD + '@'}{self.host}",
            "port": self.port,
            **({} if self.proxy is None else {"proxy": self.proxy}),
        }
        sections = {
            name: {
                "url": own.url,
                "username": own.username,
                "password": placeholder(name),
                "journal": f"{journals}/{name}.journal",
            }
            for name, own in self.endpoints.items()
        }
        text = formats.ini.render_with_global_section({"globalSection": common, "sections": sections})
        return self._made("writeText", "mpdscribble.conf", text)

    def _preparation(self):
        secrets = [(MPD_PASSWORD, self.passwordFile)]
        secrets += [(placeholder(name), own.passwordFile) for name, own in self.endpoints.items()]
        fill = "".join(
            f'replace-secret {formats.shell.quote_all(secret)} "$configFile"\n'
            for secret in secrets
            if secret[1] is not None
        )
        text = formats.shell.script(
            """
            mkdir -p "$(dirname "$configFile")"
            cp --no-preserve=mode,ownership -f @template@ "$configFile"
            @fill@
            """,
            template=self._template(),
            fill=formats.shell.Code(fill),
        )
        name, programs = "mpdscribble-pre-start", [self.pkgs["replace-secret"], self.pkgs["coreutils"]]
        made = {"name": name, "runtimeInputs": programs, "text": WHERE_CONFIG_IS + text}
        return f"+{self._made('writeShellApplication', made)}/bin/{name}"

    def _start(self):
        text = f'{WHERE_CONFIG_IS}exec "{exe(self.package)}" --no-daemon --conf "$configFile"\n'
        return str(self._made("writeShellScript", "mpdscribble-start", text))

    unit = UserUnit(
        lambda self: self._start(),
        description="mpdscribble mpd scrobble client",
        after=lambda self: ["network.target", *(["mpd.service"] if self.host in ("localhost", "127.0.0.1") else [])],
        wanted_by="default.target",
        service=lambda self: {
            "StateDirectory": "mpdscribble",
            "RuntimeDirectory": "mpdscribble",
            "RuntimeDirectoryMode": "700",
            "ExecStartPre": self._preparation(),
        },
    )


def placeholder(name) -> str:
    return f"{{{{{name}_PASSWORD}}}}"
