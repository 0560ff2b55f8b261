from home_manager.authoring import *


class ElementDesktop(Program):
    """element-desktop"""

    package = Package("element-desktop", nullable=True)
    settings = option(
        t.json,
        default={},
        example=literal(
            "''\n  {\n    default_server_config.\"m.homeserver\" = {\n"
            '      base_url = "https://matrix-client.matrix.org";\n      server_name = "matrix.org";\n    };\n'
            "    disable_guests = false;\n    brand = \"Element\";\n  }\n''"
        ),
        doc="The settings of the usual profile. Element does not add those that are left out; see "
        "<https://github.com/element-hq/element-web/blob/develop/docs/config.md>.",
    )
    profiles = option(
        t.attrs_of(t.json),
        default={},
        example=literal("''\n  {\n    work = {\n      disable_guests = false;\n    };\n  }\n''"),
        doc="The settings of further profiles, which `--profile NAME` starts.",
    )

    @defines("home.file")
    def files(self):
        prefix = "Library/Application Support" if self._is_on("darwin") else self["xdg.configHome"]
        if self.settings:
            yield {f"{prefix}/Element/config.json": {"text": formats.json.render(self.settings)}}
        for name, settings in self.profiles.items():
            yield {f"{prefix}/Element-{name}/config.json": {"text": formats.json.render(settings)}}
