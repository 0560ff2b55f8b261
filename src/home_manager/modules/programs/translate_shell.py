from home_manager.authoring import *


def text(value):
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return f'"{value}"'
        case _:
            return f"[ {' '.join(map(text, value))} ]"


class TranslateShell(Program):
    """Translate Shell, a translator on the command line"""

    package = Package("translate-shell", nullable=True)
    settings = Settings(
        None,
        file="translate-shell/init.trans",
        type=t.attrs_of(t.one_of(t.bool, t.str, t.list_of(t.str))),
        render=lambda self, settings: (
            "{" + "".join(f":{name} {text(settings[name])}\n" for name in sorted(settings)) + "}"
        ),
        example={"hl": "en", "tl": ["es", "fr"], "verbose": True},
        doc="Settings of Translate Shell, see <https://github.com/soimort/translate-shell/wiki/Configuration>.",
    )
