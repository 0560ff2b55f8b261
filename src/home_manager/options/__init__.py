"""The option engine: declarations, definitions, types, and their evaluation."""

from home_manager.options.declaration import InContext as InContext
from home_manager.options.declaration import Option as Option
from home_manager.options.definition import Definition as Definition
from home_manager.options.definition import mk_after as mk_after
from home_manager.options.definition import mk_before as mk_before
from home_manager.options.definition import mk_default as mk_default
from home_manager.options.definition import mk_force as mk_force
from home_manager.options.definition import mk_if as mk_if
from home_manager.options.definition import mk_merge as mk_merge
from home_manager.options.definition import mk_option_default as mk_option_default
from home_manager.options.definition import mk_order as mk_order
from home_manager.options.definition import mk_override as mk_override
from home_manager.options.eval_modules import Evaluation as Evaluation
from home_manager.options.eval_modules import evaluate as evaluate
from home_manager.options.location import Location as Location
from home_manager.options.location import Shared as Shared
from home_manager.options.location import show_path as show_path
from home_manager.options.module import ModuleSource as ModuleSource
from home_manager.options.module import ModuleSpec as ModuleSpec
from home_manager.options.module import spec_of as spec_of
from home_manager.options.module_catalogue import Contribution as Contribution
from home_manager.options.module_catalogue import ModuleCatalogue as ModuleCatalogue
from home_manager.options.types.base import Mismatch as Mismatch
from home_manager.options.types.base import OptionType as OptionType
