"""Collects the sentences of the program and brings the catalogues of translations up to date (`make messages`).

Two kinds of sentence are found in the sources:

- what stands in `_()`, `_n()` and `later()`, translated where it stands;
- the texts of diagnostics. They are made in packages that know no languages, and translated when they are shown
  (`cli/translated.py`). So each text with a space in a function that makes a diagnostic counts, an f-string as a
  template: f"no option `{place}`" is "no option `{place}`", and an inner `x if … else y` makes two templates.

For each `locale/LANGUAGE/LC_MESSAGES/home-manager.po` new sentences are added, old ones dropped, and the compiled catalogue
is written beside it. The sentences stand in the order of the alphabet, without a word about where they come from: so what
two people add seldom meets, and code that moves changes nothing. `--check` changes nothing and exits with 1 where
something would change; a release asks for that, not every commit. `--compile` only compiles.
"""

from __future__ import annotations

import argparse
import ast
import io
import itertools
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCES = Path(__file__).parent.parent / "src" / "home_manager"
LOCALE = SOURCES / "locale"
DOMAIN = "home-manager"
MARKS = {"_": 1, "later": 1, "_n": 2}
"""The functions that mark a sentence, and how many of their arguments are its forms."""
MAKERS = frozenset({"failure", "refused", "Diagnostic", "Label", "Mismatch", "add_frame", "mismatch"})
"""What makes a diagnostic or a part of one."""
ADVICE = "frontends/nix/suggestions"
"""The package that does nothing but say things: every function there makes a part of a diagnostic."""
Message = str | tuple[str, str]


def called(call: ast.Call) -> str:
    """The last name of what is called."""
    function = call.func
    return (
        function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""
    )


def marked(tree: ast.Module) -> Iterator[Message]:
    """The sentences that are marked for translation."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (forms := MARKS.get(called(node))):
            texts = [each.value for each in node.args[:forms] if isinstance(each, ast.Constant)]
            if len(texts) == forms and all(isinstance(text, str) and text for text in texts):
                yield (str(texts[0]), str(texts[1])) if forms == 2 else str(texts[0])


def of_diagnostics(tree: ast.Module, *, everything: bool = False) -> Iterator[Message]:
    """The templates of the texts of diagnostics; with `everything`, of all functions."""
    for function in ast.walk(tree):
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) and (
            everything or any(isinstance(node, ast.Call) and called(node) in MAKERS for node in ast.walk(function))
        ):
            for node in texts_below(function):
                yield from (text for text in templates(node) if is_sentence(text))
    for node in tree.body:
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None and is_hint(node):
            yield from templates(node.value)


def is_hint(node: ast.Assign | ast.AnnAssign) -> bool:
    """Whether a constant of a module is the text of a hint or note, by its name."""
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    return isinstance(target, ast.Name) and target.id.endswith(("_HINT", "_NOTE"))


def texts_below(function: ast.AST) -> Iterator[ast.expr]:
    """The outermost texts of a function, its docstrings and those of what it holds left out."""
    for child in ast.iter_child_nodes(function):
        if isinstance(child, ast.JoinedStr) or (isinstance(child, ast.Constant) and isinstance(child.value, str)):
            yield child
        elif not (isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)):
            yield from texts_below(child)


def templates(node: ast.expr) -> list[str]:
    """The templates that a text may come from."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.IfExp):
        return templates(node.body) + templates(node.orelse)
    if not isinstance(node, ast.JoinedStr):
        return []
    names: dict[str, str] = {}
    pieces: list[list[str]] = []
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            fixed = templates(part.value) if isinstance(part.value, ast.IfExp) else []
            pieces.append(fixed or [f"{{{placeholder(part.value, names)}}}"])
        else:
            pieces.append(templates(part))
    return ["".join(choice) for choice in itertools.islice(itertools.product(*pieces), 16)]


def placeholder(value: ast.expr, names: dict[str, str]) -> str:
    """The name of an f-string's hole: that of the variable or attribute, the same for the same expression."""
    code = ast.unparse(value)
    if code not in names:
        found = re.findall(r"[a-z][a-z_0-9]*", code) or ["value"]
        plain = isinstance(value, (ast.Name, ast.Attribute))
        name = found[-1] if plain else next((each for each in found[1:] if len(each) > 2), found[0])
        while name in names.values():
            name += "_"
        names[code] = name
    return names[code]


