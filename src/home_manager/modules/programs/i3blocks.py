from home_manager.authoring import *
from home_manager.modules import _graphical

ATOM = t.described(t.null_or(t.one_of(t.int, t.bool, t.str, t.float)), "INI atom (null, int, bool, string, or float)")
EXAMPLE = """\
{
  top.title = {
    interval = "persist";
    command = "xtitle -s";
  };
  bottom = {
    time = {
      command = "date +%r";
      interval = 1;
    };
    # comes after the time
    date = lib.hm.dag.entryAfter [ "time" ] {
      command = "date +%d";
      interval = 5;
    };
  };
}
"""


class I3blocks(Program):
    """i3blocks, which runs the commands whose output is the status line of i3"""

    platforms = ("linux",)

    package = Package("i3blocks")
    bars = option(
        t.attrs_of(t.dag_of(t.attrs_of(ATOM))),
        example=literal(EXAMPLE),
        doc="The blocks of each bar, whose file is `i3blocks/NAME`. Where the order matters, use `lib.hm.dag`.",
    )

    @defines("xdg.configFile")
    def files(self):
        for bar, blocks in self.bars.items():
            names = _graphical.ordered(self, blocks, f"programs.i3blocks.bars.{bar}")
            yield {
                f"i3blocks/{bar}": {
                    "text": "\n".join(formats.ini.render({each: blocks[each]["data"]}) for each in names)
                }
            }
