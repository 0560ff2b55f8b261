"""Names that nothing binds, and attributes that a set has not: what was probably meant."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from home_manager.diagnostics import Diagnostic, Label, Span
from home_manager.frontends.nix.suggestions.written import module_function, one_line, tree_of, way_to
from home_manager.nix.syntax import ast
from home_manager.values import Attrs
from home_manager.values.lazy import force

ARGUMENTS = frozenset(("pkgs", "lib", "config", "options", "modulesPath", "osConfig", "inputs"))
"""What a module can ask for, or is often passed."""

BOOLEANS = {"yes": "true", "no": "false", "on": "true", "off": "false", "True": "true", "False": "false"}
A_PACKAGE = "is a package meant?"
NAME = re.compile(r"'(.*)'")


def undefined(diagnostic: Diagnostic, lib: Attrs) -> Diagnostic:
    """An undefined variable with what to write instead."""
    span = diagnostic.span
    found = NAME.search(diagnostic.message)
    tree = None if span is None else tree_of(span.source)
    if span is None or found is None or tree is None:
        return diagnostic
    name = found[1]
    way = way_to(tree, span.start, span.end)
    advice = _Undefined(span, name, tree, way, lambda word: word in lib)
    label, hints, more = advice.said()
    if diagnostic.hints and not hints:
        return replace(diagnostic, labels=(Label(span, "nothing has this name here"),))
    return replace(diagnostic, labels=(Label(span, label), *more), hints=hints or diagnostic.hints)


class _Undefined:
    """One use of a name that nothing binds."""

    def __init__(
        self, span: Span, name: str, tree: ast.Node, way: list[ast.Node], in_lib: Callable[[str], bool]
    ) -> None:
        self.span = span
        self.name = name
        self.tree = tree
        self.way = way
        self.in_lib = in_lib

    def said(self) -> tuple[str, tuple[str, ...], tuple[Label, ...]]:
        """The words below the name, what to write, and further places."""
        name = self.name
        parent = self.way[-2] if len(self.way) > 1 else None
        if isinstance(parent, ast.Concatenation) and parent.text and name not in ARGUMENTS:
            return self._interpolated(parent)
        if isinstance(parent, ast.SelectNode) and parent.base is self.way[-1] and parent.path[-1] == "nix":
            file = one_line(self.span.source, parent)
            return "this is read as a variable, not as a file", (f"begin the path of a file with `./`: ./{file}",), ()
        if name in BOOLEANS:
            return "nothing has this name", (f"write `{BOOLEANS[name]}`",), ()
        if name in ARGUMENTS:
            return self._argument()
        if self.in_lib(name):
            return self._from_lib()
        for index, outer in enumerate(reversed(self.way)):
            if isinstance(outer, ast.ListNode) and index == 1:
                return self._in_list(outer)
        return "nothing has this name here", (), ()

    def _argument(
        self, label: str = "the file does not ask for this argument"
    ) -> tuple[str, tuple[str, ...], tuple[Label, ...]]:
        asked = asks_for(self.tree, self.name if label.startswith("the file") else "lib")
        function = module_function(self.tree)
        if function is None or not function.formals:
            return label, asked, ()
        start = function.start
        end = self.span.source.text.find("}", function.formals[-1].end) + 1 or function.formals[-1].end
        return label, asked, (Label(Span(self.span.source, start, end), "it asks for these alone"),)

    def _from_lib(self) -> tuple[str, tuple[str, ...], tuple[Label, ...]]:
        hint = f"write `lib.{self.name}`"
        if _asked(self.tree, "lib"):
            return "this function is in `lib`", (hint,), ()
        return "this function is in `lib`", (hint, *asks_for(self.tree, "lib")), ()

    def _in_list(self, outer: ast.ListNode) -> tuple[str, tuple[str, ...], tuple[Label, ...]]:
        source = self.span.source
        text = one_line(source, outer, 40)
        whole = text if text != "…" else "[ … ]"
        hints: tuple[str, ...] = (f"write `pkgs.{self.name}`, or `with pkgs;` before the list: with pkgs; {whole}",)
        if not _asked(self.tree, "pkgs"):
            hints = (*hints, *asks_for(self.tree, "pkgs"))
        return A_PACKAGE, hints, ()

    def _interpolated(self, string: ast.Concatenation) -> tuple[str, tuple[str, ...], tuple[Label, ...]]:
        indented = self.span.source.text.startswith("''", string.start)
        escaped = "''${" + self.name + "}" if indented else "\\${" + self.name + "}"
        said = "inside of a string, `${…}` is replaced by the value of an expression"
        hints = [f"to leave it for the shell, write {escaped}"]
        if not self.name.isupper():
            hints.insert(0, f"for a package, write ${{pkgs.{self.name}}}")
        if indented and self.name.isupper():
            hints.append(f"without braces it is left alone: ${self.name}")
        return said, tuple(hints), ()


def _asked(tree: ast.Node, name: str) -> bool:
    function = module_function(tree)
    return function is not None and any(formal.name == name for formal in function.formals or ())


def asks_for(tree: ast.Node, name: str) -> tuple[str, ...]:
    """How a file asks for an argument."""
    function = module_function(tree)
    if function is None:
        return (f"begin the file with `{{ {name}, ... }}:`, so that it is given `{name}`",)
    names = [formal.name for formal in function.formals or ()]
    wanted = ", ".join([*names, name, *(["..."] if function.ellipsis else [])])
    return (f"ask for it in the first line: {{ {wanted} }}:",)


def missing(diagnostic: Diagnostic, lib: Attrs) -> Diagnostic:
    """An attribute that a set has not: functions of `lib` that are elsewhere in it."""
    span = diagnostic.span
    found = NAME.search(diagnostic.message)
    tree = None if span is None else tree_of(span.source)
    if span is None or found is None or tree is None:
        return diagnostic
    way = way_to(tree, span.start, span.end)
    select = next((each for each in reversed(way) if isinstance(each, ast.SelectNode)), None)
    if select is None or not isinstance(select.base, ast.Name):
        return diagnostic
    label = Label(span, f"`{select.base.name}` has no `{found[1]}`" if select.path[0] == found[1] else "not there")
    diagnostic = replace(diagnostic, labels=(label, *diagnostic.labels[1:]))
    if diagnostic.hints or select.base.name != "lib" or select.path[0] != found[1]:
        return diagnostic
    for group in ("hm", "strings", "lists", "attrsets", "trivial", "generators", "types"):
        inner = force(lib[group]) if group in lib else {}
        if isinstance(inner, dict) and found[1] in inner:
            rest = ".".join(str(each) for each in select.path)
            return replace(diagnostic, hints=(f"write `lib.{group}.{rest}`",))
    return diagnostic


def grouped(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """The names in one list that nothing binds as one mistake: the packages of a list without `with pkgs;`."""
    result: list[Diagnostic] = []
    for diagnostic in diagnostics:
        last = result[-1] if result else None
        if last is not None and _same_list(last, diagnostic):
            labels = (*last.labels, *diagnostic.labels)
            names = [span.source.text[span.start : span.end] for span in (each.span for each in labels)]
            shown = f"{', '.join(names[:-1])} and {names[-1]}"
            merged = replace(last, message=f"undefined variables {shown}", labels=labels)
            result[-1] = replace(merged, hints=(f"write `with pkgs;` before the list, or `pkgs.{names[0]}`",))
        else:
            result.append(diagnostic)
    return result


def _same_list(one: Diagnostic, other: Diagnostic) -> bool:
    first, second = one.span, other.span
    if first is None or second is None or first.source is not second.source:
        return False
    if any(not each.labels or each.labels[0].text != A_PACKAGE for each in (one, other)):
        return False
    tree = tree_of(first.source)
    return tree is not None and way_to(tree, first.start, first.end)[-2] is way_to(tree, second.start, second.end)[-2]


def not_passed(diagnostic: Diagnostic) -> Diagnostic:
    """An argument that a module asks for and nobody passes."""
    found = re.search(r"`(.*)`", diagnostic.message)
    span = diagnostic.span
    if found is None or span is None:
        return diagnostic
    name = found[1]
    if diagnostic.hints and "special argument" in diagnostic.message:
        return replace(diagnostic, labels=(Label(span, "nothing gives a value for this"), *diagnostic.labels[1:]))
    return replace(
        diagnostic,
        labels=(Label(span, "nothing gives a value for this"), *diagnostic.labels[1:]),
        hints=(
            f"where the configuration is made, pass it: extraSpecialArgs = {{ inherit {name}; }};",
            f"or define it in a module: _module.args.{name} = …;",
        ),
    )


def called_a_package(diagnostic: Diagnostic) -> Diagnostic:
    """A package that is called: most often a builder that this package set does not have."""
    span = diagnostic.span
    shown = "a package" if span is None else f"`{span.source.text[span.start : span.end]}`"
    return replace(
        diagnostic,
        message=f"{shown} is called, but it is a package and no function",
        labels=() if span is None else (Label(span, "no function of this name is known here"), *diagnostic.labels[1:]),
        hints=(
            *diagnostic.hints,
            "if it builds packages in nixpkgs, this package set has no such builder: take a package that is made, "
            "or build it with `runCommand` or `stdenv.mkDerivation`",
        ),
    )
