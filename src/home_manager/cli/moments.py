"""Points in time as people write them: GNU date's expressions where `date` knows them, else the plainest of them."""

from __future__ import annotations

import re
import time

from home_manager.cli.messages import _
from home_manager.diagnostics import failure

_UNITS = {
    "sec": 1,
    "second": 1,
    "min": 60,
    "minute": 60,
    "hour": 3600,
    "day": 86400,
    "week": 7 * 86400,
    "fortnight": 14 * 86400,
}
_RELATIVE = re.compile(r"([+-]?\d+)\s*([a-z]+?)s?(\s+ago)?", re.IGNORECASE)
_FORMATS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d")


def moment(text: str) -> float:
    """The moment that an expression names, in seconds since 1970; a `Failure` where nobody understands it."""
    found = _by_date(text) if text.strip() else None
    if found is None:
        found = plain_moment(text, time.time())
    if found is None:
        raise failure(
            "date-invalid",
            _("`{text}` is not a point in time").format(text=text),
            hints=(_('write it as for `date -d`: "-30 days", "2026-01-31", "last monday"'),),
        )
    return found


def _by_date(text: str) -> float | None:
    """What the machine's `date` makes of it, or None where there is none, or not that of GNU."""
    import os
    import subprocess

    environment = {**os.environ, "LC_ALL": "C"}
    try:
        done = subprocess.run(
            ["date", f"--date={text}", "+%s.%N"], env=environment, capture_output=True, text=True, check=False
        )
        return float(done.stdout) if done.returncode == 0 else None
    except (OSError, ValueError):
        return None


def plain_moment(text: str, now: float) -> float | None:
    """A date, a date with a time of the day, `@SECONDS`, `now`, or so many units from now."""
    text = text.strip()
    if text == "now":
        return now
    if re.fullmatch(r"@\d+(\.\d+)?", text):
        return float(text[1:])
    relative = _RELATIVE.fullmatch(text)
    if relative is not None and relative[2].lower() in _UNITS:
        amount = int(relative[1]) * _UNITS[relative[2].lower()]
        return now - amount if relative[3] else now + amount
    for form in _FORMATS:
        try:
            return time.mktime(time.strptime(text, form))
        except (ValueError, OverflowError):
            continue
    return None
