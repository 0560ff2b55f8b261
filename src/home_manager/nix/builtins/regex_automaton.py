"""Matching as the original matches: a depth-first automaton in which the longest alternative wins.

Python's `re` takes the first alternative that leads to a match; here all are tried and the longest result counts,
while repetitions stay greedy and keep their first solution. Used only for the few patterns where that makes a
difference (`regex_syntax.prefers_longest`, `repeats_empty_group`). No recursion: texts may be long.
"""

from __future__ import annotations

from typing import Final

from home_manager.nix.builtins.regex_limit import MatchTooLong
from home_manager.nix.builtins.regex_syntax import (
    AnyChar,
    Char,
    CharSet,
    Either,
    End,
    Group,
    Node,
    Repeat,
    Sequence,
    Start,
)

SET: Final = 0
OPEN: Final = 1
CLOSE: Final = 2
BRANCH: Final = 3
LOOP: Final = 4
BEGIN: Final = 5
FINISH: Final = 6
ACCEPT: Final = 7
PASS: Final = 8

_ANY: Final = frozenset(range(256))

# What is left to do when a way ends; see `Automaton.match`. The first three put back what a way has changed.
_LEAVE_GROUP: Final = 0
_LEAVE_LOOP: Final = 1
_COUNT_BACK: Final = 5
# The others are ways that were not tried yet, and how what they found joins what was found before.
_RIGHT: Final = 2
_JOIN: Final = 3
_SKIP: Final = 4

_MOST_WAYS: Final = 1_000_000
"""About a second of trying. The original has no such bound: it runs out of stack, or does not end."""


Spans = list[tuple[int, int]]


