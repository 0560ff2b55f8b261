"""`optionAttrSetToDocList` of `lib.options`: the list of options that manuals are made from."""

from __future__ import annotations

from home_manager.frontends.nix.lib.arguments import Later, attribute, attrs_of, equal, has, list_of, select
from home_manager.frontends.nix.lib.attrsets import is_derivation
from home_manager.frontends.nix.lib.options import (
    has_text,
    is_tagged,
    literal,
    show_option,
)
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.nix.evaluation import call
from home_manager.options.module import UNKNOWN_FILE
from home_manager.values import MISSING, Attrs, Value
from home_manager.values.lazy import Delayed, force

topic = Topic()


def render_value(value: Value) -> Value:
    """A default or an example as code; text that is given as such stays."""
    # Start-up: only documentation and messages print values.
    from home_manager.frontends.nix.lib.pretty import Style, pretty

    value = force(value)
    return value if has_text(value) else literal("literalExpression", pretty(value, Style(pretty_values=True)))


topic.function("renderOptionValue", 1)(render_value)


def option_leaves(options: Value, into: list[dict[str, Value]]) -> None:
    value = force(options)
    if not isinstance(value, dict):
        return
    if is_tagged(value, "option"):
        into.append(value)
        return
    for name in sorted(value):
        option_leaves(value[name], into)


def documents(options: Value) -> list[Value]:
    """One set for each option below `options`, sub-options of submodules included."""
    leaves: list[dict[str, Value]] = []
    option_leaves(options, leaves)
    result: list[Value] = []
    for option in leaves:
        visible = force(option.get("visible", True))
        result.append(document(option, visible))
        if visible is True or visible == "transparent":
            kind = force(option.get("type"))
            below = call(kind["getSubOptions"], option["loc"]) if isinstance(kind, dict) else None
            if isinstance(below, dict) and below:
                result += documents(below)
    return result


def document(option: dict[str, Value], visible: Value) -> Attrs:
    place = list_of(select(option, "loc"))
    kind = option.get("type", Attrs())
    files = [file for file in list_of(select(option, "declarations")) if not equal(file, UNKNOWN_FILE)]
    result = Attrs(
        {
            "loc": place,
            "name": show_option(place),
            "description": option.get("description"),
            "declarations": files,
            "internal": option.get("internal", False),
            "visible": visible if isinstance(visible, bool) else visible == "shallow",
            "readOnly": option.get("readOnly", False),
            "type": attribute(kind, "description", "unspecified"),
        }
    )
    if "example" in option:
        result["example"] = Delayed(lambda: render_value(option["example"]))
    empty = attribute(kind, "emptyValue", Attrs())
    if "defaultText" in option or "default" in option:
        shown = option["defaultText"] if "defaultText" in option else option["default"]
        result["default"] = Delayed(lambda: render_value(shown))
    elif has(empty, "value") and attribute(kind, "getSubModules") is None:
        result["default"] = Delayed(lambda: render_value(attrs_of(empty)["value"]))
    related = option.get("relatedPackages", MISSING)
    if related is not MISSING and force(related) is not None:
        result["relatedPackages"] = related
    return result


@topic.function("optionAttrSetToDocList", 1)
def option_documents(options: Value) -> Value:
    return documents(options)


@topic.function("optionAttrSetToDocList'", 2)
def option_documents_below(prefix: Value, options: Value) -> Value:
    return documents(options)


def scrubbed(value: Value) -> Value:
    """A value whose packages are named only, so that a manual does not depend on them."""
    value = force(value)
    if is_derivation(value):
        name = select(value, "name")
        return Attrs({"type": "derivation", "drvPath": name, "outPath": name, "name": name})
    if isinstance(value, list):
        return [Later(scrubbed, item) for item in value]
    if isinstance(value, dict):
        return Attrs({name: Later(scrubbed, item) for name, item in value.items() if name != "_args"})
    return value


@topic.function("scrubOptionValue", 1)
def scrub_option_value(value: Value) -> Value:
    return scrubbed(value)
