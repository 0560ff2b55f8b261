from home_manager.authoring import *


class Adapter(Options):
    """A program that makes text of files."""

    name = option(t.str, doc="The name of the adapter: small letters, digits and underscores.")
    version = option(
        t.int, default=1, doc="A number to change when the results change, so that old ones are forgotten."
    )
    description = option(t.str, doc="What the adapter does; rga's help shows it.")
    extensions = option(t.list_of(t.str), example=["pdf"], doc="The endings of the names of its files.")
    mimetypes = option(
        t.null_or(t.list_of(t.str)),
        default=None,
        example=["application/pdf"],
        doc="The MIME types of its files, which count with `--rga-accurate`.",
    )
    binary = option(t.path, doc="The program.")
    args = option(t.list_of(t.str), default=[], doc="The arguments of the program, with the placeholders of rga.")
    disabled_by_default = option(
        t.null_or(t.bool), default=None, doc="Whether the adapter is off unless it is asked for."
    )
    match_only_by_mime = option(
        t.null_or(t.bool), default=None, doc="Whether with `--rga-accurate` the endings do not count."
    )
    output_path_hint = option(
        t.null_or(t.str),
        default=None,
        example="$${input_virtual_path}.txt.asciipagebreaks",
        doc="The name of the result, where another adapter is to go on with it.",
    )


class RipgrepAll(Program):
    """ripgrep-all (rga), which searches in documents and archives"""

    package = Package("ripgrep-all", nullable=True)
    custom_adapters = Settings(
        formats.json,
        type=t.list_of(t.submodule(Adapter)),
        default=[],
        file="ripgrep-all/config.jsonc",
        darwin=application_support("ripgrep-all/config.jsonc"),
        render=lambda self, adapters: formats.json.render(
            {
                "$schema": "./config.schema.json",
                "custom_adapters": [{k: v for k, v in each.items() if v is not None} for each in adapters],
            }
        ),
        doc="Further adapters; see <https://github.com/phiresky/ripgrep-all/wiki#custom-adapters>.",
    )
