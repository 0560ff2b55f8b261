from home_manager.authoring import *


class Plugin(Options):
    """A plugin of rbenv"""

    src = option(t.path, doc="The directory of the plugin.")
    name = option(t.str, doc="The name of the plugin.")


class Rbenv(Program):
    """rbenv, which switches between releases of Ruby"""

    package = Package("rbenv")
    plugins = option(
        t.list_of(t.submodule(Plugin)),
        default=[],
        example=literal(
            "[\n"
            "  {\n"
            '    name = "ruby-build";\n'
            "    src = pkgs.fetchFromGitHub {\n"
            '      owner = "rbenv";\n'
            '      repo = "ruby-build";\n'
            '      rev = "v20221225";\n'
            '      hash = "sha256-Kuq0Z1kh2mvq7rHEgwVG9XwzR5ZUtU/h8SQ7W4/mBU0=";\n'
            "    };\n"
            "  }\n"
            "]\n"
        ),
        doc="Plugins.",
    )
    shells = ShellIntegration(
        hook=lambda self, shell: f"{self.package}/bin/rbenv init - {shell}",
        sinks={"fish": "programs.fish.shellInit"},
    )

    @defines("home.file", when=plugins)
    def plugin_directory(self):
        farm = [{"name": plugin.name, "path": plugin.src} for plugin in self.plugins]
        return {".rbenv/plugins": {"source": self._made("linkFarm", "rbenv-plugins", farm)}}
