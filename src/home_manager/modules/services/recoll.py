from home_manager.authoring import *


def value(given):
    if isinstance(given, bool):
        return "1" if given else "0"
    if isinstance(given, list):
        return " ".join('"' + str(each).replace('"', '\\"') + '"' for each in given)
    return formats.plain.value_string(given)


LINE = formats.plain.key_value(" = ", value)


def text(settings):
    """recoll.conf: settings for all directories first, then those of single ones."""
    common = {name: each for name, each in settings.items() if not isinstance(each, dict)}
    sections = {name: each for name, each in settings.items() if isinstance(each, dict)}
    lines = [LINE(name, each) + "\n" for name, each in common.items()]
    for name, section in sections.items():
        heading = name.replace("[", "\\[").replace("]", "\\]")
        lines.append(f"[{heading}]\n" + "".join(LINE(key, each) + "\n" for key, each in section.items()))
    return "\n".join(lines)


def build(inner):
    return t.null_or(t.one_of(t.bool, t.float, t.int, t.path, t.str, t.attrs_of(inner), t.list_of(inner)))


class Recoll(Service):
    """the index of Recoll, which searches in files"""

    package = Package("recoll", example="(pkgs.recoll.override { withGui = false; })")
    startAt = option(
        t.str,
        default="hourly",
        example="00/2:00",
        doc="When the index is brought up to date, as {manpage}`systemd.time(7)` has it.",
    )
    settings = option(
        t.attrs_of(t.recursive("Recoll config value", build)),
        default={},
        example={
            "loglevel": 5,
            "nocjk": True,
            "topdirs": ["~/Downloads", "~/Documents", "~/projects"],
            "~/Downloads": {"skippedNames+": ["*.iso"]},
            "~/projects": {"skippedNames+": ["node_modules", "target", "result"]},
        },
        doc="What recoll.conf holds; a set is for the directory of its name. See "
        "<https://www.recoll.org/usermanual/webhelp/docs/RCL.INSTALL.CONFIG.html>.",
    )
    configDir = option(
        t.str,
        default=lambda self: f"{self['home.homeDirectory']}/.recoll",
        default_text="${config.home.homeDirectory}/.recoll",
        example=literal("${config.xdg.configHome}/recoll"),
        doc="The directory of the configuration, for {env}`RECOLL_CONFDIR`.",
    )
    variables = Variables(RECOLL_CONFDIR=lambda self: self.configDir)
    unit = UserUnit(
        lambda self: f"{self.package}/bin/recollindex",
        name="recollindex",
        description="Recoll index update",
        unit={"Documentation": ["man:recoll", "man:recollindex", "https://www.lesbonscomptes.com/recoll/usermanual/"]},
        environment=lambda self: [f"RECOLL_CONFDIR={formats.shell.quote(self.configDir)}"],
    )
    timer = UserUnit(
        kind="timers",
        name="recollindex",
        description="Recoll index update",
        part_of="default.target",
        wanted_by="timers.target",
        section=lambda self: {"Timer": {"Persistent": True, "OnCalendar": self.startAt}},
    )

    @config_file(lambda self: f"{self.configDir}/recoll.conf", below="home.file")
    def file(self):
        return text(self.settings)
