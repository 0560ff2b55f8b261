"""The language that modules are written in: classes of parts. The cookbook is `docs/modules.md`."""

from home_manager.authoring import formats as formats
from home_manager.authoring.basic_parts import check as check
from home_manager.authoring.basic_parts import config_file as config_file
from home_manager.authoring.basic_parts import defines as defines
from home_manager.authoring.basic_parts import group as group
from home_manager.authoring.basic_parts import literal as literal
from home_manager.authoring.basic_parts import option as option
from home_manager.authoring.basic_parts import warn as warn
from home_manager.authoring.modules import Module as Module
from home_manager.authoring.modules import Program as Program
from home_manager.authoring.modules import Service as Service
from home_manager.authoring.options_class import Options as Options
from home_manager.authoring.recurring_parts import ExtraText as ExtraText
from home_manager.authoring.recurring_parts import Package as Package
from home_manager.authoring.recurring_parts import Settings as Settings
from home_manager.authoring.recurring_parts import Variables as Variables
from home_manager.authoring.recurring_parts import application_support as application_support
from home_manager.authoring.renames import Removed as Removed
from home_manager.authoring.renames import Renamed as Renamed
from home_manager.authoring.shells import ShellIntegration as ShellIntegration
from home_manager.authoring.units import UserUnit as UserUnit
from home_manager.authoring.values import exe as exe
from home_manager.options.definition import mk_after, mk_before, mk_default, mk_force, mk_order
from home_manager.options.types import names

after, before, default, force, order = mk_after, mk_before, mk_default, mk_force, mk_order
t = names
