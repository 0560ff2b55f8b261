from home_manager.authoring import *


class Amfora(Program):
    """amfora"""

    package = Package("amfora", nullable=True)
    settings = Settings(
        formats.toml,
        file="amfora/config.toml",
        example={
            "a-general": {
                "home": "gemini://geminiprotocol.net",
                "auto_redirect": False,
                "http": "default",
                "search": "gemini://geminispace.info/search",
                "color": True,
                "ansi": True,
                "highlight_code": True,
                "highlight_style": "monokai",
                "bullets": True,
            }
        },
        doc="The settings of amfora, see <https://github.com/makew0rld/amfora/blob/master/default-config.toml>.",
    )
    bookmarks = option(
        t.either(t.str, t.path),
        default="",
        example=literal(
            '\'\'\n  <?xml version="1.0" encoding="UTF-8"?>\n  <xbel version="1.1">\n'
            '    <bookmark href="gemini://example.com/">\n      <title>Example Bookmark</title>\n    </bookmark>\n'
            "  </xbel>\n''"
        ),
        doc="Bookmarks in XBEL, or a file of them; amfora itself writes such a file.",
    )

    @defines("xdg.dataFile", when=bookmarks)
    def bookmarks_file(self):
        return {"amfora/bookmarks.xml": {"text" if isinstance(self.bookmarks, str) else "source": self.bookmarks}}
