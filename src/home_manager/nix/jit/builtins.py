"""What is known of built-ins: which arguments they look at, and how the frequent case is written in place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SILENT: Final = frozenset(("isAttrs", "isBool", "isFloat", "isFunction", "isInt", "isList")) | frozenset(
    ("isNull", "isPath", "isString", "stringLength", "toString", "typeOf")
)
"""Built-ins of one argument that ask for it first, and if that fails, have nothing to say themselves."""

ORDER: Final[Mapping[str, tuple[int, ...]]] = {
    **dict.fromkeys(("length", "head", "tail", "attrNames", "attrValues", "listToAttrs", "concatLists", "seq"), (0,)),
    **dict.fromkeys(("map", "filter", "elem", "genList", "sort", "mapAttrs"), (1,)),
    **dict.fromkeys(("getAttr", "hasAttr", "removeAttrs", "intersectAttrs", "catAttrs", "concatStringsSep"), (0, 1)),
    **dict.fromkeys(("all", "any", "concatMap", "zipAttrsWith", "partition", "groupBy"), (0, 1)),
    "elemAt": (1, 0),
    "foldl'": (0, 2),
    "substring": (0, 1, 2),
    "replaceStrings": (0, 1, 2),
}
"""The arguments that another built-in asks for before it does anything else, in the order in which it does."""

IN_PLACE: Final[Mapping[str, tuple[tuple[str, ...], str, str]]] = {
    "attrNames": (("Attrs",), "", "sorted({0})"),
    "elemAt": (("list", "int"), "0 <= {1} < len({0})", "{0}[{1}]"),
    "hasAttr": (("str", "Attrs"), "", "{0} in {1}"),
    "head": (("list",), "{0}", "{0}[0]"),
    "isAttrs": (("Attrs",), "", "True"),
    "isInt": (("int",), "", "True"),
    "isList": (("list",), "", "True"),
    "isString": (("str",), "", "True"),
    "length": (("list",), "", "len({0})"),
    "stringLength": (("str",), "{0}.isascii()", "len({0})"),
    "substring": (("int", "int", "str"), "{0} >= 0 <= {1} and {2}.isascii()", "{2}[{0} : {0} + {1}]"),
    "tail": (("list",), "{0}", "{0}[1:]"),
    "toString": (("int",), "", "str({0})"),
}
"""The Python types of the arguments in the frequent case, what must hold of them besides, and what the value is then."""

MAYBE_LAZY: Final = frozenset(("elemAt", "head"))
"""Those whose value in the frequent case may be lazy."""

READING: Final = frozenset(("concatStringsSep", "elem", "replaceStrings"))
"""Those that look at lists but never give one on: data that is written down need not be copied for them."""
