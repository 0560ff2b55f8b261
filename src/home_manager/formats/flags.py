"""Files of command line options, one a line, as bat and its like read them."""

from __future__ import annotations

from home_manager.formats import shell
from home_manager.formats.plain import attrs_of, items
from home_manager.values import Value


def render(value: Value) -> str:
    """`--key=value` lines, one an element of a list, the value quoted for a shell; then a `--key` for each true."""
    attrs = attrs_of(value, "a file of options")
    settings: list[str] = []
    switches: list[str] = []
    for name, setting in items(attrs):
        if isinstance(setting, bool):
            if setting:
                switches.append(f"--{name}\n")
        else:
            elements = setting if isinstance(setting, list | tuple) else [setting]
            settings.extend(f"--{name}={shell.quote(element)}\n" for element in elements)
    return "".join(settings + switches)
