"""The type of types."""

from __future__ import annotations

from collections.abc import Sequence

from home_manager.options.definition import Definition
from home_manager.options.errors import option_errors
from home_manager.options.errors.catchable import refused
from home_manager.options.location import Location
from home_manager.options.types.base import OptionType
from home_manager.values import Value
from home_manager.values.lazy import force


class TypeOfTypes(OptionType):
    """A type, of Python or of a front end; several are combined into one."""

    __slots__ = ()
    name = "optionType"
    phrase = "noun"

    def accepts(self, value: Value) -> bool:
        return isinstance(value, OptionType) or (
            isinstance(value, dict) and "_type" in value and force(value["_type"]) == "option-type"
        )

    def merge(self, place: Location, definitions: Sequence[Definition]) -> Value:
        if len(definitions) == 1:
            return definitions[0].value
        result: OptionType | None = None
        for definition in definitions:
            found = definition.value
            if not isinstance(found, OptionType):
                found = place.shared.frontend.type(found)
                if found is None:
                    raise refused("freeform-type", f"`{place}` must be a type of this program")
            for module in found.sub_modules() or ():
                adopt = getattr(module, "adopt", None)
                if adopt is not None:
                    adopt(definition.file)
            combined = found if result is None else result.combined(found)
            if combined is None:
                raise option_errors.unmergeable(place, definitions)
            result = combined
        assert result is not None
        return place.shared.frontend.type_value(result)


OPTION_TYPE = TypeOfTypes()
