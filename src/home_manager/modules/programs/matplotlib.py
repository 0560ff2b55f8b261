from home_manager.authoring import *


def lines_of(values, prefix=""):
    """A line for every setting; names within sets are joined with dots, and a set that is empty is an empty line."""
    for name, value in values.items():
        if isinstance(value, dict):
            yield "\n".join(lines_of(value, f"{prefix}{name}."))
        elif value == "":
            yield ""
        elif isinstance(value, bool):
            yield f"{prefix}{name}: {value}"
        else:
            yield f"{prefix}{name}: {formats.plain.to_string(value)}"


class Matplotlib(Program):
    """matplotlib, plots in Python"""

    config = option(
        t.attrs_of(t.anything),
        default={},
        example={
            "axes": {"edgecolor": "FF9900", "facecolor": "black", "grid": True},
            "backend": "Qt5Agg",
            "grid": {"color": "FF9900"},
        },
        doc="What matplotlibrc holds, see <https://matplotlib.org/stable/users/explain/customizing.html>.",
    )
    extraConfig = option(t.lines, default="", doc="Further lines of matplotlibrc.")

    @config_file("matplotlib/matplotlibrc")
    def file(self):
        return "\n".join([*lines_of(self.config), *([self.extraConfig] if self.extraConfig else [])]) + "\n"
