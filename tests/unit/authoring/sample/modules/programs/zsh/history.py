"""The history of zsh."""

from home_manager.authoring import Options, option, t


class History(Options):
    size = option(t.int, default=10, doc="How much.")
