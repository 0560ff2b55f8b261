from home_manager.authoring import *


class Script(Options):
    """A script that runs before every build"""

    text = option(t.null_or(t.lines), default=None, doc="The text of the script.")
    source = option(t.path, doc="The file of the script; it goes before `text`.")

    @defines(".source", when=text)
    def written(self):
        return default(self._made("writeText", store_name(self._name), self.text))


class Properties(Options):
    """What gradle.properties holds"""

    freeform = t.described(
        t.attrs_of(t.one_of(t.str, t.package, t.bool, t.int, t.float)),
        "attribute set of (string, package, bool, int or float)",
    )


class Gradle(Program):
    """Gradle, which builds mostly Java"""

    home = option(
        t.str, default=".gradle", doc="The home of Gradle below the home of the user, for {env}`GRADLE_USER_HOME`."
    )
    package = Package("gradle", nullable=True, example="pkgs.gradle_7")
    settings = Settings(
        None,
        type=t.submodule(Properties),
        file=lambda self: f"{self.home}/gradle.properties",
        below="home.file",
        render=lambda self, value: formats.java_properties.render(value),
        example=literal(
            "{\n"
            '  "org.gradle.caching" = true;\n'
            '  "org.gradle.parallel" = true;\n'
            '  "org.gradle.jvmargs" = "-XX:MaxMetaspaceSize=384m";\n'
            '  "org.gradle.home" = pkgs.jdk17;\n'
            "}\n"
        ),
        doc="What `gradle.properties` holds, see <https://docs.gradle.org/current/userguide/build_environment.html>.",
    )
    initScripts = option(
        t.attrs_of(t.submodule(Script)),
        default={},
        example=literal(
            "{\n"
            "  \"maven-local.gradle\".text = ''\n"
            "      allProject {\n"
            "        repositories {\n"
            "          mavenLocal()\n"
            "        }\n"
            "      }\n"
            "  '';\n"
            '  "another.init.gradle.kts".source = ./another.init.gradle.kts;\n'
            "}\n"
        ),
        doc="Scripts by the names of their files, which run before every build.",
    )
    variables = Variables(
        GRADLE_USER_HOME=lambda self: f"{self['home.homeDirectory']}/{self.home}",
        when=lambda self: self.home != ".gradle",
    )

    @defines("home.file")
    def scripts(self):
        return {f"{self.home}/init.d/{name}": {"source": script.source} for name, script in self.initScripts.items()}
