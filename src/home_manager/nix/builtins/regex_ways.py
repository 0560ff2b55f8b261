"""Which patterns may match one text in very many ways, so that trying them one by one takes practically for ever."""

from __future__ import annotations

from home_manager.nix.builtins.regex_syntax import (
    AnyChar,
    Char,
    CharSet,
    Either,
    Group,
    Node,
    Repeat,
    Sequence,
    can_be_empty,
)

_ANY = frozenset(range(256))


def may_explode(node: Node) -> bool:
    """Whether something is repeated that itself can match one text in several ways."""
    match node:
        case Group(_, body):
            return may_explode(body)
        case Sequence(parts):
            return any(map(may_explode, parts))
        case Either(left, right):
            return may_explode(left) or may_explode(right)
        case Repeat(body, _, most):
            return (most != 1 and _has_ways(body)) or may_explode(body)
    return False


def _has_ways(node: Node) -> bool:
    match node:
        case Group(_, body):
            return _has_ways(body)
        case Sequence(parts):
            return any(map(_has_ways, parts))
        case Either(left, right):
            same = bool(_first(left) & _first(right)) or can_be_empty(left) or can_be_empty(right)
            return same or _has_ways(left) or _has_ways(right)
        case Repeat(body, least, most):
            return least != most or _has_ways(body)
    return False


def _first(node: Node) -> frozenset[int]:
    """The bytes that a match may begin with."""
    match node:
        case Char(text):
            return frozenset((ord(text),))
        case AnyChar():
            return _ANY
        case CharSet(members):
            return members
        case Group(_, body) | Repeat(body):
            return _first(body)
        case Either(left, right):
            return _first(left) | _first(right)
        case Sequence(parts):
            found: frozenset[int] = frozenset()
            for part in parts:
                found |= _first(part)
                if not can_be_empty(part):
                    break
            return found
    return frozenset()
