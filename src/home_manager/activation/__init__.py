"""Activation: from the facts of a home to what a manifest wants, as one transaction."""

from home_manager.activation.activate import activate
from home_manager.activation.layout import Layout
from home_manager.activation.report import Options, Report
from home_manager.activation.script import ACTIVATE
from home_manager.activation.surroundings import check_writable
from home_manager.activation.system import DryRunSystem, System
from home_manager.activation.transaction import Recovery, Undone, recover

__all__ = [
    "ACTIVATE",
    "DryRunSystem",
    "Layout",
    "Options",
    "Recovery",
    "Report",
    "System",
    "Undone",
    "activate",
    "check_writable",
    "recover",
]
