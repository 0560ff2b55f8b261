"""The language that modules are written in: classes of parts. The cookbook is `docs/modules.md`.

A module begins with `from home_manager.authoring import *`: `__all__` is the whole of the language.
"""

from home_manager.authoring import formats
from home_manager.authoring.basic_parts import (
    activation_step,
    check,
    config_file,
    defines,
    group,
    literal,
    option,
    warn,
)
from home_manager.authoring.file_parts import ExtraText, Files, Settings
from home_manager.authoring.file_places import application_support, file_entry
from home_manager.authoring.modules import Module, Program, Service
from home_manager.authoring.options_class import Options
from home_manager.authoring.reading import seen
from home_manager.authoring.recurring_parts import Package, Variables
from home_manager.authoring.renamed_options import Removed, Renamed
from home_manager.authoring.shells import ShellIntegration
from home_manager.authoring.unit_parts import Schedule, UserUnit, launchd_calendar
from home_manager.authoring.values import computed, delayed, exe, function, override, store_name, version_at_least
from home_manager.options.definition import mk_after as after
from home_manager.options.definition import mk_before as before
from home_manager.options.definition import mk_default as default
from home_manager.options.definition import mk_force as force
from home_manager.options.definition import mk_order as order
from home_manager.options.types import public_names as t

__all__ = [
    "ExtraText",
    "Files",
    "Module",
    "Options",
    "Package",
    "Program",
    "Removed",
    "Renamed",
    "Schedule",
    "Service",
    "Settings",
    "ShellIntegration",
    "UserUnit",
    "Variables",
    "activation_step",
    "after",
    "application_support",
    "before",
    "check",
    "computed",
    "config_file",
    "default",
    "defines",
    "delayed",
    "exe",
    "file_entry",
    "force",
    "formats",
    "function",
    "group",
    "launchd_calendar",
    "literal",
    "option",
    "order",
    "override",
    "seen",
    "store_name",
    "t",
    "version_at_least",
    "warn",
]
