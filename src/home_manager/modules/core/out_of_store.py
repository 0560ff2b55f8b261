"""`lib.file.mkOutOfStoreSymlink`: files of the home that lead to where the user edits them."""

from __future__ import annotations

from typing import Any

from home_manager.authoring import Module, defines, formats, store_name
from home_manager.nix.values import Builtin


class OutOfStore(Module):
    """Links out of the store"""

    namespace = ""

    @defines("lib")
    def functions(self) -> Any:
        return {"file": {"mkOutOfStoreSymlink": Builtin("mkOutOfStoreSymlink", 1, self._link)}}

    def _link(self, path: Any) -> Any:
        target = formats.plain.to_string(path)
        return self._made("linkTo", store_name(target.rpartition("/")[2]), target)
