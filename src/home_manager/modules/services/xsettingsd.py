from home_manager.authoring import *


def written(value) -> str:
    """A value as it stands in the file."""
    if isinstance(value, bool):
        return "1" if value else "0"
    return f'"{value}"' if isinstance(value, str) else str(value)


class Xsettingsd(Service):
    """xsettingsd"""

    package = Package("xsettingsd", install=False)
    settings = option(
        t.attrs_of(t.one_of(t.bool, t.int, t.str)),
        default={},
        example={"Net/ThemeName": "Numix", "Xft/Antialias": True, "Xft/Hinting": True, "Xft/RGBA": "rgb"},
        doc="The settings that are told to programs; see the wiki of xsettingsd.",
    )
    configFile = option(
        t.null_or(t.package),
        default=lambda self: self._configuration(),
        default_text="null",
        internal=True,
        read_only=True,
        doc="The configuration file.",
    )

    def _configuration(self):
        if not self.settings:
            return None
        lines = [f"{name} {written(value)}\n" for name, value in self.settings.items()]
        return self._made("writeText", "xsettingsd.conf", "".join(lines))

    def _command(self) -> str:
        chosen = "" if self.configFile is None else f" -c {formats.shell.quote(str(self.configFile))}"
        return f"{self.package}/bin/xsettingsd{chosen}"

    unit = UserUnit(
        lambda self: self._command(),
        description="xsettingsd",
        after="graphical-session-pre.target",
        part_of="graphical-session.target",
        wanted_by="graphical-session.target",
        restart="on-abort",
        service=lambda self: {"Environment": [f"PATH={self['home.profileDirectory']}/bin"]},
    )
