from home_manager.authoring import *
from home_manager.modules.services import _mac_agent

EXAMPLE = """\
{
  style = "round";
  width = 6.0;
  active_color = "0xffe2e2e3";
}
"""


class Jankyborders(Service):
    """jankyborders"""

    platforms = ("darwin",)

    package = Package("jankyborders")
    errorLogFile = _mac_agent.log_file("borders", "err", shown="jankyborders")
    outLogFile = _mac_agent.log_file("borders", "out", shown="jankyborders")
    settings = option(
        t.attrs_of(t.anything),
        default={},
        example=literal(EXAMPLE),
        doc="The arguments of `borders`, see <https://github.com/FelixKratz/JankyBorders>.",
    )
    agent = _mac_agent.agent("jankyborders")

    @defines("xdg.configFile")
    def file(self):
        arguments = formats.keyvalue.render(self.settings, indent="  ")
        code = f'options=(\n{arguments})\n\n{exe(self.package)} "${{options[@]}}"\n'
        return {"borders/bordersrc": {"source": self._made("writeShellScript", "bordersrc", code)}}
