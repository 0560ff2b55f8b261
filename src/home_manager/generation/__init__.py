"""Where both halves meet: a configuration becomes a manifest and a generation, and a generation becomes a home."""

from home_manager.activation import Report
from home_manager.generation.request import Request, SwitchOptions
from home_manager.generation.session import Configuration, Generation, Session, prepare

__all__ = ["Configuration", "Generation", "Report", "Request", "Session", "SwitchOptions", "prepare"]
