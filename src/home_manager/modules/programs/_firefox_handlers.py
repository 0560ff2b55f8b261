"""What a profile of Firefox does with files and addresses of other kinds: `handlers.json`."""

from home_manager.authoring import *
from home_manager.modules.programs._firefox_bookmarks import Meta


class Handler(Options):
    """A program or a site."""

    name = option(t.null_or(t.str), default=None, doc="The name that is shown.")
    path = option(t.null_or(t.str), default=None, doc="The program, unless there is an address.")
    uriTemplate = option(t.null_or(t.str), default=None, doc="The address of a site, unless there is a program.")


class Scheme(Options):
    """What is done with addresses of a scheme."""

    action = option(
        t.enum(0, 1, 2, 3, 4),
        default=1,
        doc="0: save the file, 1: always ask, 2: use a handler, 3: open it in the browser, 4: as the system does.",
    )
    ask = option(t.bool, default=False, doc="Whether the user is asked first.")
    handlers = option(
        t.list_of(t.submodule(Handler)),
        default=[],
        doc="The handlers; the first is used unless said otherwise, and an empty one in its place means none. "
        "They count where `action` is 2.",
    )


class MimeType(Scheme):
    """What is done with files of a type."""

    extensions = option(
        t.list_of(t.str_matching(r"^[^\.].+$")), default=[], example=["jpg", "jpeg"], doc="How such files end."
    )


def rendered(items):
    for name, item in items.items():
        handlers = [{key: value for key, value in handler.items() if value is not None} for handler in item.handlers]
        rest = {key: value for key, value in item.items() if key != "handlers"}
        yield name, {**rest, **({"handlers": handlers} if handlers else {})}


class Handlers(Options):
    """What is done with files and addresses."""

    meta = group(Meta)
    enable = option(
        t.bool,
        default=lambda self: bool(self.schemes or self.mimeTypes),
        default_text="false",
        internal=True,
        doc="Whether there are any.",
    )
    force = option(t.bool, default=False, doc="Whether a file of handlers that is there already may be replaced.")
    mimeTypes = option(
        t.attrs_of(t.submodule(MimeType)),
        default={},
        example=literal(
            '{\n  "application/pdf" = {\n    action = 2;\n    ask = false;\n    handlers = [\n      {\n'
            '        name = "Okular";\n        path = "${pkgs.okular}/bin/okular";\n      }\n    ];\n'
            '    extensions = [ "pdf" ];\n  };\n}\n'
        ),
        doc="What is done with files, by their type.",
    )
    schemes = option(
        t.attrs_of(t.submodule(Scheme)),
        default={},
        example=literal(
            '{\n  mailto = {\n    action = 2;\n    ask = false;\n    handlers = [\n      {\n        name = "Gmail";\n'
            '        uriTemplate = "https://mail.google.com/mail/?extsrc=mailto&url=%s";\n      }\n    ];\n  };\n}\n'
        ),
        doc="What is done with addresses, by their scheme.",
    )
    finalSettings = option(
        t.json,
        default=lambda self: {
            "defaultHandlersVersion": {},
            "isDownloadsImprovementsAlreadyMigrated": False,
            "mimeTypes": dict(rendered(self.mimeTypes)),
            "schemes": dict(rendered(self.schemes)),
        },
        read_only=True,
        internal=True,
        doc="The resulting settings.",
    )
    configFile = option(
        t.path,
        default=lambda self: self._made("writeText", "handlers.json", formats.json.render(self.finalSettings)),
        read_only=True,
        internal=True,
        doc="The resulting file.",
    )
