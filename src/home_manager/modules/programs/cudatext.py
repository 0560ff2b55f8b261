from home_manager.authoring import *

FILES = {"hotkeys": "keys", "userSettings": "user"}
LEXERS = {"lexerSettings": "lexer", "lexerHotkeys": "keys lexer"}


class Cudatext(Program):
    """CudaText, an editor"""

    package = Package("cudatext", nullable=True)
    hotkeys = option(
        t.json,
        default={},
        example={"153": {"name": "delete char right", "s1": ["End"]}},
        doc="Keys by the code of the command.",
    )
    userSettings = option(
        t.json,
        default={},
        example={"numbers_center": False, "numbers_for_carets": True, "numbers_style": 2},
        doc="The settings of the user.",
    )
    lexerSettings = option(
        t.attrs_of(t.json),
        default={},
        example={
            "C": {"numbers_style": 2},
            "Python": {"numbers_center": False, "numbers_style": 1},
            "Rust": {"numbers_center": False, "numbers_for_carets": True, "numbers_style": 2},
        },
        doc="Settings by lexer.",
    )
    lexerHotkeys = option(
        t.attrs_of(t.json),
        default={},
        example={"C": {"153": {"name": "delete char right", "s1": ["End"]}}},
        doc="Keys by lexer.",
    )

    def _files(self):
        for name, file in FILES.items():
            if value := getattr(self, name):
                yield file, value
        for name, file in LEXERS.items():
            for lexer, value in getattr(self, name).items():
                yield f"{file} {lexer}", value

    @defines("home.file")
    def files(self):
        support = "Library/Application Support/CudaText"
        place = support if self._is_on("darwin") else f"{self['xdg.configHome']}/cudatext"
        for file, value in self._files():
            yield {f"{place}/settings/{file}.json": {"text": formats.json.render(value)}}
