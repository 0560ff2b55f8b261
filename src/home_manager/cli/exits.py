"""Exit statuses: what each number promises about the home."""

from __future__ import annotations

OK = 0
FAILED = 1
"""Failed, and nothing was changed."""
USAGE = 2
"""The command line was wrong; nothing was tried."""
UNDONE = 3
"""Failed halfway, and what had been done was undone."""
PARTLY = 4
"""Done in part; what was left out is named."""
BUG = 70
"""A mistake of ours, not of the user's."""
INTERRUPTED = 130
"""Stopped by the user (128 + SIGINT)."""
TERMINATED = 143
"""Ended by the signal TERM (128 + SIGTERM); by HUP it is 129."""
PIPE_CLOSED = 141
"""Whoever read our output stopped reading (128 + SIGPIPE)."""