def is_sentence(text: str) -> bool:
    """Whether there are words in it: a space, and letters outside of holes."""
    words = re.sub(r"\{\w+\}|`[^`]*`", "", text)
    return " " in text.strip() and re.search(r"[A-Za-z]{2}", words) is not None


def collected(sources: Path) -> list[Message]:
    """All sentences, each once, in the order of the files that they stand in."""
    found: dict[str, Message] = {}
    for path in sorted(sources.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        # The language's own mistakes are told in Nix's words, which people search for.
        if path.is_relative_to(sources / "nix"):
            told: Iterable[Message] = ()
        else:
            told = of_diagnostics(tree, everything=path.is_relative_to(sources / ADVICE))
        both = itertools.chain(marked(tree), told)
        for message in both:
            key = message if isinstance(message, str) else message[0]
            if key not in found or isinstance(message, tuple):
                found[key] = message
    return list(found.values())


def merged(old: Catalog, messages: Iterable[Message]) -> Catalog:
    """The catalogue with these sentences: what was translated stays, what is gone is dropped."""
    new = Catalog(
        locale=old.locale, domain=DOMAIN, project="home-manager", header_comment="", charset="utf-8", fuzzy=False
    )
    for message in sorted(messages, key=lambda each: each if isinstance(each, str) else each[0]):
        known = old.get(message if isinstance(message, str) else message[0])
        string = known.string if known is not None and not known.fuzzy else None
        if string is not None and isinstance(string, str) != isinstance(message, str):
            string = None
        new.add(message, string)
    return new


def text_of(catalogue: Catalog) -> bytes:
    """The catalogue as a .po file, with nothing in it that changes from day to day."""
    out = io.BytesIO()
    write_po(out, catalogue, width=120, omit_header=True)
    plurals = catalogue.plural_forms
    head = (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {catalogue.locale}\\n"\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: {plurals}\\n"\n\n'
    )
    return head.encode() + out.getvalue()


def compiled(po: bytes, language: str) -> bytes:
    """The catalogue that the program reads."""
    catalogue = read_po(io.BytesIO(po), locale=language, domain=DOMAIN)
    out = io.BytesIO()
    write_mo(out, catalogue)
    # The header of the catalogue has the time of its making; the .po has none, so that equal texts give equal files.
    return re.sub(rb"(POT-Creation-Date|PO-Revision-Date): [^\n]*", rb"\1: 2000-01-01 00:00+0000", out.getvalue())


def catalogues() -> list[Path]:
    return sorted(LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--compile", action="store_true")
    parser.add_argument("--missing", action="store_true", help="list what is not translated")
    arguments = parser.parse_args()
    if arguments.compile:
        for po in catalogues():
            po.with_suffix(".mo").write_bytes(compiled(po.read_bytes(), po.parent.parent.name))
        return 0
    messages = collected(SOURCES)
    stale = False
    for po in catalogues():
        language = po.parent.parent.name
        catalogue = merged(read_po(io.BytesIO(po.read_bytes()), locale=language, domain=DOMAIN), messages)
        text = text_of(catalogue)
        stale = stale or po.read_bytes() != text
        if not arguments.check:
            po.write_bytes(text)
            po.with_suffix(".mo").write_bytes(compiled(text, language))
        untranslated = [entry.id for entry in catalogue if entry.id and not any(as_forms(entry.string))]
        print(f"{language}: {len(messages) - len(untranslated)} of {len(messages)} sentences are translated")
        if arguments.missing:
            print(*untranslated, sep="\n")
    if arguments.check and stale:
        print("the catalogues are out of date: make messages")
    return int(arguments.check and stale)


def as_forms(string: object) -> tuple[str, ...]:
    return tuple(str(each or "") for each in string) if isinstance(string, (tuple, list)) else (str(string or ""),)


if __name__ == "__main__":
    sys.exit(main())
