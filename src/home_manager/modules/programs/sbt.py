from home_manager.authoring import *


def scala(text):
    """A string of Scala."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


class Plugin(Options):
    """A plugin of sbt"""

    org = option(t.str, doc="The organisation.")
    artifact = option(t.str, doc="The artifact.")
    version = option(t.str, doc="The version.")


class Credential(Options):
    """Credentials for a repository"""

    realm = option(t.str, doc="The realm of the repository.")
    host = option(t.str, doc="The host of the repository.")
    user = option(t.str, doc="The name of the user.")
    passwordCommand = option(t.str, doc="The command that prints the password.")


class Sbt(Program):
    """sbt, which builds Scala"""

    package = Package("sbt")
    removed = (Removed("baseConfigPath", "Use programs.sbt.baseUserConfigPath, whose meaning is slightly different."),)
    baseUserConfigPath = option(t.str, default=".sbt", doc="Where the configuration lies below the home.")
    plugins = option(
        t.list_of(t.submodule(Plugin)),
        default=[],
        example=[
            {"artifact": "sbt-dependency-graph", "org": "net.virtual-void", "version": "0.10.0-RC1"},
            {"artifact": "sbt-project-graph", "org": "com.dwijnand", "version": "0.4.0"},
        ],
        doc="Plugins.",
    )
    pluginsExtra = option(
        t.list_of(t.str), default=[], example=["addDependencyTreePlugin"], doc="Further lines of plugins.sbt."
    )
    credentials = option(
        t.list_of(t.submodule(Credential)),
        default=[],
        example=[
            {
                "host": "example.com",
                "passwordCommand": "pass show sbt/user@example.com",
                "realm": "Sonatype Nexus Repository Manager",
                "user": "user",
            }
        ],
        doc="Credentials of repositories.",
    )
    repositories = option(
        t.list_of(t.either(t.enum("local", "maven-central", "maven-local"), t.attrs_of(t.str))),
        default=[],
        example=literal(
            '[\n  "local"\n  { my-maven-proxy-releases = "http://repo.company.com/maven-releases/"; }\n  "maven-central"\n]\n'
        ),
        doc="Repositories in the order in which they are asked, see "
        "<https://www.scala-sbt.org/1.x/docs/Launcher-Configuration.html#3.+Repositories+Section>.",
    )

    def _plugins(self):
        lines = [
            f"addSbtPlugin({scala(plugin.org)} % {scala(plugin.artifact)} % {scala(plugin.version)})\n"
            for plugin in self.plugins
        ]
        return "".join(lines) + "\n".join(self.pluginsExtra) + "\n"

    def _credentials(self):
        yield "import scala.sys.process._\n"
        for number, given in enumerate(self.credentials):
            values = ", ".join(map(scala, (given.realm, given.host, given.user)))
            yield f"lazy val credential_{number} = {scala(given.passwordCommand)}.!!.trim\n"
            yield f"ThisBuild / credentials += Credentials({values}, credential_{number})\n"

    def _repositories(self):
        yield "[repositories]\n"
        for given in self.repositories:
            yield f"{given if isinstance(given, str) else ''.join(f'{name}: {place}' for name, place in given.items())}\n"

    @defines("home.file")
    def files(self):
        base = self.baseUserConfigPath
        if self.plugins or self.pluginsExtra:
            yield {f"{base}/1.0/plugins/plugins.sbt": {"text": self._plugins()}}
        if self.credentials:
            yield {f"{base}/1.0/credentials.sbt": {"text": "".join(self._credentials())}}
        if self.repositories:
            yield {f"{base}/repositories": {"text": "".join(self._repositories())}}
