"""Bookmarks of a profile of Firefox: their options, and the HTML file that it imports."""

from html import escape

from home_manager.authoring import *

HEAD = """\
<!DOCTYPE NETSCAPE-Bookmark-file-1>
<!-- This is an automatically generated file.
  It will be read and overwritten.
  DO NOT EDIT! -->
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks Menu</H1>
"""


class Checked(Options):
    """Options that can carry checks of their own."""

    assertions = option(t.list_of(t.unspecified), default=[], internal=True, doc="Conditions.")
    warnings = option(t.list_of(t.str), default=[], internal=True, doc="Warnings.")


class Meta(Options):
    """Facts about a set of options."""

    maintainers = option(t.list_of(t.raw), default=[], internal=True, doc="Who keeps it.")
    doc = option(t.path, internal=True, doc="A chapter of the manual about it.")
    buildDocsInSandbox = option(t.bool, default=True, internal=True, doc="Whether its manual is made apart.")


class Bookmark(Options):
    """A bookmark."""

    name = option(t.str, default=lambda self: self._name, default_text='"‹name›"', doc="The name of the bookmark.")
    tags = option(t.list_of(t.str), default=[], doc="Tags.")
    keyword = option(t.null_or(t.str), default=None, doc="The keyword that it is opened by from the address bar.")
    url = option(t.str, doc="The address; `%s` stands for what is searched.")


def node_types(node):
    class Directory(Options):
        """A directory of bookmarks."""

        name = option(t.str, default=lambda self: self._name, default_text='"‹name›"', doc="The name of the directory.")
        bookmarks = option(t.list_of(node), default=[], doc="What is in the directory.")
        toolbar = option(
            t.bool, default=False, doc="Whether this directory is the bookmarks toolbar itself, and does not lie in it."
        )

    bookmark = t.described(t.submodule(Bookmark), "bookmark submodule", class_="noun phrase")
    directory = t.described(t.submodule(Directory), "directory submodule", class_="noun phrase")
    return t.one_of(t.narrowed(bookmark, lambda value: "url" in value), directory, t.enum("separator"))


NODE = t.recursive('(bookmark submodule) or (directory submodule) or value "separator" (singular enum)', node_types)


def is_node(value):
    """Whether a value may be a bookmark; a path would pass for a submodule in a file."""
    return value == "separator" or isinstance(value, dict)


SETTINGS = t.coerced_to(
    t.narrowed(t.attrs_of(NODE), lambda value: all(is_node(computed(each)) for each in value.values())),
    lambda value: [value[name] for name in sorted(value)],
    t.list_of(NODE),
)
"""Bookmarks, or a set of some: one whose attributes are no bookmarks is the set of options about them."""


def from_list(bookmarks):
    """What an option of bookmarks becomes that is given as once, without `settings`."""
    if bookmarks == {}:
        return {}
    kind = "a list" if isinstance(bookmarks, list) else "an attribute set"
    return {"force": True, "_legacySettings": kind, "settings": bookmarks}


def lines(items, level):
    indent = "  " * level
    for item in items:
        if item == "separator":
            yield f"{indent}<HR>"
        elif "url" in item:
            more = "" if item.keyword is None else f' SHORTCUTURL="{quoted(item.keyword)}"'
            more += f' TAGS="{quoted(",".join(item.tags))}"' if item.tags else ""
            times = 'ADD_DATE="1" LAST_MODIFIED="1"'
            yield f'{indent}<DT><A HREF="{quoted(item.url)}" {times}{more}>{quoted(item.name)}</A>'
        else:
            name = ' PERSONAL_TOOLBAR_FOLDER="true">Bookmarks Toolbar' if item.toolbar else f">{quoted(item.name)}"
            yield f'{indent}<DT><H3 ADD_DATE="1" LAST_MODIFIED="1"{name}</H3>'
            yield f"{indent}<DL><p>"
            yield "\n".join(lines(item.bookmarks, level + 1))
            yield f"{indent}</DL><p>"


def quoted(text):
    return escape(text).replace("&#x27;", "&apos;")


class Bookmarks(Checked):
    """Bookmarks."""

    meta = group(Meta)
    _legacySettings = option(t.null_or(t.str), default=None, visible=False, doc="How bookmarks were given as once.")
    enable = option(
        t.bool,
        default=lambda self: self.settings != [],
        default_text="false",
        internal=True,
        doc="Whether there are bookmarks.",
    )
    force = option(t.bool, default=False, doc="Whether bookmarks that are there already may be replaced.")
    settings = option(
        SETTINGS,
        default=[],
        example=literal(
            '[\n  {\n    name = "wikipedia";\n    tags = [ "wiki" ];\n    keyword = "wiki";\n'
            '    url = "https://en.wikipedia.org/wiki/Special:Search?search=%s&go=Go";\n  }\n  "separator"\n  {\n'
            '    name = "Nix sites";\n    toolbar = true;\n    bookmarks = [\n'
            '      { name = "homepage"; url = "https://nixos.org/"; }\n    ];\n  }\n]\n'
        ),
        doc="The bookmarks: each a bookmark, a directory of some, or a separator.",
    )
    configFile = option(
        t.null_or(t.path),
        default=lambda self: self._html() if self.enable else None,
        default_text="null",
        doc="The HTML file that holds the bookmarks.",
    )

    def _html(self):
        items = "\n".join(lines(self.settings, 1))
        return self._made("writeText", "bookmarks.html", f"{HEAD}<DL><p>\n{items}\n</DL>\n")
