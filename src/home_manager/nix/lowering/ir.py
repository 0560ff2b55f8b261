"""The intermediate representation (IR) of a file: what the resolver makes of the syntax tree, as plain data.

An IR expression, a `Form`, is a tuple: its kind, where it begins and ends in the text, and its operands, forms among them.
Variables are slots of environments. A file is a list of pieces. The first is the whole; `LATER` forms in it stand for other
pieces, which evaluation may never reach: values of attributes, bodies of functions, arguments, branches.

Forms are `marshal`led to be kept. A piece that comes from the cache stays encoded until it is built; there is nothing in
it that runs.
"""

from __future__ import annotations

import marshal
from typing import Any, Final

VERSION: Final = 2
"""To be counted up when the same text becomes other IR."""

Form = tuple[Any, ...]

Pieces = list[Form | bytes | None]
"""The IR of a file in pieces; one that was lowered is no longer needed, and `None`."""

# After the kind, the beginning and the end there are:
CONSTANT: Final = 0  # the value
GLOBAL: Final = 1  # the name
VARIABLE: Final = 2  # the name, how many environments further out, the slot there
WITH_VARIABLE: Final = 3  # the name, how far out the sets of the `with`s are
SELECT: Final = 4  # the set, the name, where it stands
SELECT_VARIABLE: Final = 5  # where the variable stands, its name, how far out, its slot; the name, where it stands
SELECT_PATH: Final = 6  # the set, names and forms of names, the default or `None`
HAS_ATTRIBUTE: Final = 7  # the set, names and forms of names
CALL: Final = 8  # what an error points to, the function, the arguments in a tuple
SET: Final = 9  # names, where each begins and ends in one row, values, attributes with computed names
RECURSIVE_SET: Final = 10  # as `SET`, and the sources of `inherit (…)`
LET: Final = 11  # values, the body
LIST: Final = 12  # items
FUNCTION: Final = 13  # its name, the arguments, where each begins, the body
PATTERN_FUNCTION: Final = 14  # its name, (name, default or `None`, beginning, end) …, `...`, `@`, the body
IF: Final = 15  # the condition, both branches
WITH: Final = 16  # the set, the body
ASSERT: Final = 17  # the condition, what it looks like, the body
NOT: Final = 18  # the operand
NEGATION: Final = 19  # the operand
OPERATOR: Final = 20  # its sign, where it stands, both operands
STRING: Final = 21  # texts and forms
PATH: Final = 22  # the path
HOME_PATH: Final = 23  # the path with its `~`
LONG_PATH: Final = 24  # the first text, more texts and forms
POSITION: Final = 25
LATER: Final = 26  # which piece it is


def encode(pieces: Pieces) -> bytes:
    """The IR of a file as bytes; nothing of it may have been lowered yet."""
    return marshal.dumps(tuple([marshal.dumps(piece) for piece in pieces]))


def decode(data: bytes | memoryview) -> Pieces:
    """The IR again. What was not encoded so raises `ValueError`, `EOFError` or `TypeError`, now or when it is built."""
    pieces = marshal.loads(data)
    first = marshal.loads(pieces[0])
    if not isinstance(pieces, tuple) or not isinstance(first, tuple):
        raise TypeError("no forms")
    return [first, *pieces[1:]]


def piece(pieces: Pieces, index: int) -> Form:
    """A piece of a text that has not been built yet."""
    found = pieces[index]
    assert found is not None
    return marshal.loads(found) if isinstance(found, bytes) else found
