from home_manager.authoring import *

KINDS = ("null", "false", "true", "numbers", "strings", "arrays", "objects", "objectKeys")
"""What has a colour, in the order in which jq takes the colours."""


def colour(kind: str):
    return option(t.str, name=kind, example="1;31", visible=False, doc="The colour, as ANSI codes.")


Colors = type("Colors", (Options,), {f"{kind}_": colour(kind) for kind in KINDS} | {"__module__": __name__})


class Jq(Program):
    """jq, which reads and changes JSON"""

    package = Package("jq", nullable=True)
    colors = option(
        t.null_or(t.submodule(Colors)),
        default=None,
        example={
            "null": "1;30",
            "false": "0;31",
            "true": "0;32",
            "numbers": "0;36",
            "strings": "0;33",
            "arrays": "1;35",
            "objects": "1;37",
            "objectKeys": "1;34",
        },
        doc="The colours of the output, see <https://jqlang.github.io/jq/manual/#Colors>; `null` for those of jq.",
    )
    variables = Variables(JQ_COLORS=lambda self: ":".join(self.colors[kind] for kind in KINDS), when=colors)
