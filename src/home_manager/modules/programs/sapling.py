from home_manager.authoring import *


class Sapling(Program):
    """Sapling, version control that scales"""

    package = Package("sapling", nullable=True)
    userName = option(t.str, doc="The name of the user.")
    userEmail = option(t.str, doc="The address of the user.")
    aliases = option(t.attrs_of(t.str), default={}, doc="Short names of commands.")
    extraConfig = option(t.attrs_of(t.anything), default={}, doc="Further sections of sapling.conf.")
    iniContent = option(formats.ini.type, internal=True, doc="What sapling.conf holds.")

    @defines(".iniContent")
    def content(self):
        yield {"ui": {"username": f"{self.userName} <{self.userEmail}>"}}
        if self.aliases:
            yield {"alias": self.aliases}
        yield self.extraConfig

    @defines("home.file")
    def file(self):
        place = "Library/Preferences" if self._is_on("darwin") else self["xdg.configHome"]
        return {f"{place}/sapling/sapling.conf": {"text": formats.ini.render(self.iniContent)}}
