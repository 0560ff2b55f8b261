"""The types of options, under the names by which modules use them: `t.attrs_of(t.str)`."""

from home_manager.options.types.base import Mismatch as Mismatch
from home_manager.options.types.base import OptionType as OptionType
