"""`lib.hm.types`: the types that home-manager adds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import force, string_of
from home_manager.frontends.nix.lib.filesystem import kind_of
from home_manager.frontends.nix.lib.options import is_tagged
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.frontends.nix.lib.type_values import LaterType, TypeValue
from home_manager.options.declaration import Option
from home_manager.options.definition import Definition
from home_manager.options.location import Location
from home_manager.options.module import ModuleSpec
from home_manager.options.types import public_names as t
from home_manager.options.types.alternatives import Either
from home_manager.options.types.base import Described, OptionType
from home_manager.options.types.scalars import Simple
from home_manager.values import Attrs, Value
from home_manager.values.lazy import Delayed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from home_manager.frontends.nix.lib.library import Library

topic = Topic()
for _name, _type in {
    "selectorFunction": t.selector_function,
    "overlayFunction": t.overlay_function,
    "fontType": t.font,
    "gvariant": t.gvariant,
    "SCFGDirectives": t.anything,
}.items():
    topic.entries[_name] = lambda library, type_=_type: library.type_value(type_)  # type: ignore[misc]


@topic.bound("dagOf", 1)
def dag_of(library: Library, element: Value) -> Value:
    return TypeValue(library, lambda: t.dag_of(library.type(element)))


def nushell_type() -> OptionType:
    """Values that can be written in Nushell, inline code included."""
    inline = Simple("nushell", "Nushell inline value", lambda value: is_tagged(value, "nushell-inline"), class_="name")

    def whole() -> OptionType:
        attrs = Described(t.attrs_of(inner), "attribute set of Nushell values", class_="name")
        items = Described(t.list_of(inner), "list of Nushell values", class_="name")
        return t.null_or(t.one_of(inline, t.bool, t.int, t.float, t.str, t.path, attrs, items))

    inner = LaterType(whole)
    return inner


topic.entries["nushellValue"] = lambda library: library.type_value(nushell_type())


class FileModule:
    """The options of a file that is given as text or as a source, which may be a directory."""

    __slots__ = ("directory", "file", "key", "library")

    def __init__(self, library: Library, directory: str, name: str) -> None:
        self.library = library
        self.directory = directory
        self.file = "lib/types.nix"
        self.key = f"source-file:{directory}/{name}"

    def instantiate(self, arguments: Mapping[str, Value]) -> ModuleSpec:
        target = self.key.removeprefix("source-file:")
        options = {
            "target": Option(t.single_line_str, internal=True, read_only=True),
            "source": Option(
                t.null_or(t.path),
                None,
                description=f"A directory that `{self.directory}` links to, or a file that `{target}` links to.",
            ),
            "text": Option(t.lines, "", description=f"The text of `{target}`."),
            "recursive": Option(
                t.bool, False, description=f"Whether to link each file of a directory on its own in `{self.directory}`."
            ),
        }
        config = force(arguments["config"])

        def where() -> str:
            assert isinstance(config, dict)
            source = force(config["source"])
            return self.directory if source is not None and kind_of(self.library, source) == "directory" else target

        return ModuleSpec(self.key, self.file, options=options, config=Attrs({"target": Delayed(where)}))


def source_file(library: Library, directory: Value, name: Value) -> OptionType:
    return t.submodule_with([FileModule(library, string_of(directory), string_of(name))], shorthand=True)


topic.bound("sourceFile", 2)(
    lambda library, directory, name: TypeValue(library, lambda: source_file(library, directory, name))
)


class FileOrLines(Either):
    """A file, or its text alone."""

    __slots__ = ()

    def merge(self, place: Location, definitions: Sequence[Definition]) -> Value:
        return self.right.merge(place, [self._as_file(each) for each in definitions])

    def _as_file(self, definition: Definition) -> Definition:
        if not self.left.accepts(definition.value):
            return definition
        return definition.of(Attrs({"text": definition.value, "source": None, "recursive": False}))


topic.bound("sourceFileOrLines", 2)(
    lambda library, directory, name: TypeValue(
        library, lambda: FileOrLines(t.lines, source_file(library, directory, name))
    )
)
