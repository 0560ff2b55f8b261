"""Texts in double quotes, for files in which the original writes them as they are."""

import re

ESCAPED = re.compile(r'(?:[^"\\\n]|\\.)*')
"""What may stand between two quotes: quotes and backslashes come after a backslash, and nothing ends the line."""


def in_quotes(text):
    """A text in quotes. One that may stand there is kept, for people who have escaped it themselves."""
    if ESCAPED.fullmatch(text):
        return f'"{text}"'
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
