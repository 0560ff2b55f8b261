"""YAML files, edited with ruamel.yaml, which keeps comments, order and quotes."""

from __future__ import annotations

import io
import re
from typing import Any

from home_manager.activation.merging.libraries import library
from home_manager.activation.merging.merged_tree import Path, Tree, Unmergeable

_STEP = re.compile(r"^[^\s#-][^\n]*:[ \t]*(?:#[^\n]*)?\n(?:[ \t]*(?:#[^\n]*)?\n)*( +)(?![ -])", re.MULTILINE)
_DASH = re.compile(r"^[^\s#-][^\n]*:[ \t]*(?:#[^\n]*)?\n( *)- ", re.MULTILINE)


class YamlText:
    """A YAML file of one document, whose top is a mapping; an empty file stands for an empty one."""

    def __init__(self, text: str) -> None:
        yaml: Any = library("ruamel.yaml", "YAML")
        self._original, self._changed = text, False
        self._yaml = yaml.YAML(typ="rt")
        self._yaml.preserve_quotes = True
        self._yaml.width = 1 << 16
        self._yaml.explicit_start = text.lstrip().startswith("---") or None
        step, dash = _STEP.search(text), _DASH.search(text)
        offset = len(dash.group(1)) if dash else 0
        self._yaml.indent(mapping=len(step.group(1)) if step else 2, sequence=offset + 2, offset=offset)
        try:
            found = self._yaml.load(text)
        except (yaml.error.YAMLError, ValueError, RecursionError):
            raise Unmergeable("is no valid YAML of one document") from None
        if found is None:
            found = yaml.comments.CommentedMap()
            self._lead = text if text.strip() and "---" not in text else ""
        else:
            self._lead = ""
        if not isinstance(found, dict):
            raise Unmergeable("has something else than a mapping at its top")
        self._map = yaml.comments.CommentedMap
        self._document: Any = found

    def tree(self) -> Tree:
        found: Tree = _plain(self._document)
        return found

    def text(self) -> str:
        if not self._changed:
            return self._original
        if not self._document:
            return self._lead
        stream = io.StringIO()
        self._yaml.dump(self._document, stream)
        return self._lead + stream.getvalue()

    def put(self, path: Path, value: object) -> None:
        self._changed = True
        at: Any = self._document
        for key in path[:-1]:
            if not isinstance(at.get(key), dict):
                at[key] = self._map()
            at = at[key]
        at[path[-1]] = value

    def remove(self, path: Path) -> None:
        self._changed = True
        at: Any = self._document
        for key in path[:-1]:
            at = at.get(key)
            if not isinstance(at, dict):
                return
        at.pop(path[-1], None)


def _plain(value: Any) -> Any:
    """Plain values in place of ruamel's, which remember how they were written."""
    if isinstance(value, dict):
        return {_plain(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    for kind in (bool, int, float, str):
        if isinstance(value, kind):
            return bool(value) if type(value).__name__ == "ScalarBoolean" else kind(value)
    return value
