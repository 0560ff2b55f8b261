from home_manager.authoring import *


class Todoman(Program):
    """todoman"""

    package = Package("todoman", nullable=True)
    glob = option(
        t.str,
        default="*",
        example="*/*",
        doc="The pattern of directories of lists, below `accounts.calendar.basePath`.",
    )
    extraConfig = option(
        t.lines,
        default="",
        example='date_format = "%Y-%m-%d";\ntime_format = "%H:%M";\ndefault_list = "Personal";\ndefault_due = 48;\n',
        doc="Further lines of the configuration, in Python; see <https://todoman.readthedocs.io/en/stable/man.html#id5>.",
    )

    @config_file("todoman/config.py")
    def file(self):
        return f'path = "{self["accounts.calendar.basePath"]}/{self.glob}"\n{self.extraConfig}\n'
