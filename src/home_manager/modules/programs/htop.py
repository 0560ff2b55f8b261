from typing import Any

from home_manager.authoring import *

FIELDS = {
    "PID": 0,
    "COMM": 1,
    "STATE": 2,
    "PPID": 3,
    "PGRP": 4,
    "SESSION": 5,
    "TTY": 6,
    "TTY_NR": 6,
    "TPGID": 7,
    "MINFLT": 9,
    "CMINFLT": 10,
    "MAJFLT": 11,
    "CMAJFLT": 12,
    "UTIME": 13,
    "STIME": 14,
    "CUTIME": 15,
    "CSTIME": 16,
    "PRIORITY": 17,
    "NICE": 18,
    "STARTTIME": 20,
    "PROCESSOR": 37,
    "M_VIRT": 38,
    "M_SIZE": 38,
    "M_RESIDENT": 39,
    "M_SHARE": 40,
    "M_TRS": 41,
    "M_DRS": 42,
    "M_LRS": 43,
    "M_DT": 44,
    "ST_UID": 45,
    "PERCENT_CPU": 46,
    "PERCENT_MEM": 47,
    "USER": 48,
    "TIME": 49,
    "NLWP": 50,
    "TGID": 51,
    "PERCENT_NORM_CPU": 52,
    "ELAPSED": 53,
    "SCHEDULERPOLICY": 54,
    "CTID": 99,
    "VPID": 100,
    "RCHAR": 102,
    "VXID": 102,
    "WCHAR": 103,
    "SYSCR": 104,
    "SYSCW": 105,
    "RBYTES": 106,
    "WBYTES": 107,
    "CNCLWB": 108,
    "IO_READ_RATE": 109,
    "IO_WRITE_RATE": 110,
    "IO_RATE": 111,
    "CGROUP": 112,
    "OOM": 113,
    "IO_PRIORITY": 114,
    "M_PSS": 118,
    "M_SWAP": 119,
    "M_PSSWP": 120,
    "CTXT": 121,
    "SECATTR": 122,
    "PROC_COMM": 123,
    "PROC_EXE": 124,
    "CWD": 125,
    "AUTOGROUP_ID": 126,
    "AUTOGROUP_NICE": 127,
    "CCGROUP": 128,
    "CONTAINER": 129,
    "M_PRIV": 130,
    "GPU_TIME": 131,
    "GPU_PERCENT": 132,
    "ISCONTAINER": 133,
}
"""The columns that htop can show, by the number that stands for each in its file."""

SHOWN = (
    *("PID", "USER", "PRIORITY", "NICE", "M_SIZE", "M_RESIDENT", "M_SHARE"),
    *("STATE", "PERCENT_CPU", "PERCENT_MEM", "TIME", "COMM"),
)
"""The columns that are shown where the settings do not say."""

MODES = {"Bar": 1, "Text": 2, "Graph": 3, "LED": 4}
"""The ways to show a meter."""


def meter(mode: int):
    return lambda name: {computed(name): mode}


def opened(value):
    return computed(value)


def meters(side: str):
    """The settings of a list of meters for one side."""

    def settings(given) -> dict[str, Any]:
        pairs = [pair for each in opened(given) for pair in sorted(opened(each).items())]
        return {
            f"{side}_meters": [name for name, _ in pairs],
            f"{side}_meter_modes": [mode for _, mode in pairs],
        }

    return settings


def line(name: str, value) -> str:
    text = str(int(value)) if isinstance(value, bool) else formats.plain.to_string(value)
    return f"{name}={text}\n"


class Htop(Program):
    """htop, which shows processes"""

    package = Package("htop")
    settings = option(
        t.attrs_of(t.one_of(t.bool, t.int, t.str, t.list_of(t.one_of(t.int, t.str)))),
        default={},
        example=literal(
            "{\n  color_scheme = 6;\n  delay = 15;\n  fields = with config.lib.htop.fields; [ PID USER TIME COMM ];\n}"
            ' // (with config.lib.htop; leftMeters [ (bar "AllCPUs2") (bar "Memory") ])\n'
            '  // (with config.lib.htop; rightMeters [ (text "Tasks") (text "Uptime") ])\n'
        ),
        doc="What stands in `htoprc`. `config.lib.htop` has the columns and functions for meters.",
    )

    @defines("lib.htop")
    def functions(self):
        names = {"bar": "Bar", "text": "Text", "graph": "Graph", "led": "LED"}
        return {
            "fields": FIELDS,
            "defaultFields": [FIELDS[name] for name in SHOWN],
            "modes": MODES,
            "leftMeters": function("leftMeters", meters("left")),
            "rightMeters": function("rightMeters", meters("right")),
            **{name: function(name, meter(MODES[mode])) for name, mode in names.items()},
            "blank": {"Blank": MODES["Text"]},
        }

    @defines("xdg.configFile", when=settings)
    def directory(self):
        shown = [FIELDS[name] for name in SHOWN if not (name == "M_SHARE" and self._is_on("darwin"))]
        values = {"fields": shown, **self.settings}
        # htop reads the layout before the meters that stand in it.
        names = sorted(values, key=lambda name: (name != "header_layout", name))
        text = "".join(line(name, values[name]) for name in names)
        return {"htop": {"source": self._made("writeTextDir", "htoprc", text)}}
