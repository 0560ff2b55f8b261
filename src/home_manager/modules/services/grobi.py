from home_manager.authoring import *

RULES = """\
[
  {
    name = "Home";
    outputs_connected = [ "DP-2" ];
    configure_single = "DP-2";
    primary = true;
    atomic = true;
    execute_after = [ "${lib.getExe pkgs.xrandr} --dpi 96" ];
  }
]
"""


class Grobi(Service):
    """the grobi display setup daemon"""

    package = Package("grobi", install=False)
    executeAfter = option(
        t.list_of(t.str), default=[], example=["setxkbmap dvorak"], doc="Commands that are run after a change."
    )
    rules = option(
        t.list_of(t.attrs_of(t.either(t.str, t.either(t.bool, t.either(t.int, t.list_of(t.str)))))),
        default=[],
        example=literal(RULES),
        doc="The rules, of which the first that fits counts; see <https://github.com/fd0/grobi/blob/master/doc/grobi.conf>.",
    )

    @config_file("grobi.conf")
    def file(self):
        return formats.json.compact({"execute_after": self.executeAfter, "rules": self.rules})

    unit = UserUnit(
        lambda self: f"{exe(self.package)} watch -v",
        description="grobi display auto config daemon",
        target="graphical-session.target",
        restart="always",
        environment=lambda self: [f"PATH={self.pkgs['xrandr']}/bin:{self.pkgs['bash']}/bin"],
        service={"Type": "simple", "RestartSec": "2s"},
    )
