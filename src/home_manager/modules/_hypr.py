"""What the programs of the Hyprland project have in common: their configuration language."""

from home_manager.authoring import *


def value_type(program):
    """What a setting of a program can be."""
    return t.serializable(f"{program} configuration")


def settings(program, *, type=None, example, page="", before=lambda self: self.importantPrefixes, **more):
    """The option `settings`, which is written to `hypr/PROGRAM.conf`; `before`: how settings begin that come first."""
    name = program.lower()
    page = page or f"https://wiki.hypr.land/Hypr-Ecosystem/{name}/"
    return Settings(
        None,
        **{"file": f"hypr/{name}.conf", **more},
        type=type or value_type(program),
        default={},
        example=example,
        render=lambda self, value: formats.hyprconf.render(value, important_prefixes=before(self)),
        doc=f"The settings of {name}, see <{page}>. A list is written once for each element; variables begin with `$`.",
    )


def important_prefixes(*prefixes, example=None):
    return option(
        t.list_of(t.str),
        default=list(prefixes),
        **({"example": example} if example else {}),
        doc="How settings begin that are written before the others.",
    )
