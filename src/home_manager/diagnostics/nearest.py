"""The names that the user may have meant."""

from __future__ import annotations

from collections.abc import Iterable


def distance(a: str, b: str, limit: int) -> int:
    """Damerau–Levenshtein distance (optimal string alignment), or `limit + 1` as soon as it is larger."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before_last: list[int] = []
    last = list(range(len(b) + 1))
    for i, ca in enumerate(a, 1):
        row = [i]
        for j, cb in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (ca != cb))
            if i > 1 and j > 1 and ca == b[j - 2] and a[i - 2] == cb:
                cost = min(cost, before_last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
        before_last, last = last, row
    return last[-1]


def nearest(name: str, candidates: Iterable[str], limit: int = 3) -> list[str]:
    """At most `limit` candidates that a typing mistake away from `name`, the most likely first.

    A difference in case or in `-` and `_` alone counts as less than one letter; beyond a third of the letters nothing
    is near.
    """
    allowed = max(1, len(name) // 3)
    folded = name.lower().replace("_", "-")
    found: list[tuple[int, int, str]] = []
    for candidate in candidates:
        if candidate == name:
            continue
        other = candidate.lower().replace("_", "-")
        steps = 0 if other == folded else distance(folded, other, allowed)
        if steps <= allowed:
            found.append((steps, abs(len(candidate) - len(name)), candidate))
    found.sort()
    return [candidate for _, _, candidate in found[:limit]]
