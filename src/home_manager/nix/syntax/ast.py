"""The tree that the parser makes: what was written, before names are looked up.

`lowering` turns it into IR, and that into the nodes that evaluate; `unparse` prints it as `nix-instantiate --parse` does.
Offsets count characters of the source's text, `end` excluded.
"""

from __future__ import annotations

from typing import Final, Literal


class Node:
    """An expression as written."""

    __slots__ = ("end", "start")

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end


class Constant(Node):
    """A number or a string without interpolation (also a URI)."""

    __slots__ = ("value",)

    def __init__(self, start: int, end: int, value: int | float | str) -> None:
        self.start = start
        self.end = end
        self.value: Final = value


class PathText(Node):
    """A path literal; `text` is absolute, except that `~/…` stays as it is. A trailing slash is kept."""

    __slots__ = ("text",)

    def __init__(self, start: int, end: int, text: str) -> None:
        self.start = start
        self.end = end
        self.text: Final = text


class SearchPath(Node):
    """`<nixpkgs/lib>`; `text` is what stands between the brackets."""

    __slots__ = ("text",)

    def __init__(self, start: int, end: int, text: str) -> None:
        self.start = start
        self.end = end
        self.text: Final = text


class Name(Node):
    """A variable."""

    __slots__ = ("name",)

    def __init__(self, start: int, end: int, name: str) -> None:
        self.start = start
        self.end = end
        self.name: Final = name


class CurrentPosition(Node):
    """`__curPos`."""

    __slots__ = ()


class Concatenation(Node):
    """A string or path with interpolations (`text` is true for a string), or `a + b`."""

    __slots__ = ("at", "parts", "text")

    def __init__(self, start: int, end: int, parts: list[Node], *, text: bool, at: int) -> None:
        self.start = start
        self.end = end
        self.parts: Final = parts
        self.text: Final = text
        self.at: Final = at


class ListNode(Node):
    """`[ … ]`."""

    __slots__ = ("items",)

    def __init__(self, start: int, end: int, items: list[Node]) -> None:
        self.start = start
        self.end = end
        self.items: Final = items


BindingKind = Literal["plain", "inherit", "inherit-from"]


class Binding:
    """One attribute of a set or `let`; `start` is where its path (or, inherited, its name) begins.

    `source_index` is the place of the `inherit (…)` expression in `AttrSet.inherit_from`.
    """

    __slots__ = ("end", "kind", "source_index", "start", "value")

    def __init__(self, value: Node, start: int, end: int, kind: BindingKind = "plain", source_index: int = -1) -> None:
        self.value = value
        self.start = start
        self.end = end
        self.kind: Final[BindingKind] = kind
        self.source_index = source_index


class DynamicBinding:
    """An attribute whose name is computed."""

    __slots__ = ("end", "name", "start", "value")

    def __init__(self, name: Node, value: Node, start: int, end: int) -> None:
        self.name: Final = name
        self.value: Final = value
        self.start: Final = start
        self.end: Final = end


class AttrSet(Node):
    """`{ … }`, `rec { … }` and the bindings of a `let`."""

    __slots__ = ("bindings", "dynamic", "inherit_from", "recursive")

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end
        self.recursive = False
        self.bindings: dict[str, Binding] = {}
        self.dynamic: list[DynamicBinding] = []
        self.inherit_from: list[Node] = []


class Let(Node):
    """`let … in …`."""

    __slots__ = ("attrs", "body")

    def __init__(self, start: int, end: int, attrs: AttrSet, body: Node) -> None:
        self.start = start
        self.end = end
        self.attrs: Final = attrs
        self.body: Final = body


AttrPath = list["str | Node"]
"""Names, and expressions where a name is computed."""


class SelectNode(Node):
    """`a.b.c` and `a.b.c or d`."""

    __slots__ = ("base", "default", "path")

    def __init__(self, start: int, end: int, base: Node, path: AttrPath, default: Node | None) -> None:
        self.start = start
        self.end = end
        self.base: Final = base
        self.path: Final = path
        self.default: Final = default


class HasAttrNode(Node):
    """`a ? b.c`."""

    __slots__ = ("base", "path")

    def __init__(self, start: int, end: int, base: Node, path: AttrPath) -> None:
        self.start = start
        self.end = end
        self.base: Final = base
        self.path: Final = path


class Formal:
    """One attribute that a function expects."""

    __slots__ = ("default", "end", "name", "start")

    def __init__(self, name: str, default: Node | None, start: int, end: int) -> None:
        self.name: Final = name
        self.default: Final = default
        self.start: Final = start
        self.end: Final = end


class Function(Node):
    """`x: …`, `{ a, b ? c, ... }: …`, with or without `@`. `name` is what it was bound to, for messages."""

    __slots__ = ("argument", "body", "ellipsis", "formals", "name")

    def __init__(
        self, start: int, end: int, argument: str | None, formals: list[Formal] | None, ellipsis: bool, body: Node
    ) -> None:
        self.start = start
        self.end = end
        self.argument: Final = argument
        self.formals: Final = formals
        self.ellipsis: Final = ellipsis
        self.body: Final = body
        self.name = ""


class Apply(Node):
    """`f a b`; `at` is what an error points to (the operator, for pipes)."""

    __slots__ = ("arguments", "at", "function")

    def __init__(self, start: int, end: int, function: Node, arguments: list[Node], at: int) -> None:
        self.start = start
        self.end = end
        self.function: Final = function
        self.arguments: Final = arguments
        self.at: Final = at


class IfNode(Node):
    """`if … then … else …`."""

    __slots__ = ("condition", "no", "yes")

    def __init__(self, start: int, end: int, condition: Node, yes: Node, no: Node) -> None:
        self.start = start
        self.end = end
        self.condition: Final = condition
        self.yes: Final = yes
        self.no: Final = no


class WithNode(Node):
    """`with …; …`."""

    __slots__ = ("attrs", "body")

    def __init__(self, start: int, end: int, attrs: Node, body: Node) -> None:
        self.start = start
        self.end = end
        self.attrs: Final = attrs
        self.body: Final = body


class AssertNode(Node):
    """`assert …; …`."""

    __slots__ = ("body", "condition")

    def __init__(self, start: int, end: int, condition: Node, body: Node) -> None:
        self.start = start
        self.end = end
        self.condition: Final = condition
        self.body: Final = body


class NotNode(Node):
    """`!a`."""

    __slots__ = ("operand",)

    def __init__(self, start: int, end: int, operand: Node) -> None:
        self.start = start
        self.end = end
        self.operand: Final = operand


class Negation(Node):
    """`-a`."""

    __slots__ = ("operand",)

    def __init__(self, start: int, end: int, operand: Node) -> None:
        self.start = start
        self.end = end
        self.operand: Final = operand


class Binary(Node):
    """An operator between two operands, `+` excepted; `at` is where the operator stands."""

    __slots__ = ("at", "left", "operator", "right")

    def __init__(self, start: int, end: int, operator: str, left: Node, right: Node, at: int) -> None:
        self.start = start
        self.end = end
        self.operator: Final = operator
        self.left: Final = left
        self.right: Final = right
        self.at: Final = at
