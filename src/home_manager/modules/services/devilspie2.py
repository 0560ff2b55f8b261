from home_manager.authoring import *


class Devilspie2(Service):
    """Devilspie2, which runs a script for each window that opens"""

    package = Package("devilspie2", install=False)
    config = option(
        t.lines,
        default="",
        example='if (get_window_class() == "Gnome-terminal") then\n    make_always_on_top();\nend\n',
        doc="The script, in Lua.",
    )

    @config_file("devilspie2/config.lua")
    def file(self):
        return self.config

    unit = UserUnit(lambda self: exe(self.package), description="devilspie2", target="graphical-session.target")
