"""The end of a match that would take practically for ever."""

from __future__ import annotations


class MatchTooLong(Exception):
    """So many ways were tried that there is no telling when it ends."""
