from home_manager.authoring import *


def lines_option(doc, **more):
    return option(t.list_of(t.str), default=[], doc=doc, **more)


class Darcs(Program):
    """darcs, version control by patches"""

    package = Package("darcs", nullable=True)
    author = lines_option(
        "Names and addresses that are offered as the author, the first as the default.",
        example=["Fred Bloggs <fred@example.net>"],
    )
    boring = lines_option(
        "Regular expressions of files that darcs leaves alone.", example=["^.idea$", ".iml$", "^.stack-work$"]
    )
    defaults = option(
        t.null_or(t.lines),
        default="",
        example="ALL ignore-times\n",
        doc="Flags of commands, one command and flag a line.",
    )

    @defines("home.file")
    def files(self):
        for name in ("author", "boring"):
            if values := getattr(self, name):
                yield {f".darcs/{name}": {"text": "".join(f"{value}\n" for value in values)}}
        if self.defaults is not None:
            yield {".darcs/defaults": {"text": self.defaults}}
