"""Modules that cannot be imported, and imports that depend on what they decide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from home_manager.diagnostics import Diagnostic, Failure, Label, Source, Span
from home_manager.frontends.nix.suggestions.written import (
    as_argument,
    bound_value,
    called,
    everything,
    inside,
    module_function,
    one_line,
    tree_of,
    unwrapped,
    way_to,
)
from home_manager.nix.syntax import ast
from home_manager.options.errors.subjects import Imported
from home_manager.values import PathValue
from home_manager.values.lazy import force

Read = Callable[[str], Source]
"""Reads the text of a file again."""

LATE = ("config", "pkgs", "options", "osConfig")
"""Arguments that are there only when all files are imported."""


def imported(diagnostic: Diagnostic, subject: Imported, read: Read) -> Diagnostic:
    """The import that failed marked, in place of all imports."""
    source = subject.span.source
    value = bound_value(subject.span, "imports")
    node = None if value is None else inside(value, [subject.index])
    if node is None and value is not None and not isinstance(value, ast.ListNode):
        node = value
    if node is None:
        return diagnostic
    span = Span(source, node.start, node.end)
    said, hints = "imported here", diagnostic.hints
    notes = diagnostic.notes
    match diagnostic.code:
        case "not-a-module" if isinstance(node, ast.Constant):
            said = "this is a string, not a path"
            hints = (f"write the path of a file without quotes: {node.value}",)
            notes = ()
        case "not-a-module" if "it is a list" in notes:
            hints = ("write the option that the list is for into that file: { home.packages = [ … ]; }",)
            said = "this file has a list in it"
            notes = ("a file that is imported is a set of options, `{ … }`, or a function that returns one",)
        case "not-a-module":
            notes = (*notes, "a file that is imported is a set of options, `{ … }`, or a function that returns one")
        case "imports-not-a-list":
            return _not_a_list(diagnostic, subject, read)
        case "nix-io" if diagnostic.message.endswith("does not exist"):
            said = "there is no such file"
            hints = ("look at the spelling; the path starts from the folder of the file that it is written in",)
        case "nix-argument":
            return _called_by_hand(diagnostic, source, node)
        case "infinite-recursion":
            return _whole_module(diagnostic, subject, read)
    return replace(diagnostic, labels=(Label(span, said),), hints=hints, notes=notes)


def _called_by_hand(diagnostic: Diagnostic, source: Source, node: ast.Node) -> Diagnostic:
    """`(import ./x.nix { … })` among the imports, where the path alone is enough."""
    if not isinstance(node, ast.Apply) or called(node) != "import":
        return diagnostic
    label = Label(Span(source, node.start, node.end), "the file is called here with these arguments alone")
    file = one_line(source, node.arguments[0])
    hint = f"import the path, and the file is given every argument that it asks for: imports = [ {file} ];"
    return replace(diagnostic, labels=(label, *diagnostic.labels), hints=(*diagnostic.hints, hint))


def imports_not_a_list(diagnostic: Diagnostic) -> Diagnostic:
    """One file where a list of files is expected."""
    span = diagnostic.span
    value = None if span is None else bound_value(span, "imports")
    if span is None or value is None:
        return diagnostic
    text = one_line(span.source, value)
    label = Label(Span(span.source, value.start, value.end), "this is no list")
    return replace(
        diagnostic, labels=(label,), notes=(), hints=(f"put it in brackets: imports = [ {as_argument(text)} ];",)
    )


def _not_a_list(diagnostic: Diagnostic, subject: Imported, read: Read) -> Diagnostic:
    source = _file(subject, read)
    tree = None if source is None else tree_of(source)
    if source is None or tree is None:
        return diagnostic
    for node in everything(tree):
        if isinstance(node, ast.AttrSet) and "imports" in node.bindings:
            binding = node.bindings["imports"]
            span = Span(source, binding.start, binding.end)
            return imports_not_a_list(replace(diagnostic, labels=(Label(span),)))
    return diagnostic


def _file(subject: Imported, read: Read) -> Source | None:
    """The text of the file that was to be imported."""
    item = force(subject.item)
    if not isinstance(item, PathValue):
        return None
    try:
        return read(item.text)
    except Failure:
        return None


def _whole_module(diagnostic: Diagnostic, subject: Imported, read: Read) -> Diagnostic:
    """A module of which not even the names of its options are known without the configuration."""
    source = _file(subject, read)
    tree = None if source is None else tree_of(source)
    function = None if tree is None else module_function(tree)
    if source is None or function is None:
        return diagnostic
    for outer in everything(function.body):
        place = outer.condition if isinstance(outer, ast.IfNode) else None
        if isinstance(outer, ast.Binary) and outer.operator == "//":
            place = outer.right
        culprit = None if place is None else late_name(place)
        if culprit is not None:
            label = Label(
                Span(source, culprit.start, culprit.end),
                f"which options are written here must be known before `{culprit.name}` is",
            )
            hints = ["write the options always, and make their values depend on the condition: lib.mkIf … { … }"]
            if isinstance(outer, ast.IfNode):
                condition = as_argument(one_line(source, outer.condition))
                hints = [f"write the condition with `mkIf`: {{ config = lib.mkIf {condition} {{ … }}; }}"]
            message = f"which options `{source.name}` sets depends on the configuration itself"
            return replace(diagnostic, message=message, labels=(label,), hints=tuple(hints))
    return diagnostic


def late_name(node: ast.Node) -> ast.Name | None:
    """The first use of an argument that is there only when all files are imported."""
    names = (each for each in everything(node) if isinstance(each, ast.Name))
    return next((each for each in names if each.name in LATE), None)


def conditional_import(diagnostic: Diagnostic) -> Diagnostic:
    """Imports that ask the configuration: the file is imported always, and its contents depend on the condition."""
    span = diagnostic.span
    tree = None if span is None else tree_of(span.source)
    if span is None or tree is None:
        return diagnostic
    for node in way_to(tree, span.start, span.end):
        binding = node.bindings.get("imports") if isinstance(node, ast.AttrSet) else None
        culprit = None if binding is None else late_name(binding.value)
        if binding is not None and culprit is not None:
            source = span.source
            place = Span(source, culprit.start, culprit.end)
            label = Label(place, f"`{culprit.name}` is there only when all files are imported")
            return replace(diagnostic, labels=(label,), hints=_imported_always(source, binding.value))
    return diagnostic


def condition_around_import(diagnostic: Diagnostic, span: Span) -> Diagnostic:
    """`mkIf` around a file in `imports`."""
    value = bound_value(span, "imports")
    for node in () if value is None else everything(value):
        if called(node) == "mkIf" and isinstance(node, ast.Apply):
            label = Label(Span(span.source, node.start, node.end), "files are imported always or never")
            return replace(
                diagnostic,
                message="`mkIf` cannot stand around an imported file",
                labels=(label,),
                notes=(),
                hints=_imported_always(span.source, node),
            )
    return diagnostic


def _imported_always(source: Source, value: ast.Node) -> tuple[str, ...]:
    inner = unwrapped(value) if called(value) != "mkIf" else value
    if isinstance(inner, ast.Apply) and len(inner.arguments) == 2:
        condition, file = (one_line(source, each) for each in inner.arguments)
        return (
            f"import it always: imports = [ {file} ];",
            f"and write in {file}: config = lib.mkIf {as_argument(condition)} {{ … }};",
        )
    return ("import the file always, and write `config = lib.mkIf CONDITION { … };` in it",)
