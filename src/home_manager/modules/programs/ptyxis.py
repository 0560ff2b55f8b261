from home_manager.authoring import *


class Ptyxis(Program):
    """Ptyxis, a terminal for containers"""

    platforms = ("linux",)
    package = Package("ptyxis", nullable=True)
    palettes = option(
        t.attrs_of(t.one_of(formats.ini.type, t.path, t.str)),
        default={},
        example={
            "myPalette": {
                "Palette": {"Name": "My awesome theme"},
                "Light": {
                    "Foreground": "#E2E2E3",
                    "Background": "#2C2E34",
                    "Color0": "#2C2E34",
                    "Color1": "#FC5D7C",
                    "Color2": "#9ED072",
                    "Color3": "#E7C664",
                    "Color4": "#F39660",
                },
            }
        },
        doc="Palettes by name, each as settings, a text or a file; "
        "see <https://gitlab.gnome.org/chergert/ptyxis/-/tree/main/data/palettes>.",
    )

    @defines("xdg.configFile")
    def files(self):
        for name, palette in self.palettes.items():
            content = formats.ini.render(palette) if isinstance(palette, dict) and "outPath" not in palette else palette
            yield {f"org.gnome.Prompt/palettes/{name}.palette": file_entry(self, content)}
