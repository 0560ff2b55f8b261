"""Advice on every mistake that the language and the option engine find."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from home_manager.diagnostics import Diagnostic, Failure, Failures
from home_manager.frontends.nix.suggestions import (
    for_assertions,
    for_files,
    for_modules,
    for_names,
    for_syntax_errors,
    for_values,
    for_variables,
)
from home_manager.options.errors.subjects import Conflicting, Imported, Mismatched, Undefined, Unknown, Within
from home_manager.values import Attrs
from home_manager.values.lazy import force

if TYPE_CHECKING:
    from home_manager.options.eval_modules import Evaluation


CALLED_A_PACKAGE = 'attempt to call something which is not a function but a set: { type = "derivation"'
"""How the language says that a package was called; what follows is the whole of it."""


def advise(failure: Failure, evaluation: Evaluation, read: for_modules.Read) -> None:
    """Makes what a failure says better: the value at fault marked, its cause, the code to write.

    It says the same where nothing more is known. It must not fail itself: what it looks at may be broken, too.
    """
    subject, failure.about = failure.about, None
    try:
        if isinstance(failure, Failures):
            advised = [_of_text(each, evaluation) for each in failure.diagnostics]
            failure.diagnostics = tuple(for_variables.grouped(advised))
            return
        diagnostic = failure.diagnostic
        match subject:
            case Mismatched():
                diagnostic = for_values.mismatch(diagnostic, subject, evaluation)
            case Conflicting():
                diagnostic = for_values.conflict(diagnostic, subject)
            case Undefined():
                # What happened to ask for it is no part of the mistake.
                failure.frames.clear()
                diagnostic = for_values.undefined(diagnostic, subject, evaluation)
            case Unknown():
                diagnostic = for_names.unknown(diagnostic, subject, evaluation)
            case Imported():
                diagnostic = for_modules.imported(diagnostic, subject, read)
            case Within():
                diagnostic = for_values.within(diagnostic, subject, evaluation)
            case _:
                diagnostic = _of_text(diagnostic, evaluation)
        failure.diagnostic = replace(diagnostic, notes=_readable(diagnostic, subject))
    except Failure:
        return


def _of_text(diagnostic: Diagnostic, evaluation: Evaluation) -> Diagnostic:
    """A mistake of the language itself."""
    match diagnostic.code:
        case "nix-syntax":
            return for_syntax_errors.advise(diagnostic)
        case "nix-undefined-variable":
            return for_variables.undefined(diagnostic, _lib(evaluation))
        case "nix-missing-attribute":
            return for_variables.missing(diagnostic, _lib(evaluation))
        case "infinite-recursion":
            if any("which needs" in note for note in diagnostic.notes) and not diagnostic.hints:
                return replace(diagnostic, hints=("give one of them a value that asks for none of the others",))
            return for_modules.conditional_import(diagnostic)
        case "nix-type" if diagnostic.message.startswith(CALLED_A_PACKAGE):
            return for_variables.called_a_package(diagnostic)
        case "imports-not-a-list":
            return for_modules.imports_not_a_list(diagnostic)
        case "module-argument":
            return for_variables.not_passed(diagnostic)
        case "option-namespace" if not diagnostic.labels:
            for spec in evaluation.modules:
                if spec.imports_span is not None and f"in `{spec.file}`" in diagnostic.notes[0]:
                    return for_modules.condition_around_import(diagnostic, spec.imports_span)
        case "source-missing":
            return for_files.missing_source(diagnostic, evaluation)
        case "assertion-failed":
            return for_assertions.advise(diagnostic, evaluation)
    return diagnostic


def _lib(evaluation: Evaluation) -> Attrs:
    lib = force(evaluation.special_args.get("lib", Attrs()))
    return lib if isinstance(lib, Attrs) else Attrs()


def _readable(diagnostic: Diagnostic, subject: object) -> tuple[str, ...]:
    """The notes, with where to read about an option in place of the file of ours that declares it."""
    notes: list[str] = []
    for note in diagnostic.notes:
        if note.startswith("declared in modules/") and isinstance(subject, Mismatched | Undefined):
            notes.append(f"`home-manager option {_documented(subject)}` says what it is for")
        else:
            notes.append(note)
    return tuple(notes)


def _documented(subject: Mismatched | Undefined) -> str:
    name = str(subject.place)
    return name if '"' not in name else f"'{name}'"