class Automaton:
    """The states of one pattern, as parallel lists: what to do, where to go on, and the other way if there is one."""

    def __init__(self, tree: Node, groups: int) -> None:
        self.groups = groups
        self.kind: list[int] = []
        self.next: list[int] = []
        self.other: list[int] = []
        self.data: list[frozenset[int] | int] = []
        accept = self._add(ACCEPT)
        self.start = self._compile(tree, accept)

    def _add(self, kind: int, following: int = -1, other: int = -1, data: frozenset[int] | int = 0) -> int:
        self.kind.append(kind)
        self.next.append(following)
        self.other.append(other)
        self.data.append(data)
        return len(self.kind) - 1

    def _compile(self, node: Node, following: int) -> int:
        """The first state of a tree after which the automaton goes on at `following`."""
        match node:
            case Char(text):
                return self._add(SET, following, data=frozenset((ord(text),)))
            case AnyChar():
                return self._add(SET, following, data=_ANY)
            case CharSet(members):
                return self._add(SET, following, data=members)
            case Start():
                return self._add(BEGIN, following)
            case End():
                return self._add(FINISH, following)
            case Group(number, body):
                close = self._add(CLOSE, following, data=number)
                return self._add(OPEN, self._compile(body, close), data=number)
            case Sequence(parts):
                for part in reversed(parts):
                    following = self._compile(part, following)
                return following
            case Either(left, right):
                return self._add(BRANCH, self._compile(right, following), self._compile(left, following))
            case Repeat(body, least, most):
                return self._repeat(body, least, most, following)

    def _repeat(self, body: Node, least: int, most: int | None, following: int) -> int:
        if most is None:
            loop = self._add(LOOP, following)
            self.other[loop] = self._compile(body, loop)
            # `a+` enters its own loop through the body; `a{2,}` writes the body out before it.
            first = self.other[loop] if least == 1 else loop
            count = least if least != 1 else 0
        else:
            first = following
            for _ in range(most - least):
                first = self._add(LOOP, following, self._compile(body, first))
            count = least
        for _ in range(count):
            first = self._compile(body, first)
        return first

    def match(self, text: bytes, at: int, exact: bool, not_empty: bool = False) -> Spans | None:
        """The spans of the match at `at` and of its groups (`(-1, -1)`: not taken part), or `None`.

        `exact`: only a match that reaches the end of the text counts. `not_empty`: the empty match does not.

        This is the depth-first executor of libstdc++'s `std::regex`, which Nix uses, without its recursion: one way is
        followed until it ends, and `todo` is the stack of what is left. Its oddities are kept since groups and
        `builtins.split` show them:

        - Of two alternatives both are tried, and the longer match wins (`best_end`); of equal ones the left.
        - A repetition is greedy, and the way past it (`_SKIP`) is tried only if the ways through it found nothing. So
          `found` is about the ways since the last alternative: `_RIGHT` saves it, `_JOIN` puts it back.
        - A loop may be entered twice at one position, not more often: that is how an empty body ends.
        """
        kinds, nexts, others, datas = self.kind, self.next, self.other, self.data
        length = len(text)
        groups: Spans = [(-1, -1)] * (self.groups + 1)
        opened = [-1] * (self.groups + 1)
        # For each loop, where it was entered last, and how often there.
        visits: dict[int, tuple[int, int]] = {}
        best: Spans | None = None
        best_end = -1
        found = False
        todo: list[tuple[int, int, object]] = []
        state, position = self.start, at
        ways = 0
        while True:
            ways += 1
            if ways > _MOST_WAYS:
                raise MatchTooLong
            # Follow one way until it ends.
            while True:
                kind = kinds[state]
                if kind == SET:
                    if position < length and text[position] in datas[state]:  # type: ignore[operator]
                        position += 1
                        state = nexts[state]
                        continue
                    break
                if kind == LOOP:
                    seen_at, count = visits.get(state, (-1, 0))
                    todo.append((_SKIP, state, position))
                    if count == 0 or seen_at != position:
                        todo.append((_LEAVE_LOOP, state, (seen_at, count)))
                        visits[state] = (position, 1)
                        state = others[state]
                        continue
                    if count < 2:
                        todo.append((_COUNT_BACK, state, None))
                        visits[state] = (seen_at, count + 1)
                        state = others[state]
                        continue
                    break
                if kind == BRANCH:
                    todo.append((_RIGHT, state, position))
                    state = others[state]
                    continue
                if kind == OPEN:
                    number = datas[state]
                    assert isinstance(number, int)
                    todo.append((_LEAVE_GROUP, number, (opened[number], groups[number])))
                    opened[number] = position
                    state = nexts[state]
                    continue
                if kind == CLOSE:
                    number = datas[state]
                    assert isinstance(number, int)
                    todo.append((_LEAVE_GROUP, number, (opened[number], groups[number])))
                    groups[number] = (opened[number], position)
                    state = nexts[state]
                    continue
                if kind == BEGIN:
                    if position == 0:
                        state = nexts[state]
                        continue
                    break
                if kind == FINISH:
                    if position == length:
                        state = nexts[state]
                        continue
                    break
                # The state is ACCEPT: a match, unless it is one that the caller does not want.
                if (position == length or not exact) and not (not_empty and position == at):
                    found = True
                    if position > best_end:
                        best_end = position
                        best = groups.copy()
                        best[0] = (at, position)
                break
            # Take up what was left.
            while todo:
                what, state, rest = todo.pop()
                if what == _LEAVE_GROUP:
                    opened[state], groups[state] = rest  # type: ignore[misc]
                elif what == _LEAVE_LOOP:
                    visits[state] = rest  # type: ignore[assignment]
                elif what == _COUNT_BACK:
                    seen_at, count = visits[state]
                    visits[state] = (seen_at, count - 1)
                elif what == _SKIP:
                    if not found:
                        assert isinstance(rest, int)
                        position = rest
                        state = nexts[state]
                        break
                elif what == _RIGHT:
                    assert isinstance(rest, int)
                    todo.append((_JOIN, state, found))
                    found = False
                    position = rest
                    state = nexts[state]
                    break
                else:
                    found = found or bool(rest)
            else:
                return best
