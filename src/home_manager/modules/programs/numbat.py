from home_manager.authoring import *


class Numbat(Program):
    """Numbat, a calculator with physical units"""

    package = Package("numbat", nullable=True)
    settings = Settings(
        formats.toml,
        file="numbat/config.toml",
        darwin="Library/Application Support/numbat/config.toml",
        example={"exchange-rates": {"fetching-policy": "on-first-use"}, "intro-banner": "short", "prompt": "> "},
        doc="Settings of Numbat, see <https://numbat.dev/doc/cli-customization.html#configuration>.",
    )
    initFile = option(
        t.null_or(t.either(t.lines, t.path)),
        default=None,
        example="unit kohm: ElectricResistance = kV/A\n",
        doc="What {file}`init.nbt` holds, which runs at each start: as a text or a file.",
    )

    @defines("home.file", when=lambda self: self.initFile is not None)
    def init(self):
        folder = "Library/Application Support" if self._is_on("darwin") else self["xdg.configHome"]
        content = {"text" if isinstance(self.initFile, str) else "source": self.initFile}
        return {f"{folder}/numbat/init.nbt": content}
