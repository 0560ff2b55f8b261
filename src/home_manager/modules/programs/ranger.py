from home_manager.authoring import *


class Plugin(Options):
    """A plugin."""

    name = option(t.str, doc="The name of the plugin below `ranger/plugins`; with `.py` where it is a single file.")
    src = option(t.path, doc="The file or directory of the plugin.")


class Rule(Options):
    """A rule of rifle."""

    condition = option(t.str, example="mime ^text, label editor", doc="Which files the rule is for.")
    command = option(t.str, example=literal('"${pkgs.vim}/bin/vim -- \\"$@\\""'), doc="The command that opens them.")


class Ranger(Program):
    """ranger, a file manager"""

    package = Package("ranger", nullable=True, install=False)
    extraPackages = option(t.list_of(t.package), default=[], doc="Packages that ranger finds.")
    finalPackage = option(t.package, read_only=True, visible=False, doc="ranger with the further packages.")
    settings = option(
        t.attrs_of(t.one_of(t.bool, t.float, t.int, t.str)),
        default={},
        example={"column_ratios": "1,3,3", "confirm_on_delete": "never", "scroll_offset": 8, "unicode_ellipsis": True},
        doc="Settings of ranger.",
    )
    aliases = option(
        t.attrs_of(t.str),
        default={},
        example={"e": "edit", "filter": "scout -prts", "setl": "setlocal"},
        doc="Other names for commands.",
    )
    mappings = option(
        t.attrs_of(t.str), default={}, example={"Q": "quitall", "q": "quit"}, doc="Keys and what they do."
    )
    extraConfig = option(t.lines, default="", doc="Lines for the end of rc.conf.")
    plugins = option(
        t.list_of(t.submodule(Plugin)),
        default=[],
        example=literal(
            '[\n  {\n    name = "zoxide";\n    src = builtins.fetchGit {\n'
            '      url = "https://github.com/jchook/ranger-zoxide.git";\n'
            '      rev = "363df97af34c96ea873c5b13b035413f56b12ead";\n    };\n  }\n]\n'
        ),
        doc="Plugins of ranger.",
    )
    rifle = option(
        t.list_of(t.submodule(Rule)),
        default=[],
        doc="Which programs open which files, the first that fits; rifle.conf.",
    )

    @check
    def has_package(self):
        if self.extraPackages and self.package is None:
            yield "programs.ranger.extraPackages requires non-null programs.ranger.package"

    @defines(".finalPackage", when=package)
    def with_packages(self):
        def more(old):
            return {"propagatedBuildInputs": [*computed(old).get("propagatedBuildInputs", []), *self.extraPackages]}

        return self._made(self.package["overrideAttrs"], function("more", more))

    @defines("home.packages", when=package)
    def installed(self):
        return [self.finalPackage]

    @config_file("ranger/rc.conf")
    def settings_file(self):
        blocks = {"set": self.settings, "alias": self.aliases, "map": self.mappings}
        texts = [
            formats.keyvalue.render(
                values, mk_key_value=lambda name, value, word=word: f"{word} {name} {formats.plain.value_string(value)}"
            )
            for word, values in blocks.items()
        ]
        return "\n".join([*texts, self.extraConfig]) + "\n"

    @defines("xdg.configFile")
    def plugin_files(self):
        return {f"ranger/plugins/{plugin.name}": {"source": plugin.src} for plugin in self.plugins}

    @config_file("ranger/rifle.conf", when=rifle)
    def rules(self):
        return "".join(f"{rule.condition} = {rule.command}\n" for rule in self.rifle)
