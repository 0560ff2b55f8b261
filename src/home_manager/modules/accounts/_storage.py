"""What calendars and address books have in common: where they are kept, and where they come from."""

from home_manager.authoring import *


def local_class(kind: str, extension: str) -> type[Options]:
    """Where entries are kept here; `kind` is the name below `accounts`."""

    class Local(Options):
        """The storage in the home."""

        path = option(
            t.str,
            default=lambda self: f"{self[f'accounts.{kind}.basePath']}/{self._evaluation.prefix[3]}",
            default_text=f"‹accounts.{kind}.basePath›/‹name›",
            doc="Where entries are kept.",
        )
        type = option(
            t.enum("filesystem", "singlefile"), default="filesystem", doc="Whether each has a file, or all have one."
        )
        fileExt = option(t.null_or(t.str), default=extension, doc="How the names of the files end.")
        encoding = option(
            t.null_or(t.str), default=None, doc="The encoding of files and their names; `null` for UTF-8."
        )

    return Local


def remote_class(example: str, *types: str) -> type[Options]:
    """Where entries come from."""

    class Remote(Options):
        """The storage on a server."""

        type = option(t.enum(*types), doc="How the server is spoken to.")
        url = option(t.null_or(t.str), default=None, doc="The address of the server.")
        userName = option(t.null_or(t.str), default=None, doc="The name to log in with.")
        passwordCommand = option(
            t.null_or(t.list_of(t.str)),
            default=None,
            example=["pass", example],
            doc="A command that prints the password.",
        )

    return Remote


def base_path(what: str, example: str):
    return option(
        t.str,
        example=example,
        apply=lambda self, path: path if path.startswith("/") else f"{self['home.homeDirectory']}/{path}",
        doc=f"The directory of all {what}, absolute or below the home.",
    )
