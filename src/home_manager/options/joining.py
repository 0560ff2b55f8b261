"""Several declarations of one option, made one."""

from __future__ import annotations

from collections.abc import Sequence

from home_manager.options.declaration import Option
from home_manager.options.errors import option_errors
from home_manager.options.location import Location
from home_manager.values import MISSING


def merged_declaration(place: Location, declarations: Sequence[tuple[str, Option]]) -> Option:
    """One declaration out of several: each attribute given once, types combined."""
    result = Option()
    files: list[str] = []
    for file, option in declarations:
        for field in ("default", "example"):
            if getattr(result, field) is not MISSING and getattr(option, field) is not MISSING:
                raise option_errors.redeclared(place, files, file)
        for field in ("description", "apply"):
            if getattr(result, field) is not None and getattr(option, field) is not None:
                raise option_errors.redeclared(place, files, file)
        type_ = result.type
        if type_ is None or option.type is None:
            type_ = type_ or option.type
        else:
            combined = type_.combined(option.type)
            if combined is None:
                raise option_errors.redeclared(place, files, file)
            type_ = combined
        result = Option(
            type_,
            result.default if result.default is not MISSING else option.default,
            result.default_text if result.default_text is not MISSING else option.default_text,
            result.example if result.example is not MISSING else option.example,
            result.description if result.description is not None else option.description,
            result.apply if result.apply is not None else option.apply,
            result.read_only or option.read_only,
            result.internal or option.internal,
            result.visible if result.visible is not True else option.visible,
            result.related_packages or option.related_packages,
            result.declared_in or file,
            result.span or option.span,
            (*result.declared, *(option.declared or ((file, option.span),))),
        )
        files.append(file)
    return result
