import re

from home_manager.authoring import *

COLOR = re.compile("[0-9a-fA-F]{6}([0-9a-fA-F]{2})?")


def line(name, value):
    if not isinstance(value, str):
        return f"{name} = {formats.plain.value_string(value)};"
    return f"{name} = 0x{value.upper()};" if COLOR.fullmatch(value) else f'{name} = "{value}";'


class Wayprompt(Program):
    """Wayprompt, a password-prompter for Wayland"""

    platforms = ("linux",)

    package = Package("wayprompt", nullable=True)
    settings = Settings(
        formats.ini(mk_key_value=line),
        file="wayprompt/config.ini",
        example={"general": {"font-regular": "sans:size=14"}, "colours": {"background": "ffffffaa"}},
        doc="The settings, see wayprompt(5). Colours are six or eight hexadecimal digits.",
    )
