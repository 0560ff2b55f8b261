from home_manager.authoring import *


class Dbeaver(Program):
    """DBeaver, which manages databases"""

    package = Package("dbeaver-bin", nullable=True)
    settings = option(
        t.attrs_of(t.attrs_of(t.str)),
        default={},
        example={
            "org.jkiss.dbeaver.core": {"ui.showSystemObjects": "false", "ui.showUtilityObjects": "false"},
            "org.jkiss.dbeaver.model": {"read.expiration.period": "10000"},
        },
        doc="Preferences by the name of the plugin that reads them.",
    )
    dataSourcesSettings = option(
        t.json,
        default={},
        example={"connections": {"here": {"provider": "postgresql", "driver": "postgres-jdbc", "name": "Here"}}},
        doc="The connections, as in `data-sources.json`.",
    )

    @defines("home.file")
    def files(self):
        data = "Library" if self._is_on("darwin") else self["xdg.dataHome"]
        workspace = f"{data}/DBeaverData/workspace6"
        if self.dataSourcesSettings:
            yield {
                f"{workspace}/General/.dbeaver/data-sources.json": {
                    "text": formats.json.render(self.dataSourcesSettings)
                }
            }
        for name, values in self.settings.items():
            file = f"{workspace}/.metadata/.plugins/org.eclipse.core.runtime/.settings/{name}.prefs"
            yield {file: {"text": formats.keyvalue.render({"eclipse.preferences.version": "1", **values})}}
