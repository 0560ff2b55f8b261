"""Activation: from the facts of a home to what a manifest wants, as one transaction."""

from home_manager.activation.activate import activate
from home_manager.activation.dry_run import DryRunSystem
from home_manager.activation.layout import Layout
from home_manager.activation.plan import Conflict, Decision, Plan
from home_manager.activation.preflight import files_between, plan_files, preflight
from home_manager.activation.replaced_files import Kept, ReplacedFiles
from home_manager.activation.report import Options, Report
from home_manager.activation.step_environment import check_writable
from home_manager.activation.system import System
from home_manager.activation.transaction import PartlyUndone, Recovery, Undone, recover

__all__ = [
    "Conflict",
    "Decision",
    "DryRunSystem",
    "Kept",
    "Layout",
    "Options",
    "PartlyUndone",
    "Plan",
    "Recovery",
    "ReplacedFiles",
    "Report",
    "System",
    "Undone",
    "activate",
    "check_writable",
    "files_between",
    "plan_files",
    "preflight",
    "recover",
]
