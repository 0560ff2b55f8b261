from home_manager.authoring import *


class Mercurial(Program):
    """Mercurial"""

    package = Package("mercurial")
    userName = option(t.str, doc="The name of the user.")
    userEmail = option(t.str, doc="The address of the user.")
    aliases = option(t.attrs_of(t.anything), default={}, doc="Short names of commands.")
    extraConfig = option(
        t.either(t.attrs_of(t.anything), t.lines), default={}, doc="Further sections of hgrc, or lines for its end."
    )
    iniContent = option(formats.ini.type, internal=True, doc="What hgrc holds.")
    ignores = option(
        t.list_of(t.str), default=[], example=["*~", "*.swp"], doc="Patterns of shells of files that are ignored."
    )
    ignoresRegexp = option(
        t.list_of(t.str),
        default=[],
        example=["^.*~$", "^.*\\.swp$"],
        doc="Regular expressions of files that are ignored.",
    )

    def _ignores(self):
        return self.ignores or self.ignoresRegexp

    @defines(".iniContent")
    def content(self):
        yield {"ui": {"username": f"{self.userName} <{self.userEmail}>"}}
        if self._ignores():
            yield {"ui": {"ignore": f"{self['xdg.configHome']}/hg/hgignore_global"}}
        if self.aliases:
            yield {"alias": self.aliases}
        if isinstance(self.extraConfig, dict):
            yield self.extraConfig

    @config_file("hg/hgrc")
    def hgrc(self):
        text = formats.ini.render(self.iniContent)
        return f"{text}\n{self.extraConfig}" if isinstance(self.extraConfig, str) else text

    @config_file("hg/hgignore_global", when=_ignores)
    def hgignore(self):
        lines = ["syntax: glob", "\n".join(self.ignores), "syntax: regexp", "\n".join(self.ignoresRegexp), ""]
        return "\n".join(lines)
