"""zsh, in several files"""

from home_manager.authoring import Program, defines, group, option, order, t
from unit.authoring.sample.modules.programs.zsh.history import History


class Zsh(Program):
    """Zsh"""

    initContent = option(t.lines, default="", doc="What to run.")
    history = group(History)

    @defines(".initContent")
    def begin(self):
        yield order(1, "begin")
        yield order(2000, f"HISTSIZE={self.history.size}")
