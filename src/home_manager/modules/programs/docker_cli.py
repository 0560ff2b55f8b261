import hashlib

from home_manager.authoring import *


class Context(Options):
    """An endpoint that docker can talk to"""

    freeform = t.json

    Name = option(t.str, read_only=True, doc="The name of the context: that of the attribute.")

    @defines(".Name")
    def own_name(self):
        return self._name


class DockerCli(Program):
    """the configuration of docker's command line"""

    configDir = option(
        t.str,
        default=lambda self: (
            f"{self['xdg.configHome']}/docker" if self["xdg.enable"] and self._state_at_least("26.05") else ".docker"
        ),
        default_text='if config.xdg.enable && lib.versionAtLeast config.home.stateVersion "26.05" then\n'
        '  "$XDG_CONFIG_HOME/docker"\nelse\n  ".docker"\n',
        example=literal("${config.xdg.configHome}/docker"),
        apply=lambda self, path: path.removeprefix(f"{self['home.homeDirectory']}/"),
        doc="The directory of the configuration, absolute or relative to the home, for {env}`DOCKER_CONFIG`.",
    )
    contexts = option(
        t.attrs_of(t.submodule(Context)),
        default={},
        example={
            "example": {"Endpoints": {"docker": {"Host": "unix://example2"}}, "Metadata": {"Description": "example1"}}
        },
        doc="Contexts by name, see `docker context`.",
    )
    settings = Settings(
        formats.json,
        file=lambda self: f"{self.configDir}/config.json",
        below="home.file",
        when=True,
        example={"proxies": {"default": {"httpProxy": "http://proxy.example.org:3128", "noProxy": "localhost"}}},
        doc="What `config.json` holds, see <https://docs.docker.com/reference/cli/docker/#docker-cli-configuration-file-configjson-properties>.",
    )
    variables = Variables(DOCKER_CONFIG=lambda self: f"{self['home.homeDirectory']}/{self.configDir}")

    @defines("home.file")
    def context_files(self):
        for context in self.contexts.values():
            # Docker looks for a context by the hash of its name.
            folder = hashlib.sha256(context.Name.encode()).hexdigest()
            yield {f"{self.configDir}/contexts/meta/{folder}/meta.json": {"text": formats.json.render(context)}}
