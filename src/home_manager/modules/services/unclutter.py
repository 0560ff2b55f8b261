from home_manager.authoring import *


class Unclutter(Service):
    """unclutter"""

    package = Package("unclutter-xfixes", install=False)
    timeout = option(t.int, default=1, doc="After how many seconds without a move the cursor is hidden.")
    threshold = option(t.int, default=1, doc="How many pixels are a move, at least.")
    extraOptions = option(
        t.list_of(t.str),
        default=[],
        example=["exclude-root", "ignore-scrolling"],
        doc="Further options of unclutter, without their dashes.",
    )

    def _command(self) -> str:
        more = "".join(f" --{name}" for name in self.extraOptions)
        lines = (
            f"{self.package}/bin/unclutter",
            f"--timeout {self.timeout}",
            f"--jitter {self.threshold - 1}",
            f"{more}\n",
        )
        return " \\\n  ".join(lines)

    unit = UserUnit(
        lambda self: self._command(),
        description="unclutter",
        target="graphical-session.target",
        restart="always",
        service={"RestartSec": 3},
    )
