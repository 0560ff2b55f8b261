from home_manager.authoring import *


class FreshEditor(Program):
    """Fresh, an editor for the terminal"""

    package = Package("fresh-editor", nullable=True, wrap_path="extraPackages", program="fresh")
    extraPackages = option(
        t.list_of(t.package),
        default=[],
        example=literal("[ pkgs.rust-analyzer ]"),
        doc="Packages whose programs Fresh finds.",
    )
    defaultEditor = option(
        t.bool, default=False, doc="Whether Fresh is the default editor, by {env}`EDITOR` and {env}`VISUAL`."
    )
    settings = Settings(
        formats.json,
        file="fresh/config.json",
        example={"editor": {"line_numbers": True, "tab_size": 4}, "theme": "dark", "version": 1},
        doc="The settings of Fresh, see <https://getfresh.dev/docs/configuration>.",
    )
    editor = Variables(EDITOR="fresh", VISUAL="fresh", when=defaultEditor)

    @check
    def package_to_extend(self):
        if self.extraPackages and self.package is None:
            yield "programs.fresh-editor.extraPackages needs a package in programs.fresh-editor.package."
