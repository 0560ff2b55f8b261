from home_manager.authoring import *


def text_of(value):
    if value is None or isinstance(value, bool):
        return str(value)
    return f'"{formats.plain.to_string(value)}"'


def lines(values, depth=1):
    for name, value in sorted(values.items()):
        if isinstance(value, dict):
            yield "[" * depth + name + "]" * depth
            yield from lines(value, depth + 1)
        else:
            yield f"{name} = {text_of(value)}"


class Terminator(Program):
    """Terminator, a terminal with tiles"""

    platforms = ("linux",)

    package = Package("terminator")
    config = Settings(
        None,
        type=t.attrs_of(t.anything),
        file="terminator/config",
        render=lambda self, config: "\n".join(lines(config)),
        example=literal('{\n  global_config.borderless = true;\n  profiles.default.background_color = "#002b36";\n}\n'),
        doc="The settings, in sections within sections; terminator_config(5) lists them.",
    )
