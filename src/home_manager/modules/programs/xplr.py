from home_manager.authoring import *


class Xplr(Program):
    """xplr, a file explorer for the terminal"""

    package = Package("xplr", nullable=True)
    plugins = option(
        t.null_or(t.attrs_of(t.either(t.package, t.str))),
        default={},
        example=literal(
            '{\n  wl-clipboard = fetchFromGitHub {\n    owner = "sayanarijit";\n    repo = "wl-clipboard.xplr";\n'
            '    rev = "a3ffc87460c5c7f560bffea689487ae14b36d9c3";\n'
            '    hash = "sha256-I4rh5Zks9hiXozBiPDuRdHwW5I7ppzEpQNtirY0Lcks=";\n  }\n'
            '  local-plugin = "/home/user/.config/plugins/local-plugin";\n};\n'
        ),
        doc="Plugins by the name that `require` finds them by: packages, or directories of that name.",
    )
    extraConfig = option(
        t.lines,
        default="",
        example=literal(
            'require("wl-clipboard").setup {\n  copy_command = "wl-copy -t text/uri-list",\n'
            '  paste_command = "wl-paste",\n  keep_selection = true,\n}\n'
        ),
        doc="The configuration, as Lua.",
    )

    @config_file("xplr/init.lua")
    def file(self):
        # xplr reads no configuration that does not say for which version it is.
        version = "" if self.package is None else f"version = '{self.package['version']}'\n"
        places = [self._place(name, plugin) for name, plugin in sorted((self.plugins or {}).items())]
        path = ";".join(f"{place}/?/init.lua;{place}/?.lua" for place in places)
        line = f'package.path = "{path};" .. package.path' if places else "\n"
        return f"{version}{line}{chr(10) if places else ''}{self.extraConfig}"

    def _place(self, name, plugin):
        """The directory in which a plugin lies as a directory of its name."""
        if isinstance(plugin, str) and not plugin.startswith("/nix/store/"):
            return plugin.rpartition("/")[0] or "."
        code = formats.shell.script(
            """
            mkdir @name@
            mv "$out"/* @name@/
            mv @name@ "$out/"
            """,
            name=name,
        )
        return self._made("symlinkJoin", {"name": name, "paths": [plugin], "postBuild": code})
