from home_manager.authoring import *

FOLDER = "com/github/johnfactotum/Foliate"


class Foliate(Program):
    """Foliate, a reader of e-books"""

    platforms = ("linux",)
    package = Package("foliate", nullable=True)
    settings = option(
        t.attrs_of(t.either(t.gvariant, t.attrs_of(t.gvariant))),
        default={},
        example={"color-scheme": 0, "library": {"view-mode": "grid", "show-covers": True}},
        doc=f"Settings in dconf below `{FOLDER}`, see its scheme in "
        "<https://github.com/johnfactotum/foliate/tree/gtk4/data>.",
    )
    themes = Files(
        "com.github.johnfactotum.Foliate/themes/{name}.json",
        formats.json,
        type=t.one_of(t.json, t.str, t.path),
        example=literal(
            '{\n  my-theme = {\n    label = "My Theme";\n'
            '    light = { fg = "#89b4fa"; bg = "#1e1e2e"; link = "#89b4fa"; };\n    dark = { };\n  };\n}\n'
        ),
        doc="Themes by name, each as a value, a text or a file.",
    )

    @defines("dconf.settings", when=settings)
    def dconf(self):
        for name, value in self.settings.items():
            deeper = isinstance(value, dict) and "_type" not in value
            yield {f"{FOLDER}/{name}": value} if deeper else {FOLDER: {name: value}}
