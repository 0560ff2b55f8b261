"""What is known of built-ins: which arguments they look at, and how the frequent case is written in place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from home_manager.nix.jit.demand import ANY, Asked

SILENT: Final = frozenset(("isAttrs", "isBool", "isFloat", "isFunction", "isInt", "isList")) | frozenset(
    ("isNull", "isPath", "isString", "stringLength", "toString", "typeOf")
)
"""Built-ins of one argument that ask for it first, and if that fails, have nothing to say themselves."""

_SET: Final = "type({0}) is Attrs"
_LIST: Final = "type({0}) is list"
_INTEGER: Final = "type({0}) is int"
_TEXT: Final = "type({0}) is str"
_FUNCTION: Final = "(type({0}) is Lambda or type({0}) is Builtin)"

ORDER: Final[Mapping[str, Asked]] = {
    **dict.fromkeys(("length", "head", "tail", "attrNames", "attrValues", "listToAttrs", "concatLists"), ((0, ANY),)),
    **dict.fromkeys(("map", "filter", "elem", "genList", "sort", "mapAttrs"), ((1, ANY),)),
    **dict.fromkeys(("getAttr", "hasAttr", "catAttrs", "concatStringsSep"), ((0, _TEXT), (1, ANY))),
    **dict.fromkeys(("removeAttrs", "intersectAttrs"), ((0, _SET), (1, ANY))),
    **dict.fromkeys(("all", "any", "concatMap", "zipAttrsWith", "partition", "groupBy"), ((0, _FUNCTION), (1, ANY))),
    "elemAt": ((1, _INTEGER), (0, ANY)),
    "foldl'": ((0, _FUNCTION), (2, ANY)),
    "seq": ((0, ANY),),
    "substring": ((0, _INTEGER + " and {0} >= 0"), (1, _INTEGER), (2, ANY)),
    # It looks at the texts to be replaced before it looks where.
    "replaceStrings": (
        (0, _LIST + " and len({0}) == 1 and type({0}[0]) is str"),
        (1, _LIST + " and len({0}) == 1"),
        (2, ANY),
    ),
}
"""The arguments that another built-in asks for before it does anything else; see `Asked`."""

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
