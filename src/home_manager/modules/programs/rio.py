from home_manager.authoring import *


class Rio(Program):
    """Rio, a terminal"""

    enable = option(t.bool, default=False, example=True, doc="Whether to enable Rio, a terminal.")
    package = Package("rio", nullable=True)
    settings = Settings(
        formats.toml,
        file="rio/config.toml",
        doc="The settings; see <https://raphamorim.io/rio/docs/#configuration-file>.",
    )
    themes = Files(
        "rio/themes/{name}.toml",
        formats.toml,
        type=t.either(t.toml, t.path),
        example=literal(
            '{\n  foobar.colors = {\n    background = "#282a36";\n    green = "#50fa7b";\n'
            '    dim-green = "#06572f";\n  };\n}\n'
        ),
        doc="Themes by name; see <https://rioterm.com/docs/config#building-your-own-theme>.",
    )
