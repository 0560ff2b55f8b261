from home_manager.authoring import *


class Ptyxis(Program):
    """Ptyxis, a terminal for containers"""

    platforms = ("linux",)
    package = Package("ptyxis", nullable=True)
    palettes = Files(
        "org.gnome.Prompt/palettes/{name}.palette",
        formats.ini,
        type=t.one_of(formats.ini.type, t.path, t.str),
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
